import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openEffects } from '#store';
import { eventually, Wire } from '#test/harness';
import { BankDesk } from './bank-desk.ts';
import { Cashier } from './cashier.ts';
import { payDay } from './pay-day.ts';
import { People, type Letter } from './people.ts';
import { openSite, type Site } from './site.ts';
import { accountOf, flawless } from './tally.ts';

const APPLICANTS = ['05111', '05112', '05113'];

const here = {} as { site: Site; wire: Wire; cashier: Cashier; desk: BankDesk; people: People; run: string };

const happened = async (event: string): Promise<number> => (await here.site.store.query('select 1 from journal where event = $1', [event])).length;
/** What a journal row says of itself on its way to the database. */
const journal = (event: string): string => `"event":"${event}"`;

beforeAll(async () => {
  here.site = await openSite();
  here.cashier = new Cashier(here.site.store, here.site.round.id);
  here.desk = new BankDesk(here.site.store, here.cashier, 1);
  here.people = new People(here.site.url, here.site.round.id);
  here.wire = await Wire.to(here.site.databaseUrl);
  await here.site.start('api', { DATABASE_URL: here.wire.url }).ready;
  await here.cashier.certify(...await payDay(here.site, here.cashier.clerks, APPLICANTS));
  here.run = await here.cashier.prepare() ?? '';
});
afterAll(async () => {
  await here.site.processes.killAll();
  await here.wire.close();
  await here.site.close();
});

/** A command whose COMMIT is executed and never answered: 503, and the same key gives the one result. @returns that result */
async function unheard(word: string, command: Letter, status: number): Promise<unknown> {
  const cut = here.wire.cutCommitOf(word);
  expect(await here.people.try(command)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect(cut()).toBe(true);
  const again = await here.people.ask(command);
  expect([again.status, again.replayed]).toEqual([status, true]);
  return again.body;
}

describe('the answer to COMMIT is lost', () => {
  test('of a release: the run is released, once', async () => {
    const run = await unheard(journal('release'), await here.people.draw('authoriser1', here.run, 'release'), 200);
    expect(run).toMatchObject({ id: here.run, state: 'releasing' });
    expect(await happened('release')).toBe(1);
  });

  test('of a row, of an export mark and of the file: the worker goes on by itself', async () => {
    const cuts = ['"toState":"authorised"', journal('markExported'), journal('fileWritten')].map((word) => here.wire.cutCommitOf(word));
    const worker = here.site.start('worker', { DATABASE_URL: here.wire.url });
    await eventually('all three were cut', () => cuts.every((cut) => cut()), 60);
    await eventually('the run has its file and nothing is open', async () => await here.cashier.file(here.run) !== null && await openEffects(here.site.store) === 0, 60);
    expect(worker.alive()).toBe(true);
    expect([await happened('authorise'), await happened('markExported'), await happened('fileWritten')]).toEqual([APPLICANTS.length, APPLICANTS.length, 1]);
  });

  test('and the file stays the same bytes, which the bank takes', async () => {
    const first = await here.cashier.file(here.run);
    expect((await here.people.ask({ account: 'authoriser1', method: 'GET', path: `/payment-runs/${here.run}` })).body).toMatchObject({ file: { sha256: first?.sha256, count: APPLICANTS.length } });
    expect((await here.cashier.file(here.run))?.bytes).toEqual(first?.bytes);
    expect(here.desk.bank.receive(first?.bytes ?? '')).toMatchObject({ accepted: APPLICANTS.length, refused: [] });
  });

  test('of a bank file: it is in, once, and what it says has arrived', async () => {
    const answers = here.desk.bank.answers();
    const statement = answers.find(({ kind }) => kind === 'camt.053');
    const body = new FormData();
    body.append('file', new Blob([statement?.xml ?? ''], { type: 'application/xml' }), 'bank.xml');
    const upload = (): Letter => ({ account: 'certifier1', method: 'POST', path: '/bank-files', body, headers: { 'idempotency-key': randomUUID() } });
    const imported = await unheard(statement?.name.split('.')[0] ?? '', upload(), 201) as { id: string };
    expect((await here.people.ask(upload())).body).toMatchObject({ duplicateOf: imported.id });
    expect(await here.site.store.query('select id from bank_files')).toEqual([{ id: imported.id }]);
    for (const { name, xml } of answers) await here.desk.take(name, Buffer.from(xml));
    await eventually('everything is settled', async () => await here.cashier.clerks.settled() === APPLICANTS.length && await openEffects(here.site.store) === 0, 60);
  });

  test('and the bank\'s books are ours', async () => {
    const truth = await here.desk.truth();
    expect(truth).toMatchObject({ payments: APPLICANTS.length, lost: [], doubled: [] });
    expect(truth.bookedCents).toBe(truth.paidCents);
    expect(await accountOf(here.site.store)).toMatchObject(flawless(APPLICANTS.length));
  });
});
