import { Check, Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** One order to pay. It has no status: how it went is the state of its instalment. */
@Entity('payment_orders')
@Check('payment_orders_first', 'sequence > 0')
@Check('payment_orders_reference', "end_to_end_id ~ '^[A-Za-z0-9-]{1,35}$'")
@Check('payment_orders_amount', 'amount_cents > 0')
@Unique('payment_orders_effect', ['effectId'])
@Unique('payment_orders_sequence', ['caseId', 'sequence'])
@Unique('payment_orders_end_to_end', ['endToEndId'])
export class PaymentOrderRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: number;
  @Column('bigint', { name: 'effect_id' }) effectId: number;
  @Column('text', { name: 'case_id' }) caseId: string;
  /** 1 for the first order of an instalment, 2 after the first was returned and the instalment reopened, … */
  @Column('integer') sequence: number;
  @Column('text', { name: 'end_to_end_id' }) endToEndId: string;
  @Column('text', { name: 'cycle_id' }) cycleId: string;
  @Column('bigint', { name: 'amount_cents' }) amountCents: number;
  @Column('text') holder: string;
  @Column('text') iban: string;
  @Column('text') purpose: string;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: string;
}
