import { announcement, dayOf, periodEnd, startOfDay } from '#calendar';
import { cents } from '#money';
import { digest, type CaseEvent, type Context, type Day, type Json, type LetterWords, type Situation, type Text } from '#kernel';
import { payDates, payDay } from './calendar.ts';
import { changeTakes } from './change.takes.ts';
import { amountsFor, applicationIn, formIn, instalmentIn, instalmentsAmong, type Application, type Document, type Hearing, type Hold, type Instalment, type Notice } from './context.ts';
import { amountsOf, cycleOf } from './cycle.ts';
import { awardDigest, recommendationDigest } from './guards.ts';
import { payableCents } from './holds.ts';
import { certificationDigest, orderDigest, orderedCents, payDayOf, shareIn } from './instalment.guards.ts';
import { noticeWords, redated } from './letters/notice.ts';
import type { LateGrounds } from './late.ts';
import { verificationTaken } from './payee.takes.ts';
import { keptBefore, returnTakes } from './return.takes.ts';
import { returnIn } from './returns.ts';
import { awardOf, decide, instalmentsOf, linesOf, undecided, type Verdict } from './money.ts';

type Case = Situation<Application>;
type Patch = Partial<Application>;

/** A validated field of the event; its shape is the one that events.ts declares. */
const given = <T extends Json>({ event }: Pick<Case, 'event'>, field: string): T => event.data?.[field] as T;

const formHashOf = ({ form, documents }: Pick<Application, 'form' | 'documents'>): string =>
  digest({ form, documents: documents.map(({ kind, sha256 }) => ({ kind, sha256 })) });

const linesAnew = (context: Application, cycle: Json): Application['lines'] => undecided(linesOf(formIn(context), amountsFor(context, cycle)));

/** Where two JSON values differ, as pointers: down to the fields of objects, lists as a whole. */
function differences(before: Json | undefined, after: Json | undefined, path = ''): readonly string[] {
  if (digest(before ?? null) === digest(after ?? null)) return [];
  const both = [before, after];
  if (both.some((value) => value === undefined || value === null || typeof value !== 'object' || Array.isArray(value))) return [path];
  const [old, now] = both as { readonly [field: string]: Json }[];
  return [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])].flatMap((field) => differences(old?.[field], now?.[field], `${path}/${field}`));
}

const drafting = {
  form: (situation: Case): Patch => ({ form: given(situation, 'form') }),
  document: (situation: Case): Patch => {
    const document = given<Document>(situation, 'document');
    return { documents: [...situation.context.documents.filter(({ kind }) => kind !== document.kind), document] };
  },
  signatureRequest: ({ context }: Case): Patch => ({ formHash: formHashOf(context) }),
  backToEditor: (): Patch => ({ formHash: null }),
  /** Receipt is fixed here, once: form, amounts and lines are pinned. */
  signature: ({ context, event, facts }: Case): Patch => ({
    receivedAt: event.at,
    receiptNumber: `E-${context.fileNumber}`,
    formHash: formHashOf(context),
    amounts: amountsOf(cycleOf(facts.cycle)),
    lines: linesAnew(context, facts.cycle),
    reached: { ...context.reached, submitted: event.at },
  }),
};

const moreTime = {
  extensionProposal: (situation: Case): Patch => ({ extensionProposed: { until: given(situation, 'until'), reason: given(situation, 'reason') } }),
  extension: ({ context }: Case): Patch => ({ extension: context.extensionProposed ?? null, extensionProposed: null }),
  extensionDeclined: (): Patch => ({ extensionProposed: null }),
};

/** What is sent to be heard counts as announced on the fourth day; then the period begins. */
const hearings = {
  hearing: (situation: Case): Patch => {
    const { event, facts } = situation;
    const announced = announcement(dayOf(event.at), 'electronic');
    const { value, because } = periodEnd(announced.value, { days: cycleOf(facts.cycle).hearingDays });
    const words = (language: keyof Text): string => `${announced.because[language]}; ${because[language]}`;
    return { hearing: { text: given(situation, 'text'), until: value, because: { de: words('de'), en: words('en') }, answer: null, closed: null } };
  },
  hearingAnswer: (situation: Case): Patch => heard(situation, { answer: given(situation, 'text'), closed: 'answered' }),
  hearingOver: (situation: Case): Patch => heard(situation, { closed: 'passed' }),
  hearingUndelivered: (): Patch => ({ hearing: null }),
};

function heard({ context: { hearing } }: Case, end: Partial<Hearing>): Patch {
  if (hearing == null) throw new Error('a hearing ends that nobody began');
  return { hearing: { ...hearing, ...end } };
}

const receipt = {
  officer: ({ context, event }: Case): Patch => ({ officer: context.officer ?? event.actor.account }),
  lateProposal: (situation: Case): Patch => {
    const grounds = situation.event.data?.['grounds'] as LateGrounds | undefined;
    return { late: { admit: given(situation, 'admit'), reason: given(situation, 'reason'), ...(grounds === undefined ? {} : { grounds }) } };
  },
  lateRejection: (): Patch => ({ outcome: 'rejected' }),
  completion: (situation: Case): Patch => {
    const { context, event, facts } = situation;
    const { value, because } = periodEnd(dayOf(event.at), { days: cycleOf(facts.cycle).completionDays });
    return {
      completion: {
        sections: given(situation, 'sections'), text: given(situation, 'text'), until: value, because,
        signedForm: context.form, signedDocuments: context.documents,
      },
    };
  },
  resubmission: ({ context, facts }: Case): Patch => ({
    changes: [
      ...differences(context.completion?.signedForm, context.form),
      ...differences(context.completion?.signedDocuments, context.documents).map(() => '/concept'),
    ],
    formHash: formHashOf(context), lines: linesAnew(context, facts.cycle), completion: null, incomplete: false,
  }),
  /** What was saved but not signed does not count: the file stands as it was signed last. */
  incompletion: ({ context }: Case): Patch => ({
    incomplete: true, completion: null,
    form: context.completion?.signedForm ?? context.form, documents: context.completion?.signedDocuments ?? context.documents,
  }),
};

const decision = {
  recommendation: (situation: Case): Patch => {
    const { context, event, facts } = situation;
    const verdicts = given<Json>(situation, 'lines') as unknown as readonly Verdict[];
    const lines = decide(context.lines, verdicts, formIn(context), amountsFor(context, facts.cycle));
    return {
      officer: context.officer ?? event.actor.account,
      lines, recommendationHash: recommendationDigest({ formHash: context.formHash, lines }),
      reached: { ...context.reached, reviewed: event.at },
    };
  },
  sendBack: ({ context, facts }: Case): Patch => ({
    lines: linesAnew(context, facts.cycle), recommendationHash: null, reached: { ...context.reached, reviewed: null },
  }),
  decision: ({ context, event }: Case): Patch => {
    const award = awardOf(context.lines);
    const whole = context.lines.every(({ decision: verdict }) => verdict === 'approve');
    return {
      outcome: award === cents(0) ? 'rejected' : whole ? 'approved' : 'partlyApproved',
      reached: { ...context.reached, approved: award > 0 ? event.at : null },
    };
  },
  noticeDraft: (situation: Case): Patch => drafted(situation, noticeWords(situation)),
  noticedAward: ({ context }: Case): Patch => ({ noticedAward: awardDigest(context) }),
  /** The notice bears the day on which it is given out, which its readers count from, and not that of its draft. */
  issue: (situation: Case): Patch => {
    const { subject, text, draftedOn, datedOn = draftedOn, ...notice } = issued(situation);
    const words = { subject, text: redated(text, datedOn, notice.postedOn) };
    return { notice: { ...notice, ...words, hash: digest(words), draftedOn, datedOn: notice.postedOn } };
  },
};

/** The drafted notice as it goes out: how, and on which day. */
export function issued(situation: Case): Notice & { readonly postedOn: Day } {
  const { notice } = situation.context;
  if (notice === null) throw new Error('a notice is issued that nobody drafted');
  return { ...notice, channel: given<NonNullable<Notice['channel']>>(situation, 'channel'), postedOn: given<Day>(situation, 'postedOn') };
}

/** A notice in the words that its draft freezes. */
export const drafted = ({ event }: Case, words: LetterWords): Patch =>
  ({ notice: { ...words, hash: digest(words), draftedOn: dayOf(event.at), channel: null, postedOn: null } });

const delivery = {
  arrival: (situation: Case): Patch => ({ notice: { ...sent(situation), arrivedOn: given(situation, 'arrivedOn') } }),
  noticeUndelivered: (situation: Case): Patch => {
    const { arrivedOn: _, ...notice } = sent(situation);
    return { notice: { ...notice, channel: null, postedOn: null } };
  },
};

function sent({ context: { notice } }: Case): Notice {
  if (notice === null) throw new Error('a notice is delivered that nobody drafted');
  return notice;
}

const remedy = {
  finality: ({ event }: Case): Patch => ({ finalAt: event.at, suit: null }),
  suit: (situation: Case): Patch => ({ suit: { docket: given(situation, 'docket'), filedAt: situation.event.at } }),
  suitLost: (): Patch => ({ suit: null }),
  quashing: ({ context, facts }: Case): Patch => ({
    suit: null, notice: null, outcome: null, recommendationHash: null,
    lines: linesAnew(context, facts.cycle), reached: { ...context.reached, reviewed: null, approved: null },
  }),
};

/** When an instalment counted as paid; where a return of it was withdrawn, as of the value date it was paid with. */
function settledAt(number: number, { event, facts: { children } }: Case, before: string | null): string | null {
  const settled = instalmentsAmong(children).find((child) => child.state === 'settled' && instalmentIn(child).number === number);
  if (settled === undefined) return null;
  const { settledOn } = instalmentIn(settled);
  return before ?? (event.type === 'instalmentRestored' && settledOn !== null ? startOfDay(settledOn) : event.at);
}

const payment = {
  payments: (situation: Case): Patch => {
    const { reached } = situation.context;
    return { reached: { ...reached, instalment1: settledAt(1, situation, reached.instalment1), instalment2: settledAt(2, situation, reached.instalment2) } };
  },
  hold: (situation: Case): Patch => {
    const { context: { holds, holdsPlaced }, event } = situation;
    const hold: Hold = {
      id: `h${holdsPlaced + 1}`, reason: given(situation, 'reason'), scope: given(situation, 'scope'), since: event.at, by: event.actor.account,
    };
    return { holds: [...holds, hold], holdsPlaced: holdsPlaced + 1 };
  },
  holdLifted: (situation: Case): Patch => ({ holds: situation.context.holds.filter(({ id }) => id !== given(situation, 'hold')) }),
};

/** What each act leaves in the context of an application. */
export const applicationTakes: { readonly [field: string]: (situation: Case) => Context } = {
  ...drafting, ...moreTime, ...receipt, ...hearings, ...decision, ...delivery, ...remedy, ...payment, ...changeTakes,
};

/** What the payment that settles now leaves unpaid of one that was reversed. */
function stillReversed({ reversed }: Instalment, settledCents: number): Partial<Instalment> {
  if (reversed == null) return {};
  const leftCents = reversed.amountCents - settledCents;
  return { reversed: leftCents > 0 ? { ...reversed, amountCents: leftCents } : null };
}

const reversal = ({ settledOn }: Instalment, event: CaseEvent): Partial<Instalment> =>
  (settledOn === null ? {} : { reversed: { kind: returnIn(event).kind, valueDate: settledOn, amountCents: Number(event.data?.['amountCents']) } });

const answered = ({ amountCents, paidCents }: Instalment, morePaid: number): Partial<Instalment> =>
  ({ paidCents: paidCents + morePaid, openCents: amountCents - paidCents - morePaid, orderedCents: 0 });

/** What each act leaves in the context of an instalment; what is paid and what is open always add up to its amount. */
export const instalmentTakes: { readonly [field: string]: (situation: Situation<Instalment>) => Context } = {
  certification: (situation) => ({ certificationHash: certificationDigest(situation) }),
  certifiedOrder: (situation) => ({ certificationHash: orderDigest(situation) }),
  factuallyCertifiedOrder: (situation) => ({ factualHash: orderDigest(situation) }),
  order: ({ context, facts }): Partial<Instalment> => ({ orderedCents: payableCents(context, applicationIn(facts)) }),
  orderVoid: (): Partial<Instalment> => ({ certificationHash: null, factualHash: null, orderedCents: 0 }),
  orderSettled: ({ context, event }): Partial<Instalment> => ({
    ...answered(context, orderedCents(context)), ...stillReversed(context, orderedCents(context)), settledOn: String(event.data?.['valueDate']),
  }),
  valueDate: ({ event }): Partial<Instalment> => ({ settledOn: String(event.data?.['valueDate']) }),
  orderReturned: ({ context, event }): Partial<Instalment> => ({
    ...answered(context, orderedCents(context) - Number(event.data?.['amountCents'])), ...keptBefore(context, event), settledOn: null,
  }),
  paymentReturned: ({ context, event }): Partial<Instalment> => ({
    ...answered(context, -Number(event.data?.['amountCents'])), ...reversal(context, event), ...keptBefore(context, event), settledOn: null,
  }),
  ...returnTakes,
  adjustment: ({ context, facts }): Partial<Instalment> => {
    const { amountCents, paidCents, claimedCents = 0 } = shareIn(applicationIn(facts), context) ?? context;
    return { amountCents, paidCents, claimedCents, openCents: amountCents - paidCents, orderedCents: 0, certificationHash: null, factualHash: null };
  },
  signaturesVoid: () => ({ certificationHash: null }),
  settlement: ({ context, event }) => ({ paidCents: context.amountCents, openCents: 0, settledOn: String(event.data?.['valueDate']) }),
  return: ({ context, event }) => {
    const openCents = Number(event.data?.['amountCents']);
    return { openCents, paidCents: context.amountCents - openCents, settledOn: null };
  },
  payDay: (situation): Partial<Instalment> => {
    const { value, because } = payDayOf(situation);
    return { payOn: value, because };
  },
  payeeVerification: verificationTaken,
  /** The next order is another payment, about which the bank is asked anew. */
  reopening: ({ context }): Partial<Instalment> => ({ order: context.order + 1, certificationHash: null, beforeReturn: undefined, ...(context.payeeVerification === undefined ? {} : { payeeVerification: null }) }),
};

/** The two instalments of a grant that has just become final. */
export function openInstalments({ context, event, facts }: Case): readonly { readonly number: number; readonly context: Context }[] {
  const cycle = cycleOf(facts.cycle);
  const dates = payDates(cycle);
  return instalmentsOf(awardOf(context.lines), amountsFor(context, facts.cycle)).map((amountCents, index) => {
    const due = dates[index];
    if (due === undefined) throw new Error(`the round has no pay date ${index + 1}`);
    const { value, because } = payDay(due, event.at, cycle);
    const child: Instalment = {
      number: index + 1, amountCents, paidCents: 0, openCents: amountCents, payOn: value, because, order: 1, certificationHash: null, settledOn: null,
    };
    return { number: child.number, context: child };
  });
}
