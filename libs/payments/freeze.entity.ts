import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** Which database this is: a restore from a backup is another one. */
@Entity('payment_origin')
@Check('payment_origin_one', 'id')
export class PaymentOrigin {
  @PrimaryColumn('boolean', { default: true }) id: boolean;
  @Column('text') fingerprint: string;
}

/** A time in which nothing is ordered and no file is written. */
@Entity('payment_freezes')
@Check('payment_freezes_end', 'num_nonnulls(lifted_by, lifted_at, lift_reason) in (0, 3)')
@Check('payment_freezes_two', 'lifted_by is distinct from account')
@Index('payment_freezes_open', { synchronize: false })
export class PaymentFreeze {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: number;
  @Column('text') reason: string;
  @Column('text') account: string;
  @Column({ type: 'timestamptz', precision: 3 }) at: string;
  @Column('text', { name: 'lifted_by', nullable: true }) liftedBy: string | null;
  @Column({ type: 'timestamptz', name: 'lifted_at', precision: 3, nullable: true }) liftedAt: string | null;
  @Column('text', { name: 'lift_reason', nullable: true }) liftReason: string | null;
}

/** A payment that left the house before a restore; this database must not send it again. */
@Entity('payments_gone_out')
export class PaymentGoneOut {
  @PrimaryColumn('text', { name: 'end_to_end_id' }) endToEndId: string;
  @ForeignKey(() => PaymentFreeze, { name: 'payments_gone_out_freeze' })
  @Column('bigint', { name: 'freeze_id' }) freezeId: number;
}
