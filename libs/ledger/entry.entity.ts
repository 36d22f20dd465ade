import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** One row per cycle that has a budget. It holds no figure: it is what `available` and the last wall lock. */
@Entity('budget_lines')
export class BudgetLine {
  @PrimaryColumn('text', { name: 'cycle_id' }) cycleId: string;
}

/** One posting: cents leave one account of the cycle's budget and enter another. Never changed, never deleted. */
@Entity('ledger_entries')
export class LedgerEntry {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: number;
  @Column('text', { name: 'cycle_id' }) cycleId: string;
  /** Null for an appropriation, which no case causes. */
  @Column('text', { name: 'case_id', nullable: true }) caseId: string | null;
  @Column('integer', { name: 'journal_seq', nullable: true }) journalSeq: number | null;
  @Column('text') name: string;
  @Column('text', { name: 'from_account' }) from: string;
  @Column('text', { name: 'to_account' }) to: string;
  @Column('bigint') cents: number;
  @Column({ type: 'timestamptz', precision: 3 }) at: string;
}
