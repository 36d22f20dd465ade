import { cents, sum } from '#money';
import { LONGEST, toSepa } from '#latin';
import type { CaseFigures, CycleSheet, Instant, Json, Member, PayeeVersion, Stored, Text } from '#kernel';
import { cutOffAt, EVERYBODY, lateClaimsUntil, opensAt, payDates } from './calendar.ts';
import { claimedCents } from './change.ts';
import { assess } from './checks.ts';
import { amountsFor, formIn, hasConcept, instalmentIn, instalmentsAmong, MILESTONES, type Application, type PayeeVerification } from './context.ts';
import { cycleOf } from './cycle.ts';
import { holdWords } from './hold.reasons.ts';
import { holdNote } from './holds.ts';
import { payeeIn, payeesAmong } from './payee.ts';
import { amountOf, awardOf, undecided } from './money.ts';

/** An application's figures as people see them; before the submission they follow the draft, afterwards what was pinned. */
export function figures(head: Stored, children: readonly Member[], cycle: Json): CaseFigures {
  const context = head.context as unknown as Application;
  const { findings, lines: computed } = assess(formIn(context), amountsFor(context, cycle), context.applicant, hasConcept(context));
  const lines = context.receivedAt === null ? undecided(computed.map((line) => ({ ...line, maximumCents: cents(line.maximumCents) }))) : context.lines;
  const paid = instalmentsAmong(children);
  const instalments = paid.map(instalmentIn);
  const payees = payeesAmong(children).map(versionOf);
  return {
    outcome: context.outcome,
    milestones: [{ name: 'draft', reachedAt: context.openedAt }, ...MILESTONES.map((name) => ({ name, reachedAt: context.reached[name] }))],
    receivedAt: context.receivedAt,
    receiptNumber: context.receiptNumber,
    form: context.form,
    findings,
    lines,
    requestedCents: amountOf(lines),
    grantedCents: context.outcome === null ? null : awardOf(context.lines),
    paidCents: sum(instalments.map(({ paidCents }) => cents(paidCents))),
    instalments: instalments.map(({ number, amountCents, payOn }) => ({ number, amountCents, payOn })),
    holds: context.holds.map(({ by: _, ...hold }) => ({ ...hold, reasonText: holdWords(hold.reason), ...holdNote(hold, paid) })),
    claimedCents: claimedCents(context),
    ...(payees.length === 0 ? {} : { payees }),
  };
}

/** When and under which number an application was received: its rank among those that wait for funds. */
export function receipt({ context }: Stored): { readonly receivedAt: Instant | null; readonly receiptNumber: string | null } {
  const { receivedAt, receiptNumber } = context as unknown as Application;
  return { receivedAt, receiptNumber };
}

/** An instalment's own figures: its amount, its day, and what was paid of it. */
export function childFigures(child: Member): CaseFigures {
  const { number, amountCents, paidCents, payOn, payeeVerification } = instalmentIn(child);
  if (child.machine === 'payee') return { ...NO_FIGURES, payees: [versionOf(child)] };
  return {
    outcome: null, milestones: [], receivedAt: null, receiptNumber: null, form: null, findings: [], lines: [], holds: [],
    requestedCents: amountCents, grantedCents: amountCents, paidCents, instalments: [{ number, amountCents, payOn }],
    ...(payeeVerification == null ? {} : { payeeVerification: answerOf(payeeVerification) }),
  };
}

/** What has neither a form nor an amount. */
const NO_FIGURES: CaseFigures = {
  outcome: null, milestones: [], receivedAt: null, receiptNumber: null, form: null, findings: [], lines: [], holds: [],
  requestedCents: 0, grantedCents: null, paidCents: 0, instalments: [],
};

function versionOf(child: Member): PayeeVersion {
  const payee = payeeIn(child);
  return { number: child.number, ...payee, holderAtBank: toSepa(payee.holder, LONGEST.holder) };
}

const answerOf = ({ answer, name, reason, at }: PayeeVerification): CaseFigures['payeeVerification'] => ({ answer, name, reason, at });

/** A funding round as clients see it, with the derivation of its dates. */
export function sheet(stored: Json): CycleSheet {
  const cycle = cycleOf(stored);
  const { value, because } = cutOffAt(cycle);
  const days = payDates(cycle);
  const joined = (language: keyof Text): string => days.map(({ because: why }) => why[language]).join('; ');
  return {
    fundingYear: cycle.fundingYear,
    opensAt: opensAt(cycle),
    cutOffAt: value,
    lateClaimsUntil: lateClaimsUntil(EVERYBODY, cycle),
    payDates: days.map((day) => day.value),
    budgetCents: cycle.budgetCents,
    figures: cycle.figures,
    because: { cutOffAt: because, payDates: { de: joined('de'), en: joined('en') } },
  };
}
