import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** One row per cycle that has a budget. It holds no figure: it is what `available` and the last wall lock. */
@Entity('budget_lines')
export class BudgetLine {
  @PrimaryColumn('text', { name: 'cycle_id' }) cycleId: string;
}

/** One posting: cents leave one account of the cycle's budget and enter another. Never changed, never deleted. */
@Entity('ledger_entries')
@Check('ledger_entries_from_account', "from_account in ('appropriation', 'budget', 'reserved', 'committed', 'ordered', 'paid', 'claimed', 'recovered')")
@Check('ledger_entries_to_account', "to_account in ('budget', 'reserved', 'committed', 'ordered', 'paid', 'claimed', 'recovered')")
@Check('ledger_entries_cents', 'cents > 0')
@Check('ledger_entries_move', 'from_account <> to_account')
@Check('ledger_entries_cause', '(case_id is null) = (journal_seq is null)')
@Check('ledger_entries_appropriation', "(from_account = 'appropriation') = (case_id is null)")
@Check('ledger_entries_family', '(case_id is null) = (root_id is null)')
@Check('ledger_entries_way', `(from_account, to_account) in (('appropriation', 'budget'),
  ('budget', 'reserved'), ('budget', 'committed'), ('reserved', 'budget'), ('reserved', 'committed'), ('committed', 'reserved'), ('committed', 'budget'),
  ('committed', 'ordered'), ('ordered', 'committed'), ('ordered', 'paid'), ('committed', 'paid'), ('paid', 'committed'),
  ('paid', 'claimed'), ('claimed', 'paid'), ('claimed', 'recovered'), ('recovered', 'claimed'), ('recovered', 'budget'))`)
@Unique('ledger_entries_once', ['caseId', 'journalSeq', 'name'])
@Index('ledger_entries_appropriated_once', ['cycleId', 'name'], { unique: true, where: 'case_id is null' })
@Index('ledger_entries_by_family', ['rootId', 'cycleId', 'at', 'id'])
@Index('ledger_entries_in_order', ['cycleId', 'at', 'id'])
@Index('ledger_entries_from', ['cycleId', 'from'])
@Index('ledger_entries_to', ['cycleId', 'to'])
export class LedgerEntry {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: number;
  @ForeignKey(() => BudgetLine, { name: 'ledger_entries_cycle' })
  @Column('text', { name: 'cycle_id' }) cycleId: string;
  /** Null for an appropriation, which no case causes. */
  @Column('text', { name: 'case_id', nullable: true }) caseId: string | null;
  /** The head of the case's family. */
  @Column('text', { name: 'root_id', nullable: true }) rootId: string | null;
  @Column('integer', { name: 'journal_seq', nullable: true }) journalSeq: number | null;
  @Column('text') name: string;
  @Column('text', { name: 'from_account' }) from: string;
  @Column('text', { name: 'to_account' }) to: string;
  @Column('bigint') cents: number;
  @Column({ type: 'timestamptz', precision: 3 }) at: string;
  @Column('text', { name: 'budget_line', default: 'all' }) budgetLine: string;
}
