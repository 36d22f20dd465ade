import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defaultRepeatStrategy } from 'bullmq';
import { moveClock, type Instant } from '#store';
import { eventually, freshDatabase, type FreshDatabase } from '#test/harness';
import { openWorkshop, seedWorkshop, ToyCases, type Workshop } from '#test/workshop';

const MINUTE = 60_000;
const here = {} as { db: FreshDatabase; shop: Workshop; toy: ToyCases };

beforeAll(async () => {
  here.db = await freshDatabase();
  here.toy = new ToyCases(here.db, () => here.shop);
  await seedWorkshop(here.db.store, 10);
  here.shop = await openWorkshop(here.db);
});
afterAll(async () => {
  await here.shop.wipe();
  await here.shop.close();
  await here.db.drop();
});

const move = (to: Instant) => here.db.store.transaction((tx) => moveClock(tx, to));
const ends = (id: string) => here.db.store.query<{ at: Instant }>(`select at from journal where case_id = $1 and event = 'expire'`, [id]);

/** Nights in Berlin: in spring half past two does not come, in autumn it comes twice. */
describe.each([
  { night: 'spring', before: '2051-03-26T00:29:00.000Z', dates: ['2051-03-26T00:30:00.000Z', '2051-03-26T01:00:00.000Z', '2051-03-26T01:30:00.000Z'], after: '2051-03-26T03:00:00.000Z' },
  { night: 'autumn', before: '2051-10-29T00:29:00.000Z', dates: ['2051-10-29T00:30:00.000Z', '2051-10-29T01:00:00.000Z', '2051-10-29T01:30:00.000Z'], after: '2051-10-29T03:00:00.000Z' },
])('in the night of the change in $night', ({ before, dates, after }) => {
  test('every deadline comes once, at its own instant', async () => {
    const cases = [];
    for (const date of dates) cases.push({ date, id: (await here.toy.open(date)).id });
    for (const instant of [before, ...dates, after]) {
      await move(instant);
      for (const { date, id } of cases) if (date <= instant) await eventually(`${date} has passed`, async () => (await ends(id)).length > 0);
      for (const { date, id } of cases) expect([instant, await ends(id)]).toEqual([instant, date <= instant ? [{ at: date }] : []]);
    }
  });

  test('the sweep of every minute runs once in each', async () => {
    const [schedule] = await here.shop.queue('deadlines').getJobSchedulers();
    const { pattern, tz } = { pattern: schedule?.pattern ?? '', tz: schedule?.tz ?? '' };
    for (let now = Date.parse(before); now < Date.parse(after); now += MINUTE) {
      expect(defaultRepeatStrategy(now + 1, { pattern, tz })).toBe(now + MINUTE);
    }
  });
});
