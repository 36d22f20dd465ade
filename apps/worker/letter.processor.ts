import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';
import { EffectsService } from './effects.service.ts';
import { FreezeLetters } from './freeze.letters.ts';
import { JOB_RULES } from './job.rules.ts';
import { LetterDesk } from './letter.desk.ts';

/** Writes a letter for everyone it goes to and sends it; what has gone is never sent again, what cannot arrive is no fault. */
@Processor('letters', { ...JOB_RULES, concurrency: 8 })
export class LetterProcessor extends WorkerHost {
  constructor(
    @Inject(EffectsService) private readonly effects: EffectsService,
    @Inject(LetterDesk) private readonly letters: LetterDesk,
    @Inject(FreezeLetters) private readonly freezes: FreezeLetters,
  ) {
    super();
  }

  process(job: Job): Promise<void> {
    return this.effects.workAny(job, { letter: (effect) => this.letters.send(effect), freezeTold: (effect) => this.freezes.send(effect) });
  }
}
