import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';
import { Undelivered } from '#apps/installation';
import { LettersService } from '#letters';
import { DigestService } from './digest.service.ts';
import type { Carried, EffectOf } from './effects.ts';
import { EffectsService } from './effects.service.ts';
import { JOB_RULES } from './job.rules.ts';
import { LetterWriter } from './letter.writer.ts';

/** Writes a letter for everyone it goes to and sends it; what has gone is never sent again, what cannot arrive is no fault. */
@Processor('letters', { ...JOB_RULES, concurrency: 8 })
export class LetterProcessor extends WorkerHost {
  constructor(
    @Inject(EffectsService) private readonly effects: EffectsService,
    @Inject(LetterWriter) private readonly writer: LetterWriter,
    @Inject(DigestService) private readonly digests: DigestService,
    @Inject(LettersService) private readonly letters: LettersService,
    @Inject(Undelivered) private readonly undelivered: Undelivered,
  ) {
    super();
  }

  process(job: Job): Promise<void> {
    return this.effects.work(job, 'letter', (effect) => this.send(effect));
  }

  private async send(effect: EffectOf<'letter'>): Promise<Carried> {
    const { digest } = effect.payload;
    if (digest !== undefined) return this.digests.send(effect, digest);
    const frozen = await this.writer.write(effect);
    if ('is' in frozen) return frozen;
    await this.letters.sendAll(frozen);
    await this.undelivered.tell({ caseId: effect.caseId, effectId: effect.id, kind: effect.payload.kind });
    return { is: 'done' };
  }
}
