import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { legalTime } from './clock.ts';
import { prepared } from './statement.ts';
import { asUnavailable, isCollision, isOutage, Unavailable } from './unavailable.ts';
import type { Instant } from './wire.ts';

/** Whatever can run a statement: an open transaction, or the store itself (one statement, committed at once). */
export interface Runner {
  /** Rows with instants as RFC 3339 text, days as `YYYY-MM-DD` and bigint as number. Parameters for jsonb are JSON text. */
  query<R extends object>(sql: string, params?: readonly unknown[]): Promise<R[]>;
}

/**
 * An open transaction. Its statements run one after the other, in the order of asking; those that do not need each
 * other's answers may be asked together and share a round trip.
 */
export type Tx = Runner;

const ATTEMPTS = 5;

/**
 * The door to PostgreSQL. Statements go straight to the pg client of the data source's pool: TypeORM's query runner
 * costs a third of the throughput on the transition path and gives nothing to hand-written SQL.
 */
export class Store implements Runner {
  readonly #listeners = new Set<() => void>();

  constructor(readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one READ COMMITTED transaction. A collision (40001, 40P01) runs it again from the start, so `work`
   * must do nothing outside `tx`.
   * @throws Unavailable when the database is away, too slow, or collisions do not end
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#withClient((client) => runTransaction(client, work));
      } catch (error) {
        if (!isCollision(error)) throw error;
        if (attempt === ATTEMPTS) throw new Unavailable('the transaction collided too often', { cause: error });
        await pause(attempt * 10 * (1 + Math.random()));
      }
    }
  }

  /** One statement in its own transaction. */
  async query<R extends object>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
    return this.#withClient(async (client) => (await client.query<R & Record<string, unknown>>(prepared(sql, params))).rows);
  }

  /**
   * Asks for a sign of life, for the readiness probe.
   * @throws Unavailable when none comes within `withinMs`
   */
  async ping(withinMs = 3_000): Promise<void> {
    const question: QueryConfig & { query_timeout: number } = { text: 'select 1', query_timeout: withinMs };
    const sign = this.#withClient((client) => client.query(question));
    await Promise.race([sign, pause(withinMs, null, { ref: false }).then(() => { throw new Unavailable(`no answer within ${withinMs} ms`); })]);
  }

  /** The installation's legal time. */
  now(): Promise<Instant> {
    return legalTime(this);
  }

  /** Tells whoever waits in this process that there may be new work. To be called after a commit that left some. */
  committed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** @returns how to stop listening */
  onCommitted(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Ends the pool. Statements still running finish first. */
  async close(): Promise<void> {
    this.#listeners.clear();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  async #withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    if (!this.dataSource.isInitialized) throw new Unavailable('the store is closed');
    const pool = (this.dataSource.driver as PostgresDriver).master as Pool;
    const client = await pool.connect().catch((error: unknown) => { throw asUnavailable(error); });
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      client.release(isOutage(error));
      throw asUnavailable(error);
    }
  }
}

async function runTransaction<T>(client: PoolClient, work: (tx: Tx) => Promise<T>): Promise<T> {
  const tx: Tx = {
    query: async <R extends object>(sql: string, params: readonly unknown[] = []) =>
      (await client.query<R & Record<string, unknown>>(prepared(sql, params))).rows,
  };
  // Not waited for: it travels with the first statement. Where it fails, everything after it does.
  const begun = client.query('begin isolation level read committed').catch((error: unknown) => error);
  const result = await work(tx).catch(async (error: unknown) => {
    if (!isOutage(error)) await client.query('rollback');
    throw error;
  });
  const failure = await begun;
  if (failure instanceof Error) throw failure;
  const { command } = await client.query('commit');
  // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error: someone swallowed the failure.
  if (command !== 'COMMIT') throw new Error('the transaction had failed before its commit: an error was swallowed inside it');
  return result;
}
