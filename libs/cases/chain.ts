import { digest, type Instant, type Json } from '#kernel';
import type { RecordedFacts } from './journal.entity.ts';

/** A journal row before it is chained. */
export interface JournalDraft {
  readonly rootId: string;
  readonly seq: number;
  readonly caseId: string;
  readonly caseVersion: number;
  readonly machine: string;
  readonly programmeVersion: number;
  readonly definitionHash: string;
  readonly at: Instant;
  readonly event: string;
  readonly data: { readonly [field: string]: Json };
  readonly facts: RecordedFacts;
  readonly account: string;
  readonly role: string;
  readonly organisation: string | null;
  readonly fromState: string | null;
  readonly toState: string;
}

export interface JournalRow extends JournalDraft {
  readonly previousHash: string;
  readonly hash: string;
}

/** Where a chain begins. */
export const GENESIS = '0'.repeat(64);

/** Chains a row to the one before: SHA-256 over the previous hash and the RFC 8785 form of the row. */
export function chain(draft: JournalDraft, previousHash: string): JournalRow {
  return { ...draft, previousHash, hash: digest({ previousHash, row: draft }) };
}

/** The first row at which a family's chain does not hold, or null. `head` is what the family's own row says the end is. */
export function firstBreak(rows: readonly JournalRow[], head: { readonly seq: number; readonly hash: string }): { seq: number; why: string } | null {
  const broken = rows.findIndex(({ hash, previousHash, ...draft }, index) =>
    draft.seq !== index + 1 || previousHash !== (rows[index - 1]?.hash ?? GENESIS) || hash !== chain(draft, previousHash).hash);
  if (broken >= 0) return { seq: broken + 1, why: 'the row was changed, moved or taken out' };
  const last = rows.at(-1);
  return last?.seq === head.seq && last.hash === head.hash ? null : { seq: rows.length + 1, why: 'the end of the journal was cut off' };
}
