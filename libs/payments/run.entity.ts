import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Payer } from './runs.service.ts';

/** A payment run as it was prepared. It has no status: how far it is is the state of its case, whose id it shares. */
@Entity('payment_runs')
@Unique('payment_runs_message', ['messageId'])
export class PaymentRun {
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'cycle_id' }) cycleId: string;
  /** What its file will be called; the run's file number. */
  @Column('text', { name: 'message_id' }) messageId: string;
  @Column('date', { name: 'execution_on' }) executionOn: string;
  @Column('jsonb') payer: Payer;
  @Column('text', { name: 'prepared_by' }) preparedBy: string;
  @Column('text', { name: 'rows_hash' }) rowsHash: string;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: string;
}
