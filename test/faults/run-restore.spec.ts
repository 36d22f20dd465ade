import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CaseView } from '#cases';
import { SYSTEM } from '#kernel';
import { FreezeService, type DecidedRow, RunsService } from '#payments';
import { openEffects } from '#store';
import { eventually } from '#test/harness';
import { Backup } from './backup.ts';
import { BankDesk } from './bank-desk.ts';
import { Cashier } from './cashier.ts';
import { Obstacle } from './obstacle.ts';
import { payDay } from './pay-day.ts';
import { openSite, type Site } from './site.ts';
import { accountOf, flawless } from './tally.ts';

const APPLICANTS = ['05111', '05112', '05113', '05114', '05116'];

const here = {} as { site: Site; cashier: Cashier; desk: BankDesk; freezes: FreezeService; instalments: readonly string[] };

beforeAll(async () => {
  here.site = await openSite();
  here.cashier = new Cashier(here.site.store, here.site.round.id);
  here.desk = new BankDesk(here.site.store, here.cashier, 1);
  here.freezes = new FreezeService(here.site.store);
  here.instalments = await payDay(here.site, here.cashier.clerks, APPLICANTS);
});
afterAll(() => here.site.close());

const rows = (run: string): Promise<DecidedRow[]> => new RunsService(here.site.store).rows(run, { limit: 100 });
const results = async (run: string) => (await rows(run)).filter(({ verdict }) => verdict === 'ok').map(({ result, reasons }) => [result, ...reasons.map(({ code }) => code)].join(' '));
const stateOf = async (id: string): Promise<string> => (await here.site.store.query<{ state: string }>('select state from cases where id = $1', [id]))[0]?.state ?? '';
const reaches = (id: string, state: string): Promise<void> => eventually(`${id} is ${state}`, async () => await stateOf(id) === state, 60);
const isQuiet = async (): Promise<boolean> => (await here.site.store.query(`select 1 from outbox where done_at is null and failed_at is null and error is distinct from 'paymentsNotFrozen'`)).length === 0;
const rootOf = async (id: string): Promise<string> => (await here.site.store.query<{ id: string }>('select root_id as id from cases where id = $1', [id]))[0]?.id ?? '';
/** Everything that the bank was ever asked to pay, as its portal shows it. */
const known = (): string[] => here.desk.bank.ledger().payments.map(({ endToEndId }) => endToEndId);

/** A worker lives as long as the work takes. */
async function lived(work: () => Promise<void>): Promise<void> {
  const worker = here.site.start('worker');
  await work();
  await worker.kill();
  await here.site.endLeases();
}

/** A worker dies when it has authorised so many rows and ordered none. */
async function authorisedOnly(run: string, rows: number): Promise<void> {
  const obstacle = await Obstacle.on(here.site.databaseUrl, 'lock table payment_orders in share mode');
  await lived(() => eventually('the rows are authorised', async () => (await here.site.store.query(
    `select 1 from payment_run_rows r join cases c on c.id = r.case_id where r.run_id = $1 and c.state = 'authorised'`, [run])).length === rows, 60));
  await obstacle.gone();
}

/** Takes a run's file to the bank, which takes it. */
async function deliver(run: string): Promise<void> {
  const file = await here.cashier.file(run);
  expect(here.desk.bank.receive(file?.bytes ?? '')).toMatchObject({ accepted: file?.count, refused: [] });
}

/** Loses everything since the backup; a worker of before finds the database again. */
async function restore(backup: Backup): Promise<void> {
  await backup.restore();
  await eventually('the database is back', () => here.site.store.now().then(() => true, () => false), 30);
  await here.site.endLeases();
}

/** A second person lets payments go on, and says what the bank has. */
const lift = (goneOut: readonly string[]) => here.site.store.transaction((tx) => here.freezes.lift(tx, { reason: 'Bankportal geprüft', account: 'authoriser1', goneOut }));

describe('a database that is restored from a backup', () => {
  test('of before its first payment notices that, and nothing that the bank has is sent again', async () => {
    await here.cashier.certify(...here.instalments.slice(0, 1));
    const run = await here.cashier.pay() ?? '';
    const backup = await Backup.of(here.site.databaseUrl);
    await lived(() => reaches(run, 'exported'));
    await deliver(run);

    await restore(backup);
    await lived(async () => {
      await eventually('payments stand still', async () => await here.freezes.current() !== null && await isQuiet(), 60);
      expect([await stateOf(run), await here.cashier.file(run)]).toEqual(['releasing', null]);
      await lift(known());
      await here.site.endLeases();
      await reaches(run, 'empty');
      expect(await results(run)).toEqual(['refused notGoneOut']);
    });
  });

  test('of the middle of a run: what had been ordered in it has gone out, too; what has not goes out in a file that the bank does not know', async () => {
    const [, , , held = ''] = here.instalments;
    await here.cashier.certify(...here.instalments.slice(1, 4));
    const run = await here.cashier.pay() ?? '';
    await authorisedOnly(run, 3);
    await here.cashier.clerks.act('officer1', await rootOf(held), 'placeHold', { reason: 'audit', scope: '1' });
    await lived(() => eventually('two are ordered, one is held', async () => (await results(run)).filter((result) => result === 'ordered').length === 2, 60));
    const backup = await Backup.of(here.site.databaseUrl);
    // What happens from here on is lost: the third row is recalled, the other two go out, and a fifth payment in a run of its own.
    await here.cashier.clerks.act('certifier1', held, 'recall', { reason: 'Prüfung' });
    await lived(() => reaches(run, 'exported'));
    await here.cashier.certify(...here.instalments.slice(4));
    const lost = await here.cashier.pay() ?? '';
    await lived(() => reaches(lost, 'exported'));
    for (const id of [run, lost]) await deliver(id);

    await restore(backup);
    await lived(async () => {
      await eventually('payments stand still', async () => await here.freezes.current() !== null && await isQuiet(), 60);
      expect(await here.cashier.file(run)).toBeNull();
      await lift(known());
      const { holds } = await here.cashier.clerks.cases.read(await rootOf(held), SYSTEM) as CaseView;
      await here.cashier.clerks.act('approver1', await rootOf(held), 'liftHold', { hold: holds[0]?.id ?? '', reason: 'geklärt' });
      await here.site.endLeases();
      await reaches(run, 'exported');
      expect((await results(run)).toSorted()).toEqual(['ordered', 'refused notGoneOut', 'refused notGoneOut']);
      await deliver(run);
    });
  });

  test('ends with the books of the bank: nothing lost, nothing paid twice', async () => {
    await lived(async () => {
      await here.cashier.certify(...here.instalments.slice(4));
      // What went out and this database does not know is authorised by itself, so that the bank's answer finds its order.
      for (const id of await here.cashier.clerks.payable('certified')) await here.cashier.clerks.act('authoriser1', id, 'authorise');
      await eventually('every payment has its order', async () => (await here.cashier.clerks.payable('exported')).length === APPLICANTS.length, 60);
      for (const { name, xml } of here.desk.bank.answers()) await here.desk.take(name, Buffer.from(xml));
      await eventually('everything is settled', async () => await here.cashier.clerks.settled() === APPLICANTS.length && await openEffects(here.site.store) === 0, 60);
    });
    expect(await here.cashier.prepare()).toBeNull();
    const truth = await here.desk.truth();
    expect(truth).toMatchObject({ payments: APPLICANTS.length, lost: [], doubled: [] });
    expect(truth.bookedCents).toBe(truth.paidCents);
    expect(await accountOf(here.site.store)).toMatchObject(flawless(APPLICANTS.length));
  });
});
