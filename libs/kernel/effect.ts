import type { Cents } from '#money';
import type { Instant, Json, Role, Text } from './words.ts';

/** The words of a letter, frozen at the act that sends it. Plain text; the HTML is made from it. */
export interface LetterWords {
  readonly subject: Text;
  readonly text: Text;
}

/** A letter's place in a mail that gathers those of one kind, event and instant. */
export interface Digest {
  readonly event: string;
  readonly at: Instant;
  readonly title: Text;
  readonly line: Text;
  /** How such a mail ends: as the programme's letters do. */
  readonly closing?: Text;
}

/**
 * Outward work, done once by the worker after the commit. A closed union: a programme may only ask for what the house
 * can do, and an effect without a handler does not compile.
 */
export type Effect =
  | {
    readonly type: 'letter'; readonly kind: string; readonly to: readonly Role[]; readonly words: LetterWords;
    /** The account among them whose matter it is; where it no longer acts, everyone of the roles gets the letter. */
    readonly person?: string;
    /** A reminder that a person may do without: not written to whoever has unsubscribed from its kind. */
    readonly optional?: true;
    readonly digest?: Digest;
  }
  /** What is to be paid; programmes of earlier days did not say it, and their orders follow the case as it then stands. */
  | { readonly type: 'payout' } | ({ readonly type: 'payout' } & PaymentWords)
  /** The rows of a payment run follow it: they are ordered, or let go. */
  | { readonly type: 'run' };

/** One payment as its signatures bind it. */
export type PaymentWords = {
  readonly payee: { readonly holder: string; readonly iban: string };
  readonly amountCents: number;
  /** What the payee reads on the statement: at most 140 characters. */
  readonly purpose: string;
  /** The signature it rests on: of two orders of one case only the one of the last signature is carried out. */
  readonly signed?: string;
  /** What the money is booked to: the round's budget. */
  readonly budgetLine: string;
};

/** A ledger entry of the same transaction: moves cents between two accounts of the cycle's budget. */
export interface Posting {
  readonly name: string;
  readonly from: LedgerAccount;
  readonly to: LedgerAccount;
  readonly cents: Cents;
  /** The line of the round's budget that statements show it under; the only one, `all`, where it is not named. */
  readonly budgetLine?: string;
}

/**
 * budget → reserved (countersigned) → committed (notice issued) → ordered (with the bank) → paid (settled); paid beyond a
 * reduced award → claimed → recovered (paid back).
 */
export type LedgerAccount = 'budget' | 'reserved' | 'committed' | 'ordered' | 'paid' | 'claimed' | 'recovered';

/** A deadline of a case: a function of its state, context and cycle. When it is due the case gets `event`. */
export interface Clock {
  /** Unique within the case's state, e.g. `lapse`, `draftReminder-7`. */
  readonly name: string;
  readonly at: Instant;
  readonly event: string;
  readonly data: { readonly [field: string]: Json };
  /** Only reminds: nothing is lost when it passes, so it is not shown as the case's next deadline. */
  readonly reminder?: true;
  /** Goes out once under its name, whatever becomes of its date: no second mail because a plan's hour was changed. */
  readonly once?: true;
  /** How the date was derived, readable by a case worker. */
  readonly because: Text;
}
