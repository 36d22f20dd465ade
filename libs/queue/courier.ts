import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Queue } from 'bullmq';
import { EffectQueues } from './effect-queues.ts';
import { OpenQueue } from './open-queue.ts';
import { DEADLINE_JOBS, jobIds } from './queues.ts';
import type { AlarmJob, EffectJob, EffectQueue } from './queues.ts';
import { rarely } from './rarely.ts';
import { within } from './within.ts';

/** An alarm on its way: rings after `delayMs` of real time; zero or less rings at once. */
export interface AlarmToPublish extends AlarmJob {
  readonly delayMs: number;
}

/** The queue whose one waiting job is the epoch: nobody works it off, and it is lost exactly when the jobs are. */
export const EPOCH_QUEUE = 'epoch';

const SWEEP = { pattern: '* * * * *', tz: 'Europe/Berlin' } as const;
/** The schedule's name, and how the ids of sweeps begin that somebody asked for. */
const SWEEP_ID = 'sweep';
const EPOCH_ID = 'epoch';

/** No publication may outlast this: the relay gives up and repeats it, and equal job ids make the repetition harmless. */
const PUBLISH_MS = 10_000;
const READY_MS = 2_000;
/** Look-ups in flight at once, so that a reconciliation leaves connections for the jobs. */
const LOOKUPS = 50;

/**
 * Carries work from the tables into the queues, in bulk and by id only. Publishing the same job again is harmless while
 * the first one waits. Every method rejects when the backend is away; the caller repeats it.
 */
@Injectable()
export class Courier implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Courier.name);

  constructor(
    @InjectQueue('deadlines') private readonly deadlines: Queue,
    @Inject(EffectQueues) private readonly effects: EffectQueues,
    @InjectQueue(EPOCH_QUEUE) private readonly epochs: Queue,
    @Inject(OpenQueue) private readonly open: OpenQueue,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const queue of this.queues()) {
      const complain = rarely((message) => this.logger.warn(`${queue.name}: ${message}`));
      queue.on('error', ({ message }) => complain(message));
    }
    for (const warning of await this.open.backend.warnings()) this.logger.warn(warning);
  }

  /** Queues before their connection; both are idempotent, whoever else closes them. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.queues().map((queue) => queue.close()));
    await this.open.close();
  }

  /** One delayed job per clock generation, all in one call. */
  async publishAlarms(alarms: readonly AlarmToPublish[]): Promise<void> {
    if (alarms.length === 0) return;
    await within(PUBLISH_MS, this.deadlines.addBulk(alarms.map(({ clockId, generation, delayMs }) => ({
      name: DEADLINE_JOBS.alarm,
      data: { clockId, generation },
      opts: { jobId: jobIds.alarm({ clockId, generation }), delay: Math.max(0, Math.ceil(delayMs)) },
    }))));
  }

  /** One job per attempt of an outbox row, all in one call. */
  async publishEffects(queue: EffectQueue, effects: readonly EffectJob[]): Promise<void> {
    if (effects.length === 0) return;
    await within(PUBLISH_MS, this.effects.of(queue).addBulk(effects.map(({ effectId, attempt }) => ({
      name: queue,
      data: { effectId, attempt },
      opts: { jobId: jobIds.effect({ effectId, attempt }) },
    }))));
  }

  /** A sweep now. `occasion` names why: the same one twice is one sweep, until it is done. Leaves the schedule alone. */
  async requestSweep(occasion: string): Promise<void> {
    await within(PUBLISH_MS, this.deadlines.add(DEADLINE_JOBS.sweep, {}, { jobId: `${SWEEP_ID}-${occasion}` }));
  }

  /** The sweep of every minute; as often as called, there is one schedule, and a broken one is whole again. */
  async scheduleSweep(): Promise<void> {
    if (this.open.settings.sweep === false) return;
    try {
      await within(PUBLISH_MS, this.deadlines.upsertJobScheduler(SWEEP_ID, SWEEP, { name: DEADLINE_JOBS.sweep, data: {} }));
    } catch (error) {
      // On PostgreSQL one of two who schedule in the same moment is refused: then the schedule stands.
      if ((await within(PUBLISH_MS, this.deadlines.getJobScheduler(SWEEP_ID))) === undefined) throw error;
    }
  }

  /** When the sweep of every minute runs next, as milliseconds of real time; null when it has no schedule. */
  async nextSweep(): Promise<number | null> {
    return (await within(PUBLISH_MS, this.deadlines.getJobScheduler(SWEEP_ID)))?.next ?? null;
  }

  /** Takes alarms out of the queue by job id, where they are there; those that ring just now ring on. */
  async removeAlarms(ids: readonly string[]): Promise<void> {
    await this.lookUp(ids, (id) => this.deadlines.remove(id), () => false);
  }

  /** Those of the alarms, by job id, that the queue does not hold. */
  async missingAlarms(ids: readonly string[]): Promise<readonly string[]> {
    return this.lookUp(ids, (id) => this.deadlines.getJobState(id), (state) => state === 'unknown');
  }

  /** The name of the queue's present life; null once it has lost its jobs (or never had any). */
  async epoch(): Promise<string | null> {
    const job = await within(PUBLISH_MS, this.epochs.getJob(EPOCH_ID));
    return typeof job?.data?.epoch === 'string' ? job.data.epoch : null;
  }

  /** Names the life of a queue that has no name. Of several who try at once one wins; all are told the name that holds. */
  async stampEpoch(epoch: string): Promise<string> {
    await within(PUBLISH_MS, this.epochs.add(EPOCH_ID, { epoch }, { jobId: EPOCH_ID }));
    return (await this.epoch()) ?? epoch;
  }

  /** Whether the backend answers; never takes longer than two seconds. */
  async ready(): Promise<boolean> {
    return within(READY_MS, this.epochs.getJobState(EPOCH_ID)).then(() => true, () => false);
  }

  /** Asks for each id, some at a time. @returns those whose answer fits */
  private async lookUp<T>(ids: readonly string[], ask: (id: string) => Promise<T>, fits: (answer: T) => boolean): Promise<readonly string[]> {
    const found: string[] = [];
    for (let from = 0; from < ids.length; from += LOOKUPS) {
      const page = ids.slice(from, from + LOOKUPS);
      const answers = await within(PUBLISH_MS, Promise.all(page.map(ask)));
      found.push(...page.filter((_, index) => fits(answers[index] as T)));
    }
    return found;
  }

  private queues(): readonly Queue[] {
    return [this.deadlines, ...this.effects.all(), this.epochs];
  }
}
