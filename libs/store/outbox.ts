import type { Runner } from './store.ts';
import type { Instant } from './wire.ts';

/** Outward work to be done once after the commit, asked for by one journal entry of a case. */
export interface EffectOrder {
  readonly queue: 'letters' | 'payouts' | 'runs' | 'bank';
  readonly caseId: string;
  readonly rootId: string;
  readonly journalSeq: number;
  readonly payload: unknown;
}

/** An effect in the hands of one attempt. */
export interface ClaimedEffect extends EffectOrder {
  readonly id: number;
  readonly attempt: number;
  /** How often it was tried and failed so far; republished attempts do not count. */
  readonly failures: number;
}

/** An effect that was given up, for the list of exceptions. */
export interface FailedEffect extends ClaimedEffect {
  /** In legal time, as everything that people are shown: it is sorted among letters, clocks and bank messages. */
  readonly failedAt: Instant;
  readonly error: string;
}

/** An effect that has been open for long, and what keeps it. */
export interface OverdueEffect extends ClaimedEffect {
  readonly putAt: Instant;
  readonly error: string;
}

const COLUMNS = `id, queue, case_id as "caseId", root_id as "rootId", journal_seq as "journalSeq", payload, attempt, failures`;
const OPEN = 'done_at is null and failed_at is null';

/** Writes effects in the transaction that decides them. */
export async function putEffects(tx: Runner, effects: readonly EffectOrder[]): Promise<void> {
  if (effects.length === 0) return;
  await tx.query(
    `insert into outbox (queue, case_id, root_id, journal_seq, payload)
     select e.queue, e."caseId", e."rootId", e."journalSeq", e.payload
       from jsonb_to_recordset($1::jsonb) as e(queue text, "caseId" text, "rootId" text, "journalSeq" integer, payload jsonb)`,
    [JSON.stringify(effects)],
  );
}

/**
 * Takes up to `limit` open effects that are due for (re)publishing, oldest first, and gives each a new attempt number.
 * An attempt that has not finished after `leaseMs` (real time, at least a minute) is taken for lost and claimed again.
 * `epoch` names the queue's data: see `republish`.
 */
export async function claimEffects(runner: Runner, options: { limit: number; leaseMs?: number; epoch?: string }): Promise<ClaimedEffect[]> {
  const leaseMs = options.leaseMs ?? 60_000;
  const claimed = await runner.query<ClaimedEffect>(
    `update outbox
        set attempt = attempt + 1, next_at = clock_timestamp() + $2::bigint * interval '1 millisecond', published_epoch = $3
      where id in (
        select id from outbox where ${OPEN} and next_at <= clock_timestamp()::timestamptz(3) order by id limit $1 for update skip locked)
      returning ${COLUMNS}`,
    [options.limit, leaseMs, options.epoch ?? null],
  );
  return claimed.sort((a, b) => a.id - b.id);
}

/**
 * Starts the outward work of one attempt: loads the effect and renews its lease.
 * @returns null when the effect is finished, given up, unknown, or in the hands of a newer attempt
 */
export async function takeEffect(runner: Runner, id: number, attempt: number, leaseMs = 60_000): Promise<ClaimedEffect | null> {
  const [effect] = await runner.query<ClaimedEffect>(
    `update outbox set next_at = clock_timestamp() + $3::bigint * interval '1 millisecond'
      where id = $1 and attempt = $2 and ${OPEN} returning ${COLUMNS}`,
    [id, attempt, leaseMs],
  );
  return effect ?? null;
}

/** The fence, in the transaction that applies the effect's answer: false when a newer attempt owns it, or it is over. */
export async function finishEffect(tx: Runner, id: number, attempt: number): Promise<boolean> {
  const done = await tx.query(
    `update outbox set done_at = clock_timestamp(), error = null where id = $1 and attempt = $2 and ${OPEN} returning id`,
    [id, attempt],
  );
  return done.length === 1;
}

/** Whether no later effect of its queue was asked for by the same case: one that was says better what is wanted. */
export async function isNewest(runner: Runner, { id, caseId, queue }: Pick<ClaimedEffect, 'id' | 'caseId' | 'queue'>): Promise<boolean> {
  const [later] = await runner.query('select 1 from outbox where case_id = $1 and queue = $2 and id > $3 limit 1', [caseId, queue, id]);
  return later === undefined;
}

/** Ends effects whose work another one has done along with its own, whoever holds their attempts. */
export async function finishEffects(tx: Runner, ids: readonly number[], spokenBy: number): Promise<void> {
  if (ids.length > 0) await tx.query(`update outbox set done_at = clock_timestamp(), error = null, spoken_by = $2 where id = any($1) and ${OPEN}`, [ids, spokenBy]);
}

/** Lets a failed attempt be claimed again after `delayMs` of real time. False when the attempt is no longer the newest. */
export async function retryEffect(runner: Runner, id: number, attempt: number, error: string, delayMs: number): Promise<boolean> {
  const rows = await runner.query(
    `update outbox set failures = failures + 1, error = $3, next_at = clock_timestamp() + $4::bigint * interval '1 millisecond'
      where id = $1 and attempt = $2 and ${OPEN} returning id`,
    [id, attempt, storable(error), delayMs],
  );
  return rows.length === 1;
}

/**
 * Puts an effect off for `delayMs` of real time because something else has to happen first (a hold is lifted): no failure,
 * but its reason can be read. False when the attempt is no longer the newest.
 */
export async function deferEffect(runner: Runner, id: number, attempt: number, why: string, delayMs: number): Promise<boolean> {
  const rows = await runner.query(
    `update outbox set error = $3, next_at = clock_timestamp() + $4::bigint * interval '1 millisecond'
      where id = $1 and attempt = $2 and ${OPEN} returning id`,
    [id, attempt, storable(why), delayMs],
  );
  return rows.length === 1;
}

/** Looks at once at what waits for this reason: it is over. What was waiting counts as work to be done again, so that nobody moves the clock past it. */
export async function resumeEffects(tx: Runner, why: string): Promise<void> {
  await tx.query(`update outbox set error = null, next_at = date_trunc('milliseconds', clock_timestamp()) where ${OPEN} and error = $1`, [why]);
}

/** Gives an effect up: it becomes an exception for a person. False when the attempt is no longer the newest. */
export async function failEffect(runner: Runner, id: number, attempt: number, error: string): Promise<boolean> {
  const rows = await runner.query(
    `update outbox set failures = failures + 1, error = $3, failed_at = tranche_now()
      where id = $1 and attempt = $2 and ${OPEN} returning id`,
    [id, attempt, storable(error)],
  );
  return rows.length === 1;
}

/** How many effects are neither done nor given up. */
export async function openEffects(runner: Runner): Promise<number> {
  const [row] = await runner.query<{ count: number }>(`select count(*) as count from outbox where ${OPEN}`);
  return row?.count ?? 0;
}

/** How many effects are about to be done: open, and not put off by a fault or until something else has happened. */
export async function pendingEffects(runner: Runner): Promise<number> {
  const [row] = await runner.query<{ count: number }>(`select count(*) as count from outbox where ${OPEN} and error is null`);
  return row?.count ?? 0;
}

/**
 * Makes every open effect claimable at once: the queue lost its data.
 * Given the queue's new `epoch`, effects already published into it are left alone. At once means now, not rounded up to the next millisecond.
 */
export async function republish(runner: Runner, epoch?: string): Promise<number> {
  const rows = await runner.query(
    `update outbox set next_at = date_trunc('milliseconds', clock_timestamp()) where ${OPEN} and next_at > clock_timestamp()
        and ($1::text is null or published_epoch is distinct from $1) returning id`,
    [epoch ?? null],
  );
  return rows.length;
}

/** Which part of a list of effects: the newest first, older than `before`. There they are called `effect-ID`, and that is how they are ordered. */
interface EffectPage {
  readonly before?: { readonly at: Instant; readonly id: string };
  readonly limit?: number;
}

/** Effects that were given up. */
export const listFailed = (runner: Runner, page: EffectPage = {}): Promise<FailedEffect[]> =>
  listEffects<FailedEffect>(runner, { columns: 'failed_at as "failedAt", error', condition: 'failed_at is not null', at: 'failed_at', ...page });

/** Effects that have neither been done nor given up for `minutes` of legal time: they fail and are tried again, or, in one of `queues`, wait for something else. */
export const listOverdue = (runner: Runner, { minutes, queues, ...page }: EffectPage & { readonly minutes: number; readonly queues: readonly EffectOrder['queue'][] }): Promise<OverdueEffect[]> =>
  listEffects<OverdueEffect>(runner, {
    columns: 'put_at as "putAt", error', at: 'put_at', ...page, values: [minutes, queues],
    condition: `${OPEN} and error is not null and put_at < tranche_now() - $4::integer * interval '1 minute' and (failures > 0 or queue = any($5))`,
  });

/** Takes effects of these cases that were given up off the list: something else has made them pointless. */
export async function dismissFailed(tx: Runner, queue: EffectOrder['queue'], caseIds: readonly string[]): Promise<void> {
  if (caseIds.length > 0) await tx.query('update outbox set done_at = clock_timestamp(), failed_at = null where queue = $1 and case_id = any($2) and failed_at is not null', [queue, caseIds]);
}

/** The cases whose newest effect of a queue was given up, and why: what they asked for last will not happen. */
export async function givenUpLast(runner: Runner, queue: EffectOrder['queue'], caseIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await runner.query<{ caseId: string; error: string }>(
    `select "caseId", error from (
       select distinct on (case_id) case_id as "caseId", error, failed_at from outbox where queue = $1 and case_id = any($2) order by case_id, id desc) newest
     where failed_at is not null`, [queue, caseIds]);
  return new Map(rows.map(({ caseId, error }) => [caseId, error]));
}

function listEffects<Row extends object>(runner: Runner, { columns, condition, at, before, limit = 100, values = [] }: EffectPage & {
  readonly columns: string; readonly condition: string; readonly at: string; readonly values?: readonly unknown[];
}): Promise<Row[]> {
  return runner.query<Row>(
    `select ${COLUMNS}, ${columns} from outbox
      where ${condition} and ($1::timestamptz is null or (${at}, ('effect-' || id) collate "C") < ($1, $2))
      order by ${at} desc, ('effect-' || id) collate "C" desc limit $3`,
    [before?.at ?? null, before?.id ?? null, limit, ...values],
  );
}

/** An error's text comes from outside: bounded, and without the NUL that PostgreSQL cannot store. */
const storable = (error: string): string => error.replaceAll('\u0000', '').slice(0, 2_000);
