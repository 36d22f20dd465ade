import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { ClocksService } from '#cases';
import { Courier, jobIds } from '#queue';
import { Pace } from './pace.ts';
import { WorkerSettings } from './worker.settings.ts';

const PAGE = 500;

/**
 * Looks for alarms that were published and are nowhere to be found, although the queue kept its epoch, and hands them
 * back to the relay. Effects need no such search: an attempt that nobody finishes is claimed again when its lease ends.
 */
@Injectable()
export class ReconcilerService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ReconcilerService.name);
  private readonly pace = new Pace();
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(ClocksService) private readonly clocks: ClocksService,
    @Inject(Courier) private readonly courier: Courier,
    @Inject(WorkerSettings) private readonly settings: WorkerSettings,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.pace.stop();
    await this.running;
  }

  /** Looks through all published alarms once; answers how many were lost. */
  async reconcile(): Promise<number> {
    let lost = 0;
    for (let after = ''; !this.pace.stopped;) {
      const alarms = await this.clocks.published({ after, limit: PAGE });
      const last = alarms.at(-1);
      if (last === undefined) break;
      const missing = new Set(await this.courier.missingAlarms(alarms.map(jobIds.alarm)));
      const gone = alarms.filter((alarm) => missing.has(jobIds.alarm(alarm))).map(({ clockId }) => clockId);
      if (gone.length > 0) await this.clocks.unmark(gone);
      lost += gone.length;
      after = last.clockId;
    }
    if (lost > 0) this.logger.warn(`${lost} alarms were lost and are published again`);
    return lost;
  }

  private async run(): Promise<void> {
    while (!this.pace.stopped) {
      await this.reconcile().catch((error: Error) => this.logger.warn(`the reconciler waits: ${error.message}`));
      await this.pace.rest(this.settings.reconcileMs, this.settings.reconcileMs);
    }
  }
}
