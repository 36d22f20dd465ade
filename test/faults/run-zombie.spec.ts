import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openEffects } from '#store';
import { eventually } from '#test/harness';
import { BankDesk } from './bank-desk.ts';
import { Cashier } from './cashier.ts';
import { Obstacle } from './obstacle.ts';
import { payDay } from './pay-day.ts';
import type { Running } from './processes.ts';
import { openSite, type Site } from './site.ts';
import { accountOf, flawless } from './tally.ts';

const APPLICANTS = ['05111', '05112', '05113', '05114', '05116', '05117', '05119', '05120', '05122'];

const here = {} as { site: Site; cashier: Cashier; desk: BankDesk; instalments: string[]; runs: string[]; zombie: Running };

beforeAll(async () => {
  here.site = await openSite();
  here.cashier = new Cashier(here.site.store, here.site.round.id);
  here.desk = new BankDesk(here.site.store, here.cashier, 1);
  here.instalments = [...await payDay(here.site, here.cashier.clerks, APPLICANTS)];
  here.runs = [];
  here.zombie = here.site.start('worker');
  await here.zombie.ready;
});
afterAll(() => here.site.close());

/** A run of so many that is about to be released. */
async function prepared(rows: number): Promise<string> {
  await here.cashier.certify(...here.instalments.splice(0, rows));
  here.runs.push(await here.cashier.prepare() ?? '');
  return here.runs.at(-1) ?? '';
}

const on = (lock: string, ...params: readonly string[]): Promise<Obstacle> => Obstacle.on(here.site.databaseUrl, lock, params);
const isDone = async (run: string): Promise<boolean> => await here.cashier.file(run) !== null && await openEffects(here.site.store) === 0;
/** All that must not change when the worker wakes up. */
const facts = (run: string) => Promise.all([
  here.cashier.file(run),
  here.site.store.query('select position, result, order_id, decided_at, reasons from payment_run_rows where run_id = $1 order by position', [run]),
  here.site.store.query(`select o.* from payment_orders o join payment_run_rows r on r.case_id = o.case_id where r.run_id = $1 and r.verdict = 'ok' order by o.id`, [run]),
  here.site.store.query(`select event, at from journal where root_id = $1 or case_id in (select case_id from payment_run_rows where run_id = $1 and verdict = 'ok') order by root_id, seq`, [run]),
]);

/** It is stopped, another worker finishes the run, and it wakes up; that it is through with what it held is seen by a run that only it can do. */
async function outlived(run: string, whileStopped: () => Promise<unknown>): Promise<void> {
  process.kill(here.zombie.pid, 'SIGSTOP');
  await whileStopped();
  await here.site.endLeases();
  const successor = here.site.start('worker');
  await eventually('the other one has finished the run', () => isDone(run), 60);
  await successor.kill();
  const left = await facts(run);
  process.kill(here.zombie.pid, 'SIGCONT');
  const next = await prepared(1);
  await here.cashier.release(next);
  await eventually('it is back at work', () => isDone(next), 60);
  expect(await facts(run)).toEqual(left);
}

/** What the server does by itself when a session has been silent in the middle of a transaction for too long. */
const endSessions = (): Promise<unknown> => here.site.store.query(
  `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name = 'tranche' and xact_start is not null`);

describe('a worker that was stopped in the middle of a run, and wakes up after another one has finished it', () => {
  test('acts on what it read before: every row was decided without it', async () => {
    const run = await prepared(2);
    const rows = await on('lock table payment_run_rows in access exclusive mode');
    await here.cashier.release(run);
    await rows.met('payment_run_rows');
    // What it reads next are the instalments, as they stand before anybody has authorised them.
    const reading = await on('lock table clocks in access exclusive mode');
    await rows.gone();
    await reading.met('r.journal_seq as seq');
    await outlived(run, () => reading.gone());
  });

  test('while it was writing the orders: they were written without it', async () => {
    const run = await prepared(2);
    const orders = await on('lock table payment_orders in share mode');
    await here.cashier.release(run);
    expect((await orders.met('into payment_orders')).writing).toContain('journal');
    await outlived(run, async () => [await endSessions(), await orders.gone()]);
  });

  test('between the file and the run\'s word for it: there is one file, with the bytes of the other', async () => {
    const run = await prepared(2);
    await here.cashier.release(run);
    const word = await on('select 1 from payment_runs where id = $1 for update', run);
    expect((await word.met()).writing).toContain('payment_files');
    await outlived(run, async () => [await endSessions(), await word.gone()]);
  });

  test('and the bank has paid everything once', async () => {
    await here.desk.walk(here.runs);
    await eventually('everything is settled', async () => await here.cashier.clerks.settled() === APPLICANTS.length && await openEffects(here.site.store) === 0, 60);
    const truth = await here.desk.truth();
    expect(truth).toMatchObject({ payments: APPLICANTS.length, lost: [], doubled: [] });
    expect(truth.bookedCents).toBe(truth.paidCents);
    expect(await accountOf(here.site.store)).toMatchObject(flawless(APPLICANTS.length));
  });
});
