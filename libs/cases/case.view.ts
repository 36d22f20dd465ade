import type { CaseFigures, Day, Finding, GrantLine, Instant, Json, LastAct, PayeeVersion, Reason, Text } from '#kernel';

/** A case as clients see it; the shape of the wire contract. Money in integer cents, instants in UTC. */
export interface CaseView {
  readonly id: string;
  readonly fileNumber: string;
  readonly machine: string;
  readonly parent: string | null;
  readonly programme: string;
  readonly programmeVersion: number;
  readonly definitionHash: string;
  readonly cycle: string;
  readonly applicant: { readonly key: string; readonly name: string };
  readonly version: number;
  readonly state: string;
  readonly outcome: 'approved' | 'partlyApproved' | 'rejected' | null;
  readonly milestones: readonly { readonly name: string; readonly reachedAt: Instant | null }[];
  readonly receivedAt: Instant | null;
  readonly receiptNumber: string | null;
  readonly nextDeadline: { readonly name: string; readonly at: Instant; readonly because: Text } | null;
  readonly form?: Json;
  readonly findings?: readonly Finding[];
  readonly lines: readonly GrantLine[];
  readonly requestedCents: number;
  readonly grantedCents: number | null;
  readonly paidCents: number;
  readonly instalments: readonly { readonly id: string; readonly number: number; readonly amountCents: number; readonly payOn: Day; readonly state: string }[];
  readonly holds: CaseFigures['holds'];
  readonly claimedCents?: number;
  readonly payees?: readonly (PayeeVersion & { readonly id: string; readonly state: string })[];
  readonly payeeVerification?: CaseFigures['payeeVerification'];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** One step of a family's history, with a sentence a case worker can read. */
export interface TimelineItem {
  /** Its place in the family's journal; null for what was done about a payment beside it. */
  readonly seq: number | null;
  readonly at: Instant;
  readonly case: string;
  /** What people call the case: the application, or which of its instalments or versions of payee data. */
  readonly fileNumber: string;
  readonly event: string;
  readonly actor: { readonly account: string; readonly role: string };
  readonly from: string | null;
  /** Null where no case has moved. */
  readonly to: string | null;
  readonly text: Text;
}

/** A field that differs between the version a client knows and the current one. `path` is a JSON pointer. */
export interface Change {
  readonly path: string;
  readonly from: Json;
  readonly to: Json;
}

/** Why nothing happened. `code` is the wire's problem code. */
export type Refusal =
  | { readonly code: 'notFound' | 'keyReused' | 'keyInFlight' }
  | { readonly code: 'staleVersion'; readonly current: number; readonly changed: readonly Change[]; readonly by?: LastAct }
  | { readonly code: string; readonly reasons: readonly Reason[] };

/** The answer to a command; `replayed` when the key was known and the first answer is given again. */
export type Outcome =
  | { readonly ok: true; readonly view: CaseView; readonly replayed: boolean }
  | { readonly ok: false; readonly refusal: Refusal; readonly replayed: boolean };

/** A page of a list; `next` is the cursor of the page after it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
