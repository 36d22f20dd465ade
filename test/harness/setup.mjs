import './source.mjs';

/** Jest calls this once before all test files. Jest does not compile what it calls here, hence the detour over the loader. */
export default async function setup() {
  const { startServers } = await import('./servers.ts');
  globalThis.trancheServers = await startServers();
}
