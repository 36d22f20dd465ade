import { explain, machineOf, readiness, type ActionHint, type Actor, type Checked, type Instant, type Programme, type Reason } from '#kernel';
import { claimKey, crashPoint, keepAnswer, type KeyClaim, type RequestKey, type Store, type Tx, Unavailable } from '#store';
import type { CaseView, Outcome, Refusal } from './case.view.ts';
import { render } from './case.render.ts';
import { mayKnow, refused, type AdvanceCommand, type OpenCommand } from './command.ts';
import { difference } from './difference.ts';
import { memberOf, type Family } from './family.ts';
import { loadFamilies, loadFamily, loadJournal, loadRevisions, lockFamilies, lockFamily, type LoadedFamily } from './family.load.ts';
import { loadFacts } from './facts.load.ts';
import { found } from './founding.ts';
import { hasMoved, saveMotions, type Moved } from './family.save.ts';
import { lastChange, lastMover } from './last-act.ts';
import { Motion, NOTHING_LOADED } from './motion.ts';
import type { Programmes } from './programmes.ts';
import { replay } from './replay.ts';

/** What a request must know before it is judged: which machine answers, and which version it would change. */
export interface Located {
  readonly programme: Programme;
  readonly machine: string;
  readonly version: number;
  readonly rootId: string;
  readonly cycleId: string;
  readonly applicantKey: string;
}

/** Whether one case is ready for what its machine prepares: for an instalment, to be paid. */
export interface Prepared {
  readonly case: string;
  readonly fileNumber: string;
  readonly number: number;
  readonly state: string;
  readonly ready: boolean;
  readonly checks: readonly Checked[];
}

/** What became of families that were to be settled together. Whoever is in neither list was in somebody else's hands. */
export interface Settled {
  /** Nothing of theirs is due any more. */
  readonly settled: readonly string[];
  readonly failed: readonly { readonly rootId: string; readonly why: string }[];
}

/** The one writer of cases. People, clocks and banks are all just senders of events. */
export class CasesService {
  constructor(private readonly store: Store, private readonly programmes: Programmes) {}

  /** Opens a case that heads a family, such as an application: the first event of all. */
  async open(command: OpenCommand): Promise<Outcome> {
    return this.commit((tx) => this.openWithin(tx, command));
  }

  /** The same within the caller's transaction, for facts that are written exactly when the case is opened. */
  async openWithin(tx: Tx, command: OpenCommand): Promise<Outcome> {
    const request = requestOf(command, 'open');
    const answer = answerTo(await claim(tx, request));
    if (answer) return answer;
    const outcome = await found(tx, this.programmes, command);
    await keep(tx, request, outcome);
    return outcome;
  }

  /** Sends one event to one case, in a transaction of its own. */
  async advance(command: AdvanceCommand): Promise<Outcome> {
    return this.commit((tx) => this.advanceWithin(tx, command));
  }

  /** The same within the caller's transaction, for effects that are done exactly when their answer is taken. */
  async advanceWithin(tx: Tx, command: AdvanceCommand): Promise<Outcome> {
    const request = requestOf(command, `${command.caseId}/${command.event}`);
    // 1 lock the family's root, then (2) the key, then load: one round trip, run in this order
    const [, claimed, family] = await Promise.all([lockFamily(tx, command.caseId), claim(tx, request), loadFamily(tx, command.caseId)]);
    if (!family || !mayKnow(command.actor, memberOf(family.members, command.caseId).applicant.key)) return refused({ code: 'notFound' });
    // 2 same key? same answer
    return answerTo(claimed) ?? this.move(tx, family, command, request);
  }

  /** Fires what is due in a case's family by the installation's clock. Early, late or twice: the rows decide. */
  async settle(caseId: string): Promise<'nothing' | 'settled'> {
    return this.commit(async (tx) => {
      const rootId = await lockFamily(tx, caseId);
      const family = rootId && (await loadFamilies(tx, [rootId]))[0];
      if (!family) return 'nothing';
      const moved = this.passed(family);
      await saveMotions(tx, [moved]);
      return hasMoved(moved) ? 'settled' : 'nothing';
    });
  }

  /**
   * The same for many families in one transaction, by the ids of their heads. Those that somebody else has locked are
   * left to them. One that cannot move is left out and named; when the database refuses, each is tried by itself.
   * @throws Unavailable when the database is away
   */
  async settleAll(rootIds: readonly string[]): Promise<Settled> {
    try {
      return await this.commit((tx) => this.settleWithin(tx, rootIds));
    } catch (error) {
      const [first, ...others] = rootIds;
      if (first === undefined || (others.length === 0 && error instanceof Unavailable)) throw error;
      if (others.length === 0) return { settled: [], failed: [{ rootId: first, why: (error as Error).message }] };
      return this.settleEach(rootIds);
    }
  }

  private async settleEach(rootIds: readonly string[]): Promise<Settled> {
    const each: Settled[] = [];
    for (const rootId of rootIds) each.push(await this.settleAll([rootId]));
    return { settled: each.flatMap(({ settled }) => settled), failed: each.flatMap(({ failed }) => failed) };
  }

  private async settleWithin(tx: Tx, rootIds: readonly string[]): Promise<Settled> {
    const families = await loadFamilies(tx, await lockFamilies(tx, rootIds));
    const moves: Moved[] = [];
    const failed: { rootId: string; why: string }[] = [];
    for (const family of families) {
      try {
        moves.push(this.passed(family));
      } catch (error) {
        failed.push({ rootId: family.rootId, why: (error as Error).message });
      }
    }
    await saveMotions(tx, moves);
    return { settled: moves.map(({ family }) => family.rootId), failed };
  }

  /** A family after everything that is due by now. */
  private passed(family: LoadedFamily): Moved {
    const programme = this.programmeOf(family);
    const motion = new Motion(family, programme, this.programmes, NOTHING_LOADED);
    motion.passTo(family.now);
    return { family, motion, programme };
  }

  /** What a person can do next and why not; null for a case that is not theirs to know. */
  async explain(caseId: string, actor: Actor, at: Instant): Promise<readonly ActionHint[] | null> {
    const family = await this.visible(caseId, actor);
    if (!family) return null;
    const programme = this.programmeOf(family);
    const { machine } = memberOf(family.members, caseId);
    const events = Object.keys(machineOf(programme, machine).events);
    const loaded = await loadFacts(this.store, family, { programme, caseId, events, lock: false });
    const motion = new Motion(family, programme, this.programmes, loaded);
    motion.passTo(at);
    return explain({ programme, machine, stored: memberOf(motion.members, caseId), facts: motion.facts(caseId) }, actor, at);
  }

  /** Whether a case is ready, or each of its children where that is a question; null for a case that is not theirs to know. */
  async readiness(caseId: string, actor: Actor, at: Instant): Promise<readonly Prepared[] | null> {
    const family = await this.visible(caseId, actor);
    if (!family) return null;
    const programme = this.programmeOf(family);
    const motion = new Motion(family, programme, this.programmes, NOTHING_LOADED);
    motion.passTo(at);
    return motion.members.filter(({ id, parentId }) => id === caseId || parentId === caseId).flatMap((stored): readonly Prepared[] => {
      const { id, fileNumber, number, machine, state } = stored;
      const checks = readiness({ programme, machine, stored, facts: motion.facts(id) }, at);
      return checks === null ? [] : [{ case: id, fileNumber, number, state, ready: checks.every(({ ok }) => ok), checks }];
    });
  }

  /** A case now, or as it was at a past instant by replay of its journal. Null for one that is not theirs, or not yet. */
  async read(caseId: string, actor: Actor, { at }: { at?: Instant } = {}): Promise<CaseView | null> {
    const family = await this.visible(caseId, actor);
    if (!family) return null;
    if (at === undefined || at >= family.now) return render(this.programmeOf(family), family, caseId, family.now);
    const [rows, revisions] = [await loadJournal(this.store, family.rootId), await loadRevisions(this.store, family.cycle.id)];
    const past = replay(this.programmes, rows, revisions, { at });
    return past?.members.some(({ id }) => id === caseId) ? render(this.programmeOf(family), past, caseId, at) : null;
  }

  /** Which machine a case runs on; null for one that is not theirs to know. */
  async locate(caseId: string, actor: Actor): Promise<Located | null> {
    return (await this.locateAll([caseId], actor)).get(caseId) ?? null;
  }

  /** The same for many, by their ids; those that are not theirs to know are left out. */
  async locateAll(caseIds: readonly string[], actor: Actor): Promise<ReadonlyMap<string, Located>> {
    const rows = await this.store.query<Omit<Located, 'programme'> & { id: string; programme: string; programmeVersion: number }>(
      `select id, programme, programme_version as "programmeVersion", machine, version, root_id as "rootId", cycle_id as "cycleId",
         applicant_key as "applicantKey" from cases where id = any($1)`, [caseIds]);
    return new Map(rows.filter(({ applicantKey }) => mayKnow(actor, applicantKey))
      .map(({ id, ...row }) => [id, { ...row, programme: this.programmes.pinned(row.programme, row.programmeVersion) }]));
  }

  private async move(tx: Tx, family: LoadedFamily, command: AdvanceCommand, request: RequestKey | null): Promise<Outcome> {
    const { caseId, event, actor, at, data, expectedVersion } = command;
    // 4 the definition this case lives under, and 5 its clocks that are due before the event
    const programme = this.programmeOf(family);
    const motion = new Motion(family, programme, this.programmes, await loadFacts(tx, family, { programme, caseId, events: [event], lock: true }));
    motion.passTo(at);
    const current = memberOf(motion.members, caseId);
    if (!Object.hasOwn(machineOf(programme, current.machine).events, event)) return refused({ code: 'notFound' });
    // 3 expected version, now that what was due has happened; 6 who may and 7 step, with the links to parent and children
    const refusal = expectedVersion !== undefined && expectedVersion !== current.version
      ? await this.stale(tx, family, motion, caseId, expectedVersion)
      : motion.send(caseId, { type: event, at, actor, data });
    const outcome: Outcome = refusal
      ? refused('reasons' in refusal ? { code: refusal.code, reasons: await this.told(tx, programme, caseId, refusal.reasons) } : refusal)
      : { ok: true, view: render(programme, motion, caseId, at), replayed: false };
    // 8 save: also what was due before a refusal
    await Promise.all([saveMotions(tx, [{ family, motion, programme }]), keep(tx, request, outcome)]);
    return outcome;
  }

  private async commit<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const result = await this.store.transaction(async (tx) => {
      const done = await work(tx);
      crashPoint('before-commit');
      return done;
    });
    crashPoint('after-commit');
    this.store.committed();
    return result;
  }

  /** The reasons of a refusal; where the case has moved on, with who moved it. */
  private async told(tx: Tx, programme: Programme, caseId: string, reasons: readonly Reason[]): Promise<readonly Reason[]> {
    const by = reasons.some(({ code }) => code === 'notPossibleHere') ? await lastMover(tx, programme, caseId) : null;
    return by === null ? reasons : reasons.map((reason) => (reason.code === 'notPossibleHere' ? { ...reason, by } : reason));
  }

  private async stale(tx: Tx, family: LoadedFamily, motion: Motion, caseId: string, version: number): Promise<Refusal> {
    const programme = this.programmeOf(family);
    const rows = [...(await loadJournal(tx, family.rootId)), ...motion.journal];
    const seen = version < 1 ? null : replay(this.programmes, rows, await loadRevisions(tx, family.cycle.id), { version: { caseId, version } });
    const current = render(programme, motion, caseId, family.now);
    const known = seen?.members.some(({ id }) => id === caseId) ? render(programme, seen, caseId, family.now) : current;
    const by = lastChange(rows, programme, { caseId, version });
    return { code: 'staleVersion', current: current.version, changed: difference(known as never, current as never), ...(by && { by }) };
  }

  private async visible(caseId: string, actor: Actor): Promise<LoadedFamily | null> {
    const family = await loadFamily(this.store, caseId);
    return family && mayKnow(actor, memberOf(family.members, caseId).applicant.key) ? family : null;
  }

  private programmeOf({ members, rootId }: Family): Programme {
    const { programme, programmeVersion } = memberOf(members, rootId);
    return this.programmes.pinned(programme, programmeVersion);
  }
}

/** The request key of a command, or null for one that is not named. */
const requestOf = ({ actor, key }: OpenCommand | AdvanceCommand, route: string): RequestKey | null =>
  (key ? { actor: actor.account, route, ...key } : null);

const claim = async (tx: Tx, request: RequestKey | null): Promise<KeyClaim> => (request ? claimKey(tx, request) : { kind: 'new' });

/** What a claimed key already says; null when the command is new. */
function answerTo(claimed: KeyClaim): Outcome | null {
  if (claimed.kind === 'new') return null;
  if (claimed.kind === 'replay') return { ...(claimed.answer as Outcome), replayed: true };
  return refused({ code: claimed.kind === 'reused' ? 'keyReused' : 'keyInFlight' });
}

/** Keeps what was decided under its key. A stale version is not kept: that command was never considered. */
async function keep(tx: Tx, request: RequestKey | null, outcome: Outcome): Promise<void> {
  if (request && (outcome.ok || 'reasons' in outcome.refusal)) await keepAnswer(tx, request, outcome);
}
