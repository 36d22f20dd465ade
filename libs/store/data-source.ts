import { setTimeout as pause } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { DataSource } from 'typeorm';
import { Store } from './store.ts';
import { isOutage, Unavailable } from './unavailable.ts';
import { wireTypes } from './wire.ts';

/** What a lib that owns tables contributes: its entities and its migrations, each migration with a `name` ending in its timestamp. */
export interface Tables {
  readonly entities: readonly Function[];
  readonly migrations: readonly Function[];
}

/** Every wait has an end: a black-holed connection would otherwise hang for ever. Milliseconds. */
export interface DataSourceOptions {
  readonly applicationName?: string;
  readonly poolSize?: number;
  readonly connectMs?: number;
  readonly statementMs?: number;
  readonly lockMs?: number;
  readonly idleInTransactionMs?: number;
}

/** The data source of an installation, not yet connected. Entities describe the tables; the migrations make them. */
export function createDataSource(url: string, tables: readonly Tables[], options: DataSourceOptions = {}): DataSource {
  const statementMs = options.statementMs ?? 15_000;
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: options.applicationName ?? 'tranche',
    poolSize: options.poolSize ?? 10,
    entities: tables.flatMap((each) => [...each.entities]),
    migrations: tables.flatMap((each) => [...each.migrations]),
    migrationsTransactionMode: 'each',
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    logging: false,
    // The pool drops a connection that fails while idle; whoever needs one next gets a fresh one or `Unavailable`.
    poolErrorHandler: () => undefined,
    extra: {
      // Statements that are sent together travel together; the server still runs them one after the other.
      pipeline: true,
      types: wireTypes,
      keepAlive: true,
      options: '-c TimeZone=UTC',
      // A connection may break at any moment, also between two hands that hold it; unheard, its error ends the process.
      onConnect: (client: ClientBase) => void client.on('error', () => undefined),
      connectionTimeoutMillis: options.connectMs ?? 4_000,
      statement_timeout: statementMs,
      // The server's own limit speaks first; this one is for a server that no longer speaks.
      query_timeout: statementMs === 0 ? 0 : statementMs + 2_000,
      lock_timeout: options.lockMs ?? 10_000,
      idle_in_transaction_session_timeout: options.idleInTransactionMs ?? 15_000,
    },
  });
}

/**
 * Connects, waiting up to `waitMs` (default 30 s) for a database that is still starting.
 * @throws Unavailable when it does not come up in time
 */
export async function openStore(url: string, tables: readonly Tables[], options: DataSourceOptions & { readonly waitMs?: number } = {}): Promise<Store> {
  const dataSource = createDataSource(url, tables, options);
  await connect(dataSource, options.waitMs ?? 30_000);
  return new Store(dataSource);
}

/** Initialises a data source, repeating while the database is away. */
export async function connect(dataSource: DataSource, waitMs: number): Promise<void> {
  for (const until = performance.now() + waitMs; ; await pause(250)) {
    try {
      await dataSource.initialize();
      return;
    } catch (error) {
      if (!isOutage(error)) throw error;
      if (performance.now() > until) throw new Unavailable(`no database after ${waitMs} ms: ${(error as Error).message}`, { cause: error });
    }
  }
}
