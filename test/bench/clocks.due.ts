import type { Instant } from '#store';
import { openClocksSite, secondsOf, startBenchRedis, startWorker, until, type ClocksSite, type Part } from './clocks.site.ts';
import { median, table } from './rounds.ts';
import type { OwnServer } from '#test/ground';

const AT_ONCE = 10_000;
const MOST_SECONDS = 10;
/** A draft has five reminders: so many rounds there are. */
const MOST_ROUNDS = 5;
/** How long before its date the alarms are published anew, so that all of them wait when it comes. */
const AHEAD_MS = 40_000;

/** Who wakes the cases: the sweep after the clock was moved, or their own alarms at the very second. */
type Waker = 'sweep' | 'alarms';

/** Ten thousand reminders of KIM fall due in the same instant; the worker is a process of its own, and publishes and sends meanwhile. */
export async function measureDue(server: OwnServer, wanted: number, waker: Waker, onRedis: boolean): Promise<Part> {
  const name = `${waker}, queue on ${onRedis ? 'Redis' : 'PostgreSQL'}`;
  const redis = onRedis ? await startBenchRedis() : null;
  const url = await server.database(`due_${waker}_${onRedis ? 'redis' : 'pg'}`);
  const site = await openClocksSite(url, redis?.url ?? null);
  await site.drafts(AT_ONCE);
  const stop = await startWorker(url, redis?.url ?? null);
  try {
    await allPublished(site);
    const seconds: number[] = [];
    for (let round = 1; round <= Math.min(wanted, MOST_ROUNDS); round += 1) {
      seconds.push(await remind(site, waker));
      console.error(`${name}: round ${round}, ${seconds.at(-1)?.toFixed(2)} s`);
    }
    return {
      table: table([[`${AT_ONCE} reminders at once (${name})`, 's until all are in the outbox'], ...seconds.map((each, round) => [`round ${round + 1}`, each.toFixed(2)]), ['median', median(seconds).toFixed(2)]]),
      figures: `${AT_ONCE} reminders in ${median(seconds).toFixed(2)} s (${name}; at most ${MOST_SECONDS})`,
      passed: median(seconds) < MOST_SECONDS,
    };
  } finally {
    await stop();
    await site.close();
    await redis?.stop();
  }
}

const allPublished = (site: ClocksSite): Promise<void> => until('every clock has its alarm', async () =>
  await site.number(`select count(*) from clocks where settled_at is null and (alarm_epoch is null
    or split_part(alarm_epoch, '.', 2)::int <> (select wakeup_epoch from installation))`) === 0);

/** The next date of all drafts, from the instant it comes until every reminder is written; each exactly once. */
async function remind(site: ClocksSite, waker: Waker): Promise<number> {
  const [{ at } = { at: '' }] = await site.store.query<{ at: Instant }>('select min(due_at) as at from clocks where settled_at is null');
  const before = await site.number('select coalesce(max(id), 0) from outbox');
  if (waker === 'alarms') await approach(site, at);
  const seconds = await secondsOf(async () => {
    if (waker === 'sweep') await site.move(at);
    await until('every reminder is in the outbox', async () => await site.number('select count(*) from outbox where id > $1', [before]) >= AT_ONCE);
  });
  const [{ rows, families } = { rows: 0, families: 0 }] = await site.store.query<{ rows: number; families: number }>(
    `select count(*) as rows, count(distinct root_id) as families from outbox where id > $1`, [before]);
  const events = await site.number(`select count(*) from journal where event = 'remind' and at = $1`, [at]);
  if (rows !== AT_ONCE || families !== AT_ONCE || events !== AT_ONCE) throw new Error(`not each exactly once: ${rows} rows of ${families} families, ${events} events`);
  // What is left of this round's mails is not the next round's business.
  await site.store.query('update outbox set done_at = clock_timestamp() where done_at is null and failed_at is null');
  return seconds;
}

/** Real time brings the date: the clock is moved close to it, and every alarm is published anew with what is left to wait. */
async function approach(site: ClocksSite, at: Instant): Promise<void> {
  await site.move(new Date(Date.parse(at) - AHEAD_MS).toISOString());
  await site.number('update installation set wakeup_epoch = wakeup_epoch + 1 returning 1');
  await allPublished(site);
  if (await site.store.now() >= at) throw new Error('the alarms were not published before the date: AHEAD_MS is too short for this machine');
  await until('the date has come', async () => await site.store.now() >= at);
}
