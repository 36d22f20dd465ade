import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openEffects } from '#store';
import { eventually } from '#test/harness';
import { chanceFrom, someMoment } from './chance.ts';
import { Clerks } from './clerks.ts';
import { openSite, type Site } from './site.ts';
import { accountOf, flawless } from './tally.ts';

const KILLS = 40;
const SEED = 20_281_031;
/** So many workers are alive or coming to life at any time. */
const LANES = 2;
const CASES = 40;
/** Steps that a worker may do at most before it dies, how far into the next one it may come, and how long it is waited for. */
const MOST_STEPS = 10;
const INTO_THE_NEXT_MS = 50;
const LONGEST_LIFE = 3;
/** After so many kills the leases of the dead end, so that new attempts meet the jobs that the old ones left in the queue. */
const KILLS_A_MINUTE = 2;
/** Instalments that are authorised for each worker. */
const AT_ONCE = 4;

const here = {} as { site: Site; clerks: Clerks; kills: number; desk: Promise<void> };

beforeAll(async () => {
  here.site = await openSite();
  here.clerks = new Clerks(here.site.store);
  const applicants = await here.site.store.query<{ key: string }>(`select key from organisations where kind <> 'agency' order by key limit $1`, [CASES]);
  for (const { key } of applicants) await here.clerks.noticed(key, here.site.round.id);
  Object.assign(here, { kills: 0, desk: Promise.resolve() });
});
afterAll(() => here.site.close());

/** What people do meanwhile: they settle what was exported and authorise some of what is due. One after the other: two at once would find each other's work done. */
function deskWork(): Promise<void> {
  here.desk = here.desk.then(async () => {
    for (const id of await here.clerks.payable('exported')) await here.clerks.confirmSettled(id);
    for (const id of (await here.clerks.payable('due')).slice(0, AT_ONCE)) await here.clerks.authorise(id);
  });
  return here.desk;
}

/** Steps that workers have done so far: deadlines settled and effects finished. */
async function steps(): Promise<number> {
  const [row] = await here.site.store.query<{ count: number }>(
    'select (select count(*) from clocks where settled_at is not null) + (select count(done_at) from outbox) as count');
  return row?.count ?? 0;
}

/** Worker after worker is killed over the work that the desks bring; in the middle of it the second pay day comes. */
async function reap(chance: () => number): Promise<void> {
  while (here.kills < KILLS) {
    const worker = here.site.start('worker');
    await worker.ready;
    here.kills += 1;
    if (here.kills === 1 || here.kills === KILLS / 2) await here.site.moveClock(here.site.round.payDays[here.kills === 1 ? 0 : 1] ?? '');
    if (here.kills % KILLS_A_MINUTE === 0) await here.site.endLeases();
    const last = await steps() + Math.floor(chance() * MOST_STEPS);
    const desk = deskWork();
    await eventually('it has come so far', async () => await steps() >= last, LONGEST_LIFE).catch(() => undefined);
    await someMoment(chance, INTO_THE_NEXT_MS);
    await Promise.all([worker.kill(), desk]);
  }
}

const line = (...cells: readonly (string | number)[]): string => `${cells.map((cell) => String(cell).padStart(10)).join('')}\n`;

test(`${KILLS} kills at random moments of a funding year lose nothing and double nothing`, async () => {
  const from = performance.now();
  const chance = chanceFrom(SEED);
  await Promise.all(Array.from({ length: LANES }, () => reap(chance)));
  const [{ count: carried } = { count: 0 }] = await here.site.store.query<{ count: number }>('select count(*) as count from payment_orders');
  const open = await openEffects(here.site.store);

  await here.site.endLeases();
  await here.site.start('worker').ready;
  await eventually('both instalments of all are settled', async () => {
    await deskWork();
    return await here.clerks.settled() === 2 * CASES && await openEffects(here.site.store) === 0;
  }, 120);

  const account = await accountOf(here.site.store);
  const { payments, letters, breaches } = account;
  process.stdout.write([
    line('kills', 'seconds', 'paid by', 'open then', 'payments', 'lost', 'twice', 'letters', 'lost', 'twice', 'breaches'),
    line(KILLS, Math.round((performance.now() - from) / 1000), carried, open, payments.asked, payments.lost.length, payments.twice.length,
      letters.asked, letters.lost.length, letters.twice.length, breaches.length),
  ].join(''));
  expect(account).toMatchObject(flawless(2 * CASES));
});
