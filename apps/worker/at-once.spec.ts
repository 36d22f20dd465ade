import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { moveClock, rebuildWakeUps, type Instant } from '#store';
import { eventually, freshDatabase, type FreshDatabase } from '#test/harness';
import { agency, crowd, openWorkshop, seedWorkshop, ToyCases, type Workshop } from '#test/workshop';

/** Two payments of each fall due. */
const FAMILIES = 5_000;
const DUE: Instant = '2050-05-02T06:00:00.000Z';
/** How long before its date the alarms are published: they all wait for the same second. */
const JUST_BEFORE: Instant = '2050-05-02T05:59:58.000Z';

const here = {} as { db: FreshDatabase; shops: readonly Workshop[] };

beforeAll(async () => {
  here.db = await freshDatabase();
  await seedWorkshop(here.db.store, 1);
  here.shops = [await openWorkshop(here.db), await openWorkshop(here.db)];
});
afterAll(async () => {
  await here.shops[0]?.wipe();
  for (const shop of here.shops) await shop.close();
  await here.db.drop();
});

/** A granted case whose payments fall due on the day: clocks that ask for no outward work. */
async function granted(): Promise<string> {
  const [shop] = here.shops as [Workshop];
  const toy = new ToyCases(here.db, () => shop);
  const { id } = await toy.submit();
  await toy.send(id, agency.clerk, 'propose', { note: 'ja' });
  const outcome = await shop.cases.advance({ caseId: id, actor: agency.approver, event: 'confirm', data: {}, at: DUE });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  return id;
}

test(`${2 * FAMILIES} clocks of the same second all fire, each once, whoever of two workers wakes them`, async () => {
  const { store } = here.db;
  await crowd(store, await granted(), FAMILIES - 1);
  await store.transaction(async (tx) => {
    await moveClock(tx, JUST_BEFORE);
    await rebuildWakeUps(tx);
  });
  const row = async () => (await store.query<{ fired: number; cases: number; first: Instant; last: Instant }>(
    `select count(*) as fired, count(distinct case_id) as cases, min(at) as first, max(at) as last from journal where event = 'fallDue'`))[0];
  await eventually('all have fired', async () => ((await row())?.fired ?? 0) >= 2 * FAMILIES);
  expect(await row()).toEqual({ fired: 2 * FAMILIES, cases: 2 * FAMILIES, first: DUE, last: DUE });
  expect(await store.query(`select state, version, count(*) from cases where parent_id is not null group by 1, 2`)).toEqual([{ state: 'due', version: 2, count: 2 * FAMILIES }]);
  expect(await store.query('select count(*) from clocks where settled_at is null')).toEqual([{ count: 0 }]);
  expect(await here.shops[1]?.queue('deadlines').getJobSchedulers()).toHaveLength(1);
});
