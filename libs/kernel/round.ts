import type { Finding } from './programme.ts';
import type { Day, Instant, Json, Text } from './words.ts';

/** The funding round as clients see it: instants with the text that derives each. */
export interface CycleSheet {
  readonly fundingYear: number;
  readonly opensAt: Instant;
  readonly cutOffAt: Instant;
  readonly lateClaimsUntil: Instant;
  readonly payDates: readonly Day[];
  readonly budgetCents: number;
  readonly figures: Json;
  readonly because: { readonly cutOffAt: Text; readonly payDates: Text };
}

/** A date that follows from a funding round, with what it is called and how it was derived. */
export interface CycleDate {
  readonly name: string;
  readonly label: Text;
  readonly at: Instant;
  readonly because: Text;
  /** Ends something, so that people read 24:00 of the day before where the instant is 00:00. */
  readonly end?: true;
  /** Only reminds: it goes along with the date it reminds of, and a revision may leave it behind. */
  readonly reminder?: true;
}

/** Who pays, as payment files name it. */
export interface Payer {
  readonly name: string;
  readonly iban: string;
  readonly bic: string;
}

/** A form's verdict: the same rules while typing, at the signature and without an account. */
export interface Assessment {
  readonly findings: readonly Finding[];
  readonly lines: readonly { readonly line: string; readonly maximumCents: number }[];
  readonly amountCents: number;
}

/** Whether a programme fits somebody, through whom, and up to how much. */
export interface MatchVerdict {
  readonly verdict: 'fits' | 'doesNotFit' | 'unknown';
  readonly applyThrough: 'self' | 'district';
  readonly reasons: readonly { readonly code: string; readonly text: Text }[];
  readonly maximumCents: number | null;
}
