import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '#kernel';
import type { Runner, Tx } from '#store';
import type { JournalRow } from './chain.ts';
import { CYCLE_COLUMNS } from './cycles.service.ts';
import type { CycleRow, Family } from './family.ts';

const MEMBER = `json_build_object(
  'id', c.id, 'rootId', c.root_id, 'parentId', c.parent_id, 'number', c.number, 'machine', c.machine, 'programme', c.programme,
  'programmeVersion', c.programme_version, 'definitionHash', c.definition_hash, 'cycleId', c.cycle_id,
  'applicant', json_build_object('key', c.applicant_key, 'name', c.applicant_name, 'kind', c.applicant_kind),
  'fileNumber', c.file_number, 'version', c.version, 'state', c.state, 'context', c.context,
  'createdAt', instant_text(c.created_at), 'updatedAt', instant_text(c.updated_at))`;

const CLOCK = `json_build_object(
  'id', k.id, 'caseId', k.case_id, 'name', k.name, 'generation', k.generation, 'dueAt', instant_text(k.due_at), 'event', k.event,
  'data', k.data, 'reminder', k.reminder, 'because', k.because, 'settledAt', instant_text(k.settled_at), 'outcome', k.outcome)`;

const REVISION = `json_build_object('id', y.id, 'programme', y.programme, 'revision', y.revision, 'data', y.data,
  'createdAt', instant_text(y.created_at), 'account', y.account, 'reason', y.reason)`;

/** By event: which people ever sent it on the family, and when anybody last did. */
const DEEDS = `select event, json_agg(distinct account) filter (where account <> 'system') as accounts, instant_text(max(at)) as last
  from journal where root_id = r.id group by event`;

/** Families in one statement, so in one snapshot: with the revision of the round they follow, and those that came since. */
const FAMILIES = `
  select r.id as "rootId", r.journal_seq as seq, r.journal_hash as hash, tranche_now() as now,
    (select json_agg(${MEMBER} order by c.number) from cases c where c.root_id = r.id) as members,
    (select coalesce(json_agg(${CLOCK} order by k.due_at, k.id), '[]') from clocks k where k.root_id = r.id) as clocks,
    (select json_agg(${REVISION} order by y.revision) from cycles y where y.id = r.cycle_id and y.revision >= r.cycle_revision) as revisions,
    (select coalesce(json_object_agg(a.event, a.accounts) filter (where a.accounts is not null), '{}') from (${DEEDS}) a) as acts,
    (select coalesce(json_object_agg(a.event, a.last), '{}') from (${DEEDS}) a) as "lastAt"
  from cases r`;

const BY_HEADS = `${FAMILIES} where r.id = any($1) and r.parent_id is null`;
const BY_MEMBER = `${FAMILIES} where r.id = (select root_id from cases where id = $1)`;

/** A family with the legal time at which it was read. */
export type LoadedFamily = Family & { readonly now: Instant };

/** Locks a case's family by its head. @returns the head's id, or null when there is no such case */
export async function lockFamily(tx: Tx, caseId: string): Promise<string | null> {
  const [root] = await tx.query<{ id: string }>(
    'select id from cases where id = (select root_id from cases where id = $1) for update', [caseId]);
  return root?.id ?? null;
}

/** Whether a case stands in a state, and cannot leave it before the end of the transaction; many may ask at once. */
export async function staysIn(tx: Tx, caseId: string, state: string): Promise<boolean> {
  const rows = await tx.query('select 1 from cases where id = $1 and state = $2 for share', [caseId, state]);
  return rows.length === 1;
}

/**
 * Those of these cases that do not stand in a state; the others cannot leave it before the end of the transaction.
 * Nobody is waited for: null when one of them is being moved at this moment.
 */
export async function leftState(tx: Tx, caseIds: readonly string[], state: string): Promise<readonly string[] | null> {
  const staying = new Set((await tx.query<{ id: string }>('select id from cases where id = any($1) and state = $2 for share skip locked', [caseIds, state])).map(({ id }) => id));
  const others = caseIds.filter((id) => !staying.has(id));
  const moving = others.length === 0 ? [] : await tx.query('select 1 from cases where id = any($1) and state = $2 limit 1', [others, state]);
  return moving.length === 0 ? others : null;
}

/** Locks those of the families that nobody else has locked, in the order of their ids. @returns their heads' ids */
export async function lockFamilies(tx: Tx, rootIds: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    'select id from cases where id = any($1) and parent_id is null order by id for update skip locked', [rootIds]);
  return rows.map(({ id }) => id);
}

/** Where a case stands, seen from a row of its journal. */
export interface Standing {
  readonly applicantKey: string;
  /** The row is a clock's event that moved nothing, so it only reminded, and the case has moved on since. */
  readonly overtaken: boolean;
}

/** Keeps a case's family from moving until the transaction ends, and tells how it stands; null when there is no such case. */
export async function standingStill(tx: Tx, { rootId, caseId, seq }: { readonly rootId: string; readonly caseId: string; readonly seq: number }): Promise<Standing | null> {
  const [, [standing]] = await Promise.all([
    tx.query('select id from cases where id = $1 for share', [rootId]),
    tx.query<Standing>(
      `select c.applicant_key as "applicantKey", coalesce(j.account = 'system' and j.from_state = j.to_state and j.to_state <> c.state, false) as overtaken
       from cases c left join journal j on j.root_id = c.root_id and j.seq = $3 and j.case_id = c.id where c.id = $2 and c.root_id = $1`, [rootId, caseId, seq]),
  ]);
  return standing ?? null;
}

/** Families by the ids of their heads. Under `lockFamily` what is read cannot change until the commit. */
export async function loadFamilies(runner: Runner, rootIds: readonly string[]): Promise<readonly LoadedFamily[]> {
  return (await runner.query<Stored>(BY_HEADS, [rootIds])).map(known);
}

/** The family of any of its members, or null. */
export async function loadFamily(runner: Runner, caseId: string): Promise<LoadedFamily | null> {
  const [family] = await runner.query<Stored>(BY_MEMBER, [caseId]);
  return family ? known(family) : null;
}

type Stored = Omit<LoadedFamily, 'cycle' | 'newer'> & { readonly revisions: readonly CycleRow[] };

/** Revisions never change, and there are few: one object each, so that what is computed from a round is computed once. */
const MOST_REVISIONS = 200;
const revisionsKnown = new Map<string, CycleRow>();

function known({ revisions, ...family }: Stored): LoadedFamily {
  const [cycle, ...newer] = revisions.map(theOne);
  if (cycle === undefined) throw new Error(`the round of ${family.rootId} is gone`);
  return { ...family, cycle, newer };
}

function theOne(row: CycleRow): CycleRow {
  const key = `${row.id}/${row.revision}`;
  const one = revisionsKnown.get(key) ?? row;
  // Two databases in one process may both have the round, each its own way.
  if (!isDeepStrictEqual(one, row)) return row;
  if (revisionsKnown.size < MOST_REVISIONS) revisionsKnown.set(key, one);
  return one;
}

/** A family's whole journal, in order. */
export async function loadJournal(runner: Runner, rootId: string): Promise<readonly JournalRow[]> {
  return runner.query<JournalRow>(
    `select root_id as "rootId", seq, case_id as "caseId", case_version as "caseVersion", machine, programme_version as "programmeVersion",
       definition_hash as "definitionHash", at, event, data, facts, account, role, organisation, from_state as "fromState",
       to_state as "toState", previous_hash as "previousHash", hash
     from journal where root_id = $1 order by seq`, [rootId]);
}

/** What was said of a case, and by whom. */
export type Said = Pick<JournalRow, 'event' | 'data' | 'role'>;

/** These events on a case in order, between two rows of its family's journal; `before` null: up to now. */
export async function eventsOf(runner: Runner, caseId: string, { events, after, before }: { readonly events: readonly string[]; readonly after: number; readonly before: number | null }): Promise<readonly Said[]> {
  return runner.query<Said>(
    'select event, data, role from journal where case_id = $1 and event = any($2) and seq > $3 and ($4::int is null or seq < $4) order by seq', [caseId, events, after, before]);
}

/** Every revision of the cycle, by its number. */
export async function loadRevisions(runner: Runner, cycleId: string): Promise<ReadonlyMap<number, CycleRow>> {
  const rows = await runner.query<CycleRow>(`select ${CYCLE_COLUMNS} from cycles where id = $1`, [cycleId]);
  return new Map(rows.map((row) => [row.revision, row]));
}

