import { Inject, Injectable } from '@nestjs/common';
import { Undelivered } from '#apps/installation';
import { LettersService } from '#letters';
import { DigestService } from './digest.service.ts';
import type { Carried, EffectOf } from './effects.ts';
import { LetterWriter } from './letter.writer.ts';

/** Sends what a case has to say: by itself, or as a line of a mail that gathers many. */
@Injectable()
export class LetterDesk {
  constructor(
    @Inject(LetterWriter) private readonly writer: LetterWriter,
    @Inject(DigestService) private readonly digests: DigestService,
    @Inject(LettersService) private readonly letters: LettersService,
    @Inject(Undelivered) private readonly undelivered: Undelivered,
  ) {}

  async send(effect: EffectOf<'letter'>): Promise<Carried> {
    const { digest } = effect.payload;
    if (digest !== undefined) return this.digests.send(effect, digest);
    const frozen = await this.writer.write(effect);
    if ('is' in frozen) return frozen;
    await this.letters.sendAll(frozen);
    await this.undelivered.tell({ caseId: effect.caseId, effectId: effect.id, kind: effect.payload.kind });
    return { is: 'done' };
  }
}
