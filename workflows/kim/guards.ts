import { dayOf, endOfDay } from '#calendar';
import { cents } from '#money';
import { digest, type Failure, type GrantLine, type Requirement, type Situation, type Text } from '#kernel';
import { cutOffAt, finalFrom, inTimeUntil, lateClaimsUntil, opensAt } from './calendar.ts';
import { takenCents } from './change.ts';
import { ofTheChange } from './change.guards.ts';
import { sharesProposed } from './change.takes.ts';
import { ofThePayeeChange } from './payee.guards.ts';
import { ofTime } from './time.guards.ts';
import { assess, mayApply } from './checks.ts';
import { amountsFor, formIn, hasConcept, instalmentIn, instalmentsAmong, type Application } from './context.ts';
import { cycleOf } from './cycle.ts';
import { HOLDER_REFUSED, holderFits, WRITE_IT_SO } from './holder.ts';
import { awardOf, type Verdict } from './money.ts';

type Case = Situation<Application>;

const when = (holds: boolean, failure: Failure = {}): true | Failure => (holds ? true : failure);

const requirement = (
  retry: Requirement['retry'], text: Text, remedy: Text, holds: (situation: Case) => true | Failure, more: Pick<Requirement, 'reads' | 'ofFields'> = {},
): Requirement<Application> => ({ retry, text, remedy, holds, ...more });

const withoutFindings = (code: string) => ({ context, facts }: Case): true | Failure => {
  const { findings } = assess(formIn(context), amountsFor(context, facts.cycle), context.applicant, hasConcept(context));
  const own = findings.filter((finding) => finding.code === code);
  return when(own.length === 0, { findings: own });
};

const COMPLETE_THE_FORM: Text = { de: 'Die genannten Felder des Antrags berichtigen.', en: 'Correct the named fields of the application.' };

const verdictsOf = ({ data }: Case['event']): readonly Verdict[] => (data?.['lines'] ?? []) as unknown as readonly Verdict[];

/** Every line decided exactly once; a cut grants something but not everything; cuts and refusals give a reason. */
function allDecided(lines: readonly GrantLine[], verdicts: readonly Verdict[]): boolean {
  const decided = verdicts.map(({ line }) => line);
  return decided.length === lines.length && new Set(decided).size === decided.length && lines.every(({ line, maximumCents }) => {
    const verdict = verdicts.find((candidate) => candidate.line === line);
    if (verdict === undefined) return false;
    const { decision, grantedCents, reason } = verdict;
    if (decision === 'approve') return grantedCents === undefined || grantedCents >= maximumCents;
    if (decision === 'refuse') return reason !== undefined && (grantedCents ?? 0) === 0;
    return reason !== undefined && grantedCents !== undefined && grantedCents > 0 && grantedCents !== maximumCents;
  });
}

const withinMaximum = (lines: readonly GrantLine[], verdicts: readonly Verdict[]): boolean =>
  verdicts.every(({ line, grantedCents = 0 }) => lines.every((known) => known.line !== line || grantedCents <= known.maximumCents));

/** What an officer's signature stands for: the form and every line. */
export const recommendationDigest = ({ formHash, lines }: Pick<Application, 'formHash' | 'lines'>): string => digest({ formHash, lines });

/** What a notice announces: what each line grants. */
export const awardDigest = ({ lines }: Pick<Application, 'lines'>): string => digest(lines.map(({ line, grantedCents }) => ({ line, grantedCents })));

/** The sections that a saved form or an attached document changes. */
function sectionsChanged({ context, event }: Case): readonly string[] {
  if (event.type === 'attach') return ['concept'];
  const before = context.form as { readonly [field: string]: unknown };
  const after = (event.data?.['form'] ?? {}) as { readonly [field: string]: unknown };
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields.filter((field) => digest(before[field] ?? null) !== digest(after[field] ?? null));
}

/** Eligibility and completeness of the form; each requirement is the absence of findings with its code. */
const ofTheForm = {
  applicantEntitled: requirement('afterChange',
    { de: 'Für mindestens eine beantragte Stelle fehlt die Antragsberechtigung.', en: 'The applicant is not entitled to at least one of the posts.' },
    COMPLETE_THE_FORM, withoutFindings('applicantEntitled')),
  formComplete: requirement('afterChange',
    { de: 'Der Antrag ist noch nicht vollständig.', en: 'The application is not complete yet.' },
    COMPLETE_THE_FORM, withoutFindings('formComplete')),
  fteAtLeastHalf: requirement('afterChange',
    { de: 'Mindestens eine Stelle liegt unter einer halben Stelle.', en: 'At least one post is less than half a full post.' },
    { de: 'Den Stellenanteil auf mindestens 0,5 erhöhen oder die Stelle streichen.', en: 'Raise the share to at least 0.5 or remove the post.' },
    withoutFindings('fteAtLeastHalf')),
  withinCap: requirement('afterChange',
    { de: 'Mindestens ein Betrag überschreitet die Höchstgrenze.', en: 'At least one amount exceeds its cap.' },
    { de: 'Den Betrag auf die Höchstgrenze senken.', en: 'Lower the amount to its cap.' },
    (situation) => (situation.event.type === 'recommend'
      ? when(withinMaximum(situation.context.lines, verdictsOf(situation.event)))
      : withoutFindings('withinCap')(situation))),
  additionalPost: requirement('afterChange',
    { de: 'Mindestens eine Stelle ist nicht zusätzlich.', en: 'At least one post is not additional.' },
    { de: 'Nur zusätzlich eingerichtete Stellen beantragen.', en: 'Apply only for posts that are newly established.' },
    withoutFindings('additionalPost')),
  conceptAttached: requirement('afterChange',
    { de: 'Das Umsetzungskonzept fehlt.', en: 'The implementation concept is missing.' },
    { de: 'Das Konzept als PDF beifügen.', en: 'Attach the concept as PDF.' }, withoutFindings('conceptAttached')),
  noDoubleFunding: requirement('afterChange',
    { de: 'Die Erklärung zum Ausschluss der Doppelförderung fehlt.', en: 'The declaration against double funding is missing.' },
    { de: 'Die Erklärung abgeben.', en: 'Make the declaration.' }, withoutFindings('noDoubleFunding')),
  // Of the form, or of the payee that is proposed instead; a hint has no fields yet.
  holderFits: requirement('afterChange', HOLDER_REFUSED, WRITE_IT_SO,
    (situation) => (situation.event.type === 'proposePayee' ? holderFits(situation.event.data?.['holder'] as string | undefined) : withoutFindings('holderFits')(situation))),
};

const ofReceipt = {
  receivedInTime: requirement('never',
    { de: 'Die Antragsfrist ist abgelaufen.', en: 'The window has closed.' },
    { de: 'Der Antrag kann noch als verspätet eingereicht werden.', en: 'The application can still be filed as late.' },
    ({ context, event, facts }) => when(event.at < inTimeUntil(context, cycleOf(facts.cycle)))),
  lateClaimsOver: requirement('later',
    { de: 'Verspätete Anträge sind noch möglich.', en: 'Late claims are still possible.' },
    { de: 'Warten, bis die Frist für verspätete Anträge endet.', en: 'Wait until late claims end.' },
    ({ context, event, facts }) => {
      const from = lateClaimsUntil(context, cycleOf(facts.cycle));
      return when(event.at >= from, { from });
    }),
  lateAdmitted: requirement('never',
    { de: 'Vorgeschlagen ist, den verspäteten Antrag nicht zuzulassen.', en: 'The proposal is not to admit the late application.' },
    { de: 'Mit der Bestätigung wird der Antrag abgelehnt.', en: 'Confirming it rejects the application.' },
    ({ context }) => when(context.late?.admit === true)),
  sectionOpen: requirement('afterChange',
    { de: 'Dieser Abschnitt wurde nicht zur Ergänzung geöffnet.', en: 'This section was not opened for completion.' },
    { de: 'Nur die in der Nachforderung genannten Abschnitte ändern.', en: 'Change only the sections named in the request.' },
    (situation) => when(sectionsChanged(situation).every((section) => situation.context.completion?.sections.includes(section) ?? false)),
    { ofFields: true }),
  completionPeriodOver: requirement('later',
    { de: 'Die Frist zur Ergänzung läuft noch.', en: 'The completion period is still running.' },
    { de: 'Warten, bis sie endet.', en: 'Wait until it ends.' },
    ({ context, event }) => {
      const from = endOfDay(context.completion?.until ?? dayOf(event.at));
      return when(event.at >= from, { from });
    }),
};

/** What an act takes from the budget: the award, or what a change adds to it. */
const neededCents = (situation: Case): number =>
  (situation.event.type === 'confirmChange' ? takenCents(sharesProposed(situation), situation.facts.children) : awardOf(situation.context.lines));

const ofTheDecision = {
  allLinesDecided: requirement('afterChange',
    { de: 'Nicht jede Position ist genau einmal und schlüssig entschieden.', en: 'Not every line is decided exactly once and conclusively.' },
    {
      de: 'Jede Position bewilligen, mit Betrag und Begründung kürzen oder mit Begründung ablehnen.',
      en: 'Approve each line, cut it with an amount and a reason, or refuse it with a reason.',
    },
    ({ context, event }) => when(allDecided(context.lines, verdictsOf(event))), { ofFields: true }),
  recommendationUnchanged: requirement('afterChange',
    { de: 'Der Entscheidungsvorschlag wurde nach seiner Unterzeichnung verändert.', en: 'The recommendation was changed after it was signed.' },
    { de: 'Den Vorgang an die Sachbearbeitung zurückgeben.', en: 'Send the case back to the case officer.' },
    ({ context }) => when(context.recommendationHash === recommendationDigest(context))),
  budgetSuffices: requirement('later',
    { de: 'Die Haushaltsmittel der Förderrunde reichen nicht aus.', en: 'The budget of the funding round does not suffice.' },
    { de: 'Warten, bis Mittel frei werden.', en: 'Wait until funds are freed.' },
    (situation) => when(neededCents(situation) <= situation.facts.availableCents), { reads: ['availableCents'] }),
  budgetFreed: requirement('never',
    { de: 'Es werden keine Haushaltsmittel frei.', en: 'No funds are freed.' },
    { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
    (situation) => when(neededCents(situation) < 0)),
  firstInRank: requirement('later',
    { de: 'Ein früher eingegangener Antrag wartet noch auf Mittel.', en: 'An application that was received earlier still waits for funds.' },
    { de: 'Zuerst über den früher eingegangenen Antrag entscheiden.', en: 'Decide on the application that was received earlier first.' },
    ({ context, facts }) => when(facts.firstInRank || awardOf(context.lines) === cents(0)), { reads: ['firstInRank'] }),
  grantApproved: requirement('never',
    { de: 'Der Antrag ist abgelehnt.', en: 'The application is rejected.' },
    { de: 'Gegen die Ablehnung ist die Klage möglich.', en: 'The remedy against the rejection is a lawsuit.' },
    ({ context }) => when(awardOf(context.lines) > 0)),
};

const ofTheNotice = {
  postedOnPlausible: requirement('afterChange',
    { de: 'Das Absendedatum liegt vor der Ausfertigung des Bescheids oder in der Zukunft.', en: 'The posting date lies before the draft of the notice or in the future.' },
    { de: 'Den Tag angeben, an dem der Bescheid wirklich abgesandt wurde.', en: 'Give the day on which the notice was really sent.' },
    ({ context, event }) => {
      const postedOn = String(event.data?.['postedOn']);
      return when(postedOn >= (context.notice?.draftedOn ?? '') && postedOn <= dayOf(event.at));
    }, { ofFields: true }),
  noticeFinal: requirement('later',
    { de: 'Der Bescheid ist noch nicht bestandskräftig.', en: 'The notice is not final yet.' },
    { de: 'Die Klagefrist abwarten, oder die Kommune verzichtet auf die Klage.', en: 'Wait for the appeal period, or the municipality waives the remedy.' },
    ({ context, event, facts }) => {
      const final = finalFrom(context, cycleOf(facts.cycle));
      return when(final !== null && event.at >= final.value, final === null ? {} : { from: final.value });
    }),
  quashed: requirement('never',
    { de: 'Das Gericht hat den Bescheid nicht aufgehoben.', en: 'The court did not quash the notice.' },
    { de: 'Der Bescheid hat Bestand.', en: 'The notice stands.' },
    ({ event }) => when(event.data?.['outcome'] === 'quashed'), { ofFields: true }),
};

const settled = ({ facts }: Case, number: number): boolean =>
  instalmentsAmong(facts.children).some((child) => instalmentIn(child).number === number && ['settled', 'skipped'].includes(child.state));

const ofThePayments = {
  firstSettled: requirement('later',
    { de: 'Die erste Rate ist noch nicht ausgezahlt.', en: 'The first instalment is not settled yet.' },
    { de: 'Die Zahlung abwarten.', en: 'Wait for the payment.' }, (situation) => when(settled(situation, 1))),
  allSettled: requirement('later',
    { de: 'Es sind noch nicht beide Raten ausgezahlt.', en: 'Not both instalments are settled yet.' },
    { de: 'Die Zahlungen abwarten.', en: 'Wait for the payments.' }, (situation) => when(settled(situation, 1) && settled(situation, 2))),
  holdKnown: requirement('afterChange',
    { de: 'Diese Zahlungssperre gibt es nicht (mehr).', en: 'There is no such hold (any more).' },
    { de: 'Eine der offenen Sperren angeben.', en: 'Name one of the open holds.' },
    // A hint has no fields yet: it is possible as long as any hold is open.
    ({ context: { holds }, event: { data } }) => when(holds.some(({ id }) => data === undefined || id === data['hold']))),
};

/** The requirements of the application, by the name that is also the refusal's code. */
export const applicationRequirements = { ...ofTheForm, ...ofReceipt, ...ofTheDecision, ...ofTheNotice, ...ofThePayments, ...ofTheChange, ...ofTime, ...ofThePayeeChange };

/** What must hold to open an application. */
export const openingRequirements: { readonly [name: string]: Requirement<never> } = {
  windowOpen: {
    retry: 'later',
    text: { de: 'Das Antragsfenster der Förderrunde ist nicht geöffnet.', en: 'The window of the funding round is not open.' },
    remedy: { de: 'Bitte die Termine der Förderrunde beachten.', en: 'Please note the dates of the funding round.' },
    holds: ({ event, facts }) => {
      const cycle = cycleOf(facts.cycle);
      const from = opensAt(cycle);
      return event.at < from ? { from } : when(event.at < cutOffAt(cycle).value);
    },
  },
  applicantEntitled: {
    retry: 'never',
    text: { de: 'Antragsberechtigt sind nur Kreise und kreisfreie Städte, jede für sich selbst.', en: 'Only districts and cities that belong to no district may apply, each for itself.' },
    remedy: { de: 'Kreisangehörige Gemeinden erhalten ihre Stelle über den Kreis.', en: 'A municipality of a district gets its post through the district.' },
    holds: ({ facts: { applicant }, event: { actor } }) => when(mayApply(applicant) && actor.organisation === applicant.key),
  },
  noOpenApplication: {
    retry: 'afterChange',
    text: { de: 'In dieser Förderrunde gibt es bereits einen Antrag der Kommune.', en: 'The municipality already has an application in this funding round.' },
    remedy: { de: 'Den bestehenden Antrag fortsetzen oder zurückziehen.', en: 'Continue or withdraw the existing application.' },
    holds: ({ facts }) => when(facts.openApplications === 0),
    reads: ['openApplications'],
  },
};

