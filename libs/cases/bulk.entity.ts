import type { Instant, Json, Reason } from '#kernel';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** One event for a selection of cases, as one person was shown it. */
@Entity('bulk_orders')
@Index('bulk_orders_open', ['createdAt'], { where: 'confirmed_at is null' })
export class BulkOrder {
  @PrimaryColumn('text') token: string;
  @Column('text') account: string;
  @Column('text') event: string;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Instant;
  @Column({ type: 'timestamptz', name: 'confirmed_at', precision: 3, nullable: true }) confirmedAt: Instant | null;
}

/** One case of the selection: the version that was seen, and once, what became of it. */
@Entity('bulk_rows')
@Unique('bulk_rows_once', ['token', 'caseId'])
@Check('bulk_rows_result', "result in ('done', 'refused')")
@Check('bulk_rows_decided', "(result is null) = (decided_at is null) and (result is not distinct from 'refused') = (code is not null)")
export class BulkRow {
  @ForeignKey(() => BulkOrder, { name: 'bulk_rows_order', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'bulk_rows_pk' }) token: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'bulk_rows_pk' }) position: number;
  @Column('text', { name: 'case_id' }) caseId: string;
  /** Null for a case that is not there for this person. */
  @Column('text', { name: 'file_number', nullable: true }) fileNumber: string | null;
  /** Null for a case that is not there for this person, or does not know the event. */
  @Column('integer', { name: 'case_version', nullable: true }) caseVersion: number | null;
  @Column('bigint', { name: 'amount_cents' }) amountCents: number;
  @Column('jsonb') data: { readonly [field: string]: Json };
  /** Whether it was shown as possible; only then is it tried. */
  @Column('boolean') allowed: boolean;
  /** Why it would have been refused when it was shown; why it was refused, once it was. */
  @Column('jsonb') reasons: readonly Reason[];
  @Column('text', { nullable: true }) result: 'done' | 'refused' | null;
  @Column('text', { nullable: true }) code: string | null;
  @Column('text', { nullable: true }) state: string | null;
  @Column({ type: 'timestamptz', name: 'decided_at', precision: 3, nullable: true }) decidedAt: Instant | null;
}
