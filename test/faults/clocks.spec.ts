import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rebuildWakeUps, type Instant } from '#store';
import { crowd } from '#test/ground';
import { eventually } from '#test/harness';
import { Clerks } from './clerks.ts';
import { openSite, type Site } from './site.ts';

const DRAFTS = 5_000;
/** A sweep of every minute and the reconciler are the last net; with both, nothing is later than this. */
const SOON = 150;
const TWO_HOURS = 7_200_000;

const here = {} as { site: Site; draft: string };

beforeAll(async () => {
  here.site = await openSite();
  here.draft = (await new Clerks(here.site.store).drafted('05315', here.site.round.id)).id;
});
afterAll(() => here.site.close());

const count = async (sql: string, params: readonly unknown[] = []): Promise<number> => (await here.site.store.query<{ count: number }>(`select count(*) as count ${sql}`, params))[0]?.count ?? 0;
const nextDate = async (): Promise<Instant> => (await here.site.store.query<{ at: Instant }>('select min(due_at) as at from clocks where settled_at is null'))[0]?.at ?? '';
const shifted = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString();

test(`a worker that is killed in the middle of ${DRAFTS} reminders: none is lost, none comes twice`, async () => {
  const { site: { store, start, moveClock } } = here;
  const family = await crowd(store, here.draft, DRAFTS - 1);
  const worker = start('worker');
  await worker.ready;
  const [at, before] = [await nextDate(), await count('from outbox')];
  const reminded = () => count(`from journal where event = 'remind'`);
  await moveClock(at);
  await eventually('a good part is decided', async () => await reminded() > DRAFTS / 5);
  await worker.kill();
  expect(await reminded()).toBeLessThan(DRAFTS);

  const successor = start('worker');
  await eventually('all are decided', async () => await reminded() >= DRAFTS);
  await successor.kill();
  expect(await count(`from journal where event = 'remind' and at = $1`, [at])).toBe(DRAFTS);
  expect(await count(`from (select root_id from journal where event = 'remind' group by 1 having count(*) > 1) twice`)).toBe(0);
  expect(await count('from outbox') - before).toBe(DRAFTS);
  expect(await count('from clocks where due_at = $1 and outcome is distinct from $2', [at, 'fired'])).toBe(0);
  await store.query('delete from clocks where root_id like $1', [`${family}%`]);
  await store.query('delete from outbox where root_id like $1', [`${family}%`]);
});

/** What makes a machine's clock wrong, for the one process that gets it. */
const skewed = (ms: number): { readonly NODE_OPTIONS: string } => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`
    const True = Date;
    globalThis.Date = class Date extends True {
      constructor(...given) { given.length === 0 ? super(True.now() + ${ms}) : super(...given); }
      static now() { return True.now() + ${ms}; }
    };
    process.stdout.write('this machine says ' + new Date().toISOString() + String.fromCharCode(10));`)}`,
});

describe('workers whose machines are wrong about the time', () => {
  test.each([
    ['two hours ahead', [TWO_HOURS]],
    ['two hours behind', [-TWO_HOURS]],
    ['one ahead, one behind', [TWO_HOURS, -TWO_HOURS]],
  ])('%s: the deadline comes when the database says so', async (_, skews) => {
    const { site: { store, start, moveClock } } = here;
    const workers = skews.map((ms) => start('worker', skewed(ms)));
    for (const worker of workers) await worker.ready;
    for (const [nth, worker] of workers.entries()) {
      const says = /this machine says (\S+)/.exec(worker.said())?.[1] ?? '';
      expect(Math.round((Date.parse(says) - Date.now()) / 3_600_000) * 3_600_000).toBe(skews[nth]);
    }
    const at = await nextDate();
    await moveClock(shifted(at, -1_500));
    await rebuildWakeUps(store);
    const looked: { early: boolean; come: boolean }[] = [];
    await eventually('the reminder is decided', async () => {
      const [seen] = await store.query<{ early: boolean; come: boolean }>(
        `select tranche_now() < $1 as early, exists (select 1 from journal where root_id = $2 and event = 'remind' and at = $1) as come`, [at, here.draft]);
      if (seen) looked.push(seen);
      return seen?.come === true;
    }, SOON);
    expect(looked[0]).toEqual({ early: true, come: false });
    expect(looked.filter(({ early, come }) => early && come)).toEqual([]);
    expect(await count(`from journal where root_id = $1 and event = 'remind' and at = $2`, [here.draft, at])).toBe(1);
    for (const worker of workers) await worker.kill();
  });
});

test('a worker that was away while the window closed: every date passes in its order, and one mail tells of it', async () => {
  const { site: { store, start, moveClock } } = here;
  const [reminder, cutOff] = [await nextDate(), (await store.query<{ at: Instant }>(`select due_at as at from clocks where id = $1`, [`${here.draft}-cutOff`]))[0]?.at ?? ''];
  const before = await count('from outbox');
  await moveClock(shifted(cutOff, TWO_HOURS));
  await start('worker', { TZ: 'Pacific/Kiritimati' }).ready;
  const passed = () => store.query<{ name: string; outcome: string }>(
    `select name, outcome from clocks where root_id = $1 and settled_at is not null and due_at between $2 and $3 order by due_at`, [here.draft, reminder, cutOff]);
  await eventually('the cut-off has passed', async () => (await passed()).some(({ name }) => name === 'cutOff'), SOON);
  expect((await passed()).map(({ outcome }) => outcome)).toEqual(['overtaken', 'overtaken', 'fired'].slice(-(await passed()).length));
  expect(await store.query(`select at from journal where root_id = $1 and at >= $2 order by seq`, [here.draft, reminder])).toEqual([{ at: cutOff }]);
  expect(await count('from outbox') - before).toBe(1);
});
