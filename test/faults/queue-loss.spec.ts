import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { jobIds } from '#queue';
import { openEffects, rebuildWakeUps, type Instant } from '#store';
import { eventually } from '#test/harness';
import { Clerks } from './clerks.ts';
import type { Running } from './processes.ts';
import { lookIntoQueue, type QueueLook } from './queue.look.ts';
import { openSite, type Site } from './site.ts';
import { accountOf, flawless } from './tally.ts';

const CASES = 12;
/** The relay asks once a second whether its queue still lives; the rest is the work itself on a busy machine. */
const SOON = 30;

const here = {} as { site: Site; clerks: Clerks; look: QueueLook; worker: Running };

beforeAll(async () => {
  here.site = await openSite();
  here.clerks = new Clerks(here.site.store);
  here.look = await lookIntoQueue(here.site);
  const applicants = await here.site.store.query<{ key: string }>(`select key from organisations where kind <> 'agency' order by key limit $1`, [CASES]);
  for (const { key } of applicants) await here.clerks.noticed(key, here.site.round.id);
  here.worker = here.site.start('worker');
  await here.worker.ready;
});
afterAll(async () => {
  await here.look.close();
  await here.site.close();
});

const openClocks = () => here.site.store.query<{ clockId: string; generation: number; epoch: string | null }>(
  `select id as "clockId", generation, alarm_epoch as epoch from clocks where settled_at is null and due_at < tranche_now() + interval '400 days'`);
const alarmsMissing = async () => (await here.look.courier.missingAlarms((await openClocks()).map(jobIds.alarm))).length;
const finals = () => here.site.store.query<{ at: Instant }>(`select at from journal where event = 'finality'`);
const isQuiet = async () => await openEffects(here.site.store) === 0;
const payouts = () => here.look.queue('payouts').getJobCountByTypes('waiting', 'active');
const payable = async (state: 'due' | 'exported') => (await here.clerks.payable(state)).length;
const fallenDue = async (times: number) => (await here.site.store.query(`select 1 from journal where event = 'fallDue'`)).length === times;

describe('a queue that loses everything in the middle of the year', () => {
  test('gets every alarm back, and none twice', async () => {
    await eventually('every clock has its alarm', async () => await alarmsMissing() === 0, SOON);
    const [{ clocks, epoch }] = [{ clocks: await openClocks(), epoch: await here.look.courier.epoch() }];
    expect(clocks.length).toBeGreaterThanOrEqual(CASES);
    await here.site.loseQueue();
    await eventually('every clock has its alarm again', async () => await here.look.courier.epoch() !== null && await alarmsMissing() === 0, SOON);
    expect(await here.look.courier.epoch()).not.toBe(epoch);
    expect(await here.look.queue('deadlines').getDelayedCount()).toBe((await openClocks()).length + (await here.look.queue('deadlines').getJobSchedulers()).length);
    expect(here.worker.said()).toContain('the queue has lost its data');
  });

  test('and comes back empty while somebody asks for a rebuilding: every alarm is there, in the new count', async () => {
    const bringBack = await here.site.takeQueueAway();
    expect(await rebuildWakeUps(here.site.store)).toBe(1);
    await bringBack();
    await eventually('every clock has its alarm in the new count', async () =>
      (await openClocks()).every(({ epoch }) => epoch?.endsWith('.1')) && await alarmsMissing() === 0, SOON);
    expect((await openClocks()).length).toBeGreaterThanOrEqual(CASES);
  });

  test('and is away for an hour in which deadlines pass: they passed at their own instant, once', async () => {
    const [{ at } = { at: '' }] = await here.site.store.query<{ at: Instant }>(`select min(due_at) as at from clocks where settled_at is null and event = 'finality'`);
    const around = (minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();
    await here.site.moveClock(around(-30));
    const bringBack = await here.site.takeQueueAway();
    await here.site.moveClock(around(30));
    await bringBack();
    await eventually('all notices are final', async () => (await finals()).length === CASES && await isQuiet(), SOON);
    expect(await finals()).toEqual(Array.from({ length: CASES }, () => ({ at })));
  });

  test('while deadlines pass: they pass once', async () => {
    await here.site.moveClock(here.site.round.payDays[0] ?? '');
    await here.site.loseQueue();
    await eventually('all first instalments are due', async () => await payable('due') === CASES && await isQuiet(), SOON);
    expect(await fallenDue(CASES)).toBe(true);
  });

  test('with payouts in it that nobody has touched: they are ordered once', async () => {
    await here.worker.kill();
    for (const id of await here.clerks.payable('due')) await here.clerks.authorise(id);
    expect(await here.site.start('worker', { TRANCHE_CRASH_AT: 'after-publish' }).ended).toBe('SIGKILL');
    expect(await payouts()).toBe(CASES);
    await here.site.loseQueue();
    expect(await payouts()).toBe(0);
    here.worker = here.site.start('worker');
    await here.worker.ready;
    await eventually('all are exported', async () => await payable('exported') === CASES && await isQuiet(), SOON);
  });

  test('over and over until the year is over', async () => {
    for (const id of await here.clerks.payable('exported')) await here.clerks.confirmSettled(id);
    await here.site.loseQueue();
    await here.site.moveClock(here.site.round.payDays[1] ?? '');
    await eventually('all second instalments are due', async () => await payable('due') === CASES, SOON);
    for (const id of await here.clerks.payable('due')) await here.clerks.authorise(id);
    await here.site.loseQueue();
    await eventually('all are exported', async () => await payable('exported') === CASES && await isQuiet(), SOON);
    for (const id of await here.clerks.payable('exported')) await here.clerks.confirmSettled(id);
    await eventually('every letter has gone', isQuiet, SOON);
    expect(await fallenDue(2 * CASES)).toBe(true);
    expect(await accountOf(here.site.store)).toMatchObject(flawless(2 * CASES));
  });
});
