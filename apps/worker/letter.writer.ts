import { Inject, Injectable } from '@nestjs/common';
import { standingStill } from '#cases';
import { LettersService, type FrozenLetter } from '#letters';
import { Store, type Tx } from '#store';
import type { Carried, EffectOf } from './effects.ts';
import { RecipientsService } from './recipients.service.ts';

/** Writes the letter of an effect for everyone it goes to. */
@Injectable()
export class LetterWriter {
  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(RecipientsService) private readonly recipients: RecipientsService,
    @Inject(LettersService) private readonly letters: LettersService,
  ) {}

  /**
   * Writes the letter while the family stands still: a reminder that a submission overtakes is either written before it
   * or not at all. What a writer that has died since had written is sent, whatever has become of the case.
   */
  write(effect: EffectOf<'letter'>): Promise<readonly FrozenLetter[] | Carried> {
    return this.store.transaction((tx) => this.within(tx, effect));
  }

  private async within(tx: Tx, { id, caseId, rootId, journalSeq, payload }: EffectOf<'letter'>): Promise<readonly FrozenLetter[] | Carried> {
    const standing = await standingStill(tx, { rootId, caseId, seq: journalSeq });
    if (standing === null) return { is: 'refused', why: 'no such case' };
    const written = await this.letters.written(tx, id);
    if (written.length > 0) return written;
    if (standing.overtaken) return { is: 'done' };
    const recipients = await this.recipients.of(payload, standing.applicantKey);
    if (recipients.length === 0) return { is: 'refused', why: `nobody of ${standing.applicantKey} or the agency is ${payload.to.join(' or ')}` };
    const { kind, words, optional } = payload;
    const frozen = await this.letters.freeze(tx, { effectId: id, caseId, rootId, kind, words, recipients, ...(optional && { optional }) });
    return 'code' in frozen ? { is: 'refused', why: `${frozen.code}: ${frozen.accounts.join(', ')}` } : frozen;
  }
}
