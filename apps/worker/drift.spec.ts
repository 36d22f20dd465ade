import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { jobIds, type AlarmJob } from '#queue';
import { lastWakeUpReport, moveClock } from '#store';
import { eventually, freshDatabase, type FreshDatabase } from '#test/harness';
import { crowd, editorOf, openWorkshop, seedWorkshop, ToyCases, type Workshop } from '#test/workshop';

const here = {} as { db: FreshDatabase; shop: Workshop; toy: ToyCases };

/** The worker's own comparison comes at its start; the next ones are the test's. */
beforeAll(async () => {
  here.db = await freshDatabase();
  here.toy = new ToyCases(here.db, () => here.shop);
  await seedWorkshop(here.db.store, 40);
});
beforeEach(async () => {
  await here.db.store.query('update wake_up_report set claimed_at = null, checked_at = null');
  here.shop = await openWorkshop(here.db, { settings: { horizonDays: 40_000 } });
  await here.toy.open();
  await allPublished();
  await eventually('the first comparison is done', async () => (await report()).fresh);
});
afterEach(async () => {
  await here.shop.wipe();
  await here.shop.close();
});
afterAll(() => here.db.drop());

const report = () => lastWakeUpReport(here.db.store);
const found = async () => {
  await here.shop.reconcile();
  const { missing, withoutClock } = await report();
  return { missing, withoutClock };
};
const NOTHING = { missing: 0, withoutClock: 0 };
const alarms = () => here.db.store.query<AlarmJob & { epoch: string | null }>(
  'select id as "clockId", generation, alarm_epoch as epoch from clocks where settled_at is null and due_at > tranche_now() order by due_at, id');
const allPublished = () => eventually('all alarms are published', async () => (await alarms()).every(({ epoch }) => epoch !== null));
const remove = async (alarm: AlarmJob | undefined) => void (await here.shop.queue('deadlines').remove(alarm === undefined ? '' : jobIds.alarm(alarm)));
const forge = (clockId: string, generation: number) => here.shop.courier.publishAlarms([{ clockId, generation, delayMs: 3_600_000 }]);
const delayed = () => here.shop.queue('deadlines').getDelayedCount();

describe('clocks and wake-ups', () => {
  test('that agree are no drift, and the report says when and that the sweep is scheduled', async () => {
    expect(await found()).toEqual(NOTHING);
    const { sweepNextAt, fresh } = await report();
    expect([sweepNextAt, fresh]).toEqual([expect.stringMatching(/:00\.000Z$/), true]);
  });

  test('that lack some get them back', async () => {
    for (let nth = 0; nth < 3; nth += 1) await here.toy.open();
    await allPublished();
    const all = await alarms();
    for (const alarm of all.slice(1, 6)) await remove(alarm);
    expect(await found()).toEqual({ missing: 5, withoutClock: 0 });
    await allPublished();
    expect(await here.shop.courier.missingAlarms(all.map(jobIds.alarm))).toEqual([]);
    expect(await found()).toEqual(NOTHING);
  });

  test('lose those of clocks that nobody knows, and of dates that have moved', async () => {
    const { id } = await here.toy.open();
    await allPublished();
    const before = await delayed();
    for (const [clockId, generation] of [['nobody', 1], [`${id}-expiry`, 7], ['not-an-alarm', 999_999_999]] as const) await forge(clockId, generation);
    expect(await found()).toEqual({ missing: 0, withoutClock: 3 });
    expect(await delayed()).toBe(before);
    expect(await found()).toEqual(NOTHING);
  });

  test('differ both ways at once, so that their counts agree', async () => {
    const { id } = await here.toy.open();
    await allPublished();
    await remove((await alarms()).find(({ clockId }) => clockId.startsWith(id)));
    await forge('nobody', 1);
    expect([(await found()).missing, await found()]).toEqual([1, { missing: 0, withoutClock: 1 }]);
    await allPublished();
    expect(await found()).toEqual(NOTHING);
  });

  test('of cases that moved on are taken out as they end, which is no drift', async () => {
    const { id, applicant } = await here.toy.open();
    await allPublished();
    const before = await delayed();
    await here.toy.send(id, editorOf(applicant.key), 'edit', { amountCents: 101 });
    await here.toy.send(id, editorOf(applicant.key), 'submit');
    expect(await found()).toEqual(NOTHING);
    expect(await delayed()).toBe(before - 3);
  });

  test('agree after the time machine, although alarms of dates gone by were still to ring in years', async () => {
    const { id } = await here.toy.open('2040-10-31T23:00:00.000Z');
    await allPublished();
    await here.db.store.transaction((tx) => moveClock(tx, '2040-11-01T00:00:00.000Z'));
    await eventually('it has expired', async () => await here.toy.state(id) === 'expired');
    expect(await found()).toEqual(NOTHING);
  });

  test('are thousands: two counts and a sample', async () => {
    const { id } = await here.toy.open();
    await crowd(here.db.store, id, 2_000);
    await eventually('the relay has begun', async () => (await alarms()).some(({ clockId, epoch }) => clockId.startsWith('crowd') && epoch !== null));
    await allPublished();
    expect(await found()).toEqual(NOTHING);
    await here.db.store.query('delete from clocks where root_id like $1', [`crowd-${id}-1%`]);
    expect((await found()).withoutClock).toBe(3 * 1_111);
    await here.db.store.query(`delete from clocks where root_id like 'crowd-%'`);
    expect((await found()).withoutClock).toBe(3 * 889);
  });
});

describe('a relay that cannot publish', () => {
  test('shows as wake-ups that are missing', async () => {
    // A job id with a colon, which the queue refuses.
    await here.db.store.query(
      `insert into clocks (id, case_id, root_id, name, generation, due_at, event, data, reminder, because)
       values ('a:b', 'a', 'a', 'b', 1, tranche_now() + interval '1 day', 'expire', '{}', false, '{}')`);
    expect(await found()).toEqual(NOTHING);
    expect(await found()).toEqual({ missing: 1, withoutClock: 0 });
    await here.db.store.query(`delete from clocks where id = 'a:b'`);
    expect(await found()).toEqual(NOTHING);
  });
});

describe('the schedule of the sweep', () => {
  const schedule = async () => (await here.shop.queue('deadlines').getJobSchedulers()).map(({ next }) => next);

  test('is not shifted by a sweep that somebody asks for', async () => {
    const [before] = [await schedule()];
    await here.shop.courier.requestSweep('by hand');
    await eventually('it has run', async () => await here.shop.queue('deadlines').getJobState('sweep-by hand') === 'unknown');
    // Unless the minute is just over: then it has moved on by itself.
    expect(await schedule()).toEqual((before[0] ?? 0) <= Date.now() ? [expect.any(Number)] : before);
  });

  test.each([
    ['lost', async () => void (await here.shop.queue('deadlines').removeJobScheduler('sweep'))],
    ['hours ahead, by a machine whose clock is wrong', async () => void (await here.shop.queue('deadlines').upsertJobScheduler('sweep', { pattern: '* * * * *', startDate: Date.now() + 7_200_000 }, { name: 'sweep' }))],
  ])('is made whole when it is %s', async (_, harm) => {
    await harm();
    expect(await here.shop.courier.nextSweep() ?? Infinity).toBeGreaterThan(Date.now() + 7_000_000);
    await here.shop.reconcile();
    expect(await here.shop.courier.nextSweep()).toBeLessThanOrEqual(Date.now() + 60_000);
    expect(await schedule()).toHaveLength(1);
    expect((await report()).sweepNextAt).not.toBeNull();
  });
});

test('deadlines that nobody woke are swept for', async () => {
  await here.shop.close();
  here.shop = await openWorkshop(here.db, { sweep: false, settings: { horizonDays: -40_000 } });
  const { id } = await here.toy.open('2055-10-31T23:00:00.000Z');
  await eventually('the sweep of the start is over', async () => await here.shop.queue('deadlines').getJobCountByTypes('waiting', 'active') === 0);
  await here.db.store.query(`update clocks set due_at = tranche_now() - interval '2 minutes' where case_id = $1 and name = 'expiry'`, [id]);
  await here.shop.reconcile();
  await eventually('it has expired', async () => await here.toy.state(id) === 'expired');
});
