import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { CasesService, ClocksService } from '#cases';
import { claimEffects, finishEffect } from '#store';
import { eventually } from '#test/harness';
import { Counter } from './applicant.ts';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
const counter = new Counter(() => desk);

beforeAll(async () => { desk = await openDesk(); });
afterAll(async () => desk.close());

/** Runs work while nobody can reach the database. */
async function withoutDatabase(work: () => Promise<void>): Promise<void> {
  const [row] = await desk.store.query<{ name: string }>('select current_database() as name');
  const address = new URL(process.env.TRANCHE_TEST_DATABASE as string);
  address.pathname = '/postgres';
  const admin = new pg.Client({ connectionString: address.href });
  await admin.connect();
  try {
    await admin.query(`alter database ${row?.name} with allow_connections false`);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [row?.name]);
    await work();
    await admin.query(`alter database ${row?.name} with allow_connections true`);
  } finally {
    await admin.end();
  }
}
