import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import type { EffectQueue } from './queues.ts';

/** All queues of effects, as one dependency. */
@Injectable()
export class EffectQueues {
  private readonly queues: Readonly<Record<EffectQueue, Queue>>;

  constructor(@InjectQueue('payouts') payouts: Queue, @InjectQueue('letters') letters: Queue, @InjectQueue('runs') runs: Queue, @InjectQueue('bank') bank: Queue) {
    this.queues = { payouts, letters, runs, bank };
  }

  of(name: EffectQueue): Queue {
    return this.queues[name];
  }

  all(): readonly Queue[] {
    return Object.values(this.queues);
  }
}
