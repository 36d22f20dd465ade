/** Which queue backend this run is about: the suite's own Redis, or PostgreSQL when the URL is null. Test files share it, so each takes a prefix of its own. */
export function testQueue(): { readonly redisUrl: string | null } {
  return { redisUrl: process.env.TRANCHE_TEST_REDIS ?? null };
}
