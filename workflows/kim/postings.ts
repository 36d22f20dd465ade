import { cents } from '#money';
import type { MachineDefinition } from '#kernel';
import type { Application, Instalment } from './context.ts';
import { awardOf } from './money.ts';

/** What an application books: its award, through the stages of the budget. */
export const applicationPostings: MachineDefinition<Application>['postings'] = {
  reserve: ({ context }) => ({ from: 'budget', to: 'reserved', cents: awardOf(context.lines) }),
  release: ({ context }) => ({ from: 'reserved', to: 'budget', cents: awardOf(context.lines) }),
  commit: ({ context }) => ({ from: 'reserved', to: 'committed', cents: awardOf(context.lines) }),
  unissue: ({ context }) => ({ from: 'committed', to: 'reserved', cents: awardOf(context.lines) }),
  uncommit: ({ context }) => ({ from: 'committed', to: 'budget', cents: awardOf(context.lines) }),
};

/** What an instalment books: only what moved, so that what is paid is always what the ledger says. */
export const instalmentPostings: MachineDefinition<Instalment>['postings'] = {
  pay: ({ context }) => ({ from: 'committed', to: 'paid', cents: cents(context.openCents) }),
  /** Part of an order came back before it settled: the rest was paid. */
  payRest: ({ context, event }) => ({ from: 'committed', to: 'paid', cents: cents(context.openCents - Number(event.data?.['amountCents'])) }),
  giveBack: ({ event }) => ({ from: 'paid', to: 'committed', cents: cents(Number(event.data?.['amountCents'])) }),
  uncommit: ({ context }) => ({ from: 'committed', to: 'budget', cents: cents(context.openCents) }),
};
