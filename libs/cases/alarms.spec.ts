import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Actor } from '#kernel';
import { moveClock, type Instant } from '#store';
import { usingDatabase } from '#test/harness';
import { bursary } from '#test/toy';
import { AlarmsService, CasesService, CyclesService, Programmes, type AlarmName } from './index.ts';

const db = usingDatabase();
const editor: Actor = { account: 'editor', roles: ['applicantEditor'], organisation: 'k' };
const here = {} as { cases: CasesService; alarms: AlarmsService; nth: number; id: string };

beforeAll(() => {
  Object.assign(here, { cases: new CasesService(db.store, new Programmes([bursary])), alarms: new AlarmsService(db.store), nth: 0 });
});
beforeEach(async () => {
  here.nth += 1;
  await db.store.query('delete from clocks');
  const [cycle, key] = [`c-${here.nth}`, `k-${here.nth}`];
  await cutOff(cycle, '2099-10-31T23:00:00.000Z');
  const outcome = await here.cases.open({
    programme: 'bursary', cycle, applicant: { key, name: key, kind: 'Kreis' }, actor: { ...editor, organisation: key }, at: await db.store.now(),
  });
  here.id = outcome.ok ? outcome.view.id : '';
});

const cutOff = (id: string, at: Instant) => db.store.transaction((tx) => new CyclesService(db.store).put(tx, { id, programme: 'bursary', data: { cutOffAt: at } }));
const submit = async () => {
  const actor = { ...editor, organisation: `k-${here.nth}` };
  await here.cases.advance({ caseId: here.id, actor, at: await db.store.now(), event: 'edit', data: { amountCents: 1 } });
  await here.cases.advance({ caseId: here.id, actor, at: await db.store.now(), event: 'submit', data: {} });
};
const unpublished = (epoch: string, limit = 100) => here.alarms.unpublished({ limit, horizonDays: 40_000, epoch });
const published = async (epoch: string) => {
  const alarms = await unpublished(epoch);
  await here.alarms.markPublished(alarms, epoch);
  return alarms;
};
const names = (alarms: readonly AlarmName[]) => alarms.map(({ clockId, generation }) => `${clockId.replace(here.id, '')} ${generation}`);
const ALL = ['-reminder-1 1', '-reminder-2 1', '-expiry 1'];

describe('the rows of alarms', () => {
  test('each is published once an epoch, the next due first, and again in every other epoch', async () => {
    const first = await published('first');
    expect(names(first)).toEqual(ALL);
    expect(first.every(({ delayMs, epoch }) => delayMs > 0 && epoch === null)).toBe(true);
    expect(await unpublished('first')).toEqual([]);
    for (const other of ['before', 'second']) expect(await unpublished(other)).toMatchObject([{ epoch: 'first' }, { epoch: 'first' }, { epoch: 'first' }]);
    expect(await unpublished('second', 2)).toHaveLength(2);
    expect([await here.alarms.anyPublished(), await here.alarms.countPublished('first', 0), await here.alarms.countPublished('second', 0)]).toEqual([true, 3, 0]);
  });

  test('beyond the horizon there are none', async () => {
    expect(await here.alarms.unpublished({ limit: 9, horizonDays: 400, epoch: 'first' })).toEqual([]);
    expect([await here.alarms.wanted(400), await here.alarms.wanted(40_000)]).toEqual([0, 3]);
  });

  test('those that were published can be paged through; missing ones are handed back', async () => {
    await published('first');
    const one = await here.alarms.published('first', 2);
    const two = await here.alarms.published('first', 2, one.next);
    expect([names(one.alarms), names(two.alarms), two.next]).toEqual([ALL.slice(0, 2), ALL.slice(2), null]);
    expect(await here.alarms.unmark(one.alarms.map((alarm) => ({ ...alarm, generation: 7 })), 'first')).toBe(0);
    expect(await here.alarms.unmark(one.alarms, 'second')).toBe(0);
    expect(await here.alarms.unmark(one.alarms, 'first')).toBe(2);
    expect(names(await unpublished('first'))).toEqual(ALL.slice(0, 2));
  });

  test('of a case that has moved on are to be taken out; those of a moved date are published anew', async () => {
    await published('first');
    await cutOff(`c-${here.nth}`, '2099-11-30T23:00:00.000Z');
    await here.cases.settle(here.id);
    expect(names(await published('first'))).toEqual(['-reminder-1 2', '-reminder-2 2', '-expiry 2']);
    await submit();
    const withdrawn = await here.alarms.withdrawn(9);
    expect(names(withdrawn).toSorted()).toEqual(['-expiry 2', '-reminder-1 2', '-reminder-2 2']);
    await here.alarms.takenOut(withdrawn.slice(1));
    expect(await here.alarms.withdrawn(9)).toEqual(withdrawn.slice(0, 1).map(({ clockId, generation }) => ({ clockId, generation })));
    expect(await unpublished('second')).toEqual([]);
  });

  test('strangers are those that no open clock stands for', async () => {
    const [{ clockId, generation } = { clockId: '', generation: 0 }] = await published('first');
    const alarm = { clockId, generation };
    const forged = [{ ...alarm, generation: 2 }, { clockId: 'nobody', generation: 1 }];
    expect(await here.alarms.strangers([alarm, ...forged])).toEqual(expect.arrayContaining(forged));
    expect(await here.alarms.strangers([alarm])).toEqual([]);
    await submit();
    expect(await here.alarms.strangers([alarm])).toHaveLength(1);
  });

  test('that have rung leave nothing to take out, unless the clock was moved: then they still lie there', async () => {
    const [reminder] = await published('first');
    await db.store.query(`update clocks set due_at = tranche_now() where id = $1`, [reminder?.clockId]);
    await here.cases.settle(here.id);
    expect(names(await here.alarms.withdrawn(9)).filter((name) => name.startsWith('-reminder-1'))).toEqual([]);
    await db.store.transaction((tx) => moveClock(tx, '2099-11-01T00:00:00.000Z'));
    await published('first');
    await here.cases.settle(here.id);
    expect(names(await here.alarms.withdrawn(9))).toContain('-expiry 1');
  });
});
