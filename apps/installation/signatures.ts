import type { Programme } from '#kernel';
import type { Tx } from '#store';

/** Tells the database which signatures the payments of a programme need; what it knows already stays. */
export async function settleSignatures(tx: Tx, programmes: readonly Programme[]): Promise<void> {
  const needed = programmes.flatMap(({ id: programme, version, signatures = [] }) => signatures.map(({ event, demand = {} }) => ({ programme, version, event, demand })));
  await tx.query(
    `insert into payment_signatures select programme, version, event, demand
     from jsonb_to_recordset($1::jsonb) as s(programme text, version int, event text, demand jsonb) on conflict do nothing`, [JSON.stringify(needed)]);
}
