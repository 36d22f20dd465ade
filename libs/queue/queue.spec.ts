import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { getQueueToken, Processor, WorkerHost } from '@nestjs/bullmq';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Job, Queue } from 'bullmq';
import { eventually, freshDatabase, testQueue, type FreshDatabase } from '#test/harness';
import { EPOCH_QUEUE } from './courier.ts';
import { Courier, QUEUES, QueueModule, jobIds } from './index.ts';

/** What the workers of this file were handed, in order. */
const heard: { queue: string; name: string; id: string | undefined; data: unknown }[] = [];
const hear = (job: Job) => { heard.push({ queue: job.queueName, name: job.name, id: job.id, data: job.data }); };

@Processor('deadlines')
class Deadlines extends WorkerHost {
  async process(job: Job): Promise<void> { hear(job); }
}

@Processor('letters')
class Letters extends WorkerHost {
  async process(job: Job): Promise<void> { hear(job); }
}

/** The application under test; each test has a new one on the file's database. */
const here = {} as { database: FreshDatabase; idle: number; app: INestApplicationContext; courier: Courier };
const queue = (name: string): Queue => here.app.get(getQueueToken(name));

async function start(providers: (typeof Deadlines)[], sweep = true): Promise<void> {
  @Module({ imports: [QueueModule.forRoot({ ...testQueue(), databaseUrl: here.database.url, prefix: new URL(here.database.url).pathname.slice(1), sweep })], providers })
  class App {}
  here.app = await NestFactory.createApplicationContext(App, { logger: false });
  here.courier = here.app.get(Courier);
}

const wipe = () => Promise.all([...QUEUES, EPOCH_QUEUE].map((name) => queue(name).obliterate({ force: true })));

beforeAll(async () => { Object.assign(here, { database: await freshDatabase(), idle: sockets() }); });
afterAll(async () => { await here.database.drop(); });
beforeEach(() => { heard.length = 0; });
afterEach(async () => {
  await wipe();
  await here.app.close();
});

describe('with workers', () => {
  beforeEach(() => start([Deadlines, Letters]));

  test('a delayed alarm rings once its time has come, and is gone', async () => {
    await here.courier.publishAlarms([
      { clockId: '7', generation: 2, delayMs: 300 },
      { clockId: '8', generation: 0, delayMs: 3_600_000 },
    ]);
    expect(heard).toEqual([]);
    await eventually('the alarm rings', () => heard.length > 0);
    expect(heard).toEqual([{ queue: 'deadlines', name: 'alarm', id: '7-2', data: { clockId: '7', generation: 2 } }]);
    await eventually('the alarm is gone', async () => (await here.courier.missingAlarms(['7-2', '8-0'])).length === 1);
    expect(await here.courier.missingAlarms(['7-2', '8-0'])).toEqual(['7-2']);
  });

  test('effects travel in bulk and come in order', async () => {
    const effects = Array.from({ length: 500 }, (_, index) => ({ effectId: index + 1, attempt: 1 }));
    await here.courier.publishEffects('letters', effects);
    await eventually('all effects have come', () => heard.length === 500);
    expect(heard.map(({ data }) => data)).toEqual(effects);
  });

  test('a sweep asked for runs', async () => {
    await here.courier.requestSweep('test');
    await eventually('the sweep runs', () => heard.length > 0);
    expect(heard[0]).toMatchObject({ queue: 'deadlines', name: 'sweep', data: {} });
  });
});

describe('without workers', () => {
  beforeEach(() => start([]));

  test('the same job id twice is one job', async () => {
    const alarm = { clockId: '7', generation: 2, delayMs: 3_600_000 };
    await here.courier.publishAlarms([alarm, alarm]);
    await here.courier.publishAlarms([alarm]);
    await here.courier.publishEffects('payouts', [{ effectId: 9, attempt: 1 }, { effectId: 9, attempt: 1 }]);
    expect(await queue('deadlines').getDelayedCount()).toBe(1);
    expect(await queue('payouts').getWaitingCount()).toBe(1);
  });

  test('an alarm in the past waits no longer', async () => {
    await here.courier.publishAlarms([{ clockId: '7', generation: 0, delayMs: -5 }]);
    expect(await queue('deadlines').getWaitingCount()).toBe(1);
  });

  test('nothing to publish is nothing published', async () => {
    await here.courier.publishAlarms([]);
    await here.courier.publishEffects('letters', []);
    expect(await queue('letters').getWaitingCount()).toBe(0);
  });
});

describe('the sweep', () => {
  beforeEach(() => start([]));

  test('is scheduled once, every minute in Berlin', async () => {
    await Promise.all([here.courier.scheduleSweep(), here.courier.scheduleSweep(), here.courier.scheduleSweep()]);
    await here.courier.scheduleSweep();
    expect(await queue('deadlines').getJobSchedulers()).toEqual([
      expect.objectContaining({ key: 'sweep', name: 'sweep', pattern: '* * * * *', tz: 'Europe/Berlin' }),
    ]);
    expect(await queue('deadlines').getDelayedCount()).toBe(1);
  });

  test('asked for while one waits is that one', async () => {
    await Promise.all(Array.from({ length: 10 }, () => here.courier.requestSweep('test')));
    expect(await queue('deadlines').getWaitingCount()).toBe(1);
  });
});

describe('what the reconciler asks', () => {
  beforeEach(() => start([]));

  test('missing jobs are named', async () => {
    const held = Array.from({ length: 120 }, (_, index) => ({ clockId: String(index), generation: 0, delayMs: 3_600_000 }));
    await here.courier.publishAlarms(held);
    expect(await here.courier.missingAlarms([...held.map(jobIds.alarm), '120-0', '1-1'])).toEqual(['120-0', '1-1']);
  });

  test('jobs are taken out, where they are there and nobody has them', async () => {
    await here.courier.publishAlarms([{ clockId: '7', generation: 0, delayMs: 3_600_000 }, { clockId: '8', generation: 0, delayMs: 0 }]);
    await here.courier.removeAlarms(['7-0', '7-1', '8-0', '8-0']);
    expect(await here.courier.missingAlarms(['7-0', '8-0'])).toEqual(['7-0', '8-0']);
  });

  test('a queue that lost its jobs has lost its epoch', async () => {
    expect(await here.courier.epoch()).toBeNull();
    const names = await Promise.all(['a', 'b', 'c'].map((epoch) => here.courier.stampEpoch(epoch)));
    expect(new Set(names)).toEqual(new Set([await here.courier.epoch()]));
    expect(await here.courier.stampEpoch('d')).toBe(names[0]);
    await wipe();
    expect(await here.courier.epoch()).toBeNull();
    expect(await here.courier.stampEpoch('e')).toBe('e');
  });

  test('it is ready', async () => {
    expect(await here.courier.ready()).toBe(true);
  });
});

test('with the sweep switched off none is scheduled', async () => {
  await start([], false);
  await here.courier.scheduleSweep();
  expect(await queue('deadlines').getJobSchedulers()).toEqual([]);
});

test('closing leaves no connection', async () => {
  // The sockets of the application before this one may still be closing.
  await eventually('earlier applications are gone', () => sockets() <= here.idle);
  await start([Deadlines, Letters]);
  await here.courier.publishAlarms([{ clockId: '7', generation: 2, delayMs: 3_600_000 }]);
  expect(sockets()).toBeGreaterThan(here.idle);
  await here.app.close();
  await eventually('every socket is closed', () => sockets() <= here.idle);
  await start([]);
});

/** Open sockets of this process, to whichever server. */
function sockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap' || kind === 'PipeWrap').length;
}
