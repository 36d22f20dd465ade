import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import type { AlarmJob } from './queues.ts';
import { within } from './within.ts';

const ANSWER_MS = 30_000;
/** Job ids a page. Pages are cut by rank: what comes and goes meanwhile may be missed, so whoever acts on it looks it up again. */
const PAGE = 5_000;

/**
 * The alarms in the queue, for whoever compares them with the clocks: those that ring after an instant of real time, in
 * milliseconds. What is about to ring is left to ring. Rejects when the backend is away.
 */
@Injectable()
export class AlarmStock {
  constructor(@InjectQueue('deadlines') private readonly deadlines: Queue) {}

  /** How many there are. */
  async count(after: number): Promise<number> {
    const [all, before] = await within(ANSWER_MS, Promise.all([this.deadlines.getDelayedCount(), this.deadlines.getDelayedCount(after)]));
    return all - before;
  }

  /** Their job ids, page by page; a schedule's own job is none of them. */
  async * ids(after: number): AsyncGenerator<readonly string[]> {
    for (let from = await within(ANSWER_MS, this.deadlines.getDelayedCount(after)); ; from += PAGE) {
      const ids = await within(ANSWER_MS, this.deadlines.getRanges(['delayed'], from, from + PAGE - 1, true));
      yield ids.filter((id) => !id.startsWith('repeat:'));
      if (ids.length < PAGE) return;
    }
  }
}

/** The alarm of a job id; null for an id that no alarm has. */
export function alarmOf(jobId: string): AlarmJob | null {
  const [, clockId, generation] = /^(.+)-(\d{1,9})$/.exec(jobId) ?? [];
  return clockId === undefined ? null : { clockId, generation: Number(generation) };
}
