import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';
import { standingStill } from '#cases';
import { LettersService, type FrozenLetter } from '#letters';
import { Store, type Tx } from '#store';
import { DigestService } from './digest.service.ts';
import type { Carried, EffectOf } from './effects.ts';
import { EffectsService } from './effects.service.ts';
import { JOB_RULES } from './job.rules.ts';
import { RecipientsService } from './recipients.service.ts';

/** Writes a letter for everyone it goes to and sends it; what has gone is never sent again, what cannot arrive is no fault. */
@Processor('letters', { ...JOB_RULES, concurrency: 8 })
export class LetterProcessor extends WorkerHost {
  constructor(
    @Inject(EffectsService) private readonly effects: EffectsService,
    @Inject(Store) private readonly store: Store,
    @Inject(RecipientsService) private readonly recipients: RecipientsService,
    @Inject(DigestService) private readonly digests: DigestService,
    @Inject(LettersService) private readonly letters: LettersService,
  ) {
    super();
  }

  process(job: Job): Promise<void> {
    return this.effects.work(job, 'letter', (effect) => this.send(effect));
  }

  private async send(effect: EffectOf<'letter'>): Promise<Carried> {
    const { digest } = effect.payload;
    if (digest !== undefined) return this.digests.send(effect, digest);
    const frozen = await this.store.transaction((tx) => this.write(tx, effect));
    if ('is' in frozen) return frozen;
    await this.letters.sendAll(frozen);
    return { is: 'done' };
  }

  /**
   * Writes the letter while the family stands still: a reminder that a submission overtakes is either written before it
   * or not at all.
   */
  private async write(tx: Tx, { id, caseId, rootId, journalSeq, payload }: EffectOf<'letter'>): Promise<readonly FrozenLetter[] | Carried> {
    const standing = await standingStill(tx, { rootId, caseId, seq: journalSeq });
    if (standing === null) return { is: 'refused', why: 'no such case' };
    if (standing.overtaken) return { is: 'done' };
    const recipients = await this.recipients.of(payload, standing.applicantKey);
    if (recipients.length === 0) return { is: 'refused', why: `nobody of ${standing.applicantKey} or the agency is ${payload.to.join(' or ')}` };
    const { kind, words, optional } = payload;
    const frozen = await this.letters.freeze(tx, { effectId: id, caseId, rootId, kind, words, recipients, ...(optional && { optional }) });
    return 'code' in frozen ? { is: 'refused', why: `${frozen.code}: ${frozen.accounts.join(', ')}` } : frozen;
  }
}
