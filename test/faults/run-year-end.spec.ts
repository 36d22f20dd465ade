import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, atTime, isBankingDay, type Day } from '#calendar';
import { openRound } from '#apps/installation';
import { CyclesService } from '#cases';
import type { Json } from '#kernel';
import { RunsService } from '#payments';
import { openEffects } from '#store';
import { eventually } from '#test/harness';
import { kim } from '#workflows';
import { BankDesk } from './bank-desk.ts';
import { Cashier } from './cashier.ts';
import { payDay } from './pay-day.ts';
import { openSite, type Site } from './site.ts';
import { accountOf, flawless } from './tally.ts';

const APPLICANTS = ['05111', '05112'];

const here = {} as { site: Site; cashier: Cashier; desk: BankDesk; lastDay: Day; run: string };

/** The last day of a year on which banks work. */
const lastBankingDay = (year: string): Day => {
  const days = [31, 30, 29, 28, 27].map((day): Day => `${year}-12-${day}`);
  return days.find(isBankingDay) ?? '';
};

/** Sets until when the budget year of the round pays. */
async function budgetOpenUntil(day: Day): Promise<void> {
  const { store, round } = here.site;
  const cycles = new CyclesService(store);
  const data = (await cycles.get(round.id))?.data as { readonly [field: string]: Json };
  await store.transaction((tx) => openRound(tx, cycles, kim, { ...data, budgetOpenUntil: day }));
}

beforeAll(async () => {
  here.site = await openSite();
  here.cashier = new Cashier(here.site.store, here.site.round.id);
  here.desk = new BankDesk(here.site.store, here.cashier, 1);
  here.lastDay = lastBankingDay(here.site.round.id.split('-')[1] ?? '');
  await budgetOpenUntil(here.lastDay);
  const instalments = await payDay(here.site, here.cashier.clerks, APPLICANTS);
  await here.site.moveClock(atTime(addDays(here.lastDay, -1), '10:00'));
  await here.cashier.certify(...instalments);
});
afterAll(() => here.site.close());

const stateOf = async (id: string): Promise<string> => (await here.site.store.query<{ state: string }>('select state from cases where id = $1', [id]))[0]?.state ?? '';
const rests = async (run: string, state: string): Promise<void> => {
  await here.site.endLeases();
  await eventually(`the run is ${state}`, async () => await stateOf(run) === state && await openEffects(here.site.store) === 0, 60);
};

/**
 * The money of a budget year is not spent after its end (§ 45 LHO): until when it may go out is the round's
 * `budgetOpenUntil`, 31 December unless the administration has set another day. Each row is judged by when it is
 * authorised, not by when its run was prepared or released.
 */
describe('a run that is released in the last minute of its budget year and worked on after midnight', () => {
  test('pays nothing: every row is refused because the budget year is closed, none vanishes and none is ordered', async () => {
    here.run = await here.cashier.prepare(here.lastDay) ?? '';
    await here.site.moveClock(atTime(here.lastDay, '23:59'));
    await here.cashier.release(here.run);
    await here.site.moveClock(atTime(addDays(here.lastDay, 1), '00:00'));
    const worker = here.site.start('worker');
    await rests(here.run, 'empty');
    await worker.kill();
    const rows = (await new RunsService(here.site.store).rows(here.run, { limit: 10 })).filter(({ verdict }) => verdict === 'ok');
    expect(rows.map(({ result, reasons }) => [result, reasons.map(({ code }) => code)])).toEqual(APPLICANTS.map(() => ['refused', ['budgetYearOpen']]));
    expect(await here.site.store.query('select id from payment_orders')).toEqual([]);
    expect(await here.cashier.file(here.run)).toBeNull();
    // The next run says so before anybody prepares it.
    expect(await here.cashier.prepare()).toBeNull();
  });

  test('and a later end of the budget year lets the next run pay all of it, once', async () => {
    const { store, round } = here.site;
    await budgetOpenUntil(addDays(here.lastDay, 15));
    const worker = here.site.start('worker');
    await eventually('the families have taken the new end on', async () => (await store.query('select 1 from cases where parent_id is null and cycle_id = $1 and cycle_revision < 3 and not ended', [round.id])).length === 0, 60);
    const next = await here.cashier.pay() ?? '';
    await rests(next, 'exported');
    await here.desk.walk([here.run, next]);
    await eventually('everything is settled', async () => await here.cashier.clerks.settled() === APPLICANTS.length && await openEffects(store) === 0, 60);
    await worker.kill();
    const truth = await here.desk.truth();
    expect(truth).toMatchObject({ payments: APPLICANTS.length, lost: [], doubled: [] });
    expect(truth.bookedCents).toBe(truth.paidCents);
    expect(await accountOf(store)).toMatchObject(flawless(APPLICANTS.length));
  });
});
