import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger } from '@nestjs/common';
import { DelayedError, type Job } from 'bullmq';
import { CasesService, ClocksService } from '#cases';
import { alarmJob, DEADLINE_JOBS } from '#queue';
import { JOB_RULES } from './job.rules.ts';

/** Families moved at once by a sweep, and looked up at once. */
const FAMILIES_AT_ONCE = 4;
const BATCH = 200;
/** An alarm that rings a moment early, because two machines' clocks differ, waits this long, then twice as long, … */
const FIRST_SNOOZE_MS = 50;
const LONGEST_SNOOZE_MS = 3_600_000;

/** Wakes cases whose deadlines have come. The rows decide: an alarm that is early, late, repeated or forged changes nothing. */
@Processor('deadlines', { ...JOB_RULES, concurrency: 4 })
export class DeadlineProcessor extends WorkerHost {
  private readonly logger = new Logger(DeadlineProcessor.name);

  constructor(
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(ClocksService) private readonly clocks: ClocksService,
  ) {
    super();
  }

  async process(job: Job, token?: string): Promise<void> {
    if (job.name === DEADLINE_JOBS.sweep) return this.sweep();
    const alarm = alarmJob.safeParse(job.data);
    if (job.name !== DEADLINE_JOBS.alarm || !alarm.success) return this.logger.warn(`ignored a job that is no alarm: ${job.id}`);
    const found = await this.clocks.due(alarm.data);
    if (found === 'gone') return;
    if (found === 'early') return this.snooze(job, token);
    await this.cases.settle(found.rootId);
  }

  private async snooze(job: Job, token?: string): Promise<void> {
    const snoozeMs = Math.min(FIRST_SNOOZE_MS * 2 ** job.attemptsStarted, LONGEST_SNOOZE_MS);
    await job.moveToDelayed(Date.now() + snoozeMs, token);
    throw new DelayedError();
  }

  /** Everything overdue, the longest overdue first, until nothing is left that this sweep could move. */
  private async sweep(): Promise<void> {
    const stuck = new Set<string>();
    while (this.worker.closing === undefined) {
      const overdue = await this.clocks.overdueFamilies(BATCH + stuck.size);
      const families = overdue.filter((rootId) => !stuck.has(rootId));
      if (families.length === 0) return;
      const lane = async () => {
        for (let rootId = families.shift(); rootId !== undefined; rootId = families.shift()) {
          if (!(await this.settles(rootId))) stuck.add(rootId);
        }
      };
      await Promise.all(Array.from({ length: FAMILIES_AT_ONCE }, lane));
    }
  }

  /** One family's fault must not keep the others waiting; the next sweep tries it again. */
  private async settles(rootId: string): Promise<boolean> {
    try {
      return await this.cases.settle(rootId) === 'settled';
    } catch (error) {
      this.logger.error(`the deadlines of ${rootId} do not settle: ${(error as Error).message}`);
      return false;
    }
  }
}
