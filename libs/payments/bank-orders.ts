import type { Runner } from '#store';
import type { AnsweredOrder } from './bank-judgement.ts';
import type { BankEntry } from './bank-message.ts';

/** An order as the bank's answer finds it, with the family and the journal entry it came from. */
export interface OrderPlace extends AnsweredOrder {
  readonly endToEndId: string;
  readonly caseId: string;
  readonly rootId: string;
  readonly journalSeq: number;
}

const PLACES = `
  select o.id, o.end_to_end_id as "endToEndId", o.amount_cents as "amountCents", o.case_id as "caseId", x.root_id as "rootId", x.journal_seq as "journalSeq", null as "paidFrom"
  from payment_orders o join outbox x on x.id = o.effect_id`;

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

/** The orders that an entry is about: the one it names; else none. */
export const ordersOf = ({ endToEndId }: BankEntry, byReference: ReadonlyMap<string, OrderPlace>): readonly OrderPlace[] => {
  const order = endToEndId === null ? undefined : byReference.get(endToEndId);
  return order === undefined ? [] : [order];
};
