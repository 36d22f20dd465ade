import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Actor } from '#kernel';
import { moveClock, type Instant } from '#store';
import { usingDatabase } from '#test/harness';
import { bursary } from '#test/toy';
import { crowd } from '#test/workshop';
import { CasesService, ClocksService, CyclesService, Programmes, verifyAll } from './index.ts';

const db = usingDatabase();
const programmes = new Programmes([bursary]);
const editor: Actor = { account: 'editor', roles: ['applicantEditor'], organisation: 'k' };

const here = {} as { cases: CasesService; clocks: ClocksService; round: number; cutOffAt: Instant };

beforeAll(async () => {
  // One of the tests loses a programme, which a case keeps otherwise.
  await db.store.query('alter table cases disable trigger cases_keep_their_place');
  Object.assign(here, { cases: new CasesService(db.store, programmes), clocks: new ClocksService(db.store), round: 2030 });
});

/** Every test has a year of its own, and moves the clock to its cut-off. */
beforeEach(() => {
  here.round += 1;
  here.cutOffAt = `${here.round}-10-31T23:00:00.000Z`;
});

async function open(): Promise<string> {
  const cycle = `c-${here.round}`;
  if (await new CyclesService(db.store).get(cycle) === null) {
    await db.store.transaction((tx) => new CyclesService(db.store).put(tx, { id: cycle, programme: 'bursary', data: { cutOffAt: here.cutOffAt } }));
  }
  const key = `k${Math.random()}`;
  const applicant = { key, name: key, kind: 'Kreis' };
  const outcome = await here.cases.open({ programme: 'bursary', cycle, applicant, actor: { ...editor, organisation: key }, at: await db.store.now() });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  return outcome.view.id;
}

const families = async (count: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let nth = 0; nth < count; nth += 1) ids.push(await open());
  return ids.toSorted();
};
const settleAll = async (ids: readonly string[]) => {
  const { settled, failed } = await here.cases.settleAll(ids);
  return { settled: settled.toSorted(), failed };
};
const pass = (to: Instant) => db.store.transaction((tx) => moveClock(tx, to));
const expired = async (ids: readonly string[]) => (await db.store.query<{ id: string }>(
  `select case_id as id from journal where event = 'expire' and case_id = any($1) order by 1`, [ids])).map(({ id }) => id);

describe('many families in one transaction', () => {
  test('settle as each would by itself: all that was due, in its order, once', async () => {
    const ids = await families(5);
    await pass(here.cutOffAt);
    const results = await Promise.all([1, 2, 3].map(() => here.cases.settleAll(ids)));
    expect(results.flatMap(({ failed }) => failed)).toEqual([]);
    expect(await expired(ids)).toEqual(ids);
    const [{ events } = { events: [] }] = await db.store.query<{ events: string[] }>(
      `select array_agg(event || ' ' || to_char(at, 'HH24:MI') order by seq) as events from journal where root_id = $1`, [ids[0]]);
    expect(events.slice(1)).toEqual(['remind 06:00', 'expire 23:00']);
    expect(await db.store.query('select count(*) from outbox where root_id = any($1)', [ids])).toEqual([{ count: 10 }]);
    expect((await verifyAll(db.store, programmes)).violations).toEqual([]);
  });

  test('leave to others what others have', async () => {
    const ids = await families(3);
    await pass(here.cutOffAt);
    await db.store.transaction(async (tx) => {
      await tx.query('select 1 from cases where id = $1 for update', [ids[1]]);
      expect(await settleAll(ids)).toEqual({ settled: [ids[0], ids[2]], failed: [] });
    });
    expect(await settleAll(ids)).toEqual({ settled: ids, failed: [] });
    expect(await expired(ids)).toEqual(ids);
  });

  test('leave out one whose programme is not loaded', async () => {
    const ids = await families(3);
    await pass(here.cutOffAt);
    await db.store.query(`update cases set programme = 'lost' where id = $1`, [ids[0]]);
    expect(await settleAll(ids)).toEqual({ settled: ids.slice(1), failed: [{ rootId: ids[0], why: expect.stringContaining('not loaded') }] });
    expect(await expired(ids)).toEqual(ids.slice(1));
    await db.store.query(`update cases set programme = 'bursary' where id = $1`, [ids[0]]);
    await settleAll(ids);
    expect(await expired(ids)).toEqual(ids);
  });

  test('go one by one where the database refuses one of them', async () => {
    const ids = await families(3);
    await pass(here.cutOffAt);
    // A row that stands where the next move of the family has to be written.
    await db.store.query(`insert into journal select (jsonb_populate_record(j, '{"seq": 2}')).* from journal j where root_id = $1 and seq = 1`, [ids[1]]);
    expect(await settleAll(ids)).toEqual({ settled: [ids[0], ids[2]], failed: [{ rootId: ids[1], why: expect.stringContaining('journal_pkey') }] });
    expect(await expired(ids)).toEqual([ids[0], ids[2]]);
  });

  test('nobody is nothing', async () => {
    expect(await settleAll([])).toEqual({ settled: [], failed: [] });
    expect(await settleAll(['nowhere'])).toEqual({ settled: [], failed: [] });
  });
});

describe('looking for what is due', () => {
  test('goes in pages, the longest overdue first, to the last one', async () => {
    const first = await open();
    await crowd(db.store, first, 120);
    await pass(here.cutOffAt);
    const seen: string[] = [];
    for (let page = await here.clocks.overdueFamilies(50); ; page = await here.clocks.overdueFamilies(50, page.next)) {
      seen.push(...page.rootIds);
      if (page.next === null) break;
    }
    const [{ ids } = { ids: [] }] = await db.store.query<{ ids: string[] }>(`select array_agg(root_id order by due_at, id) as ids from clocks where settled_at is null and due_at <= tranche_now()`);
    expect(seen.filter((id, at) => id !== seen[at - 1])).toEqual(ids.filter((id, at) => id !== ids[at - 1]));
  });
});
