import type { Instant, Json } from '#kernel';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What the guards of one move were given beyond the family itself; enough to judge it again. */
export interface RecordedFacts {
  readonly cycleRevision: number;
  readonly openApplications: number;
  readonly availableCents: number;
  readonly firstInRank: boolean;
}

/** One move of a family. Append-only; each row's hash covers the hash before it. */
@Entity('journal')
@Index('journal_by_case', ['caseId', 'seq'])
@Index('journal_by_event', ['event', 'at'])
export class JournalEntry {
  @PrimaryColumn('text', { name: 'root_id' }) rootId: string;
  @PrimaryColumn('int') seq: number;
  @Column('text', { name: 'case_id' }) caseId: string;
  /** The case's version after the move. */
  @Column('int', { name: 'case_version' }) caseVersion: number;
  @Column('text') machine: string;
  @Column('int', { name: 'programme_version' }) programmeVersion: number;
  @Column('text', { name: 'definition_hash' }) definitionHash: string;
  @Column('timestamptz') at: Instant;
  @Column('text') event: string;
  @Column('jsonb') data: { readonly [field: string]: Json };
  @Column('jsonb') facts: RecordedFacts;
  @Column('text') account: string;
  @Column('text') role: string;
  @Column('text', { nullable: true }) organisation: string | null;
  @Column('text', { name: 'from_state', nullable: true }) fromState: string | null;
  @Column('text', { name: 'to_state' }) toState: string;
  @Column('text', { name: 'previous_hash' }) previousHash: string;
  @Column('text') hash: string;
}
