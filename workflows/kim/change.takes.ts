import type { Situation } from '#kernel';
import { changedLines, claimsOf, recovered, sharesOf, type LineChange } from './change.ts';
import { amountsFor, type Application, type BypassProposal, type ChangeProposal, type Hold, type Share } from './context.ts';
import { awardOf } from './money.ts';

type Case = Situation<Application>;
type Patch = Partial<Application>;

/** The lines of the award as a proposal would leave them; as they are where there is none. */
export const linesProposed = ({ lines, changeProposed }: Application): Application['lines'] =>
  (changeProposed == null ? lines : changedLines(lines, changeProposed.lines, changeProposed.reason));

/** What the instalments become by the proposal. */
export const sharesProposed = ({ context, facts }: Case): readonly Share[] =>
  sharesOf(awardOf(linesProposed(context)), facts.children, context, amountsFor(context, facts.cycle));

/** What changes of an award, claims and bypasses leave in the context of an application. */
export const changeTakes = {
  changeProposal: ({ event }: Case): Patch => {
    const { lines, reason } = event.data as unknown as { readonly lines: readonly LineChange[]; readonly reason: string };
    const changeProposed: ChangeProposal = { lines: lines.map(({ line, grantedCents }) => ({ line, grantedCents })), reason, at: event.at };
    return { changeProposed };
  },
  change: (situation: Case): Patch => {
    const { context } = situation;
    const shares = sharesProposed(situation);
    const lines = linesProposed(context);
    return {
      lines, shares, claims: shares.map(({ claimedCents }) => claimedCents), changeProposed: null,
      outcome: lines.every(({ decision }) => decision === 'approve') ? 'approved' : 'partlyApproved',
    };
  },
  changeDeclined: (): Patch => ({ changeProposed: null }),
  changeUnannounced: (): Patch => ({ noticedAward: null }),
  recovery: ({ context, event }: Case): Patch => ({ claims: recovered(claimsOf(context), Number(event.data?.['amountCents'])) }),
  amountHold: ({ context: { holds, holdsPlaced }, event }: Case): Patch => {
    const { reason, instalment, amountCents } = event.data as unknown as { readonly reason: string; readonly instalment: '1' | '2'; readonly amountCents: number };
    const hold: Hold = { id: `h${holdsPlaced + 1}`, reason, scope: instalment, since: event.at, by: event.actor.account, amountCents };
    return { holds: [...holds, hold], holdsPlaced: holdsPlaced + 1 };
  },
  bypassProposal: ({ event }: Case): Patch => {
    const { hold, instalment, reason } = event.data as unknown as { readonly hold: string; readonly instalment: string; readonly reason: string };
    const bypassProposed: BypassProposal = { hold, number: Number(instalment), reason };
    return { bypassProposed };
  },
  bypass: ({ context: { holds, bypassProposed } }: Case): Patch => ({
    bypassProposed: null,
    holds: holds.map((hold) => (hold.id === bypassProposed?.hold ? { ...hold, bypassedFor: bypassProposed.number } : hold)),
  }),
  bypassDeclined: (): Patch => ({ bypassProposed: null }),
};
