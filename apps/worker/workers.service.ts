import assert from 'node:assert/strict';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { WorkerHost } from '@nestjs/bullmq';
import { QUEUES, rarely } from '#queue';
import { BankProcessor } from './bank.processor.ts';
import { DeadlineProcessor } from './deadline.processor.ts';
import { QUEUE_OF_WORK, type Work } from './effects.ts';
import { LetterProcessor } from './letter.processor.ts';
import { PayoutProcessor } from './payout.processor.ts';
import { RunProcessor } from './run.processor.ts';

/** Proves at start that every queue and every effect has exactly one handler, and lets running jobs end before the rest closes. */
@Injectable()
export class WorkersService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WorkersService.name);

  constructor(
    @Inject(DeadlineProcessor) private readonly deadlines: DeadlineProcessor,
    @Inject(LetterProcessor) private readonly letters: LetterProcessor,
    @Inject(PayoutProcessor) private readonly payouts: PayoutProcessor,
    @Inject(RunProcessor) private readonly runs: RunProcessor,
    @Inject(BankProcessor) private readonly bank: BankProcessor,
  ) {}

  onApplicationBootstrap(): void {
    const handlers = { letter: this.letters, payout: this.payouts, run: this.runs, bankEntry: this.bank, freezeTold: this.letters } satisfies Record<Work['type'], WorkerHost>;
    const served = this.processors().map(({ worker }) => worker.name).toSorted();
    assert.deepEqual(served, [...QUEUES].toSorted(), 'every queue is served by exactly one processor');
    for (const [type, { worker }] of Object.entries(handlers)) {
      assert.equal(worker.name, QUEUE_OF_WORK[type as Work['type']], `${type} is handled in the queue that carries it`);
    }
    for (const { worker } of this.processors()) {
      const complain = rarely((message) => this.logger.warn(`${worker.name}: ${message}`));
      worker.on('error', ({ message }) => complain(message));
      // The rows bring it back: an effect when its lease ends, a deadline with the next sweep.
      worker.on('failed', (job, error) => this.logger.warn(`${worker.name} ${job?.id}: ${error.message}`));
    }
  }

  /** Nest closes the workers too, but later: by then the store may be gone under their jobs. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.processors().map(({ worker }) => worker.close()));
  }

  private processors(): readonly WorkerHost[] {
    return [this.deadlines, this.letters, this.payouts, this.runs, this.bank];
  }
}
