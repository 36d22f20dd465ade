import type { Clock, Context, Instant, Json, Member } from '#kernel';

/** A case's row as the transition path handles it. */
export interface CaseRow extends Member {
  readonly rootId: string;
  readonly parentId: string | null;
  readonly programme: string;
  readonly programmeVersion: number;
  readonly definitionHash: string;
  readonly cycleId: string;
  readonly applicant: { readonly key: string; readonly name: string; readonly kind: string };
  readonly fileNumber: string;
  readonly version: number;
  readonly state: string;
  readonly context: Context;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A clock's row. Settled ones stay, so that nothing fires twice for the same date. */
export interface ClockRow extends Required<Omit<Clock, 'reminder' | 'once' | 'at'>> {
  readonly id: string;
  readonly caseId: string;
  readonly dueAt: Instant;
  readonly reminder: boolean;
  readonly generation: number;
  readonly settledAt: Instant | null;
  readonly outcome: 'fired' | 'overtaken' | 'cancelled' | 'refused' | null;
}

/** A funding round at one revision: what it says, since when, by whom and why. */
export interface CycleRow {
  readonly id: string;
  readonly programme: string;
  readonly revision: number;
  readonly data: Json;
  readonly createdAt: Instant;
  readonly account: string;
  readonly reason: string | null;
}

/** An application with its children, clocks and the head of its journal: what moves under one lock. */
export interface Family {
  readonly rootId: string;
  readonly members: readonly CaseRow[];
  readonly clocks: readonly ClockRow[];
  /** The revision of the round that the family's clocks follow. */
  readonly cycle: CycleRow;
  /** Later revisions that it has not followed yet, in order. */
  readonly newer: readonly CycleRow[];
  readonly acts: { readonly [event: string]: readonly string[] };
  readonly lastAt: { readonly [event: string]: Instant };
  readonly seq: number;
  readonly hash: string;
}

/** The family's member of that id; a missing one is a bug. */
export function memberOf(members: readonly CaseRow[], id: string): CaseRow {
  const found = members.find((member) => member.id === id);
  if (!found) throw new Error(`no case ${id} in its family`);
  return found;
}
