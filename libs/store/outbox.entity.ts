import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Outward work that a transaction asked for. `attempt` is the fence: only the newest attempt may finish it. */
@Entity('outbox')
@Index('outbox_open', ['nextAt', 'id'], { where: 'done_at is null and failed_at is null' })
@Index('outbox_failed', ['failedAt'], { where: 'failed_at is not null' })
@Index('outbox_case', ['caseId'])
export class OutboxRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  queue: string;

  @Column('text', { name: 'case_id' })
  caseId: string;

  @Column('text', { name: 'root_id' })
  rootId: string;

  @Column('integer', { name: 'journal_seq' })
  journalSeq: number;

  @Column('jsonb')
  payload: unknown;

  @Column('integer', { default: 0 })
  attempt: number;

  @Column('integer', { default: 0 })
  failures: number;

  @Column({ type: 'timestamptz', name: 'next_at', precision: 3, default: () => 'clock_timestamp()' })
  nextAt: string;

  @Column('text', { name: 'published_epoch', nullable: true })
  publishedEpoch: string | null;

  @Column({ type: 'timestamptz', name: 'done_at', precision: 3, nullable: true })
  doneAt: string | null;

  @Column({ type: 'timestamptz', name: 'failed_at', precision: 3, nullable: true })
  failedAt: string | null;

  @Column('text', { nullable: true })
  error: string | null;

  /** In legal time; the other instants are real ones. */
  @Column({ type: 'timestamptz', name: 'put_at', precision: 3, default: () => 'tranche_now()' })
  putAt: string;

  /** The effect whose work did this one's along with its own. */
  @Column('bigint', { name: 'spoken_by', nullable: true })
  spokenBy: number | null;
}
