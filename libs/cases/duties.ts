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

/** One rule: whoever sent the newest `other` on a case may not send `event` on it. */
@Entity('taken_back_by_another')
export class TakenBack {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'taken_back_by_another_pk' }) programme: string;
  @PrimaryColumn('int', { primaryKeyConstraintName: 'taken_back_by_another_pk' }) version: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'taken_back_by_another_pk' }) event: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'taken_back_by_another_pk' }) other: string;
}

/** Tells the database which duties the programmes separate; and what of a payment only another person takes back; what it knows already stays. To be called before anybody works. */
export async function settleDuties(tx: Tx, programmes: readonly Programme[]): Promise<void> {
  const rules = programmes.flatMap(({ id: programme, version, machines }) => Object.values(machines).flatMap(({ senders }) =>
    Object.entries(senders).flatMap(([event, { differentFrom = [] }]) => differentFrom.map((other) => ({ programme, version, event, other })))));
  await tx.query(
    `insert into separated_duties select programme, version, event, other
     from jsonb_to_recordset($1::jsonb) as r(programme text, version int, event text, other text) on conflict do nothing`, [JSON.stringify(rules)]);
  const takenBack = programmes.flatMap(({ id: programme, version, payment }) =>
    (payment?.answer.withdrawn === undefined ? [] : [{ programme, version, event: payment.answer.withdrawn, other: payment.answer.returned }]));
  await tx.query(
    `insert into taken_back_by_another select programme, version, event, other
     from jsonb_to_recordset($1::jsonb) as r(programme text, version int, event text, other text) on conflict do nothing`, [JSON.stringify(takenBack)]);
}
