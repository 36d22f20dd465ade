import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger } from '@nestjs/common';
import { DelayedError, type Job } from 'bullmq';
import { CasesService, ClocksService } from '#cases';
import { alarmJob, DEADLINE_JOBS, type AlarmJob } from '#queue';
import { JOB_RULES } from './job.rules.ts';
import { SweepService } from './sweep.service.ts';

/** An alarm that rings early, because two machines' clocks differ, waits for as long as the database says, and at least so long. */
const LEAST_SNOOZE_MS = 50;

/** Wakes cases whose deadlines have come. The rows decide: an alarm that is early, late, repeated or forged changes nothing. */
@Processor('deadlines', { ...JOB_RULES, concurrency: 4 })
export class DeadlineProcessor extends WorkerHost {
  private readonly logger = new Logger(DeadlineProcessor.name);
  private readonly goesOn = (): boolean => this.worker.closing === undefined;

  constructor(
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(ClocksService) private readonly clocks: ClocksService,
    @Inject(SweepService) private readonly sweep: SweepService,
  ) {
    super();
  }

  async process(job: Job, token?: string): Promise<void> {
    if (job.name === DEADLINE_JOBS.sweep) return this.sweep.run(this.goesOn);
    const alarm = alarmJob.safeParse(job.data);
    if (job.name !== DEADLINE_JOBS.alarm || !alarm.success) return this.logger.warn(`ignored a job that is no alarm: ${job.id}`);
    const found = await this.clocks.due(alarm.data);
    if (found.is === 'early') return this.snooze(job, found.delayMs, token);
    if (found.is === 'due') await this.ring(alarm.data);
  }

  /** Clocks seldom fall due alone: whoever is woken by one settles all that is due, and the other alarms find nothing left. */
  private async ring(alarm: AlarmJob): Promise<void> {
    await this.sweep.pass(this.goesOn);
    const found = await this.clocks.due(alarm);
    // Its family was in somebody else's hands: wait for them, and look.
    if (found.is === 'due') await this.cases.settle(found.rootId);
  }

  private async snooze(job: Job, delayMs: number, token?: string): Promise<void> {
    await job.moveToDelayed(Date.now() + Math.max(delayMs, LEAST_SNOOZE_MS), token);
    throw new DelayedError();
  }
}
