import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openEffects, type Instant } from '#store';
import { crowd } from '#test/ground';
import { eventually } from '#test/harness';
import { Clerks } from './clerks.ts';
import { openSite, type Site } from './site.ts';

const REMINDERS = 5_000;
/** A mail takes some milliseconds, and the machine is busy. */
const LONG = 300;

const here = {} as { site: Site; reminded: Instant };

beforeAll(async () => {
  here.site = await openSite();
  const { id } = await new Clerks(here.site.store).drafted('05315', here.site.round.id);
  await crowd(here.site.store, id, REMINDERS - 1);
  const [clock] = await here.site.store.query<{ at: Instant }>('select min(due_at) as at from clocks where settled_at is null');
  here.reminded = clock?.at ?? '';
});
afterAll(() => here.site.close());

const count = async (from: string): Promise<number> => (await here.site.store.query<{ count: number }>(`select count(*) as count from ${from}`))[0]?.count ?? 0;
const sent = () => count('letters where sent_at is not null');

test(`${REMINDERS} mails before two workers, of which one dies in the middle: every one goes, and none goes twice`, async () => {
  const [victim, survivor] = [here.site.start('worker'), here.site.start('worker')];
  await Promise.all([victim.ready, survivor.ready]);
  await here.site.moveClock(here.reminded);
  await eventually('a good part has gone', async () => await sent() > REMINDERS / 5, LONG);
  await victim.kill();
  expect(await openEffects(here.site.store)).toBeGreaterThan(0);
  await here.site.endLeases();
  await eventually('all have gone', async () => await openEffects(here.site.store) === 0, LONG);

  expect([await sent(), await count('letters'), await count('outbox where failed_at is not null')]).toEqual([REMINDERS, REMINDERS, 0]);
  expect(await count('(select 1 from letters group by case_id, account) once')).toBe(REMINDERS);
});
