import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Queue, Worker, type ConnectionOptions } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { eventually } from '#test/harness';
import { chanceFrom, someMoment } from './chance.ts';
import { openSite, type Site } from './site.ts';
import { tally, type Tally } from './tally.ts';

const KILLS = 5;
const harness = join(import.meta.dirname, '..', 'harness');

/** The negative control's own queue, and the worker that does what comes out of it. */
interface Control {
  readonly queue: Queue;
  readonly worker: Worker;
  readonly close: () => Promise<void>;
}

const here = {} as { site: Site; control: Control };

function openControl({ databaseUrl, redisUrl, store }: Site): Control {
  const pool = new pg.Pool({ connectionString: databaseUrl, options: '-c search_path=bullmq' }).setMaxListeners(0);
  const redis = redisUrl === null ? null : new Redis(redisUrl, { maxRetriesPerRequest: null });
  const connection = (redis ?? pool) as ConnectionOptions;
  const queue = new Queue('naive', { connection });
  const pay = async ({ data }: { data: { id: number } }): Promise<void> => void (await store.query('insert into naive_orders values ($1)', [data.id]));
  const worker = new Worker('naive', pay, { connection, autorun: false, concurrency: 8 });
  return {
    queue,
    worker,
    close: async () => {
      await worker.close();
      await queue.close();
      redis?.disconnect();
      await pool.end();
    },
  };
}

async function account(): Promise<Tally> {
  const [asked, done] = await Promise.all(['naive_payments', 'naive_orders'].map((table) => here.site.store.query<{ id: number }>(`select id from ${table}`)));
  return tally((asked ?? []).map(({ id }) => String(id)), (done ?? []).map(({ id }) => String(id)));
}

const isDrained = async (): Promise<boolean> => (await here.control.queue.getJobCountByTypes('waiting', 'active', 'delayed')) === 0;

beforeAll(async () => {
  here.site = await openSite();
  here.control = openControl(here.site);
  await here.site.store.query('create table naive_payments (id int generated always as identity primary key)');
  await here.site.store.query('create table naive_orders (id int)');
});
afterAll(async () => {
  await here.control.close();
  await here.site.close();
});

describe('commit, then queue.add(): the negative control', () => {
  test('loses payments when it is killed at random moments', async () => {
    const chance = chanceFrom(1);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const sender = here.site.processes.run('naive sender', [
        '--import', join(harness, 'source.mjs'), join(import.meta.dirname, 'naive.sender.ts'), here.site.databaseUrl, here.site.redisUrl ?? '',
      ], {}, 'the naive sender is at work');
      await sender.ready;
      const before = (await account()).asked;
      await eventually('it has sent some', async () => (await account()).asked > before + 20);
      await someMoment(chance, 50);
      await sender.kill();
    }
    void here.control.worker.run();
    await eventually('its queue is worked off', isDrained, 240);
    const { asked, lost, twice } = await account();
    process.stdout.write(`naive sender: ${KILLS} kills, ${asked} payments decided, ${lost.length} lost, ${twice.length} twice\n`);
    expect(lost.length).toBeGreaterThan(0);
  });

  test('loses everything that waits when the queue loses its data', async () => {
    await here.control.worker.pause();
    const before = (await account()).lost.length;
    for (let payment = 0; payment < 10; payment += 1) {
      const [row] = await here.site.store.query<{ id: number }>('insert into naive_payments default values returning id');
      await here.control.queue.add('pay', { id: row?.id });
    }
    await here.site.loseQueue();
    here.control.worker.resume();
    await eventually('its queue is worked off', isDrained);
    expect((await account()).lost).toHaveLength(before + 10);
  });
});

test('the tally that finds nothing lost elsewhere can tell', () => {
  expect(tally(['a', 'b', 'c'], ['b', 'a', 'c'])).toEqual({ asked: 3, lost: [], twice: [] });
  expect(tally(['a', 'b', 'c'], ['a', 'a', 'd'])).toEqual({ asked: 3, lost: ['b', 'c'], twice: ['a', 'd'] });
});
