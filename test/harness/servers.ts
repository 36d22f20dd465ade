import { chmod, mkdtemp, rm } from 'node:fs/promises';
import pg from 'pg';
import { migrate, openStore, settleMode, startEmbedded, type Tables } from '#store';
import { startRedis } from './redis.ts';

/** Everything below is a throwaway: nothing needs to survive a crash. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

/**
 * One PostgreSQL for the run, with a migrated template to copy databases from, and a Redis when the suite is to run on
 * it. Test files find them through the environment, which Jest's workers inherit.
 */
export async function startServers(tables: readonly Tables[]): Promise<{ stop(): Promise<void> }> {
  const folder = await mkdtemp('/tmp/tranche-test-');
  // As root the server runs under another account, which has to get through here.
  await chmod(folder, 0o711);
  const embedded = await startEmbedded({ folder, settings: FAST });
  await makeTemplate(embedded.url, tables);
  process.env.TRANCHE_TEST_DATABASE = embedded.url;
  const redis = process.env.TRANCHE_TEST_QUEUE === 'redis' ? await startRedis(folder) : null;
  if (redis !== null) process.env.TRANCHE_TEST_REDIS = redis.url;
  return {
    stop: async () => {
      const forgotten = await databasesLeft(embedded.url);
      await redis?.stop();
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
      if (forgotten.length > 0) throw new Error(`test files that never dropped their database: ${forgotten.join(', ')}`);
    },
  };
}

async function makeTemplate(url: string, tables: readonly Tables[]): Promise<void> {
  await migrate(url, tables);
  const store = await openStore(url, []);
  await settleMode(store, 'demo');
  await store.close();
  const template = new pg.Client({ connectionString: url.replace('/tranche?', '/postgres?') });
  await template.connect();
  await template.query('alter database tranche rename to tranche_template');
  await template.query('alter database tranche_template with is_template true allow_connections false');
  await template.end();
}

/** Names of the databases that no `drop()` removed; each carries the name of its test file. */
async function databasesLeft(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url.replace('/tranche?', '/postgres?') });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(`select datname as name from pg_database where datname like 'test\\_%'`);
  await client.end();
  return rows.map((row) => row.name);
}
