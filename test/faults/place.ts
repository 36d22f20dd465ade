import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { seedInstallation } from '#apps/installation';
import { startOfDay } from '#calendar';
import type { Json } from '#kernel';
import { moveClock, type Instant, type Store } from '#store';
import { eventually, freePort, startRedis } from '#test/ground';
import { kim } from '#workflows';
import { Processes, type App, type Running } from './processes.ts';

type Environment = { readonly [name: string]: string };

/** An installation made of processes that can be killed: a database and a queue of its own, and what is started on them. */
export interface Site {
  readonly store: Store;
  readonly databaseUrl: string;
  /** Null: the queues live on the database. */
  readonly redisUrl: string | null;
  /** The demo's round. */
  readonly round: Round;
  /** Where its API answers, whichever process serves it. */
  readonly url: string;
  readonly processes: Processes;
  readonly start: (app: App, more?: Environment) => Running;
  /** Moves legal time as if nobody waited for anything. */
  readonly moveClock: (to: Instant) => Promise<void>;
  /** Every job, schedule and mark of the queue is gone: `FLUSHALL`, or truncated tables. */
  readonly loseQueue: () => Promise<void>;
  /** Takes the queue's server away until the function that it answers with brings it back, empty; where the queue lives on the database only its data goes. */
  readonly takeQueueAway: () => Promise<() => Promise<void>>;
  /** The minute passes after which whoever took an effect or a mail and did not finish it counts as dead. */
  readonly endLeases: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A funding round: its id, and the first instants of the days on which instalments fall due. */
export interface Round {
  readonly id: string;
  readonly payDays: readonly Instant[];
}

/** Opens the demo agency on an empty database, without any process yet; with a Redis of its own where asked for. `drop` is told at the end. */
export async function siteOn({ url: databaseUrl, store, drop, redis: wanted }: { readonly url: string; readonly store: Store; readonly drop: () => Promise<void>; readonly redis: boolean }): Promise<Site> {
  const redis = wanted ? await ownRedis() : null;
  await seedInstallation({ mode: 'demo', redisUrl: redis?.url ?? null }, databaseUrl);
  const port = await freePort();
  const processes = new Processes();
  const environment: Environment = {
    HOST: '127.0.0.1', PORT: String(port), TRANCHE_MODE: 'demo', DATABASE_URL: databaseUrl, ...(redis === null ? {} : { REDIS_URL: redis.url }),
  };
  return {
    store,
    databaseUrl,
    redisUrl: redis?.url ?? null,
    round: await roundOf(store),
    url: `http://127.0.0.1:${port}/api/v1`,
    processes,
    start: (app, more = {}) => processes.start(app, { ...environment, ...more }),
    moveClock: async (to) => void (await store.transaction((tx) => moveClock(tx, to))),
    loseQueue: () => (redis === null ? truncateQueue(store) : flush(redis.url)),
    takeQueueAway: () => (redis === null ? truncateQueue(store).then(() => async () => undefined) : redis.takeAway()),
    endLeases: async () => {
      if (!processes.anyAlive) await bury(store);
      await endLeases(store);
    },
    close: async () => {
      await processes.killAll();
      await redis?.stop();
      await drop();
    },
  };
}

async function roundOf(store: Store): Promise<Round> {
  const [cycle] = await store.query<{ id: string; data: Json }>('select id, data from cycles');
  if (cycle === undefined) throw new Error('the demo has no round');
  return { id: cycle.id, payDays: kim.cycle.sheet(cycle.data).payDates.map(startOfDay) };
}

/** A Redis of this file alone: flushing the one that the suite shares would take the jobs of the file beside it. */
async function ownRedis(): Promise<{ readonly url: string; readonly takeAway: () => Promise<() => Promise<void>>; readonly stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'tranche-faults-'));
  const held = { server: await startRedis(folder) };
  const { url } = held.server;
  return {
    url,
    takeAway: async () => {
      await held.server.stop();
      return async () => { held.server = await startRedis(folder, Number(new URL(url).port)); };
    },
    stop: async () => {
      await held.server.stop();
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
  // As a transaction, so that it is tried again when it collides with a worker that is just looking for a job.
  await store.transaction((tx) => tx.query(`truncate ${tables.map(({ name }) => name).join(', ')} cascade`));
}

/** What the dead had sent to the database before they died would be carried out after their leases were ended, and renew them. */
async function bury(store: Store): Promise<void> {
  await eventually('the dead have left the database', async () => (await store.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'tranche'`)).length === 0);
}

async function endLeases(store: Store): Promise<void> {
  await store.query(`update outbox set next_at = next_at - interval '1 minute' where done_at is null and failed_at is null`);
  await store.query(`update letters set sending_until = sending_until - interval '1 minute' where sent_at is null`);
}
