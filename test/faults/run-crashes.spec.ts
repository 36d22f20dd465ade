import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openEffects } from '#store';
import { eventually } from '#test/harness';
import { Cashier } from './cashier.ts';
import { DEATHS_OVER_RUNS } from './deaths.ts';
import { openSite, type Site } from './site.ts';
import { accountOf, flawless } from './tally.ts';

const APPLICANTS = ['05111', '05112', '05113', '05114', '05116', '05117', '05119', '05120'];
const A_RUN = 2;

const here = {} as { site: Site; cashier: Cashier; instalments: readonly string[]; runs: string[] };

beforeAll(async () => {
  here.site = await openSite();
  here.cashier = new Cashier(here.site.store, here.site.round.id);
  here.runs = [];
  for (const applicant of APPLICANTS) await here.cashier.clerks.noticed(applicant, here.site.round.id);
  const worker = here.site.start('worker');
  await here.site.moveClock(here.site.round.payDays[0] ?? '');
  await eventually('every first instalment is due', async () => (await here.cashier.clerks.payable('due')).length === APPLICANTS.length, 60);
  here.instalments = await here.cashier.clerks.payable('due');
  await worker.kill();
});
afterAll(() => here.site.close());

describe('a worker that dies over a payment run', () => {
  test.each(DEATHS_OVER_RUNS)('%s', async (point) => {
    const from = DEATHS_OVER_RUNS.indexOf(point) * A_RUN;
    await here.cashier.certify(...here.instalments.slice(from, from + A_RUN));
    here.runs.push(await here.cashier.pay() ?? '');
    await here.site.endLeases();
    expect(await here.site.start('worker', { TRANCHE_CRASH_AT: point }).ended).toBe('SIGKILL');
  });

  test('leaves every payment to its successor, once: one order, one file, to the cent', async () => {
    await here.site.endLeases();
    await here.site.start('worker').ready;
    await eventually('every run has its file', async () => (await Promise.all(here.runs.map((id) => here.cashier.file(id)))).every((file) => file !== null), 120);
    await eventually('nothing is open', async () => await openEffects(here.site.store) === 0, 120);
    const orders = await here.site.store.query<{ endToEndId: string; amountCents: number }>('select end_to_end_id as "endToEndId", amount_cents as "amountCents" from payment_orders');
    expect(orders).toHaveLength(APPLICANTS.length);
    const files = await Promise.all(here.runs.map((id) => here.cashier.file(id)));
    const named = orders.map(({ endToEndId }) => files.filter((file) => file?.bytes.includes(`>${endToEndId}<`)).length);
    expect(named).toEqual(orders.map(() => 1));
    expect(files.reduce((sum, file) => sum + (file?.sumCents ?? 0), 0)).toBe(orders.reduce((sum, { amountCents }) => sum + amountCents, 0));
    expect(await accountOf(here.site.store)).toMatchObject(flawless(APPLICANTS.length));
  });
});
