import { randomUUID } from 'node:crypto';
import { digest, type Actor, type Instant, type Json } from '#kernel';
import { awaitKey, crashPoint, keepAnswer, type Store, type Tx, Unavailable } from '#store';
import type { BulkRow } from './bulk.entity.ts';
import { bulkView, type BulkView } from './bulk.view.ts';
import type { CasesService } from './cases.service.ts';
import type { Outcome } from './case.view.ts';
import type { CommandKey } from './command.ts';
import type { Prospect, Survey } from './survey.ts';

/** More cases than anybody can look through before confirming them. */
export const MOST_BULK_ROWS = 1_000;

/** Rows worked on at once: families do not wait for each other, and others want connections meanwhile. */
const AT_ONCE = 4;

/** Which cases of one machine; `state` is a leaf or any state around it. */
export interface BulkFilter {
  readonly machine: string;
  readonly state?: string;
  readonly cycle?: string;
  readonly applicant?: string;
}

/** What is to be shown: one event, and each case with the event's fields; null for a case that does not know the event. */
export interface BulkDraft {
  readonly event: string;
  readonly rows: readonly { readonly caseId: string; readonly data: { readonly [field: string]: Json } | null }[];
  readonly actor: Actor;
  readonly at: Instant;
}

export interface BulkConfirmation {
  readonly token: string;
  readonly actor: Actor;
  readonly at: Instant;
  readonly key: CommandKey;
}

type Place = Pick<BulkRow, 'token' | 'position'>;
type Decision = Pick<BulkRow, 'result' | 'code' | 'state' | 'reasons'>;

/** One event for many cases: shown first, then done row by row, each in a transaction of its own, none lost on the way. */
export class BulkService {
  constructor(private readonly store: Store, private readonly cases: CasesService, private readonly survey: Survey) {}

  /** The cases that a filter lets through and the person may know, by file number; one more than the most, where there are more. */
  async select({ machine, state, cycle, applicant }: BulkFilter, actor: Actor): Promise<readonly string[]> {
    const rows = await this.store.query<{ id: string }>(
      `select id from cases where machine = $1 and ($2::text is null or state = $2 or starts_with(state, $2 || '.'))
         and ($3::text is null or cycle_id = $3) and ($4::text is null or applicant_key = $4) and ($5::text is null or applicant_key = $5)
       order by file_number, id limit $6`, [machine, state ?? null, cycle ?? null, applicant ?? null, actor.organisation, MOST_BULK_ROWS + 1]);
    return rows.map(({ id }) => id);
  }

  /** Looks ahead by the same step as the real one, changes no case, and freezes what is shown under a token. */
  async preview({ event, rows, actor, at }: BulkDraft): Promise<BulkView> {
    if (rows.length > MOST_BULK_ROWS) throw new Error(`${rows.length} rows are more than anybody looks through`);
    const token = randomUUID();
    const frozen = await this.look({ event, rows, actor, at });
    await this.store.transaction(async (tx) => {
      await tx.query(FORGET);
      await tx.query('insert into bulk_orders (token, account, event, created_at) values ($1, $2, $3, tranche_now())', [token, actor.account, event]);
      await tx.query(FREEZE, [token, JSON.stringify(frozen)]);
    });
    return bulkView(this.store, token);
  }

  /**
   * Does what was shown as possible, and goes on where an earlier try broke off: a row is decided once, with its result in
   * the same transaction. A row that fails by a fault stays pending; the others are done, then the fault is thrown.
   * @returns null for a token that is not this person's
   */
  async confirm(confirmation: BulkConfirmation): Promise<BulkView | { readonly refused: 'keyReused' } | null> {
    const { token, actor } = confirmation;
    const begun = await this.store.transaction((tx) => this.begin(tx, confirmation));
    if (begun !== 'go') return begun === 'notFound' ? null : { refused: begun };
    const pending = await this.store.query<Place>('select token, position from bulk_rows where token = $1 and result is null order by position', [token]);
    await this.each(pending, (place) => this.decide(place, confirmation));
    return this.read(token, actor);
  }

  /** What was shown, and what has become of it; null for a token that is not this person's. */
  async read(token: string, { account }: Actor): Promise<BulkView | null> {
    const [order] = await this.store.query('select 1 from bulk_orders where token = $1 and account = $2', [token, account]);
    return order ? bulkView(this.store, token) : null;
  }

  private async look({ event, rows, actor, at }: BulkDraft) {
    const wanted = new Map(rows.map((row) => [row.caseId, row.data]));
    const known = new Map<string, Prospect>();
    for (const [data, ids] of sameData(wanted)) {
      for (const prospect of await this.survey.of(ids, { event, data, actor, at })) known.set(prospect.view.id, prospect);
    }
    const strangers = await this.survey.of([...wanted.keys()].filter((id) => !known.has(id)), { actor, at });
    const names = new Map([...known.values(), ...strangers].map(({ view }) => [view.id, view.fileNumber]));
    return [...wanted].map(([caseId, data], index) => {
      const found = known.get(caseId);
      return {
        position: index + 1, caseId, fileNumber: names.get(caseId) ?? null, version: found?.view.version ?? null, data: data ?? {},
        amountCents: found === undefined ? 0 : amountOf(found), allowed: found?.reasons.length === 0, reasons: found?.reasons ?? [],
      };
    });
  }

  /** A double click waits here for the order and for the key, and then both go on together: a row lock may be passed on before the key's. */
  private async begin(tx: Tx, { token, actor, key }: BulkConfirmation): Promise<'go' | 'notFound' | 'keyReused'> {
    const [order] = await tx.query<{ confirmedAt: Instant | null }>(
      'select confirmed_at as "confirmedAt" from bulk_orders where token = $1 and account = $2 for update', [token, actor.account]);
    if (order === undefined) return 'notFound';
    const request = { actor: actor.account, route: `bulk/${token}`, ...key };
    const { kind } = await awaitKey(tx, request);
    if (kind === 'reused') return 'keyReused';
    if (kind === 'new') await keepAnswer(tx, request, { token });
    if (order.confirmedAt !== null) return 'go';
    await tx.query('update bulk_orders set confirmed_at = tranche_now() where token = $1', [token]);
    await tx.query(
      `update bulk_rows set result = 'refused', code = coalesce(reasons -> 0 ->> 'code', 'notFound'), decided_at = tranche_now() where token = $1 and not allowed`, [token]);
    return 'go';
  }

  private async decide({ token, position }: Place, { actor, at }: BulkConfirmation): Promise<void> {
    await this.store.transaction(async (tx) => {
      // Whoever else is confirming the same has the row, or has decided it.
      const [row] = await tx.query<Pick<BulkRow, 'caseId' | 'caseVersion' | 'data'> & { event: string }>(LOCK, [token, position]);
      if (row === undefined) return;
      const key = { key: `bulk:${token}:${position}`, bodyHash: digest({ token, position }) };
      const outcome = await this.cases.advanceWithin(tx, { caseId: row.caseId, event: row.event, data: row.data, actor, at, key, ...(row.caseVersion !== null && { expectedVersion: row.caseVersion }) });
      const { result, code, state, reasons } = decisionOf(outcome);
      // Somebody holds the row's own key, which nobody can mean: it is tried again.
      if (code === 'keyInFlight') return;
      await tx.query('update bulk_rows set result = $3, code = $4, state = $5, reasons = $6, decided_at = tranche_now() where token = $1 and position = $2',
        [token, position, result, code, state, JSON.stringify(reasons)]);
      crashPoint('before-commit');
    });
    crashPoint('after-commit');
    this.store.committed();
  }

  /** A fault of one row is not the others'; without a database all of them would only wait for it. */
  private async each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
    const queue = [...items];
    const faults: unknown[] = [];
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next).catch((fault: unknown) => { faults.push(fault); if (fault instanceof Unavailable) queue.length = 0; });
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    if (faults.length > 0) throw faults[0];
  }
}

const decisionOf = (outcome: Outcome): Decision => {
  if (outcome.ok) return { result: 'done', code: null, state: outcome.view.state, reasons: [] };
  const { refusal } = outcome;
  return { result: 'refused', code: refusal.code, state: null, reasons: 'reasons' in refusal ? refusal.reasons : [] };
};

/** What the event is about in cents: what it orders, else what is still to be paid, else what is granted or asked for. */
function amountOf({ view: { machine, grantedCents, requestedCents, paidCents }, effects, payment }: Prospect): number {
  const ordered = effects.flatMap((effect) => (effect.type === 'payout' && 'amountCents' in effect ? [effect.amountCents] : []))[0];
  return ordered ?? Math.max(0, (grantedCents ?? requestedCents) - (machine === payment?.machine ? paidCents : 0));
}

/** Cases by the fields that they get: usually all the same, so that they are looked at together. */
function sameData(wanted: ReadonlyMap<string, { readonly [field: string]: Json } | null>): readonly (readonly [{ readonly [field: string]: Json }, readonly string[]])[] {
  const groups = new Map<string, [{ readonly [field: string]: Json }, string[]]>();
  for (const [caseId, data] of wanted) {
    if (data === null) continue;
    const group = groups.get(digest(data)) ?? [data, []];
    group[1].push(caseId);
    groups.set(digest(data), group);
  }
  return [...groups.values()];
}

/** What nobody confirmed within a month is not wanted any more. */
const FORGET = `
  delete from bulk_orders where token in (
    select token from bulk_orders where confirmed_at is null and created_at < tranche_now() - interval '30 days' order by created_at limit 100 for update skip locked)`;

const FREEZE = `
  insert into bulk_rows (token, position, case_id, file_number, case_version, amount_cents, data, allowed, reasons)
  select $1, position, "caseId", "fileNumber", version, "amountCents", data, allowed, reasons
  from jsonb_to_recordset($2::jsonb) as r(position int, "caseId" text, "fileNumber" text, version int, "amountCents" bigint, data jsonb, allowed boolean, reasons jsonb)`;

const LOCK = `
  select r.case_id as "caseId", r.case_version as "caseVersion", r.data, o.event
  from bulk_rows r join bulk_orders o using (token) where r.token = $1 and r.position = $2 and r.result is null for update of r skip locked`;
