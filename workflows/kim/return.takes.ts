import type { CaseEvent, Situation } from '#kernel';
import type { BeforeReturn, Instalment } from './context.ts';
import { returnIn } from './returns.ts';

type Patch = Partial<Instalment>;

/** How an instalment stood before the return that is withdrawn. Throws where nobody reported one: the requirements ask first. */
export function beforeReturnOf({ beforeReturn }: Pick<Instalment, 'beforeReturn'>): BeforeReturn {
  if (beforeReturn === undefined) throw new Error('a return is withdrawn that nobody reported');
  return beforeReturn;
}

/** What a report takes away is kept where a person made it; what the bank tells is not taken back. */
export function keptBefore({ amountCents, paidCents, openCents, orderedCents, claimedCents, settledOn, reversed }: Instalment, event: CaseEvent): Patch {
  if (returnIn(event).kind !== 'byHand') return { beforeReturn: undefined };
  return {
    beforeReturn: {
      amountCents, paidCents, openCents, settledOn, backCents: Number(event.data?.['amountCents']), by: event.actor.account,
      ...(orderedCents === undefined ? {} : { orderedCents }), ...(claimedCents === undefined ? {} : { claimedCents }), ...(reversed === undefined ? {} : { reversed }),
    },
  };
}

/** What the end of a return that a person reported leaves: all as it was before, or nothing to go back to. */
export const returnTakes = {
  returnWithdrawn: ({ context }: Situation<Instalment>): Patch => {
    const { backCents: _, by: __, ...before } = beforeReturnOf(context);
    return { reversed: undefined, ...before, beforeReturn: undefined };
  },
  returnBorneOut: (): Patch => ({ beforeReturn: undefined }),
  /** The day on which it was paid, should the return be withdrawn. */
  valueDateBefore: ({ context, event }: Situation<Instalment>): Patch => ({ beforeReturn: { ...beforeReturnOf(context), settledOn: String(event.data?.['valueDate']) } }),
};
