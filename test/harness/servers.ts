import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { allTables } from '#apps/installation';
import { isAlive, redisOf, startRedis } from '#test/ground';
import { findEmbedded, migrate, openStore, settleMode, startEmbedded } from '#store';

/** Everything below is a throwaway: nothing needs to survive a crash. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

const PARENT = '/tmp';
const PREFIX = 'tranche-test-';

/**
 * One PostgreSQL for the run, with a migrated template to copy databases from, and a Redis when the suite is to run on
 * it. Test files find them through the environment, which Jest's workers inherit.
 */
export async function startServers(): Promise<{ stop(): Promise<void> }> {
  await removeAbandoned();
  const folder = await mkdtemp(join(PARENT, `${PREFIX}${process.pid}-`));
  // As root the server runs under another account, which has to get through here.
  await chmod(folder, 0o711);
  // Redis first: where there is none, nothing else has been started yet.
  const redis = process.env.TRANCHE_TEST_QUEUE === 'redis' ? await startRedis(folder) : null;
  const embedded = await startEmbedded({ folder, settings: FAST });
  const stop = async () => {
    await Promise.all([redis?.stop(), embedded.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
  await makeTemplate(embedded.url).catch(async (error: unknown) => { await stop(); throw error; });
  process.env.TRANCHE_TEST_DATABASE = embedded.url;
  if (redis !== null) process.env.TRANCHE_TEST_REDIS = redis.url;
  return {
    stop: async () => {
      const forgotten = await databasesLeft(embedded.url);
      await stop();
      if (forgotten.length > 0) throw new Error(`test files that never dropped their database: ${forgotten.join(', ')}`);
    },
  };
}

async function makeTemplate(url: string): Promise<void> {
  await migrate(url, allTables);
  const store = await openStore(url, []);
  await settleMode(store, 'demo');
  await store.close();
  const client = await connectTo(url);
  await client.query('alter database tranche rename to tranche_template');
  await client.query('alter database tranche_template with is_template true allow_connections false');
  await client.end();
}

/** Names of the databases that no `drop()` removed; each carries the name of its test file. */
async function databasesLeft(url: string): Promise<string[]> {
  const client = await connectTo(url);
  const { rows } = await client.query<{ name: string }>(`select datname as name from pg_database where datname like 'test\\_%'`);
  await client.end();
  return rows.map((row) => row.name);
}

async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url.replace('/tranche?', '/postgres?') });
  await client.connect();
  return client;
}

/** Stops and removes what runs left behind that were interrupted before their end. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(PARENT)) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    const folder = join(PARENT, name);
    const redis = await redisOf(folder);
    if (redis !== null) process.kill(redis, 'SIGKILL');
    if ((await findEmbedded({ folder }).catch(() => null)) !== null) await (await startEmbedded({ folder })).stop();
    await rm(folder, { recursive: true, force: true });
  }
}
