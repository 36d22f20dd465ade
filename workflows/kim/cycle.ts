import { isValidBIC, isValidIBAN } from 'ibantools';
import { z } from 'zod';
import { addDays, addWorkingDays, HOLIDAY_REGIONS, rollBackward, rollForward } from '#calendar';
import type { Day, Json, Text } from '#kernel';
import { holderFault } from '#latin';
import { POST_KINDS } from './form.ts';
import { day, money, words } from './shapes.ts';
import type { DayUnit } from './spans.ts';

const postFigures = z.strictObject({
  /** For a full post and a full year. */
  annualCents: money,
  /** `share`: times the post's share. `flat`: the same from half a post on. */
  by: z.enum(['share', 'flat']),
  /** What the applicant must have for a post of this kind. */
  needs: z.array(z.enum(['integrationCentre', 'ownAuthority'])),
});

const figures = z.strictObject({
  proRata: z.enum(['months', 'days']),
  monthCountsFromDays: z.int().min(1).max(31),
  minimumFteThousandths: z.int().min(1).max(1_000),
  maximumFteThousandths: z.int().min(1).max(1_000),
  posts: z.strictObject(Object.fromEntries(POST_KINDS.map((kind) => [kind, postFigures])) as Record<(typeof POST_KINDS)[number], typeof postFigures>),
  /** What a member municipality must have for its post through the district. */
  beneficiaryNeeds: z.array(z.enum(['foreignersAuthority', 'youthWelfareOffice', 'integrationCouncil'])),
  /** Per funded post, once, not pro rata. */
  workplaceCents: money,
  /** Per application, not pro rata. */
  eventsCents: money,
  interfacesCents: money,
});

/** What rounds of earlier days do not say: how they are read today. */
const NEWER = {
  holidayRegion: 'DE-NW' as (typeof HOLIDAY_REGIONS)[number],
  reminderCalendarDays: [] as number[],
  remindersOnHolidays: false,
  hearingDays: 14,
  hearingBeforeRejection: false,
  periodReminderWorkingDays: [3],
  dueSoonWorkingDays: 5 as number | null,
  paymentWarningWorkingDays: [30, 14, 5],
  paymentUnattendedWorkingDays: [5, 15],
  reminderRepeatWorkingDays: 5,
  budgetEndWorkingDays: [20, 10, 5],
  budgetOpenUntil: null as Day | null,
  coolingDownWorkingDays: 3,
  payeeVerificationRequired: false,
  payeeUnattendedWorkingDays: 5 as number | null,
  runReminderWorkingDays: [-1, 0, 1],
  executionWithinDays: 30,
  certifyingPersons: 1 as 1 | 2,
  unattendedWorkingDays: 20 as number | null,
  escalationWorkingDays: 40 as number | null,
  noticeUnsentWorkingDays: 5 as number | null,
  /** An account of nobody: an installation that pays names its own. */
  payer: { name: 'Bezirksregierung Arnsberg', iban: 'DE02120300000000202051', bic: 'BYLADEM1001' },
};

const round = z.strictObject({
  id: z.string(),
  programme: z.literal('kim'),
  fundingYear: z.int().min(2020).max(2100),
  opensOn: day,
  cutOffOn: day,
  /** Whether § 31(3) VwVfG NRW moves a cut-off on a Saturday, Sunday or holiday, or the guideline's day stands. */
  cutOffRule: z.enum(['nextWorkingDay', 'fixed']),
  graceDays: z.int().min(0).max(60),
  lateClaimDays: z.int().min(0).max(366),
  /** Whose public holidays count. */
  holidayRegion: z.enum(HOLIDAY_REGIONS).default(NEWER.holidayRegion),
  /** Draft reminders: so many working days before the last day of the window, at this time in Berlin. */
  reminderWorkingDays: z.array(z.int().min(1).max(200)).max(10),
  reminderTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  /** Further draft reminders by calendar days, and whether these go out on weekends and holidays or on the working day before. */
  reminderCalendarDays: z.array(z.int().min(1).max(366)).max(10).default(NEWER.reminderCalendarDays),
  remindersOnHolidays: z.boolean().default(NEWER.remindersOnHolidays),
  completionDays: z.int().min(1).max(366),
  hearingDays: z.int().min(1).max(366).default(NEWER.hearingDays),
  /** Whether an application may be refused as a whole only after its applicant was heard. */
  hearingBeforeRejection: z.boolean().default(NEWER.hearingBeforeRejection),
  /** Reminders of a completion or a hearing: so many working days before its last day. */
  periodReminderWorkingDays: z.array(z.int().min(1).max(60)).max(5).default(NEWER.periodReminderWorkingDays),
  /** Finance is told so many working days before a pay date what will fall due. Null: never; so below. */
  dueSoonWorkingDays: z.int().min(1).max(60).nullable().default(NEWER.dueSoonWorkingDays),
  /** So many working days before a pay date everybody concerned is told what would stop the payment; nobody where nothing would. */
  paymentWarningWorkingDays: z.array(z.int().min(1).max(200)).max(5).default(NEWER.paymentWarningWorkingDays),
  /** Finance is reminded of an instalment that is due, certified, authorised or ordered when nobody has moved it for so many working days. */
  paymentUnattendedWorkingDays: z.array(z.int().min(1).max(200)).max(5).default(NEWER.paymentUnattendedWorkingDays),
  /** A payment, a run, or new bank data that nobody moves after the last of its reminders is brought to mind again every so many working days. */
  reminderRepeatWorkingDays: z.int().min(1).max(60).default(NEWER.reminderRepeatWorkingDays),
  /** So many working days before the budget year closes finance and the administration are told what is not paid yet. */
  budgetEndWorkingDays: z.array(z.int().min(1).max(200)).max(5).default(NEWER.budgetEndWorkingDays),
  /** Until the end of which day the budget year pays. Null: until 31 December of the funding year. */
  budgetOpenUntil: day.nullable().default(NEWER.budgetOpenUntil),
  /** So many working days an approved change of bank data waits, so that whoever did not want it can object. */
  coolingDownWorkingDays: z.int().min(0).max(30).default(NEWER.coolingDownWorkingDays),
  /** Whether a payment needs the bank's answer to the verification of payee. */
  payeeVerificationRequired: z.boolean().default(NEWER.payeeVerificationRequired),
  /** Whoever has to check or approve new bank data is reminded when it has waited for so long, and then again and again. */
  payeeUnattendedWorkingDays: z.int().min(1).max(200).nullable().default(NEWER.payeeUnattendedWorkingDays),
  /** Finance is reminded of a payment run that nobody has released, or that was released and has no file: so many working days from its execution day. */
  runReminderWorkingDays: z.array(z.int().min(-10).max(20)).max(5).default(NEWER.runReminderWorkingDays),
  /** How many days ahead a payment run may be carried out: money that is due is not to lie, and its payees not to change meanwhile. */
  executionWithinDays: z.int().min(1).max(366).default(NEWER.executionWithinDays),
  /** Whether one person certifies a payment factually and arithmetically, or one person each. */
  certifyingPersons: z.union([z.literal(1), z.literal(2)]).default(NEWER.certifyingPersons),
  /** The office is reminded of a case that nobody has touched for so long after the cut-off, and its superiors after so long. */
  unattendedWorkingDays: z.int().min(1).max(200).nullable().default(NEWER.unattendedWorkingDays),
  escalationWorkingDays: z.int().min(1).max(200).nullable().default(NEWER.escalationWorkingDays),
  /** The same for a decision whose notice has not gone out. */
  noticeUnsentWorkingDays: z.int().min(1).max(200).nullable().default(NEWER.noticeUnsentWorkingDays),
  appealMonths: z.int().min(1).max(12),
  payOn: z.tuple([day, day]),
  payRule: z.enum(['forward', 'backward']),
  /** Weekday (1 = Monday) of the payment run that takes what became final after its pay date. */
  runWeekday: z.int().min(1).max(5),
  /** Whose account the payment files debit. */
  payer: z.strictObject({ name: words(70), iban: z.string().max(34), bic: z.string().max(11) }).default(NEWER.payer),
  instalmentWeights: z.tuple([z.int().min(0).max(100), z.int().min(0).max(100)]),
  budgetCents: money,
  figures,
});

/** A funding round as stored: the window, the dates and the amounts, each of them data. */
export type Cycle = z.infer<typeof round>;

/** What a case pins at its submission: a later revision of the round moves its dates, never its amounts. */
export type Amounts = Pick<Cycle, 'fundingYear' | 'figures' | 'instalmentWeights'>;

/** A contradiction between fields: which field to blame, under which code, and what to do about it. */
interface Contradiction {
  readonly path: keyof Cycle;
  readonly code: string;
  readonly refused: (cycle: Cycle) => boolean;
  readonly text: Text;
}

const contradictions: readonly Contradiction[] = [
  { path: 'id', code: 'idOfFundingYear', refused: ({ id, fundingYear }) => id !== `kim-${fundingYear}`, text: {
    de: 'Die Kennung besteht aus kim- und dem Förderjahr, etwa kim-2028.', en: 'The id is kim- and the funding year, such as kim-2028.' } },
  { path: 'cutOffOn', code: 'cutOffAfterOpening', refused: ({ opensOn, cutOffOn }) => cutOffOn < opensOn, text: {
    de: 'Das Antragsfenster endet, bevor es öffnet: den Antragsschluss nach dem Öffnungstag wählen.', en: 'The window ends before it opens: choose a cut-off after the opening day.' } },
  { path: 'lateClaimDays', code: 'lateClaimsAfterGrace', refused: ({ graceDays, lateClaimDays }) => lateClaimDays < graceDays, text: {
    de: 'Verspätete Anträge würden vor den Karenztagen enden: mindestens so viele Tage wie Karenz angeben.', en: 'Late claims would end before the grace days: give at least as many days as there are grace days.' } },
  { path: 'payOn', code: 'payDatesInOrder', refused: ({ payOn: [first, second] }) => second <= first, text: {
    de: 'Der zweite Zahltag muss nach dem ersten liegen.', en: 'The second pay date must come after the first.' } },
  { path: 'payOn', code: 'payDatesInFundingYear', refused: ({ payOn, fundingYear }) => payOn.some((date) => !date.startsWith(String(fundingYear))), text: {
    de: 'Beide Zahltage müssen im Förderjahr liegen.', en: 'Both pay dates must lie in the funding year.' } },
  { path: 'budgetOpenUntil', code: 'budgetOpenUntilPayDates', refused: ({ budgetOpenUntil: until, payOn: [, second] }) => until !== null && until < second, text: {
    de: 'Der Haushalt wäre vor dem zweiten Zahltag geschlossen: einen späteren Tag wählen.', en: 'The budget would be closed before the second pay date: choose a later day.' } },
  { path: 'reminderWorkingDays', code: 'oneReminderADay', refused: twiceOnADay, text: {
    de: 'Zwei Erinnerungen fielen auf denselben Tag: eine davon streichen oder verschieben.', en: 'Two reminders would fall on the same day: drop or move one of them.' } },
  { path: 'escalationWorkingDays', code: 'escalationAfterReminder',
    refused: ({ unattendedWorkingDays, escalationWorkingDays }) => escalationWorkingDays !== null && escalationWorkingDays <= (unattendedWorkingDays ?? 0), text: {
      de: 'Vorgesetzte erfahren erst nach der Sachbearbeitung davon: eine längere Frist wählen.', en: 'Superiors hear of it only after the office: choose a longer period.' } },
  { path: 'payer', code: 'payerAccountValid', refused: ({ payer }) => !isValidIBAN(payer.iban) || !isValidBIC(payer.bic), text: {
    de: 'IBAN oder BIC des zahlenden Kontos ist nicht gültig: beide ohne Leerzeichen angeben.', en: 'IBAN or BIC of the paying account is not valid: give both without spaces.' } },
  { path: 'payer', code: 'payerNameFits', refused: ({ payer }) => holderFault(payer.name) !== null, text: {
    de: 'Der Name des zahlenden Kontos passt in keine Überweisung: lateinische Schrift, höchstens 70 Zeichen (ä, ö, ü und ß sind zwei), keine unsichtbaren.',
    en: 'No credit transfer carries the name of the paying account: Latin script, up to 70 characters (ä, ö, ü and ß are two), none that cannot be seen.' } },
  { path: 'instalmentWeights', code: 'weightsPositive', refused: ({ instalmentWeights: [first, second] }) => first + second === 0, text: {
    de: 'Mindestens eine Rate braucht ein Gewicht über null.', en: 'At least one instalment needs a weight above zero.' } },
  { path: 'figures', code: 'sharesInOrder', refused: ({ figures: { minimumFteThousandths, maximumFteThousandths } }) => maximumFteThousandths < minimumFteThousandths, text: {
    de: 'Der größte Stellenanteil liegt unter dem kleinsten.', en: 'The largest share of a post lies below the smallest.' } },
];

/** Parses a funding round; refuses unknown fields and contradictions. */
export const cycleSchema = round.superRefine((cycle, context) => {
  for (const { path, code, refused, text } of contradictions) {
    if (refused(cycle)) context.addIssue({ code: 'custom', path: [path], message: text.en, params: { code, ...text } });
  }
});

function twiceOnADay(cycle: Cycle): boolean {
  const days = reminderDays(cycle, roundEnd(cycle)).map(({ day: on }) => on);
  return new Set(days).size < days.length;
}

/** The last day of the window, after the round's own rule. */
export const roundEnd = ({ cutOffOn, cutOffRule }: Pick<Cycle, 'cutOffOn' | 'cutOffRule'>): Day =>
  (cutOffRule === 'fixed' ? cutOffOn : rollForward(cutOffOn));

/** A step of the plan of draft reminders: its day, and how many days before the end of what kind it stands for. */
export interface ReminderStep {
  readonly day: Day;
  readonly step: number;
  readonly unit: DayUnit;
}

/** The days of the draft reminders before the last day of a window. */
export function reminderDays(cycle: Pick<Cycle, 'reminderWorkingDays' | 'reminderCalendarDays' | 'remindersOnHolidays'>, lastDay: Day): readonly ReminderStep[] {
  const plain = (days: number): Day => addDays(lastDay, -days);
  return [
    ...cycle.reminderWorkingDays.map((step) => ({ day: addWorkingDays(lastDay, -step), step, unit: 'workingDays' as const })),
    ...cycle.reminderCalendarDays.map((step) => ({ day: cycle.remindersOnHolidays ? plain(step) : rollBackward(plain(step)), step, unit: 'days' as const })),
  ];
}

const completed = new WeakMap<object, Cycle>();

/** The round as its schema once let it in, with what it did not know yet: rounds are parsed when they are written, not at every step. */
export function cycleOf(stored: Json): Cycle {
  const known = completed.get(stored as object) ?? { ...NEWER, ...(stored as object) } as Cycle;
  completed.set(stored as object, known);
  return known;
}

/** The last day on which the budget of a round pays. */
export const budgetOpenUntil = ({ budgetOpenUntil: until, fundingYear }: Pick<Cycle, 'budgetOpenUntil' | 'fundingYear'>): Day => until ?? `${fundingYear}-12-31`;

/** The amounts of a round. */
export const amountsOf = ({ fundingYear, figures: amounts, instalmentWeights }: Cycle): Amounts => ({ fundingYear, figures: amounts, instalmentWeights });

/** The default round of a funding year: 31 October, 1 May, 1 October, and the caps of the guideline. */
export const defaultCycle = (fundingYear: number, opensOn: Day = `${fundingYear - 1}-08-01`): Cycle => ({
  id: `kim-${fundingYear}`,
  programme: 'kim',
  fundingYear,
  opensOn,
  cutOffOn: `${fundingYear - 1}-10-31`,
  cutOffRule: 'nextWorkingDay',
  graceDays: 0,
  lateClaimDays: 14,
  reminderWorkingDays: [30, 14, 7, 3, 1],
  reminderTime: '08:00',
  ...NEWER,
  completionDays: 14,
  appealMonths: 1,
  payOn: [`${fundingYear}-05-01`, `${fundingYear}-10-01`],
  payRule: 'forward',
  runWeekday: 3,
  instalmentWeights: [50, 50],
  budgetCents: 6_000_000_000,
  figures: {
    proRata: 'months',
    monthCountsFromDays: 15,
    minimumFteThousandths: 500,
    maximumFteThousandths: 1_000,
    posts: {
      coordination: { annualCents: 5_700_000, by: 'share', needs: ['integrationCentre', 'ownAuthority'] },
      adminAssistant: { annualCents: 2_250_000, by: 'flat', needs: ['integrationCentre', 'ownAuthority'] },
      caseManagement: { annualCents: 5_700_000, by: 'share', needs: ['integrationCentre', 'ownAuthority'] },
      authority: { annualCents: 5_700_000, by: 'share', needs: ['ownAuthority'] },
    },
    beneficiaryNeeds: ['foreignersAuthority', 'youthWelfareOffice', 'integrationCouncil'],
    workplaceCents: 570_000,
    eventsCents: 500_000,
    interfacesCents: 1_000_000,
  },
});
