import { Redis } from 'ioredis';
import { openClocksSite, secondsOf, startBenchRedis, startWorker, until, type Part } from './clocks.site.ts';
import { median, table } from './rounds.ts';
import type { OwnServer } from '#test/ground';

const WAKE_UPS = 100_000;
const MOST_SECONDS = 60;
/** Clocks of one draft. */
const A_DRAFT = 7;

/** A Redis that holds a hundred thousand wake-ups is emptied under a running worker. */
export async function measureRebuild(server: OwnServer, rounds: number): Promise<Part> {
  const redis = await startBenchRedis();
  const url = await server.database('rebuild');
  const site = await openClocksSite(url, redis.url);
  await site.drafts(Math.ceil(WAKE_UPS / A_DRAFT));
  const client = new Redis(redis.url);
  const stop = await startWorker(url, redis.url);
  try {
    const clocks = await site.number('select count(*) from clocks where settled_at is null');
    const whole = () => until('every wake-up is there', async () => await client.zcard('tranche:deadlines:delayed') >= clocks + 1
      && await site.number('select count(distinct alarm_epoch) + count(*) filter (where alarm_epoch is null) from clocks where settled_at is null') === 1);
    await whole();
    const seconds: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      seconds.push(await secondsOf(async () => {
        await client.flushall();
        await whole();
      }));
      console.error(`rebuilding: round ${round}, ${seconds.at(-1)?.toFixed(2)} s`);
    }
    return {
      table: table([[`${clocks} wake-ups from an emptied Redis`, 's until all are back'], ...seconds.map((each, round) => [`round ${round + 1}`, each.toFixed(2)]), ['median', median(seconds).toFixed(2)]]),
      figures: `${clocks} wake-ups back in ${median(seconds).toFixed(2)} s (at most ${MOST_SECONDS})`,
      passed: median(seconds) < MOST_SECONDS,
    };
  } finally {
    await stop();
    client.disconnect();
    await site.close();
    await redis.stop();
  }
}
