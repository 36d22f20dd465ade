import type { Context, Instant } from '#kernel';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A case: one row an application and one for each instalment. `root_id` names the family; its row is the family's lock. */
@Entity('cases')
@Index('cases_by_root', ['rootId'])
@Index('cases_by_cycle', ['cycleId', 'machine', 'state'])
@Index('cases_by_applicant', ['applicantKey', 'cycleId'])
@Index('cases_in_order', ['createdAt', 'id'])
@Index('cases_by_revision', ['cycleId', 'cycleRevision'], { where: 'parent_id is null and not ended' })
@Index('cases_by_officer', { synchronize: false })
@Index('cases_waiting', ['cycleId', 'receivedAt', 'receiptNumber'], { where: 'waiting' })
export class Case {
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'root_id' }) rootId: string;
  @Column('text', { name: 'parent_id', nullable: true }) parentId: string | null;
  /** 0 for the head of the family, then the children's own numbers. */
  @Column('int') number: number;
  @Column('text') machine: string;
  @Column('text') programme: string;
  @Column('int', { name: 'programme_version' }) programmeVersion: number;
  @Column('text', { name: 'definition_hash' }) definitionHash: string;
  @Column('text', { name: 'cycle_id' }) cycleId: string;
  /** The revision of the round that the clocks follow; what counts is the head's. */
  @Column('int', { name: 'cycle_revision' }) cycleRevision: number;
  @Column('text', { name: 'applicant_key' }) applicantKey: string;
  @Column('text', { name: 'applicant_name' }) applicantName: string;
  @Column('text', { name: 'applicant_kind' }) applicantKind: string;
  @Column('text', { name: 'file_number' }) fileNumber: string;
  @Column('int') version: number;
  @Column('text') state: string;
  @Column('jsonb') context: Context;
  /** In a final state. */
  @Column('boolean') ended: boolean;
  /** Ranked for funds. */
  @Column('boolean') waiting: boolean;
  @Column('timestamptz', { name: 'received_at', nullable: true }) receivedAt: Instant | null;
  @Column('text', { name: 'receipt_number', nullable: true }) receiptNumber: string | null;
  /** The family's last journal row; kept on the head only. */
  @Column('int', { name: 'journal_seq' }) journalSeq: number;
  @Column('text', { name: 'journal_hash' }) journalHash: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Instant;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Instant;
}
