import { createPostgresBackend, createRedisBackend, isPgPool, runMigrations, setDefaultBackendFactory } from 'bullmq';
import type { BackendFactory, ConnectionOptions } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

/** Where the queues live: Redis when its URL is given, otherwise BullMQ's own schema in the PostgreSQL database. */
export interface QueueSettings {
  readonly redisUrl: string | null;
  readonly databaseUrl: string;
  /** Namespace of the keys on a Redis that several installations share; `tranche` unless told. */
  readonly prefix?: string;
  /** Whether `Courier.scheduleSweep` does anything; tests of the alarms switch it off. */
  readonly sweep?: boolean;
}

/** An open backend: what BullMQ connects through, what to warn the operator of, and how to let go of it. */
export interface Backend {
  readonly kind: 'redis' | 'postgres';
  readonly connection: ConnectionOptions;
  /** Why this server may lose jobs without an error; empty when it is set up as the manual says. */
  readonly warnings: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** Connections of one process: a listener for each worker, and the working set of their jobs and the courier. */
const POOL_SIZE = 12;

/**
 * BullMQ keeps one factory per process, and @nestjs/bullmq cannot pass another one to its workers. So this one looks at
 * the connection it is handed: both backends live side by side, and each module instance gets the one it opened.
 */
const backendOfConnection = ((name, options, kind) =>
  (isPgPool(options.connection)
    ? (createPostgresBackend as unknown as BackendFactory)
    : createRedisBackend)(name, options, kind)) as BackendFactory;

setDefaultBackendFactory(backendOfConnection);

/** The queue's server cannot be reached at the start. */
export class QueueAway extends Error {
  override readonly name = 'QueueAway';
}

/**
 * Opens the backend that the settings name.
 * @throws QueueAway when Redis cannot be reached; the driver's error when PostgreSQL cannot
 */
export function openBackend(settings: QueueSettings): Promise<Backend> {
  return settings.redisUrl === null ? openPostgres(settings.databaseUrl) : openRedis(settings.redisUrl);
}

/** Brings BullMQ's schema in the database up to date. Must have run before any worker: one that starts earlier spins. */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const pool = openPool(databaseUrl);
  try {
    await migrate(pool);
  } finally {
    await pool.end();
  }
}

async function openPostgres(databaseUrl: string): Promise<Backend> {
  const pool = openPool(databaseUrl);
  // Every queue and worker adds its own error listener.
  pool.setMaxListeners(0);
  try {
    await migrate(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    kind: 'postgres',
    connection: pool as unknown as ConnectionOptions,
    warnings: async () => [],
    close: () => pool.end(),
  };
}

function openPool(databaseUrl: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    options: '-c search_path=bullmq -c statement_timeout=30000',
    max: POOL_SIZE,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: 30_000,
    // A client that drops is replaced at the next use; without a listener, whoever holds it, its error would end the process.
    onConnect: (client) => void client.on('error', () => undefined),
  });
  pool.on('error', () => undefined);
  return pool;
}

async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
}

async function openRedis(redisUrl: string): Promise<Backend> {
  const redis = new Redis(redisUrl, {
    // BullMQ's blocking reads must outlive an outage; callers who may not wait have their own time-outs (Courier).
    maxRetriesPerRequest: null,
    connectTimeout: 5_000,
    keepAlive: 10_000,
    // Longer than the longest blocking read (10 s): a silent peer is given up and connected anew.
    socketTimeout: 20_000,
    lazyConnect: true,
  });
  // Reconnecting is ioredis's own business; `Courier.ready` reports the outage. Why it fails is only said here.
  const reasons: string[] = [];
  const note = ({ message }: Error) => { reasons.push(message); };
  redis.on('error', () => undefined).once('error', note);
  try {
    await redis.connect();
    redis.off('error', note);
  } catch (error) {
    redis.disconnect();
    throw new QueueAway(`no Redis answers at ${new URL(redisUrl).host}: ${reasons[0] ?? (error as Error).message}`, { cause: error });
  }
  return {
    kind: 'redis',
    connection: redis,
    warnings: async () => redisWarnings(await redis.info()),
    close: () => closeRedis(redis),
  };
}

/** Not `quit`, which waits for a Redis that is away: by now the queues are closed and nothing is in flight. */
async function closeRedis(redis: Redis): Promise<void> {
  if (redis.status === 'end') return;
  const ended = new Promise<void>((resolve) => { redis.once('end', resolve); });
  redis.disconnect();
  await ended;
}

/** Reads a Redis's INFO: jobs survive a restart only with AOF, and a full memory only with `noeviction`. */
export function redisWarnings(info: string): readonly string[] {
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  return [
    ...(field('aof_enabled') === '1' ? [] : ['Redis runs without AOF (appendonly yes): a restart loses waiting jobs until the relay publishes them again']),
    ...(field('maxmemory_policy') === 'noeviction' ? [] : [`Redis may evict jobs: maxmemory-policy is ${field('maxmemory_policy')}, not noeviction`]),
  ];
}
