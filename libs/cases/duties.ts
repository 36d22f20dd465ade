import { Entity, PrimaryColumn } from 'typeorm';
import type { Programme } from '#kernel';
import type { Tx } from '#store';

/** One rule: whoever sent `other` on a family may not send `event`. */
@Entity('separated_duties')
export class SeparatedDuty {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'separated_duties_pk' }) programme: string;
  @PrimaryColumn('int', { primaryKeyConstraintName: 'separated_duties_pk' }) version: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'separated_duties_pk' }) event: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'separated_duties_pk' }) other: string;
}

/** Tells the database which duties the programmes separate; what it knows already stays. To be called before anybody works. */
export async function settleDuties(tx: Tx, programmes: readonly Programme[]): Promise<void> {
  const rules = programmes.flatMap(({ id: programme, version, machines }) => Object.values(machines).flatMap(({ senders }) =>
    Object.entries(senders).flatMap(([event, { differentFrom = [] }]) => differentFrom.map((other) => ({ programme, version, event, other })))));
  await tx.query(
    `insert into separated_duties select programme, version, event, other
     from jsonb_to_recordset($1::jsonb) as r(programme text, version int, event text, other text) on conflict do nothing`, [JSON.stringify(rules)]);
}
