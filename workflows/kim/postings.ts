import { cents, type Cents } from '#money';
import type { MachineDefinition, Situation } from '#kernel';
import { applicationIn, type Application, type Instalment } from './context.ts';
import { orderedCents, restOf, shareIn } from './instalment.guards.ts';
import { awardOf } from './money.ts';
import { beforeReturnOf } from './return.takes.ts';

/** What an application books: its award, through the stages of the budget. */
export const applicationPostings: MachineDefinition<Application>['postings'] = {
  reserve: ({ context }) => ({ from: 'budget', to: 'reserved', cents: awardOf(context.lines) }),
  release: ({ context }) => ({ from: 'reserved', to: 'budget', cents: awardOf(context.lines) }),
  commit: ({ context }) => ({ from: 'reserved', to: 'committed', cents: awardOf(context.lines) }),
  unissue: ({ context }) => ({ from: 'committed', to: 'reserved', cents: awardOf(context.lines) }),
  uncommit: ({ context }) => ({ from: 'committed', to: 'budget', cents: awardOf(context.lines) }),
  recover: ({ event }) => ({ from: 'claimed', to: 'recovered', cents: cents(Number(event.data?.['amountCents'])) }),
};

const shareOf = ({ context, facts }: Situation<Instalment>): { readonly openCents: number; readonly paidCents: number } => {
  const { amountCents, paidCents } = shareIn(applicationIn(facts), context) ?? context;
  return { openCents: amountCents - paidCents, paidCents };
};

/** The part of a difference that lies on one side of zero: the other side is another posting. */
const above = (amount: number): Cents => cents(Math.max(0, amount));

/** What an instalment books: only what moved, so that what is paid is always what the ledger says. */
export const instalmentPostings: MachineDefinition<Instalment>['postings'] = {
  pay: ({ context }) => ({ from: 'committed', to: 'paid', cents: cents(context.openCents) }),
  /** Part of an order came back before it settled: the rest was paid. */
  payRest: ({ context, event }) => ({ from: 'committed', to: 'paid', cents: cents(context.openCents - Number(event.data?.['amountCents'])) }),
  giveBack: ({ event }) => ({ from: 'paid', to: 'committed', cents: cents(Number(event.data?.['amountCents'])) }),
  uncommit: ({ context }) => ({ from: 'committed', to: 'budget', cents: cents(context.openCents) }),
  order: ({ context }) => ({ from: 'committed', to: 'ordered', cents: cents(orderedCents(context)) }),
  settle: ({ context }) => ({ from: 'ordered', to: 'paid', cents: cents(orderedCents(context)) }),
  settleRest: ({ context, event }) => ({ from: 'ordered', to: 'paid', cents: cents(orderedCents(context) - Number(event.data?.['amountCents'])) }),
  unorder: ({ event }) => ({ from: 'ordered', to: 'committed', cents: cents(Number(event.data?.['amountCents'])) }),
  /** A return that was none: what it gave back is paid. */
  restorePaid: ({ context }) => ({ from: 'committed', to: 'paid', cents: cents(beforeReturnOf(context).backCents) }),
  /** And of an order: what counted as paid is not known to be, and all of it is with the bank again. */
  restoreRest: ({ context }) => ({ from: 'paid', to: 'committed', cents: cents(restOf(beforeReturnOf(context))) }),
  restoreOrder: ({ context }) => ({ from: 'committed', to: 'ordered', cents: cents(orderedCents(beforeReturnOf(context))) }),
  adjustUp: (situation) => ({ from: 'budget', to: 'committed', cents: above(shareOf(situation).openCents - situation.context.openCents) }),
  adjustDown: (situation) => ({ from: 'committed', to: 'budget', cents: above(situation.context.openCents - shareOf(situation).openCents) }),
  claim: (situation) => ({ from: 'paid', to: 'claimed', cents: above(situation.context.paidCents - shareOf(situation).paidCents) }),
  unclaim: (situation) => ({ from: 'claimed', to: 'paid', cents: above(shareOf(situation).paidCents - situation.context.paidCents) }),
};
