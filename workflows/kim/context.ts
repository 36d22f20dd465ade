import type { Day, Facts, GrantLine, Instant, Json, Member, Text } from '#kernel';
import { amountsOf, cycleOf, type Amounts } from './cycle.ts';
import { formOf, type Form } from './form.ts';
import type { LateGrounds } from './late.ts';
import type { ReturnKind } from './returns.ts';

/** A document of an application, as the files folder describes it. */
export type Document = {
  readonly id: string;
  readonly kind: 'concept';
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
};

/** What the applicant was asked to complete, until when, and what had been signed before. */
export type Completion = {
  readonly sections: readonly string[];
  readonly text: string;
  readonly until: Day;
  readonly because: Text;
  readonly signedForm: Json;
  readonly signedDocuments: readonly Document[];
};

/** More time for one applicant: until the end of which day, and why. */
export type Extension = { readonly until: Day; readonly reason: string };

/** What the applicant was heard about, until when, and how it ended; `closed` null while the period runs. */
export type Hearing = {
  readonly text: string;
  readonly until: Day;
  readonly because: Text;
  readonly answer: string | null;
  readonly closed: 'answered' | 'passed' | null;
};

/** The notice: its words frozen at the draft, dated when it goes out, with the hash of the words as they stand; later how and when it went out. */
export type Notice = {
  readonly subject: Text;
  readonly text: Text;
  readonly hash: string;
  readonly draftedOn: Day;
  /** The day in its heading once it went out; absent while that is the day of the draft. */
  readonly datedOn?: Day;
  readonly channel: 'post' | 'electronic' | 'portal' | null;
  readonly postedOn: Day | null;
  /** When it really arrived, or was retrieved from the portal, where that was recorded. */
  readonly arrivedOn?: Day;
};

/** A hold on payments of the grant. */
export type Hold = {
  readonly id: string;
  readonly reason: string;
  readonly scope: 'all' | '1' | '2';
  readonly since: Instant;
  readonly by: string;
  /** Only so much is held; absent: the whole instalment. */
  readonly amountCents?: number;
  /** The one instalment that two people let pass. */
  readonly bypassedFor?: number;
};

/** A change of the award that a second person still has to confirm: by line what is granted from then on. */
export type ChangeProposal = {
  readonly lines: readonly { readonly line: string; readonly grantedCents: number }[];
  readonly reason: string;
  readonly at: Instant;
};

/** What an instalment has of a changed award: its amount, how much of it is paid, and how much was paid beyond it. */
export type Share = { readonly amountCents: number; readonly paidCents: number; readonly claimedCents: number };

/** An instalment that shall be paid past a hold, once a second person agrees. */
export type BypassProposal = { readonly hold: string; readonly number: number; readonly reason: string };

/** What the bank answered when it was asked whether name and IBAN of a payee belong together. */
export type PayeeVerification = {
  readonly answer: 'match' | 'closeMatch' | 'noMatch' | 'notPossible';
  /** The name the bank gave, and why it is paid although it gave another. */
  readonly name: string | null;
  readonly reason: string | null;
  readonly at: Instant;
  readonly payeeVersion: number;
};

/** A payment that the applicant was told of and that is none any more: how much of the one of which value date, and why. */
export type Reversal = { readonly kind: ReturnKind; readonly valueDate: Day; readonly amountCents: number };

/** An instalment as it stood before a person reported that money came back, who, and how much: what holds again where that was a mistake. */
export type BeforeReturn = Pick<Instalment, 'amountCents' | 'paidCents' | 'openCents' | 'orderedCents' | 'claimedCents' | 'settledOn' | 'reversed'> & { readonly backCents: number; readonly by: string };

/** The milestones after the draft, in order. */
export const MILESTONES = ['submitted', 'reviewed', 'approved', 'instalment1', 'instalment2'] as const;

/** The context of an application. Null: not yet. */
export type Application = {
  readonly applicant: Facts['applicant'];
  readonly fileNumber: string;
  readonly openedAt: Instant;
  readonly form: Json;
  readonly documents: readonly Document[];
  /** Of form and documents, from the request for a signature on. */
  readonly formHash: string | null;
  readonly receivedAt: Instant | null;
  readonly receiptNumber: string | null;
  /** The round's amounts as of the submission. */
  readonly amounts: Amounts | null;
  /** The first officer who acts is the case's officer. */
  readonly officer: string | null;
  /** Absent in applications that began before there were any. */
  readonly extension?: Extension | null;
  readonly extensionProposed?: Extension | null;
  readonly hearing?: Hearing | null;
  readonly late: { readonly admit: boolean; readonly reason: string; readonly grounds?: LateGrounds } | null;
  readonly completion: Completion | null;
  /** The completion period passed without an answer. */
  readonly incomplete: boolean;
  /** What the last resubmission changed, as JSON pointers. */
  readonly changes: readonly string[];
  readonly lines: readonly GrantLine[];
  readonly recommendationHash: string | null;
  readonly outcome: 'approved' | 'partlyApproved' | 'rejected' | null;
  readonly notice: Notice | null;
  /** Digest of the award that the last notice announced; absent in applications that began before it was kept. */
  readonly noticedAward?: string | null;
  readonly suit: { readonly docket: string; readonly filedAt: Instant } | null;
  readonly finalAt: Instant | null;
  readonly holds: readonly Hold[];
  readonly holdsPlaced: number;
  /** Absent in applications that began before awards could change: the proposal, the instalments of the last change, and what is claimed of each. */
  readonly changeProposed?: ChangeProposal | null;
  readonly shares?: readonly Share[] | null;
  readonly claims?: readonly number[] | null;
  readonly bypassProposed?: BypassProposal | null;
  readonly reached: { readonly [milestone in (typeof MILESTONES)[number]]: Instant | null };
};

/** The context of an instalment. What is paid and what is open always add up to its amount. */
export type Instalment = {
  readonly number: number;
  readonly amountCents: number;
  readonly paidCents: number;
  readonly openCents: number;
  readonly payOn: Day;
  readonly because: Text;
  /** What the order under way pays; nothing before one is authorised and after it was answered. */
  readonly orderedCents?: number;
  /** What was claimed of it by the last change that it heard of. */
  readonly claimedCents?: number;
  /** Counts the payment orders: an instalment that came back is ordered again under the next number. */
  readonly order: number;
  /** Of payee, amount and purpose, as certified; any change makes the signature void. */
  readonly certificationHash: string | null;
  /** The same, as a first person certified it as factually correct where the round demands two persons. */
  readonly factualHash?: string | null;
  readonly settledOn: Day | null;
  /** Until the next payment replaces it; absent until a first one is reversed. */
  readonly reversed?: Reversal | null;
  /** While a return by a person's word can still be withdrawn: not where the bank told of it, and not once it is reopened. */
  readonly beforeReturn?: BeforeReturn;
  /** Of the payment that comes next; absent until somebody has asked. */
  readonly payeeVerification?: PayeeVerification | null;
};

/** The context of a new application. */
export const begin = ({ applicant, fileNumber, at }: { applicant: Facts['applicant']; fileNumber: string; at: Instant }): Application => ({
  applicant: { key: applicant.key, name: applicant.name, kind: applicant.kind },
  fileNumber,
  openedAt: at,
  form: {},
  documents: [],
  formHash: null,
  receivedAt: null,
  receiptNumber: null,
  amounts: null,
  officer: null,
  extension: null,
  extensionProposed: null,
  hearing: null,
  late: null,
  completion: null,
  incomplete: false,
  changes: [],
  lines: [],
  recommendationHash: null,
  outcome: null,
  notice: null,
  noticedAward: null,
  suit: null,
  finalAt: null,
  holds: [],
  holdsPlaced: 0,
  changeProposed: null,
  shares: null,
  claims: null,
  bypassProposed: null,
  reached: { submitted: null, reviewed: null, approved: null, instalment1: null, instalment2: null },
});

/** The amounts of an application: those pinned at its submission, before that those of the round as it stands. */
export const amountsFor = ({ amounts }: Pick<Application, 'amounts'>, cycle: Json): Amounts => amounts ?? amountsOf(cycleOf(cycle));

/** The form of an application. */
export const formIn = ({ form }: Pick<Application, 'form'>): Form => formOf(form);

/** Whether the concept is attached. */
export const hasConcept = ({ documents }: Pick<Application, 'documents'>): boolean => documents.some(({ kind }) => kind === 'concept');

/** A child of an application as what it is. */
export const instalmentIn = ({ context }: { readonly context: Member['context'] }): Instalment => context as unknown as Instalment;

/** The instalments among the children of an application, which has children of other kinds too. */
export const instalmentsAmong = (children: readonly Member[]): readonly Member[] => children.filter(({ machine }) => machine === 'instalment');

/** The parent of an instalment. */
export function applicationIn({ parent }: Pick<Facts, 'parent'>): Application {
  if (parent === null) throw new Error('an instalment without its application');
  return parent.context as unknown as Application;
}
