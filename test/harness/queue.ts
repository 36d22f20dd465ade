import { Redis } from 'ioredis';

/** Which queue backend this run is about: the suite's own Redis, or PostgreSQL when the URL is null. */
export function testQueue(): { readonly redisUrl: string | null } {
  return { redisUrl: process.env.TRANCHE_TEST_REDIS ?? null };
}

/** Empties a Redis. Refuses any but the one that the suite started for itself. */
export async function flushRedis(url: string | null = testQueue().redisUrl): Promise<void> {
  const own = testQueue().redisUrl;
  if (own === null || url !== own) throw new Error(`refusing to flush ${url ?? 'a Redis that the suite did not start'}`);
  const client = new Redis(own);
  try {
    await client.flushall();
  } finally {
    client.disconnect();
  }
}
