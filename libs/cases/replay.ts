import { digest, initial, machineOf, step, type CaseEvent, type Context, type Facts, type Instant, type Role } from '#kernel';
import type { Snapshot } from './case.render.ts';
import type { JournalRow } from './chain.ts';
import { memberOf, type CaseRow, type CycleRow } from './family.ts';
import type { Programmes } from './programmes.ts';

/** A journal that its machine does not reproduce: named by its first bad row. */
export class ReplayMismatch extends Error {
  constructor(readonly rootId: string, readonly seq: number, why: string) {
    super(`journal ${rootId}, row ${seq}: ${why}`);
  }
}

/** Until when to replay: all rows up to an instant, or a case's own version; without either, the whole journal. */
export interface Until {
  readonly at?: Instant;
  readonly version?: { readonly caseId: string; readonly version: number };
}

/**
 * A family as its journal tells it: every row is judged and stepped again by the version it was written under.
 * @returns null when nothing had happened yet
 * @throws ReplayMismatch when a row is refused today or leads somewhere else
 */
export function replay(programmes: Programmes, rows: readonly JournalRow[], revisions: ReadonlyMap<number, CycleRow>, until: Until = {}): Snapshot | null {
  let snapshot: Snapshot | null = null;
  let acts: { [event: string]: readonly string[] } = {};
  let lastAt: { [event: string]: Instant } = {};
  for (const row of rows) {
    if (beyond(row, until)) break;
    const cycle = revisions.get(row.facts.cycleRevision);
    if (!cycle) throw new ReplayMismatch(row.rootId, row.seq, `revision ${row.facts.cycleRevision} of its cycle is missing`);
    const members: readonly CaseRow[] = snapshot?.members ?? [];
    snapshot = { cycle, members: row.fromState === null ? [...members, born(programmes, row)] : moved(programmes, row, { members, cycle }, { acts, lastAt }) };
    lastAt = { ...lastAt, [row.event]: row.at };
    if (row.account !== 'system') acts = { ...acts, [row.event]: [...new Set([...(acts[row.event] ?? []), row.account])] };
  }
  return snapshot;
}

const beyond = (row: JournalRow, { at, version }: Until): boolean =>
  (at !== undefined && row.at > at) || (version !== undefined && row.caseId === version.caseId && row.caseVersion > version.version);

interface Opened {
  readonly parentId: string | null;
  readonly number: number;
  readonly cycleId: string;
  readonly programme: string;
  readonly applicant: CaseRow['applicant'];
  readonly fileNumber: string;
  readonly context: Context;
}

function born(programmes: Programmes, row: JournalRow): CaseRow {
  const opened = row.data as unknown as Opened;
  const programme = programmes.pinned(opened.programme, row.programmeVersion);
  const { state, context } = initial(machineOf(programme, row.machine), opened.context);
  if (state !== row.toState) throw new ReplayMismatch(row.rootId, row.seq, `begins in ${state}, recorded is ${row.toState}`);
  return {
    ...opened, id: row.caseId, rootId: row.rootId, machine: row.machine, programmeVersion: row.programmeVersion,
    definitionHash: row.definitionHash, version: row.caseVersion, state, context, createdAt: row.at, updatedAt: row.at,
  };
}

function moved(programmes: Programmes, row: JournalRow, { members, cycle }: Snapshot, deeds: Pick<Facts, 'acts' | 'lastAt'>): readonly CaseRow[] {
  const self = memberOf(members, row.caseId);
  const programme = programmes.pinned(self.programme, row.programmeVersion);
  const { cycleRevision: _, ...loaded } = row.facts;
  const event: CaseEvent = { type: row.event, at: row.at, data: row.data, actor: { account: row.account, roles: [row.role as Role], organisation: row.organisation } };
  const facts = {
    ...loaded, cycle: cycle.data, cycleId: cycle.id, applicant: self.applicant, ...deeds,
    parent: self.parentId === null ? null : memberOf(members, self.parentId), children: members.filter(({ parentId }) => parentId !== null),
  };
  const result = step({ programme, machine: self.machine, stored: self, facts }, event);
  if (!result.ok) throw new ReplayMismatch(row.rootId, row.seq, `${row.event} is refused: ${result.code}`);
  if (self.state !== row.fromState || result.next.state !== row.toState) {
    throw new ReplayMismatch(row.rootId, row.seq, `${row.event} leads from ${self.state} to ${result.next.state}, recorded is ${row.fromState} to ${row.toState}`);
  }
  const updatedAt = row.caseVersion === self.version ? self.updatedAt : row.at;
  return members.map((member) => (member === self ? { ...self, ...result.next, version: row.caseVersion, updatedAt } : member));
}

/** Where stored rows differ from what their journal tells, as sentences; empty when they agree. */
export function compare(stored: readonly CaseRow[], replayed: Snapshot | null): readonly string[] {
  const told = replayed?.members ?? [];
  const facts = ({ state, context, version }: CaseRow) => digest({ state, context, version });
  return [
    ...stored.filter((row) => !told.some(({ id }) => id === row.id)).map(({ id }) => `${id} is stored but not in the journal`),
    ...told.flatMap((row) => {
      const same = stored.find(({ id }) => id === row.id);
      if (!same) return [`${row.id} is in the journal but not stored`];
      return facts(same) === facts(row) ? [] : [`${row.id} is stored in ${same.state}, version ${same.version}; its journal gives ${row.state}, version ${row.version}`];
    }),
  ];
}
