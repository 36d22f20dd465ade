import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { ClocksService } from '#cases';
import { Courier } from '#queue';
import { claimComparison, realTime, reportWakeUps, Store, type Instant } from '#store';
import { DriftService } from './drift.service.ts';
import { Pace } from './pace.ts';
import { WorkerSettings } from './worker.settings.ts';

/** A deadline that is older than this was missed by alarm and sweep alike. */
const LATE_SECONDS = 60;
/** A sweep of every minute that is further off than this, either way, is no longer one. */
const OFF_SCHEDULE_MS = 120_000;

/**
 * Every minute one of the workers looks whether what wakes the clocks up is whole: alarms against clocks, both ways; the
 * sweep's schedule; deadlines that nobody woke. Heals what it can and leaves a report. Effects need no such search: an
 * attempt that nobody finishes is claimed again when its lease ends.
 */
@Injectable()
export class ReconcilerService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ReconcilerService.name);
  private readonly pace = new Pace();
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(DriftService) private readonly drift: DriftService,
    @Inject(ClocksService) private readonly clocks: ClocksService,
    @Inject(Courier) private readonly courier: Courier,
    @Inject(Store) private readonly store: Store,
    @Inject(WorkerSettings) private readonly settings: WorkerSettings,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.pace.stop();
    await this.running;
  }

  /** Looks, heals and reports. */
  async reconcile(): Promise<void> {
    const { missing, withoutClock } = await this.drift.compare();
    await reportWakeUps(this.store, { missing, withoutClock, sweepNextAt: await this.mendSweep() });
    const { count, oldestAt } = await this.clocks.late(LATE_SECONDS);
    if (count === 0) return;
    this.logger.warn(`${count} deadlines are overdue, the first since ${oldestAt}: a sweep is asked for`);
    await this.courier.requestSweep('overdue');
  }

  /** The schedule as it stands, mended where it was lost or has run away. Judged by the database's clock: this machine's may be the wrong one. */
  private async mendSweep(): Promise<Instant | null> {
    const [next, now] = [await this.courier.nextSweep(), await realTime(this.store)];
    if (next !== null && Math.abs(next - now) <= OFF_SCHEDULE_MS) return instant(next);
    await this.courier.scheduleSweep();
    return instant(await this.courier.nextSweep());
  }

  private async run(): Promise<void> {
    // Where several workers run, one of them does it.
    const round = async () => (await claimComparison(this.store, Math.floor(this.settings.reconcileMs / 2)) ? this.reconcile() : undefined);
    while (!this.pace.stopped) {
      await round().catch((error: Error) => this.logger.warn(`the reconciler waits: ${error.message}`));
      await this.pace.rest(this.settings.reconcileMs, this.settings.reconcileMs);
    }
  }
}

const instant = (milliseconds: number | null): Instant | null => (milliseconds === null ? null : new Date(milliseconds).toISOString());
