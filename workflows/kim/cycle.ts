import { z } from 'zod';
import type { Day, Json } from '#kernel';
import { POST_KINDS } from './form.ts';
import { day, money } from './shapes.ts';

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
  /** Draft reminders: so many working days before the last day of the window, at this time in Berlin. */
  reminderWorkingDays: z.array(z.int().min(1).max(200)).max(10),
  reminderTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  completionDays: z.int().min(1).max(366),
  appealMonths: z.int().min(1).max(12),
  payOn: z.tuple([day, day]),
  payRule: z.enum(['forward', 'backward']),
  /** Weekday (1 = Monday) of the payment run that takes what became final after its pay date. */
  runWeekday: z.int().min(1).max(5),
  instalmentWeights: z.tuple([z.int().min(0).max(100), z.int().min(0).max(100)]),
  budgetCents: money,
  figures,
});

/** A funding round as stored: the window, the dates and the amounts, each of them data. */
export type Cycle = z.infer<typeof round>;

/** What a case pins at its submission: a later revision of the round moves its dates, never its amounts. */
export type Amounts = Pick<Cycle, 'fundingYear' | 'figures' | 'instalmentWeights'>;

const contradictions: readonly (readonly [path: string, refused: (cycle: Cycle) => boolean, words: string])[] = [
  ['id', ({ id, fundingYear }) => id !== `kim-${fundingYear}`, 'the id is kim- and the funding year'],
  ['cutOffOn', ({ opensOn, cutOffOn }) => cutOffOn < opensOn, 'the window ends before it opens'],
  ['lateClaimDays', ({ graceDays, lateClaimDays }) => lateClaimDays < graceDays, 'late claims would end before the grace days'],
  ['payOn', ({ payOn: [first, second] }) => second <= first, 'the second pay date comes before the first'],
  ['payOn', ({ payOn, fundingYear }) => payOn.some((date) => !date.startsWith(String(fundingYear))), 'a pay date lies outside the funding year'],
  ['instalmentWeights', ({ instalmentWeights: [first, second] }) => first + second === 0, 'nothing to divide by'],
  ['figures', ({ figures: { minimumFteThousandths, maximumFteThousandths } }) => maximumFteThousandths < minimumFteThousandths, 'no post share fits'],
];

/** Parses a funding round; refuses unknown fields and contradictions. */
export const cycleSchema = round.superRefine((cycle, context) => {
  for (const [path, refused, message] of contradictions) if (refused(cycle)) context.addIssue({ code: 'custom', path: [path], message });
});

/** The round as its schema once let it in: rounds are parsed when they are loaded, not at every step. */
export const cycleOf = (stored: Json): Cycle => stored as unknown as Cycle;

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
