import { isDeepStrictEqual } from 'node:util';
import {
  initial, judge, machineOf, pathTo, step, SYSTEM,
  type Actor, type CaseEvent, type Child, type Effect, type Facts, type Instant, type Json, type Posting, type Programme, type Refused,
} from '#kernel';
import { chain, type JournalDraft, type JournalRow } from './chain.ts';
import { syncClocks } from './clock.sync.ts';
import { movedDates, type MovedDate } from './cycle.dates.ts';
import { memberOf, type CaseRow, type ClockRow, type CycleRow, type Family } from './family.ts';
import type { RecordedFacts } from './journal.entity.ts';
import type { Programmes } from './programmes.ts';

/** What the database was asked for this move; the rest of the facts is the family itself. */
export type Loaded = Omit<RecordedFacts, 'cycleRevision'>;

export const NOTHING_LOADED: Loaded = { openApplications: 0, availableCents: 0, firstInRank: true };

/** No lifecycle needs more moves in a row than this; one that does is in a loop. */
const MOST_MOVES = 200;

/**
 * A family in motion: events are applied to a working copy, links between parent and children are followed in the same
 * breath, and everything that has to be written is collected. Pure: nothing is read or saved here.
 */
export class Motion {
  readonly journal: JournalRow[] = [];
  readonly effects: { caseId: string; seq: number; effect: Effect }[] = [];
  readonly postings: { caseId: string; seq: number; at: Instant; posting: Posting }[] = [];
  members: readonly CaseRow[];
  clocks: readonly ClockRow[];
  cycle: CycleRow;
  private acts: Family['acts'];
  private lastAt: Family['lastAt'];
  private seq: number;
  private hash: string;

  constructor(
    private readonly family: Family,
    private readonly programme: Programme,
    private readonly programmes: Programmes,
    private readonly loaded: Loaded,
  ) {
    ({ members: this.members, clocks: this.clocks, cycle: this.cycle, acts: this.acts, lastAt: this.lastAt, seq: this.seq, hash: this.hash } = family);
  }

  /** Where the journal ends now. */
  get head() {
    return { seq: this.seq, hash: this.hash };
  }

  /** The first move of a family: its head comes to life. */
  found(root: Omit<CaseRow, 'state' | 'version'>, actor: Actor, at: Instant): void {
    this.begin(root, actor, at);
    this.sync(at);
  }

  /**
   * Lets time pass until `until`: follows what the round was revised to, each revision at its own instant and after what
   * was due before it, and fires every clock that is due.
   */
  passTo(until: Instant): void {
    for (const revision of this.family.newer.filter(({ revision: number }) => number > this.cycle.revision)) {
      if (revision.createdAt > until) break;
      this.settleDue(revision.createdAt);
      this.follow(revision);
    }
    this.settleDue(until);
  }

  /** The earliest date up to `until` at which a clock is due, or null. */
  nextDue(until: Instant): Instant | null {
    const dates = this.clocks.filter(({ settledAt, dueAt }) => settledAt === null && dueAt <= until).map(({ dueAt }) => dueAt);
    return dates.toSorted()[0] ?? null;
  }

  /** Takes on a revision: every member that it concerns is told which dates moved, and all clocks are computed anew. */
  private follow(revision: CycleRow): void {
    const moved = movedDates(this.programme, this.cycle.data, revision.data);
    this.cycle = revision;
    if (moved.length > 0) for (const { id } of this.members) this.tellMoved(id, revision, moved);
    this.sync(revision.createdAt);
  }

  private tellMoved(caseId: string, { createdAt, revision, reason }: CycleRow, moved: readonly MovedDate[]): void {
    const { updatedAt } = memberOf(this.members, caseId);
    const { moved: type } = this.programme.cycle;
    if (type === undefined) return;
    const event: CaseEvent = { type, at: createdAt < updatedAt ? updatedAt : createdAt, actor: SYSTEM, data: { revision, reason, moved } };
    if (this.hears(memberOf(this.members, caseId), event)) this.send(caseId, event);
  }

  private sync(at: Instant): void {
    this.clocks = syncClocks(this.programme, this.members, this.cycle.data, this.clocks, at);
  }

  /** Fires every clock that is due at `until`, in order of its date; their events carry the date, not the time of looking. */
  private settleDue(until: Instant): void {
    for (let moves = 0; ; moves += 1) {
      const [due, ...later] = this.clocks.filter(({ settledAt, dueAt }) => settledAt === null && dueAt <= until)
        .toSorted((a, b) => (a.dueAt === b.dueAt ? (a.name < b.name ? -1 : 1) : a.dueAt < b.dueAt ? -1 : 1));
      if (!due) return;
      if (moves > MOST_MOVES) throw new Error(`the clocks of ${this.family.rootId} never come to rest`);
      const last = memberOf(this.members, due.caseId).updatedAt;
      const at = due.dueAt < last ? last : due.dueAt;
      // After an outage several reminders are due at once: one mail, not five.
      const overtaken = due.reminder && later.some(({ event, caseId }) => event === due.event && caseId === due.caseId);
      this.settled(due, at, overtaken ? 'overtaken' : 'fired');
      if (!overtaken && this.send(due.caseId, { type: due.event, at, actor: SYSTEM, data: due.data })) this.settled(due, at, 'refused');
    }
  }

  private settled({ id }: ClockRow, settledAt: Instant, outcome: ClockRow['outcome']): void {
    this.clocks = this.clocks.map((clock) => (clock.id === id ? { ...clock, settledAt, outcome } : clock));
  }

  /** Sends one event and everything it causes within the family. A refusal changes nothing. */
  send(caseId: string, event: CaseEvent): Refused | null {
    const before = { members: this.members, acts: this.acts, lastAt: this.lastAt, seq: this.seq, hash: this.hash };
    const counts = [this.journal.length, this.effects.length, this.postings.length] as const;
    const queue: { caseId: string; event: CaseEvent }[] = [{ caseId, event }];
    for (let moves = 0; queue.length > 0; moves += 1) {
      if (moves > MOST_MOVES) throw new Error(`the links of ${this.family.rootId} never come to rest`);
      const next = queue.shift() as (typeof queue)[number];
      const refused = this.move(next.caseId, next.event);
      if (refused) {
        Object.assign(this, before);
        [this.journal, this.effects, this.postings].forEach((list, index) => list.splice(counts[index] as number));
        return refused;
      }
      queue.push(...this.told(next.caseId, next.event));
    }
    this.sync(event.at);
    return null;
  }

  /** What a guard of this case may read. */
  facts(caseId: string): Facts {
    const self = memberOf(this.members, caseId);
    return {
      ...this.loaded,
      cycle: this.cycle.data,
      cycleId: this.cycle.id,
      applicant: self.applicant,
      parent: self.parentId === null ? null : memberOf(this.members, self.parentId),
      children: this.members.filter(({ parentId }) => parentId !== null),
      acts: this.acts,
      lastAt: this.lastAt,
    };
  }

  private move(caseId: string, event: CaseEvent): Refused | null {
    const self = memberOf(this.members, caseId);
    const result = step({ programme: this.programme, machine: self.machine, stored: self, facts: this.facts(caseId) }, event);
    if (!result.ok) return result;
    const changed = result.next.state !== self.state || !isDeepStrictEqual(result.next.context, self.context);
    const next: CaseRow = { ...self, ...result.next, ...(changed && { version: self.version + 1, updatedAt: event.at }) };
    this.members = this.members.map((member) => (member.id === caseId ? next : member));
    this.record(next, self.state, event);
    this.effects.push(...result.effects.map((effect) => ({ caseId, seq: this.seq, effect })));
    this.postings.push(...result.postings.map((posting) => ({ caseId, seq: this.seq, at: event.at, posting })));
    for (const child of result.children) this.bear(self, child, event);
    return null;
  }

  private bear(parent: CaseRow, { number, context, machine = this.programme.child, suffix = String(number) }: Child, { at }: CaseEvent): void {
    this.begin({
      ...parent, id: `${parent.id}-${number}`, parentId: parent.id, number, machine, context,
      definitionHash: this.programmes.hash(this.programme, machine), fileNumber: `${parent.fileNumber}/${suffix}`, createdAt: at, updatedAt: at,
    }, SYSTEM, at);
  }

  private begin(row: Omit<CaseRow, 'state' | 'version'>, actor: Actor, at: Instant): void {
    const born: CaseRow = { ...row, ...initial(machineOf(this.programme, row.machine), row.context), version: 1 };
    this.members = [...this.members, born];
    this.record(born, null, { type: 'open', at, actor, data: opened(born) });
  }

  /** The two links: some of a child's events tell the parent, some of the parent's tell the children that can hear them. */
  private told(caseId: string, { type, at }: CaseEvent): { caseId: string; event: CaseEvent }[] {
    const self = memberOf(this.members, caseId);
    const { up, down } = this.programme.links;
    if (self.parentId !== null && up[type]) {
      return [{ caseId: self.parentId, event: { type: up[type], at, actor: SYSTEM, data: { number: self.number } } }];
    }
    if (self.parentId !== null || !down[type]) return [];
    const event: CaseEvent = { type: down[type], at, actor: SYSTEM, data: {} };
    return this.members.filter((member) => member.parentId === caseId && this.hears(member, event)).map(({ id }) => ({ caseId: id, event }));
  }

  private hears(member: CaseRow, event: CaseEvent): boolean {
    return Object.hasOwn(machineOf(this.programme, member.machine).events, event.type) && judge({ programme: this.programme, machine: member.machine, stored: member, facts: this.facts(member.id) }, event).length === 0;
  }

  private record(row: CaseRow, fromState: string | null, { type, at, actor, data }: CaseEvent): void {
    const draft: JournalDraft = {
      rootId: this.family.rootId, seq: this.seq + 1, caseId: row.id, caseVersion: row.version, machine: row.machine,
      programmeVersion: row.programmeVersion, definitionHash: row.definitionHash, at, event: type, data: data ?? {},
      facts: { cycleRevision: this.cycle.revision, ...this.loaded },
      account: actor.account, role: roleFor(this.programme, row.machine, type, actor), organisation: actor.organisation, fromState, toState: row.state,
    };
    const chained = chain(draft, this.hash);
    this.journal.push(chained);
    this.seq = chained.seq;
    this.hash = chained.hash;
    this.lastAt = { ...this.lastAt, [type]: at };
    if (actor.account !== SYSTEM.account) this.acts = { ...this.acts, [type]: [...new Set([...(this.acts[type] ?? []), actor.account])] };
  }
}

/** What a case began with: enough to begin it again. */
const opened = (row: CaseRow): { readonly [field: string]: Json } => ({
  id: row.id, parentId: row.parentId, number: row.number, cycleId: row.cycleId, programme: row.programme,
  applicant: row.applicant, fileNumber: row.fileNumber, context: row.context as Json,
});

/** The role in which a person acts: the first of theirs that may send the event. */
export function roleFor(programme: Programme, machine: string, event: string, actor: Actor): string {
  const sender = event === 'open' ? (programme.heads?.[machine] ?? programme).opening.sender : machineOf(programme, machine).senders[event];
  return actor.roles.find((role) => sender?.roles.includes(role)) ?? actor.roles[0] ?? 'system';
}

/** Whether a state is final, and whether it queues for funds. */
export function standing(programme: Programme, { machine, state }: CaseRow): { ended: boolean; waiting: boolean } {
  const nodes = pathTo(machineOf(programme, machine).lifecycle, state);
  return { ended: nodes.at(-1)?.type === 'final', waiting: nodes.some(({ tags }) => tags?.includes('waiting')) };
}
