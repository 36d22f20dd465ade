import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { PaymentRun } from './run.entity.ts';

/** A file of credit transfers as it went to the bank: written once, the same bytes for ever. */
@Entity('payment_files')
@Check('payment_files_count', 'count > 0 and sum_cents > 0')
@Unique('payment_files_message', ['messageId'])
export class PaymentFile {
  @ForeignKey(() => PaymentRun, { name: 'payment_files_run' })
  @PrimaryColumn('text', { name: 'run_id' }) runId: string;
  @Column('text', { name: 'message_id' }) messageId: string;
  @Column('integer') count: number;
  @Column('bigint', { name: 'sum_cents' }) sumCents: number;
  @Column('text') sha256: string;
  @Column('bytea') bytes: Buffer;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: string;
}
