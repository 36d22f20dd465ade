import { basename } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import pg from 'pg';
import { type DataSourceOptions, openStore, type Store } from '#store';

/** A migrated, empty database in demo mode, for one test file alone. */
export interface FreshDatabase {
  readonly url: string;
  readonly store: Store;
  /** Closes the store and removes the database. Fails when the test left connections of its own open. */
  drop(): Promise<void>;
}

/** Copies the run's template, which takes about 20 ms. */
export async function freshDatabase(options: DataSourceOptions = {}): Promise<FreshDatabase> {
  const server = process.env.TRANCHE_TEST_DATABASE;
  if (server === undefined) throw new Error('no test server: run through jest, whose globalSetup starts it');
  const spec = basename(expect.getState().testPath ?? 'unknown').replace(/\.spec\.ts$/, '').replace(/[^a-z0-9]+/gi, '_').toLowerCase();
  const name = `test_${spec}_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  await onServer(server, (client) => client.query(`create database ${name} template tranche_template strategy file_copy`));
  const url = urlOf(server, name);
  const store = await openStore(url, [], options);
  return {
    url,
    store,
    drop: async () => {
      await store.close();
      await onServer(server, async (client) => {
        const left = await connectionsLeft(client, name);
        await client.query(`drop database ${name} with (force)`);
        if (left.length > 0) throw new Error(`the test left connections open:\n${left.join('\n')}`);
      });
    },
  };
}

/**
 * A fresh database for the tests of the `describe` or file that calls this, one for all of them or one for `each`,
 * made before and dropped after them. Its fields can be read inside tests and hooks.
 */
export function usingDatabase(per: 'all' | 'each' = 'all'): Pick<FreshDatabase, 'url' | 'store'> {
  const held: { database?: FreshDatabase } = {};
  const database = (): FreshDatabase => {
    if (held.database === undefined) throw new Error('the database exists only while tests run');
    return held.database;
  };
  (per === 'all' ? beforeAll : beforeEach)(async () => { held.database = await freshDatabase(); });
  (per === 'all' ? afterAll : afterEach)(() => database().drop());
  return { get url() { return database().url; }, get store() { return database().store; } };
}

/** A closed connection takes the server a moment to notice, so a leak is one that is still there after two seconds. */
async function connectionsLeft(client: pg.Client, database: string): Promise<string[]> {
  for (let attempt = 0; ; attempt += 1) {
    const { rows } = await client.query<{ line: string }>(
      `select format('%s, %s: %s', application_name, state, query) as line from pg_stat_activity where datname = $1 and backend_type = 'client backend'`, [database]);
    if (rows.length === 0 || attempt === 20) return rows.map((row) => row.line);
    await client.query('select pg_sleep(0.1)');
  }
}

const urlOf = (server: string, database: string): string => {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
};

async function onServer<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: urlOf(server, 'postgres'), application_name: 'tranche harness' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
