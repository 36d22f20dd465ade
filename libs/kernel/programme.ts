import type { z } from 'zod';
import type { Clock, LetterWords, PaymentWords, Posting } from './effect.ts';
import type { CaseFigures } from './figures.ts';
import type { Context, Lifecycle } from './lifecycle.ts';
import type { PaymentCourse } from './payment.ts';
import type { Readiness } from './readiness.ts';
import type { Assessment, CycleDate, CycleSheet, MatchVerdict, Payer } from './round.ts';
import type { Actor, Day, Instant, Json, Role, Text } from './words.ts';

/** A case as its programme sees it: one dotted state down to the leaf, and a flat context. */
export interface Stored<C extends Context = Context> {
  readonly state: string;
  readonly context: C;
}

/** A child of the same family, as the parent's guards and clocks see it. */
export interface Member extends Stored {
  readonly id: string;
  readonly machine: string;
  readonly number: number;
}

/** An event on its way: `data` is undefined when only a hint is asked for and the fields are not known yet. */
export interface CaseEvent {
  readonly type: string;
  readonly at: Instant;
  readonly actor: Actor;
  readonly data: { readonly [field: string]: Json } | undefined;
}

/**
 * Everything a guard may read besides context and event: a read-only record loaded in the transaction.
 * `cycle` is the funding round's current revision for dates; amounts are pinned in the context at submission.
 */
export interface Facts {
  readonly cycle: Json;
  readonly cycleId: string;
  readonly applicant: { readonly key: string; readonly name: string; readonly kind: string };
  /** Other live applications of the same applicant in the cycle; loaded where read, else 0. */
  readonly openApplications: number;
  /** What is left of the cycle's budget; loaded where a requirement `reads` it, else 0. */
  readonly availableCents: number;
  /** No application of the cycle that waits for funds ranks before this one; loaded where read, else true. */
  readonly firstInRank: boolean;
  /** The parent's row for a child; null for an application. */
  readonly parent: Member | null;
  /** All children of the family, by number. */
  readonly children: readonly Member[];
  /** Who ever sent which event on this family: accounts by event. */
  readonly acts: { readonly [event: string]: readonly string[] };
  /** When each event last happened on this family, whoever sent it. */
  readonly lastAt: { readonly [event: string]: Instant };
}

/** What the deadlines of a case are computed from, besides its state and context. */
export interface ClockFacts extends Pick<Facts, 'cycle' | 'parent' | 'children'> {
  /** When the case last changed: from then on it waits for somebody. */
  readonly since: Instant;
  /** When it is asked: of reminders that go on without end it gives those up to then, and the next few. */
  readonly at: Instant;
}

/** What a guard, a take, a posting or a letter is given. */
export interface Situation<C extends Context = Context> {
  readonly context: C;
  readonly event: CaseEvent;
  readonly facts: Facts;
}

/** One thing wrong with a form. `path` is a JSON pointer (RFC 6901); the codes are those of the requirements. */
export interface Finding {
  readonly code: string;
  readonly path: string;
  readonly actual: Json;
  readonly required: Json;
  readonly text: Text;
}

/** Why a requirement does not hold. */
export interface Failure {
  /** From when it will hold, where the requirement knows an instant. */
  readonly from?: Instant;
  readonly findings?: readonly Finding[];
  /** In place of the requirement's own words, where this case can be told more: up to which day, or which one is possible. */
  readonly text?: Text;
  readonly remedy?: Text;
  /** Whose matter it is in this case, in place of the check's own owner: by who has to act now. */
  readonly owner?: Role;
}

export interface Requirement<C extends Context = Context> {
  readonly holds: (situation: Situation<C>) => true | Failure;
  /** Facts that cost a query or a lock and are loaded only for requirements that name them. */
  readonly reads?: readonly ('openApplications' | 'availableCents' | 'firstInRank')[];
  /** Only decidable with the event's fields: a hint without fields takes it as holding. */
  readonly ofFields?: true;
  readonly text: Text;
  readonly remedy: Text;
  /** Whether sending the same event again can succeed: never, after someone changed something, or just later. */
  readonly retry: 'never' | 'afterChange' | 'later';
}

/** Who may send an event. A table, not a guard: who may comes before what is possible. */
export interface Sender {
  readonly roles: readonly Role[];
  /** Nobody who ever sent one of these events on the family may send this one. */
  readonly differentFrom?: readonly string[];
}

export interface EventDefinition {
  readonly fields: z.ZodObject;
  readonly label: Text;
  /** One sentence for the timeline; gets the event's data. */
  readonly sentence: (data: { readonly [field: string]: Json }) => Text;
  /** Not offered as an action: it has a route of its own (saving the form) or comes over a link. */
  readonly hidden?: true;
  /** A decision that departs from the rule: it stands in the register of exceptions, whatever it decides. */
  readonly exceptional?: true;
  /** A reminder of the agency's own people: an applicant's history is silent of it. */
  readonly ofStaff?: true;
  /** Reminds of what lies: until the case moves on it waits for a person, and is listed as that. */
  readonly lies?: true;
}

/** What the date of a clock is called in a calendar. */
export interface DeadlineWords {
  readonly label: Text;
  /** Its instant begins something, such as the day of a payment; where this is absent, it ends something. */
  readonly begins?: true;
}

export interface LetterDefinition<C extends Context = Context> {
  /** Who receives it: people of these roles, of the applicant or of the agency. */
  readonly to: (situation: Situation<C>) => readonly Role[];
  /** The account among them whose matter it is, such as the case's officer; null: everyone's. */
  readonly person?: (situation: Situation<C>) => string | null;
  readonly words: (situation: Situation<C>) => LetterWords;
  /** A reminder one may do without: whoever unsubscribes from it gets it no more. What informs of rights, periods or decisions is never optional. */
  readonly optional?: true;
  /** What people call this kind of letter, where they choose whether to get it, or get several as one. */
  readonly title?: Text;
  /** The event, with a `reason`, that the case gets when this letter reached none of its readers: then nobody was informed. */
  readonly undelivered?: string;
  /** One line of it, where a mail gathers what the same instant has to say about many cases. For the agency's people only. */
  readonly digest?: (situation: Situation<C>) => Text;
}

/** A child to be: its number within the family, and what its context begins with. */
export interface Child {
  readonly number: number;
  readonly context: Context;
  /** The machine it runs on, and how its file number ends; the programme's `child` and its number where absent. */
  readonly machine?: string;
  readonly suffix?: string;
}

/** One machine of a programme with the code behind its names. */
export interface MachineDefinition<C extends Context = Context> {
  readonly lifecycle: Lifecycle;
  readonly events: { readonly [event: string]: EventDefinition };
  readonly senders: { readonly [event: string]: Sender };
  readonly requirements: { readonly [name: string]: Requirement<C> };
  readonly takes: { readonly [field: string]: (situation: Situation<C>) => Context };
  readonly postings: { readonly [name: string]: (situation: Situation<C>) => Omit<Posting, 'name'> };
  readonly letters: { readonly [kind: string]: LetterDefinition<C> };
  /** What must hold before a case of this machine is ready, where that is a question of its own: before money is paid. */
  readonly readiness?: Readiness<C>;
  /** What a payout pays; absent in versions whose orders follow the case. */
  readonly payout?: (situation: Situation<C>) => PaymentWords;
  /** The children `openChildren` creates. */
  readonly children?: (situation: Situation<C>) => readonly Child[];
  /** The deadlines of a state. Total: any stored state and context has an answer. */
  readonly clocks: (stored: Stored<C>, facts: ClockFacts) => readonly Clock[];
  readonly stateLabels: { readonly [state: string]: Text };
  /** By the name of a clock, where the label of its event does not say what the date is. */
  readonly deadlines?: { readonly [clock: string]: DeadlineWords };
}

/** Whom the money of a programme goes to, as an installation compares it across families. */
export interface Payees {
  /** The place of `{iban, holder}` in the context, by machine. */
  readonly at: { readonly [machine: string]: readonly string[] };
  /** What a holder is compared by: two names that share a key can be taken for each other. */
  readonly keys: (holder: string) => readonly string[];
  /** Whether two holders are the same name. */
  readonly same: (holder: string, other: string) => boolean;
}


/** A machine that heads families: who opens one, what it begins with, and what people see of it. */
export interface Head {
  /** What the first event of a case is called and requires: `open`. */
  readonly opening: { readonly sender: Sender; readonly requirements: { readonly [name: string]: Requirement<never> } };
  /** The context of a new case; `data` is what the opening itself says, already of the right shape. */
  readonly begin: (input: { applicant: Facts['applicant']; fileNumber: string; at: Instant; cycle: Json; data: { readonly [field: string]: Json } }) => Context;
  /** When and under which number it was received: its rank among those that wait for funds. */
  readonly receipt: (head: Stored) => { readonly receivedAt: Instant | null; readonly receiptNumber: string | null };
  readonly figures: (head: Stored, children: readonly Member[], cycle: Json) => CaseFigures;
}

/** An act behind every payment; with a demand only in rounds whose data contain it, in fields that no revision may change. */
export interface Signature {
  readonly event: string;
  readonly demand?: { readonly [field: string]: Json };
}

/** A law with its lifecycle. Pure: no clock, no random, no I/O. One folder of `workflows/` exports one of these. */
export interface Programme extends Head {
  readonly id: string;
  /** Raised with every changed lifecycle; the old one stays loadable while a live case uses it. */
  readonly version: number;
  readonly title: Text;
  /** The machine that heads an application's family, and the usual one of its children. */
  readonly root: string;
  readonly child: string;
  /** Machines that head families of their own in the same rounds, such as a payment run, by name. */
  readonly heads?: { readonly [machine: string]: Head & { readonly fileMark: string } };
  readonly machines: { readonly [machine: string]: MachineDefinition<never> };
  /** How its letters end, with who writes them: a mail that gathers several ends as each of them would. */
  readonly closing?: Text;
  /** The events behind every payment, each sent by another person: the database refuses an order without them. */
  readonly signatures?: readonly Signature[];
  /** By event: the child's events that tell the parent, and the parent's that tell the children. */
  readonly links: { readonly up: { readonly [event: string]: string }; readonly down: { readonly [event: string]: string } };
  /** How its payments go; absent where it pays nothing. */
  readonly payment?: PaymentCourse;
  readonly payees?: Payees;
  /** What the postings of all its machines are called in a statement; where it is absent, their names are. */
  readonly postingLabels?: { readonly [posting: string]: Text };
  readonly cycle: {
    /** Parses a funding round; refuses unknown fields and contradictions. */
    readonly schema: z.ZodType;
    /** The default round of a funding year. `opensOn` replaces the regular opening day. */
    readonly default: (fundingYear: number, opensOn?: Day) => Json;
    readonly sheet: (cycle: Json) => CycleSheet;
    /** Every date of the round, in the order of the year. A revision may move them, and only ahead of its own instant. */
    readonly dates: (cycle: Json) => readonly CycleDate[];
    /** Fields that no revision may change: what identifies the round, and what notices have promised. */
    readonly fixed: readonly string[];
    /** Whose account the payment files of a round debit. Absent: the programme pays nothing by file. */
    readonly payer?: (cycle: Json) => Payer;
    /** The event that tells a case of moved dates: `{revision, reason, moved: [{date, from, to}]}`. Absent: it is told nothing. */
    readonly moved?: string;
  };
  readonly form: {
    readonly schema: z.ZodObject;
    readonly assess: (form: Json, cycle: Json, applicant: Facts['applicant'], hasConcept: boolean) => Assessment;
  };
  /** Eligibility without an account: what fits, through whom, and up to how much. */
  readonly match: { readonly schema: z.ZodType; readonly run: (query: Json, cycle: Json | null) => MatchVerdict };
  /** The child's own figures: its amount and, once settled, what was paid. */
  readonly childFigures: (child: Member) => CaseFigures;
}
