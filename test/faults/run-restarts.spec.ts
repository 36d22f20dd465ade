import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allTables } from '#apps/installation';
import { migrate, openEffects, openStore } from '#store';
import { startServer, type OwnServer } from '#test/ground';
import { eventually, testQueue } from '#test/harness';
import { BankDesk } from './bank-desk.ts';
import { Cashier } from './cashier.ts';
import { Obstacle } from './obstacle.ts';
import { payDay } from './pay-day.ts';
import { People } from './people.ts';
import { siteOn, type Site } from './place.ts';
import type { Running } from './processes.ts';
import { accountOf, flawless } from './tally.ts';

const APPLICANTS = ['05111', '05112', '05113', '05114', '05116', '05117'];
const A_RUN = 2;

const here = {} as { server: OwnServer; site: Site; cashier: Cashier; desk: BankDesk; people: People; processes: readonly Running[]; instalments: string[]; runs: string[] };

/** The test's own connections fall with the server, too: a fact is asked for until somebody answers. */
const fact = (what: string, holds: () => Promise<boolean>): Promise<void> => eventually(what, () => holds().catch(() => false), 60);
const written = (run: string): Promise<void> => fact('the run has its file', async () => await here.cashier.file(run) !== null);
/** The server falls, and the minute passes after which what was under work counts as given up. */
async function fall(how: 'fast' | 'immediate'): Promise<void> {
  await here.server.fall(how);
  await fact('leases end', async () => { await here.site.endLeases(); return true; });
}

const happened = async (event: string): Promise<number> => (await here.site.store.query('select 1 from journal where event = $1', [event])).length;

/** A run of two that is about to be released. */
async function prepared(): Promise<string> {
  await here.cashier.certify(...here.instalments.slice(here.runs.length * A_RUN, (here.runs.length + 1) * A_RUN));
  here.runs.push(await here.cashier.prepare() ?? '');
  return here.runs.at(-1) ?? '';
}

beforeAll(async () => {
  // A server of its own: the one that the suite shares would take the file beside it down.
  here.server = await startServer();
  const url = await here.server.database('site');
  await migrate(url, allTables);
  const store = await openStore(url, allTables, { applicationName: 'test' });
  here.site = await siteOn({ url, store, drop: () => store.close(), redis: testQueue().redisUrl !== null });
  here.cashier = new Cashier(store, here.site.round.id);
  here.desk = new BankDesk(store, here.cashier, 1);
  here.people = new People(here.site.url, here.site.round.id);
  here.runs = [];
  here.instalments = [...await payDay(here.site, here.cashier.clerks, APPLICANTS)];
  here.processes = [here.site.start('api'), here.site.start('worker')];
  await Promise.all(here.processes.map(({ ready }) => ready));
});
afterAll(async () => {
  await here.site.close();
  await here.server.stop();
});

describe('the database falls and comes back in the middle of a run', () => {
  test('while a row is being authorised, and another one has been', async () => {
    const run = await prepared();
    const obstacle = await Obstacle.on(here.site.databaseUrl, 'select 1 from cases where id = (select root_id from cases where id = $1) for update', [here.instalments[1]]);
    await here.cashier.release(run);
    await obstacle.met();
    await fact('the other row is authorised', async () => await happened('authorise') === 1);
    await fall('immediate');
    await written(run);
  });

  test('while an order is written, before its export mark is kept', async () => {
    const run = await prepared();
    const obstacle = await Obstacle.on(here.site.databaseUrl, 'lock table payment_orders in share mode');
    await here.cashier.release(run);
    expect((await obstacle.met('into payment_orders')).writing).toEqual(expect.arrayContaining(['journal', 'cases']));
    await fall('fast');
    await written(run);
  });

  test('between the file and the run\'s word that it is written', async () => {
    const run = await prepared();
    await here.cashier.release(run);
    const obstacle = await Obstacle.on(here.site.databaseUrl, 'select 1 from payment_runs where id = $1 for update', [run]);
    expect((await obstacle.met()).writing).toContain('payment_files');
    await fall('immediate');
    await written(run);
  });

  test('while a bank file is imported: it is in as a whole, once', async () => {
    for (const run of here.runs) here.desk.bank.receive((await here.cashier.file(run))?.bytes ?? '');
    const answers = here.desk.bank.answers();
    const body = new FormData();
    body.append('file', new Blob([answers.find(({ kind }) => kind === 'camt.053')?.xml ?? ''], { type: 'application/xml' }), 'bank.xml');
    const obstacle = await Obstacle.on(here.site.databaseUrl, 'lock table bank_entries in share mode');
    const upload = here.people.ask({ account: 'certifier1', method: 'POST', path: '/bank-files', body, headers: { 'idempotency-key': randomUUID() } });
    expect((await obstacle.met()).writing).toContain('bank_files');
    await fall('immediate');
    expect((await upload).status).toBe(201);
    expect(await here.site.store.query('select id from bank_files')).toHaveLength(1);
    for (const { name, xml } of answers) await here.desk.take(name, Buffer.from(xml));
    await fact('everything is settled', async () => await here.cashier.clerks.settled() === APPLICANTS.length && await openEffects(here.site.store) === 0);
  });

  test('and goes on by itself: nothing is lost or doubled, and the bank\'s books are ours', async () => {
    expect(here.processes.map((process) => process.alive())).toEqual([true, true]);
    const truth = await here.desk.truth();
    expect(truth).toMatchObject({ payments: APPLICANTS.length, lost: [], doubled: [] });
    expect(truth.bookedCents).toBe(truth.paidCents);
    expect([await happened('authorise'), await happened('fileWritten')]).toEqual([APPLICANTS.length, here.runs.length]);
    expect(await accountOf(here.site.store)).toMatchObject(flawless(APPLICANTS.length));
  });
});
