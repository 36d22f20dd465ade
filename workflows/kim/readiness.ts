import { endOfDay, startOfDay } from '#calendar';
import type { Check, Instant, Readiness, Situation } from '#kernel';
import { applicationIn, type Instalment } from './context.ts';
import { budgetOpenUntil, cycleOf } from './cycle.ts';
import { holdsOn } from './holds.ts';
import { changeSince, verificationOf } from './payee.guards.ts';
import { UNAPPROVED } from './payee.ts';

type Case = Situation<Instalment>;

const passed = (instant: Instant, { event }: Case): Instant | null => (event.at >= instant ? instant : null);

/** Since when the first hold in the instalment's scope stands. */
const heldSince = ({ context, facts }: Case): Instant | null =>
  holdsOn(context.number, applicationIn(facts))[0]?.since ?? null;

/** What must hold before money is ordered, in order of precedence: certifier and authoriser each answer for all of it. */
const CHECKS: readonly Check<Instalment>[] = [
  { requirement: 'noticeFinal', owner: 'caseOfficer', since: ({ facts }) => applicationIn(facts).finalAt },
  { requirement: 'payDateReached', owner: 'system', since: (situation) => passed(startOfDay(situation.context.payOn), situation) },
  { requirement: 'amountPositive', owner: 'system' },
  { requirement: 'noHoldInScope', owner: 'secondApprover', since: heldSince },
  { requirement: 'previousSettled', owner: 'financeCertifier' },
  { requirement: 'payeeGiven', owner: 'caseOfficer' },
  { requirement: 'holderFits', owner: 'caseOfficer' },
  { requirement: 'payeeApproved', owner: 'secondApprover', since: (situation) => changeSince(situation, UNAPPROVED) },
  { requirement: 'payeeCooledDown', owner: 'system', since: (situation) => changeSince(situation, ['coolingDown']) },
  { requirement: 'payeeVerified', owner: 'financeCertifier', since: (situation) => verificationOf(situation)?.at ?? null },
  { requirement: 'noticeCurrent', owner: 'secondApprover' },
  { requirement: 'noUnpostedChange', owner: 'secondApprover', since: ({ facts }) => applicationIn(facts).changeProposed?.at ?? null },
  { requirement: 'budgetYearOpen', owner: 'administrator', since: (situation) => passed(endOfDay(budgetOpenUntil(cycleOf(situation.facts.cycle))), situation) },
];

/** By name, as the lifecycle demands them. */
export const READY: readonly string[] = CHECKS.map(({ requirement }) => requirement);

/** The one list for the hint, the early warning, the preview of a run and the payment itself. */
export const readiness: Readiness<Instalment> = { states: ['planned', 'due', 'certified', 'authorised', 'returned'], checks: CHECKS };
