import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PaymentRun } from './run.entity.ts';
import type { RowReason } from './runs.service.ts';

/**
 * One instalment in a payment run, as it was prepared: frozen but for its result, which is written once. A payment, known
 * by its EndToEndId, lives in one run only: the index is partial, so that a row that came to nothing lets it go.
 */
@Entity('payment_run_rows')
@Check('payment_run_rows_verdict', "verdict in ('ok', 'blocked')")
@Check('payment_run_rows_result', "result in ('ordered', 'refused', 'dropped', 'recalled')")
@Check('payment_run_rows_order', "(order_id is not null) = (result is not distinct from 'ordered')")
@Index('payment_run_rows_case', ['caseId'])
@Index('payment_run_rows_live', ['endToEndId'], { unique: true, where: "verdict = 'ok' and (result is null or result = 'ordered')" })
export class PaymentRunRow {
  @ForeignKey(() => PaymentRun, { name: 'payment_run_rows_run' })
  @PrimaryColumn('text', { name: 'run_id', primaryKeyConstraintName: 'payment_run_rows_pk' }) runId: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'payment_run_rows_pk' }) position: number;
  @Column('text', { name: 'case_id' }) caseId: string;
  @Column('text', { name: 'file_number' }) fileNumber: string;
  @Column('text', { name: 'applicant_name' }) applicantName: string;
  /** The instalment's version that was seen; null for one that had been ordered before. */
  @Column('integer', { name: 'case_version', nullable: true }) caseVersion: number | null;
  @Column('text', { name: 'end_to_end_id' }) endToEndId: string;
  @Column('bigint', { name: 'amount_cents' }) amountCents: number;
  @Column('text') holder: string;
  @Column('text') iban: string;
  @Column('text') verdict: 'ok' | 'blocked';
  /** Why it is blocked, or was refused. */
  @Column('jsonb') reasons: readonly RowReason[];
  @Column('text', { nullable: true }) result: 'ordered' | 'refused' | 'dropped' | 'recalled' | null;
  @Column({ type: 'timestamptz', name: 'decided_at', precision: 3, nullable: true }) decidedAt: string | null;
  @Column('bigint', { name: 'order_id', nullable: true }) orderId: number | null;
}
