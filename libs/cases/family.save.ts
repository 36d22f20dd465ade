import { headOf, type Effect, type Programme } from '#kernel';
import { post } from '#ledger';
import { dismissFailed, putEffects, type Tx } from '#store';
import type { CaseRow, Family } from './family.ts';
import { standing, type Motion } from './motion.ts';

/** Which queue carries which effect: an effect without one does not compile. */
export const QUEUE_OF = { letter: 'letters', payout: 'payouts', run: 'runs' } as const satisfies Record<Effect['type'], 'letters' | 'payouts' | 'runs'>;

/**
 * Cases, journal and clocks in one round trip, of any number of families. Each list is disjoint by key, so the statement's
 * parts cannot meet. An alarm that has rung needs no taking out of the queue; where the clock was moved it may not have.
 */
const SAVE = `
  with saved_cases as (
    insert into cases (id, root_id, parent_id, number, machine, programme, programme_version, definition_hash, cycle_id, cycle_revision, applicant_key,
      applicant_name, applicant_kind, file_number, version, state, context, ended, waiting, received_at, receipt_number,
      journal_seq, journal_hash, created_at, updated_at)
    select id, "rootId", "parentId", number, machine, programme, "programmeVersion", "definitionHash", "cycleId", "cycleRevision", "applicantKey",
      "applicantName", "applicantKind", "fileNumber", version, state, context, ended, waiting, "receivedAt", "receiptNumber",
      "journalSeq", "journalHash", "createdAt", "updatedAt"
    from jsonb_to_recordset($1::jsonb) as c(id text, "rootId" text, "parentId" text, number int, machine text, programme text,
      "programmeVersion" int, "definitionHash" text, "cycleId" text, "cycleRevision" int, "applicantKey" text, "applicantName" text, "applicantKind" text,
      "fileNumber" text, version int, state text, context jsonb, ended boolean, waiting boolean, "receivedAt" timestamptz,
      "receiptNumber" text, "journalSeq" int, "journalHash" text, "createdAt" timestamptz, "updatedAt" timestamptz)
    on conflict (id) do update set version = excluded.version, state = excluded.state, context = excluded.context, ended = excluded.ended,
      waiting = excluded.waiting, cycle_revision = excluded.cycle_revision, received_at = excluded.received_at, receipt_number = excluded.receipt_number,
      journal_seq = excluded.journal_seq, journal_hash = excluded.journal_hash, updated_at = excluded.updated_at),
  saved_journal as (
    insert into journal (root_id, seq, case_id, case_version, machine, programme_version, definition_hash, at, event, data, facts,
      account, role, organisation, from_state, to_state, previous_hash, hash)
    select "rootId", seq, "caseId", "caseVersion", machine, "programmeVersion", "definitionHash", at, event, data, facts,
      account, role, organisation, "fromState", "toState", "previousHash", hash
    from jsonb_to_recordset($2::jsonb) as j("rootId" text, seq int, "caseId" text, "caseVersion" int, machine text, "programmeVersion" int,
      "definitionHash" text, at timestamptz, event text, data jsonb, facts jsonb, account text, role text, organisation text,
      "fromState" text, "toState" text, "previousHash" text, hash text))
  insert into clocks (id, case_id, root_id, name, generation, due_at, event, data, reminder, because, settled_at, outcome)
  select id, "caseId", "rootId", name, generation, "dueAt", event, data, reminder, because, "settledAt", outcome
  from jsonb_to_recordset($3::jsonb) as k(id text, "caseId" text, "rootId" text, name text, generation int, "dueAt" timestamptz, event text, data jsonb,
    reminder boolean, because jsonb, "settledAt" timestamptz, outcome text)
  on conflict (id) do update set generation = excluded.generation, due_at = excluded.due_at, event = excluded.event, data = excluded.data,
    because = excluded.because, settled_at = excluded.settled_at, outcome = excluded.outcome,
    alarm_epoch = case when clocks.generation = excluded.generation and (excluded.settled_at is null or excluded.outcome = 'cancelled'
      or (select offset_ms > 0 from installation)) then clocks.alarm_epoch end`;

/** A motion that has come to rest, with the family it began from and the programme it followed. */
export interface Moved {
  readonly family: Family;
  readonly motion: Motion;
  readonly programme: Programme;
}

/** Writes what motions changed: cases, journal and clocks, then the ledger and the outbox. Nothing moved, nothing written. */
export async function saveMotions(tx: Tx, moves: readonly Moved[]): Promise<void> {
  const changed = moves.filter(hasMoved);
  if (changed.length === 0) return;
  await Promise.all([
    tx.query(SAVE, [
      JSON.stringify(changed.flatMap(changedMembers)),
      JSON.stringify(changed.flatMap(({ motion }) => motion.journal)),
      JSON.stringify(changed.flatMap(changedClocks)),
    ]),
    ...changed.flatMap(({ family, motion }) => motion.postings.map(({ caseId, seq, at, posting }) =>
      post(tx, { cycleId: family.cycle.id, rootId: family.rootId, caseId, journalSeq: seq, at, ...posting }))),
    putEffects(tx, changed.flatMap(({ family, motion }) => motion.effects.map(({ caseId, seq, effect }) =>
      ({ queue: QUEUE_OF[effect.type], caseId, rootId: family.rootId, journalSeq: seq, payload: effect })))),
    dismissFailed(tx, QUEUE_OF.payout, changed.flatMap(noOrderAwaited)),
  ]);
}

/** Whether there is anything to write. */
export const hasMoved = ({ family, motion }: Moved): boolean => motion.journal.length > 0 || motion.clocks !== family.clocks || motion.cycle !== family.cycle;

function changedMembers({ family, motion, programme }: Moved) {
  const before = new Set(family.members);
  return motion.members.filter((member) => !before.has(member) || member.parentId === null).map((member) => columns(member, motion, programme));
}

/** The cases that wait for their order no more: recalled, cancelled, or ordered by a later signature. What was given up of it is over. */
function noOrderAwaited({ family, motion, programme: { payment } }: Moved): readonly string[] {
  const awaiting = family.members.filter(({ machine, state }) => machine === payment?.machine && state === payment.order.state).map(({ id }) => id);
  return motion.members.filter(({ id, state }) => awaiting.includes(id) && state !== payment?.order.state).map(({ id }) => id);
}

function changedClocks({ family, motion }: Moved) {
  const before = new Set(family.clocks);
  return motion.clocks.filter((clock) => !before.has(clock)).map((clock) => ({ ...clock, rootId: family.rootId }));
}

function columns(row: CaseRow, motion: Motion, programme: Programme) {
  const { applicant, ...rest } = row;
  const head = row.parentId === null ? motion.head : { seq: 0, hash: '' };
  const receipt = row.parentId === null ? headOf(programme, row.machine).receipt(row) : { receivedAt: null, receiptNumber: null };
  return {
    ...rest, ...standing(programme, row), ...receipt, cycleRevision: motion.cycle.revision, journalSeq: head.seq, journalHash: head.hash,
    applicantKey: applicant.key, applicantName: applicant.name, applicantKind: applicant.kind,
  };
}
