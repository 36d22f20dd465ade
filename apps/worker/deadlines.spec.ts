import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CyclesService } from '#cases';
import type { LetterWords } from '#kernel';
import { jobIds } from '#queue';
import { moveClock, rebuildWakeUps } from '#store';
import { eventually, freshDatabase, type FreshDatabase } from '#test/harness';
import { editorOf, openWorkshop, payable, seedWorkshop, ToyCases, type Workshop } from '#test/workshop';

const here = {} as { db: FreshDatabase; shop: Workshop; toy: ToyCases };

beforeAll(async () => {
  here.db = await freshDatabase();
  here.toy = new ToyCases(here.db, () => here.shop);
  await seedWorkshop(here.db.store, 100);
  // One of the tests loses a programme, which a case keeps otherwise.
  await here.db.store.query('alter table cases disable trigger cases_keep_their_place');
});
afterEach(async () => {
  await here.shop.wipe();
  await here.shop.close();
});
afterAll(() => here.db.drop());

/** No clock is ever within this horizon, so that no alarm is published and only the sweep can wake a case. */
const NO_ALARMS = { horizonDays: -40_000 };

/** The legal instant so many milliseconds from now. */
const inMs = async (milliseconds: number) => new Date(Date.parse(await here.db.store.now()) + milliseconds).toISOString();
const expired = async (id: string) => (await here.toy.state(id)) === 'expired';
const expiries = (ids: readonly string[]) => here.db.store.query<{ caseId: string; at: string }>(
  `select case_id as "caseId", at from journal where event = 'expire' and case_id = any($1) order by at`, [ids]);
const alarmsOf = async (id: string) => (await here.db.store.query<{ clockId: string; generation: number; published: boolean }>(
  `select id as "clockId", generation, alarm_epoch is not null as published from clocks where case_id = $1 and settled_at is null order by id`, [id]));
const allPublished = (id: string) => eventually('all alarms are published', async () => (await alarmsOf(id)).every(({ published }) => published));
const hasAlarm = async (jobId: string) => (await here.shop.courier.missingAlarms([jobId])).length === 0;
const sweepsDone = () => eventually('no sweep is under way', async () => (await here.shop.queue('deadlines').getJobCountByTypes('waiting', 'active')) === 0);

describe('with the sweep off, delayed jobs alone', () => {
  test('carry cases whose deadlines lie seconds apart in real time', async () => {
    here.shop = await openWorkshop(here.db, { sweep: false });
    await sweepsDone();
    const cases = [];
    for (let nth = 0; nth < 5; nth += 1) {
      const cutOffAt = await inMs(2_000 + nth * 700);
      cases.push({ cutOffAt, id: (await here.toy.open(cutOffAt)).id });
    }
    for (const { id } of cases) await eventually(`${id} has expired`, () => expired(id));
    expect(await expiries(cases.map(({ id }) => id))).toEqual(cases.map(({ id, cutOffAt }) => ({ caseId: id, at: cutOffAt })));
    expect(await here.shop.queue('deadlines').getJobSchedulers()).toEqual([]);
  });

  test('an alarm that rings early waits for its time', async () => {
    here.shop = await openWorkshop(here.db, { sweep: false, settings: NO_ALARMS });
    await sweepsDone();
    const { id } = await here.toy.open(await inMs(1_500));
    await here.shop.courier.publishAlarms([{ clockId: `${id}-expiry`, generation: 1, delayMs: 0 }]);
    expect(await expired(id)).toBe(false);
    await eventually('it rings again when it is due', () => expired(id));
  });
});

describe('the sweep alone', () => {
  test('settles what is overdue once the clock is moved, each case at its own date', async () => {
    here.shop = await openWorkshop(here.db, { settings: NO_ALARMS });
    const dates = ['2040-03-01T10:00:00.000Z', '2040-01-01T10:00:00.000Z', '2040-02-01T10:00:00.000Z'];
    const ids: string[] = [];
    for (const cutOffAt of dates) ids.push((await here.toy.open(cutOffAt)).id);
    await here.db.store.transaction((tx) => moveClock(tx, '2040-06-01T00:00:00.000Z'));
    for (const id of ids) await eventually('it has expired', () => expired(id));
    expect((await expiries(ids)).map(({ at }) => at)).toEqual(dates.toSorted());
  });

  test('survives a queue that is flushed again and again', async () => {
    here.shop = await openWorkshop(here.db, { settings: { ...NO_ALARMS, epochMs: 100 } });
    const months = ['2041-01', '2041-02', '2041-03', '2041-04', '2041-05'];
    const ids: string[] = [];
    for (const month of months) ids.push((await here.toy.open(`${month}-15T10:00:00.000Z`)).id);
    for (const [nth, month] of months.entries()) {
      await here.db.store.transaction((tx) => moveClock(tx, `${month}-15T10:00:00.000Z`));
      await here.shop.wipe();
      await eventually(`${month} has passed`, () => expired(ids[nth] ?? ''));
    }
    expect((await expiries(ids)).map(({ caseId }) => caseId)).toEqual(ids);
  });

  test('is not held up by a family that cannot move', async () => {
    const lost = { ...payable, id: 'lost' };
    here.shop = await openWorkshop(here.db, { programmes: [payable, lost], settings: NO_ALARMS });
    const [broken, sound] = [await here.toy.open('2042-01-01T10:00:00.000Z'), await here.toy.open('2042-01-02T10:00:00.000Z')];
    await here.db.store.query(`update cases set programme = 'lost' where id = $1`, [broken.id]);
    await here.shop.close();
    here.shop = await openWorkshop(here.db, { settings: NO_ALARMS });
    await here.db.store.transaction((tx) => moveClock(tx, '2042-02-01T00:00:00.000Z'));
    await eventually('the sound one has expired', () => expired(sound.id));
    await sweepsDone();
    expect((await here.shop.clocks.overdueFamilies(10)).rootIds).toEqual([broken.id]);
    await here.db.store.query(`update cases set programme = 'bursary' where id = $1`, [broken.id]);
    await here.shop.courier.requestSweep('mended');
    await eventually('the mended one has expired', () => expired(broken.id));
  });
});

test('the sweep forgets request keys that are past their days', async () => {
  here.shop = await openWorkshop(here.db, { settings: NO_ALARMS });
  await here.db.store.query(
    `insert into request_keys (actor, key, route, body_hash, answer, created_at)
     select 'clerk', days || ' days old', '', '', '{}', clock_timestamp() - days * interval '1 day' from unnest(array[29, 31, 400]) days`);
  await here.shop.courier.requestSweep('keys');
  await eventually('the old ones are forgotten', async () => (await here.db.store.query<{ key: string }>(
    `select key from request_keys where key like '%days old'`)).map(({ key }) => key).join() === '29 days old');
});

describe('alarms', () => {
  test('one per open clock within the horizon, and only the newest generation rings', async () => {
    here.shop = await openWorkshop(here.db, { sweep: false, settings: { horizonDays: 400 } });
    const [near, far] = [await here.toy.open(await inMs(3_600_000)), await here.toy.open(await inMs(500 * 86_400_000))];
    await eventually('the near one is published', async () => (await alarmsOf(near.id)).some(({ clockId, published }) => published && clockId.endsWith('expiry')));
    await sweepsDone();
    expect((await alarmsOf(far.id)).some(({ published }) => published)).toBe(false);
    expect(await hasAlarm(`${near.id}-expiry-1`)).toBe(true);
    await here.shop.courier.publishAlarms([{ clockId: `${near.id}-expiry`, generation: 9, delayMs: 0 }]);
    await sweepsDone();
    expect(await here.toy.state(near.id)).toBe('draft');
  });

  test('come back when the queue has lost its data', async () => {
    here.shop = await openWorkshop(here.db, { sweep: false, settings: { horizonDays: 40_000, epochMs: 100 } });
    const { id } = await here.toy.open();
    await allPublished(id);
    const ids = (await alarmsOf(id)).map(jobIds.alarm);
    const epoch = await here.shop.courier.epoch();
    await here.shop.wipe();
    await eventually('all alarms are back', async () => (await here.shop.courier.missingAlarms(ids)).length === 0);
    expect(await here.shop.courier.epoch()).not.toBe(epoch);
  });

  test('are rebuilt when the installation asks for it, whatever the queue holds', async () => {
    here.shop = await openWorkshop(here.db, { settings: { horizonDays: 40_000 } });
    const [{ id }, deadlines] = [await here.toy.open(), here.shop.queue('deadlines')];
    await allPublished(id);
    const [first, second] = (await alarmsOf(id)).map(jobIds.alarm) as [string, string];
    await (await deadlines.getJob(first))?.remove();
    await (await deadlines.getJob(second))?.changeDelay(3_600_000);
    await deadlines.removeJobScheduler('sweep');
    await rebuildWakeUps(here.db.store);
    await eventually('the lost one is back', () => hasAlarm(first));
    await eventually('the sweep is scheduled', async () => (await deadlines.getJobSchedulers()).length === 1);
    await eventually('the wrong one rings in its time', async () => ((await deadlines.getJob(second))?.delay ?? 0) > 86_400_000);
    expect(await expired(id)).toBe(false);
  });

  test('of a date that has moved takes the place of the one before', async () => {
    here.shop = await openWorkshop(here.db, { sweep: false, settings: { horizonDays: 40_000 } });
    const { id, applicant, cycle } = await here.toy.open('2098-10-31T23:00:00.000Z');
    await allPublished(id);
    const [old] = (await alarmsOf(id)).map(jobIds.alarm);
    await here.db.store.transaction((tx) => new CyclesService(here.db.store).put(tx, { id: cycle, programme: 'bursary', data: { cutOffAt: '2098-11-30T23:00:00.000Z' } }));
    await here.toy.send(id, editorOf(applicant.key), 'edit', { amountCents: 1 });
    await allPublished(id);
    expect((await alarmsOf(id)).map(({ generation }) => generation)).toEqual([2, 2, 2]);
    expect(await here.shop.courier.missingAlarms([old ?? '', ...(await alarmsOf(id)).map(jobIds.alarm)])).toEqual([old]);
  });

  test('a single lost one is found by the reconciler', async () => {
    here.shop = await openWorkshop(here.db, { sweep: false, settings: { horizonDays: 40_000, reconcileMs: 100 } });
    const { id } = await here.toy.open();
    await allPublished(id);
    const [first] = (await alarmsOf(id)).map(jobIds.alarm);
    await (await here.shop.queue('deadlines').getJob(first ?? ''))?.remove();
    await eventually('the alarm is back', () => hasAlarm(first ?? ''));
  });

  test('two workers at once do everything once', async () => {
    here.shop = await openWorkshop(here.db);
    const second = await openWorkshop(here.db);
    const cutOffAt = await inMs(1_000);
    const views = [];
    for (let nth = 0; nth < 8; nth += 1) views.push(await here.toy.open(cutOffAt));
    const sent = await here.toy.submit();
    for (const { id } of views) await eventually('it has expired', () => expired(id));
    await here.toy.allDone();
    await second.close();
    expect(await expiries(views.map(({ id }) => id))).toHaveLength(8);
    expect(await here.toy.mails(sent)).toEqual(['Eingang']);
    for (const view of views) expect(await here.toy.mails(view)).toContain('Erinnerung');
  });
});

test('a reminder that a case has overtaken is not sent', async () => {
  here.shop = await openWorkshop(here.db);
  await here.shop.queue('letters').pause();
  const { id, applicant } = await here.toy.open(await inMs(86_400_000));
  const editor = editorOf(applicant.key);
  await here.toy.send(id, editor, 'edit', { amountCents: 5 });
  await here.toy.send(id, { account: 'system', roles: ['system'], organisation: null }, 'remind', { step: 1 });
  await here.toy.send(id, editor, 'submit');
  await here.shop.queue('letters').resume();
  await here.toy.allDone();
  expect(await here.toy.mails({ applicant })).toEqual(['Eingang']);
});

test('but one that a worker had written before it died is sent, whatever has become of the case since', async () => {
  here.shop = await openWorkshop(here.db);
  await here.shop.queue('letters').pause();
  const { id, applicant } = await here.toy.open(await inMs(86_400_000));
  const editor = editorOf(applicant.key);
  await here.toy.send(id, editor, 'edit', { amountCents: 5 });
  await here.toy.send(id, { account: 'system', roles: ['system'], organisation: null }, 'remind', { step: 1 });
  const [effect] = await here.db.store.query<{ id: number; words: LetterWords }>(`select id, payload -> 'words' as words from outbox where case_id = $1 and queue = 'letters' order by id desc limit 1`, [id]);
  if (effect === undefined) throw new Error('nobody was to be reminded');
  await here.db.store.transaction((tx) => here.shop.letters.freeze(tx, {
    effectId: effect.id, caseId: id, rootId: id, kind: 'reminder', words: effect.words, recipients: [{ account: editor.account, address: 'editor@example.org', language: 'de' }],
  }));
  await here.toy.send(id, editor, 'submit');
  await here.shop.queue('letters').resume();
  await here.toy.allDone();
  expect((await here.toy.mails({ applicant })).toSorted()).toEqual(['Eingang', 'Erinnerung']);
});
