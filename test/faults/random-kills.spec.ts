import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { chaos, chaosTable } from './chaos.ts';
import { openSite, type Site } from './site.ts';
import { flawless } from './tally.ts';

const CHAOS = { kills: 40, cases: 40, seed: 20_281_031 };

const here = {} as { site: Site };
beforeAll(async () => { here.site = await openSite(); });
afterAll(() => here.site.close());

test(`${CHAOS.kills} kills at random moments of a funding year lose nothing and double nothing: the bank's books say so, too`, async () => {
  const aftermath = await chaos(here.site, CHAOS);
  process.stdout.write(`${chaosTable(CHAOS, aftermath)}\n`);
  expect(aftermath.account).toMatchObject(flawless(2 * CHAOS.cases));
  expect(aftermath.bank).toMatchObject({ payments: 2 * CHAOS.cases, lost: [], doubled: [] });
  expect(aftermath.bank.bookedCents).toBe(aftermath.bank.paidCents);
});
