import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { moveClock, type DataSourceOptions, type Instant, type Store } from '#store';
import { freshDatabase, startRedis, testQueue } from '#test/harness';
import { freePort, Processes, type App, type Running } from './processes.ts';

type Environment = { readonly [name: string]: string };

/** An installation made of processes that can be killed: a database and a queue of its own, and what is started on them. */
export interface Site {
  readonly store: Store;
  readonly databaseUrl: string;
  /** Null: the queues live on the database. */
  readonly redisUrl: string | null;
  /** Where its API answers, whichever process serves it. */
  readonly url: string;
  readonly processes: Processes;
  readonly start: (app: App, more?: Environment) => Running;
  /** Moves legal time as if nobody waited for anything. */
  readonly moveClock: (to: Instant) => Promise<void>;
  /** Every job, schedule and mark of the queue is gone: `FLUSHALL`, or truncated tables. */
  readonly loseQueue: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens an installation on the backend under test, without any process yet. */
export async function openSite(options: DataSourceOptions = {}): Promise<Site> {
  const database = await freshDatabase({ applicationName: 'test', ...options });
  const redis = testQueue().redisUrl === null ? null : await ownRedis();
  const port = await freePort();
  const processes = new Processes();
  const environment: Environment = {
    HOST: '127.0.0.1', PORT: String(port), TRANCHE_MODE: 'demo', DATABASE_URL: database.url, ...(redis === null ? {} : { REDIS_URL: redis.url }),
  };
  return {
    store: database.store,
    databaseUrl: database.url,
    redisUrl: redis?.url ?? null,
    url: `http://127.0.0.1:${port}/api/v1`,
    processes,
    start: (app, more = {}) => processes.start(app, { ...environment, ...more }),
    moveClock: async (to) => void (await database.store.transaction((tx) => moveClock(tx, to))),
    loseQueue: () => (redis === null ? truncateQueue(database.store) : flush(redis.url)),
    close: async () => {
      await processes.killAll();
      await redis?.stop();
      await database.drop();
    },
  };
}

/** A Redis of this file alone: flushing the one that the suite shares would take the jobs of the file beside it. */
async function ownRedis(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'tranche-faults-'));
  const server = await startRedis(folder);
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function flush(url: string): Promise<void> {
  const client = new Redis(url);
  await client.flushall();
  client.disconnect();
}

/** Everything that BullMQ keeps, except which of its migrations have run. */
async function truncateQueue(store: Store): Promise<void> {
  const tables = await store.query<{ name: string }>(
    `select format('bullmq.%I', tablename) as name from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'`);
  await store.query(`truncate ${tables.map(({ name }) => name).join(', ')} cascade`);
}
