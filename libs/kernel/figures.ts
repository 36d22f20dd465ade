import type { Finding } from './programme.ts';
import type { Day, Instant, Json, Text } from './words.ts';

/** The figures of a case as people see them. */
export interface CaseFigures {
  readonly outcome: 'approved' | 'partlyApproved' | 'rejected' | null;
  readonly milestones: readonly { readonly name: string; readonly reachedAt: Instant | null }[];
  readonly receivedAt: Instant | null;
  readonly receiptNumber: string | null;
  readonly form: Json | null;
  readonly findings: readonly Finding[];
  readonly lines: readonly GrantLine[];
  readonly requestedCents: number;
  readonly grantedCents: number | null;
  readonly paidCents: number;
  readonly instalments: readonly { readonly number: number; readonly amountCents: number; readonly payOn: Day }[];
  /** `reasonText` says the reason in words; `note` what a hold does not do although one might think so: it stops nothing that has gone out. */
  readonly holds: readonly { readonly id: string; readonly reason: string; readonly reasonText: Text; readonly scope: string; readonly since: Instant; readonly amountCents?: number; readonly bypassedFor?: number; readonly note?: Text }[];
  /** Versions of the payee's data after that of the form: of an application all there ever were, of a version its own. */
  readonly payees?: readonly PayeeVersion[];
  /** What the payee's bank answered before the next payment. */
  readonly payeeVerification?: { readonly answer: string; readonly name: string | null; readonly reason: string | null; readonly at: Instant } | null;
  /** What was paid beyond the award and is not paid back. */
  readonly claimedCents?: number;
}

/** A version of whom the money goes to: its number in the family, what it says, and how it was checked. Null: not yet. */
export type PayeeVersion = {
  readonly number: number;
  readonly version: number;
  readonly holder: string;
  /** The holder's name in the characters that banks write: what the bank will get. */
  readonly holderAtBank: string;
  readonly iban: string;
  readonly bic: string | null;
  readonly reason: string;
  readonly proposedAt: Instant;
  readonly checked: { readonly document: string; readonly at: Instant } | null;
  readonly callBack: { readonly spokenTo: string; readonly at: Instant } | null;
  readonly approvedAt: Instant | null;
};

export type GrantLine = {
  readonly line: string;
  readonly maximumCents: number;
  readonly grantedCents: number | null;
  readonly decision: 'approve' | 'cut' | 'refuse' | null;
  readonly reason: string | null;
};
