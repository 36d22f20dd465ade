import type { Runner } from '#store';
import type { AnsweredOrder } from './bank-judgement.ts';
import type { BankEntry } from './bank-message.ts';

/** An order as the bank's answer finds it, with the family and the journal entry it came from. */
export interface OrderPlace extends AnsweredOrder {
  readonly endToEndId: string;
  readonly caseId: string;
  readonly rootId: string;
  readonly journalSeq: number;
  /** Of the file it went out with; null while it is in none. */
  readonly messageId: string | null;
}

/** A day of the bank is the bank's word, also where this house's clock lags behind; so far ahead it can only be a slip or a forgery. */
const DAYS_AHEAD = 366;
/** Banks value by rules of their own, over weekends and from the evening before: a few days are no contradiction. */
const DAYS_BEFORE = 3;

/** What was sent in a file is booked from its execution day on; what went out before a restore, by a day that this database has forgotten. */
const PLACES = `
  select o.id, o.end_to_end_id as "endToEndId", o.amount_cents as "amountCents", o.case_id as "caseId", x.root_id as "rootId", x.journal_seq as "journalSeq",
    run.payer ->> 'iban' as "paidFrom", f.message_id as "messageId",
    case when gone.end_to_end_id is not null then null
      else case when f.run_id is null then (o.created_at at time zone 'Europe/Berlin')::date else run.execution_on end - ${DAYS_BEFORE} end as "bookableFrom",
    greatest((tranche_now() at time zone 'Europe/Berlin')::date + ${DAYS_AHEAD}, case when f.run_id is not null then run.execution_on end) as "bookableUntil"
  from payment_orders o join outbox x on x.id = o.effect_id
  left join payment_run_rows r on r.case_id = o.case_id and r.order_id = o.id left join payment_runs run on run.id = r.run_id
  left join payment_files f on f.run_id = r.run_id
  left join payments_gone_out gone on gone.end_to_end_id = o.end_to_end_id`;

/** Orders by the references that banks give back. */
export async function ordersByReference(runner: Runner, references: readonly string[]): Promise<ReadonlyMap<string, OrderPlace>> {
  const found = references.length === 0 ? [] : await runner.query<OrderPlace>(`${PLACES} where o.end_to_end_id = any($1)`, [references]);
  return new Map(found.map((order) => [order.endToEndId, order]));
}

/** One order by its id. */
export async function orderById(runner: Runner, id: number): Promise<OrderPlace | null> {
  const [found] = await runner.query<OrderPlace>(`${PLACES} where o.id = $1`, [id]);
  return found ?? null;
}

/** Orders by the message ids of the files they went out with: what an answer to a whole file or batch is about. */
export async function ordersByMessage(runner: Runner, messageIds: readonly string[]): Promise<ReadonlyMap<string, readonly OrderPlace[]>> {
  const found = messageIds.length === 0 ? [] : await runner.query<OrderPlace & { messageId: string }>(`${PLACES} where f.message_id = any($1) order by o.id`, [messageIds]);
  const byMessage = new Map<string, OrderPlace[]>();
  for (const order of found) {
    const known = byMessage.get(order.messageId);
    if (known === undefined) byMessage.set(order.messageId, [order]);
    else known.push(order);
  }
  return byMessage;
}

/** What a file's entries are about. */
export interface KnownOrders {
  readonly byReference: ReadonlyMap<string, OrderPlace>;
  readonly byMessage: ReadonlyMap<string, readonly OrderPlace[]>;
  /** References without an order that look as if they were ours. */
  readonly alike: ReadonlySet<string>;
}

/** Finds every order that entries name, by itself or with the whole of its file. */
export async function knownOrders(runner: Runner, entries: readonly BankEntry[]): Promise<KnownOrders> {
  const references = [...new Set(entries.flatMap(({ endToEndId }) => endToEndId ?? []))];
  const byReference = await ordersByReference(runner, references);
  return {
    byReference, alike: await alikeTo(runner, references.filter((reference) => !byReference.has(reference))),
    byMessage: await ordersByMessage(runner, [...new Set(entries.flatMap(({ original }) => (original === null ? [] : [original.messageId, ...original.batchId === null ? [] : [original.batchId]])))]),
  };
}

/** Those that begin like the reference of some order, up to the family's own number: `KIM-2028-`. */
export async function alikeTo(runner: Runner, references: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = references.length === 0 ? [] : await runner.query<{ reference: string }>(
    `with ours as (select distinct split_part(end_to_end_id, '-', 1) || '-' || split_part(end_to_end_id, '-', 2) as round from payment_orders)
     select reference from unnest($1::text[]) as reference where split_part(reference, '-', 1) || '-' || split_part(reference, '-', 2) in (select round from ours)`, [references]);
  return new Set(rows.map(({ reference }) => reference));
}

/** The orders of an entry: the one that it names, or all of the file or batch that it answers as a whole. A batch has its file's name. */
export function ordersOf({ endToEndId, original }: BankEntry, { byReference, byMessage }: KnownOrders): readonly OrderPlace[] {
  const order = endToEndId === null ? undefined : byReference.get(endToEndId);
  if (order !== undefined) return [order];
  if (endToEndId !== null || original === null) return [];
  return byMessage.get(original.messageId) ?? byMessage.get(original.batchId ?? '') ?? [];
}
