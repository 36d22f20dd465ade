import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { ClocksService } from '#cases';
import { Courier, type EffectQueue } from '#queue';
import { claimEffects, crashPoint, republish, Store } from '#store';
import { Pace } from './pace.ts';
import { WorkerSettings } from './worker.settings.ts';

const BATCH = 200;
const EFFECT_QUEUES: readonly EffectQueue[] = ['payouts', 'letters'];

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

  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(ClocksService) private readonly clocks: ClocksService,
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
      const moved = await this.round().catch((error: Error) => {
        this.logger.warn(`the relay waits: ${error.message}`);
        return 0;
      });
      idle = moved > 0 ? busyMs : Math.min(idle * 2, idleMs);
      // After a batch the next one may gather a little; an idle relay answers at once.
      await this.pace.rest(moved > 0 ? busyMs : 0, idle);
    }
  }

  /** One round; answers how many jobs it published. Rejects when database or queue is away: nothing is lost by that. */
  private async round(): Promise<number> {
    const epoch = await this.settleEpoch();
    return await this.followClock() + await this.relayEffects(epoch) + await this.relayAlarms(epoch);
  }

  /** The queue's name for its present data. A new one means that everything published before is lost. */
  private async settleEpoch(): Promise<string> {
    if (this.epoch !== null && performance.now() - this.epochSeenAt < this.settings.epochMs) return this.epoch;
    const found = await this.courier.epoch();
    if (found === null || found !== this.epoch) {
      const epoch = found ?? await this.courier.stampEpoch(randomUUID());
      const effects = await republish(this.store, epoch);
      const alarms = await this.clocks.forgetAlarms(epoch);
      await this.courier.scheduleSweep();
      if (effects + alarms > 0) this.logger.warn(`the queue has lost its data: ${effects} effects and ${alarms} alarms are published again`);
      this.epoch = epoch;
      // A sweep may have been among what was lost.
      this.clockMoves = null;
    }
    this.epochSeenAt = performance.now();
    return this.epoch;
  }

  /** A sweep at the start, and whenever the time machine has moved the installation's clock: alarms know nothing of that. */
  private async followClock(): Promise<number> {
    const [row] = await this.store.query<{ moves: number }>('select clock_moves as moves from installation');
    const moves = row?.moves ?? 0;
    if (this.clockMoves === moves) return 0;
    await this.courier.requestSweep();
    this.clockMoves = moves;
    return 1;
  }

  private async relayEffects(epoch: string): Promise<number> {
    const effects = await claimEffects(this.store, { limit: BATCH, epoch });
    for (const queue of EFFECT_QUEUES) {
      await this.courier.publishEffects(queue, effects.filter((effect) => effect.queue === queue)
        .map(({ id, attempt }) => ({ effectId: id, attempt })));
    }
    if (effects.length > 0) crashPoint('after-publish');
    return effects.length;
  }

  private async relayAlarms(epoch: string): Promise<number> {
    const alarms = await this.clocks.unpublished({ limit: BATCH, horizonDays: this.settings.horizonDays });
    if (alarms.length === 0) return 0;
    await this.courier.publishAlarms(alarms);
    await this.clocks.markPublished(alarms, epoch);
    return alarms.length;
  }
}
