import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { AlarmsService, type Alarm } from '#cases';
import { Courier, EFFECT_QUEUES, jobIds } from '#queue';
import { claimEffects, crashPoint, republish, Store } from '#store';
import { alarmEpoch, isOfQueue } from './epoch.ts';
import { Pace } from './pace.ts';
import { WorkerSettings } from './worker.settings.ts';

/** Rows of one round. */
const EFFECTS = 200;
const ALARMS = 1_000;

/** What a round leaves to the next: certainly more of the same, perhaps something, or nothing it knows of. */
type Left = 'more' | 'perhaps' | 'nothing';

/**
 * Carries what transactions have decided from the tables to the queues, in bulk: outbox rows as jobs, open clocks as
 * delayed alarms. Any number of relays may run: a claimed row is skipped by the others, and the same alarm is one job.
 */
@Injectable()
export class RelayService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RelayService.name);
  private readonly pace = new Pace();
  private running: Promise<void> = Promise.resolve();
  private forget: () => void = () => undefined;
  private epoch: string | null = null;
  private epochSeenAt = Number.NEGATIVE_INFINITY;
  private clockMoves: number | null = null;
  private wakeUps: number | null = null;

  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(AlarmsService) private readonly alarms: AlarmsService,
    @Inject(Courier) private readonly courier: Courier,
    @Inject(WorkerSettings) private readonly settings: WorkerSettings,
  ) {}

  onApplicationBootstrap(): void {
    this.forget = this.store.onCommitted(() => this.pace.wake());
    this.running = this.run();
  }

  /** Before the queues and the store close: a round that has begun is finished. */
  async beforeApplicationShutdown(): Promise<void> {
    this.forget();
    this.pace.stop();
    await this.running;
  }

  private async run(): Promise<void> {
    const { busyMs, idleMs } = this.settings;
    for (let idle = busyMs; !this.pace.stopped;) {
      const left = await this.round().catch((error: Error): Left => {
        this.logger.warn(`the relay waits: ${error.message}`);
        return 'nothing';
      });
      idle = left === 'nothing' ? Math.min(idle * 2, idleMs) : busyMs;
      // A full batch is followed by the next one; after another one work may gather a little; an idle relay answers at once.
      if (left !== 'more') await this.pace.rest(left === 'nothing' ? 0 : busyMs, idle);
    }
  }

  /** One round; answers what it leaves. Rejects when database or queue is away: nothing is lost by that. */
  private async round(): Promise<Left> {
    const epoch = await this.settleEpoch();
    const followed = await this.followInstallation();
    const [effects, alarms] = [await this.relayEffects(epoch), await this.relayAlarms(epoch)];
    if (effects === EFFECTS || alarms === ALARMS) return 'more';
    return followed + effects + alarms > 0 ? 'perhaps' : 'nothing';
  }

  /** The queue's name for its present data. A new one means that everything published before is lost. */
  private async settleEpoch(): Promise<string> {
    if (this.epoch !== null && performance.now() - this.epochSeenAt < this.settings.epochMs) return this.epoch;
    const found = await this.courier.epoch();
    if (found === null || found !== this.epoch) {
      const epoch = found ?? await this.courier.stampEpoch(randomBytes(6).toString('hex'));
      const effects = await republish(this.store, epoch);
      this.epoch = epoch;
      if (found === null && (effects > 0 || await this.alarms.anyPublished())) this.logger.warn(`the queue has lost its data: ${effects} effects and all alarms are published again`);
      // A sweep and its schedule may have been among what was lost.
      [this.clockMoves, this.wakeUps] = [null, null];
    }
    this.epochSeenAt = performance.now();
    return this.epoch;
  }

  /** What the installation asks for at the start and whenever it changes: a sweep after its clock was moved or a round was written, every wake-up anew. */
  private async followInstallation(): Promise<number> {
    const [{ moves, wakeUps } = { moves: 0, wakeUps: 0 }] = await this.store.query<{ moves: number; wakeUps: number }>(
      'select clock_moves + (select count(*) from cycles) as moves, wakeup_epoch as "wakeUps" from installation');
    if (this.clockMoves === moves && this.wakeUps === wakeUps) return 0;
    if (this.wakeUps !== wakeUps) await this.courier.scheduleSweep();
    await this.courier.requestSweep(`${moves}.${wakeUps}`);
    [this.clockMoves, this.wakeUps] = [moves, wakeUps];
    return 1;
  }

  private async relayEffects(epoch: string): Promise<number> {
    const effects = await claimEffects(this.store, { limit: EFFECTS, epoch });
    for (const queue of EFFECT_QUEUES) {
      await this.courier.publishEffects(queue, effects.filter((effect) => effect.queue === queue)
        .map(({ id, attempt }) => ({ effectId: id, attempt })));
    }
    if (effects.length > 0) crashPoint('after-publish');
    return effects.length;
  }

  private async relayAlarms(queueEpoch: string): Promise<number> {
    const epoch = alarmEpoch(queueEpoch, this.wakeUps);
    const alarms = await this.alarms.unpublished({ limit: ALARMS, horizonDays: this.settings.horizonDays, epoch });
    if (alarms.length === 0) return 0;
    await this.courier.removeAlarms(alarms.flatMap((alarm) => replacedBy(alarm, queueEpoch)));
    await this.courier.publishAlarms(alarms);
    await this.alarms.markPublished(alarms, epoch);
    return alarms.length;
  }
}

/** The job that an alarm takes the place of: that of the date before, or its own one when wake-ups are rebuilt in a queue that still has them. */
function replacedBy({ clockId, generation, epoch }: Alarm, queueEpoch: string): readonly string[] {
  if (epoch === null) return generation > 1 ? [jobIds.alarm({ clockId, generation: generation - 1 })] : [];
  return isOfQueue(epoch, queueEpoch) ? [jobIds.alarm({ clockId, generation })] : [];
}
