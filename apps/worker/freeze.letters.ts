import { Inject, Injectable } from '@nestjs/common';
import { freezeLetter } from '#apps/installation';
import { Programmes } from '#cases';
import type { Role } from '#kernel';
import { LettersService } from '#letters';
import { FreezeService } from '#payments';
import { Store } from '#store';
import type { Carried, EffectOf } from './effects.ts';
import { RecipientsService } from './recipients.service.ts';

/** Whoever pays, and whoever runs the installation: each of them can freeze, and the authorisers lift. */
const CONCERNED: readonly Role[] = ['financeCertifier', 'financeAuthoriser', 'administrator'];

/** Tells at once that all payments stand still, and that they go on: no case knows of it, so that no lifecycle can ask for it. */
@Injectable()
export class FreezeLetters {
  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(FreezeService) private readonly freezes: FreezeService,
    @Inject(RecipientsService) private readonly recipients: RecipientsService,
    @Inject(LettersService) private readonly letters: LettersService,
    @Inject(Programmes) private readonly programmes: Programmes,
  ) {}

  async send({ id, caseId, rootId, payload: { freezeId, lifted } }: EffectOf<'freezeTold'>): Promise<Carried> {
    const [freeze, goneOut, readers] = await Promise.all([this.freezes.one(freezeId), this.freezes.namedWith(freezeId), this.recipients.of({ to: CONCERNED }, null)]);
    if (freeze === null) return { is: 'refused', why: 'no such freeze' };
    if (readers.length === 0) return { is: 'refused', why: `nobody of the agency is ${CONCERNED.join(' or ')}` };
    const closing = this.programmes.list.find((programme) => programme.closing !== undefined)?.closing;
    const words = freezeLetter(freeze, { lifted, goneOut, ...(closing && { closing }) });
    const order = { effectId: id, caseId, rootId, kind: lifted ? 'paymentsResumed' : 'paymentsFrozen', words, recipients: readers };
    const frozen = await this.store.transaction((tx) => this.letters.freeze(tx, order));
    if ('code' in frozen) return { is: 'refused', why: `${frozen.code}: ${frozen.accounts.join(', ')}` };
    await this.letters.sendAll(frozen);
    return { is: 'done' };
  }
}
