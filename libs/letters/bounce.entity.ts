import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { LetterRow } from './letter.entity.ts';

/** A mail server's word that a letter did not arrive: at once, or later in a delivery report. */
@Entity('bounces')
@Check('bounces_status', "status ~ '^[45][.][0-9]{1,3}[.][0-9]{1,3}$'")
@Unique('bounces_once', ['letterId', 'status'])
@Index('bounces_at', ['at', 'id'])
export class BounceRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: number;
  @ForeignKey(() => LetterRow, { name: 'bounces_letter' })
  @Column('bigint', { name: 'letter_id' }) letterId: number;
  @Column('text') address: string;
  /** RFC 3463: `5.1.1` is a mailbox that does not exist, `4.…` may still arrive. */
  @Column('text') status: string;
  @Column('text', { nullable: true }) diagnostic: string | null;
  @Column({ type: 'timestamptz', precision: 3 }) at: string;
}

/** An address to which nothing is mailed any more. One that was lifted stays as a memory of who did it. */
@Entity('suppressions')
@Check('suppressions_lifted', '(lifted_at is null) = (lifted_by is null)')
@Index('suppressions_address', ['address'], { unique: true, where: 'lifted_at is null' })
export class SuppressionRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: number;
  /** In small letters. */
  @Column('text') address: string;
  @ForeignKey(() => BounceRow, { name: 'suppressions_bounce' })
  @Column('bigint', { name: 'bounce_id' }) bounceId: number;
  @Column({ type: 'timestamptz', precision: 3 }) since: string;
  @Column({ type: 'timestamptz', name: 'lifted_at', precision: 3, nullable: true }) liftedAt: string | null;
  @Column('text', { name: 'lifted_by', nullable: true }) liftedBy: string | null;
}
