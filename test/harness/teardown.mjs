/** Jest calls this once after all test files. */
export default async function teardown() {
  await globalThis.trancheServers?.stop();
}
