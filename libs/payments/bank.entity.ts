import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A bank file as it came. `account` is empty where the message names none. */
@Entity('bank_files')
@Check('bank_files_kind', "kind in ('pain.002', 'camt.053', 'camt.054')")
@Unique('bank_files_content', ['sha256'])
@Unique('bank_files_message', ['kind', 'messageId', 'account'])
@Index('bank_files_at', ['at', 'id'])
export class BankFileRow {
  @PrimaryColumn('text') id: string;
  @Column('text') sha256: string;
  @Column('text') kind: string;
  @Column('text') version: string;
  @Column('text', { name: 'message_id' }) messageId: string;
  @Column('text', { name: 'message_created_at', nullable: true }) messageCreatedAt: string | null;
  @Column('text') account: string;
  @Column('bytea') bytes: Buffer;
  @Column('text', { name: 'imported_by' }) importedBy: string;
  @Column({ type: 'timestamptz', precision: 3 }) at: string;
}

/** One answer of a bank file. `part` counts the orders of an answer that is about a whole batch. */
@Entity('bank_entries')
@Check('bank_entries_answer', "answer in ('accepted', 'rejected', 'settled', 'returned', 'unreadable')")
@Check('bank_entries_amount', 'amount_cents > 0')
@Check('bank_entries_verdict', "verdict in ('sent', 'recorded', 'duplicate', 'exception')")
@Check('bank_entries_code', "(code is not null) = (verdict = 'exception')")
@Check('bank_entries_matched', "order_id is not null or verdict = 'exception'")
@Unique('bank_entries_place', ['fileId', 'position', 'part'])
@Index('bank_entries_of_order', ['orderId'])
@Index('bank_entries_of_reference', ['endToEndId'])
@Index('bank_entries_of_amount', ['amountCents', 'id'])
@Index('bank_entries_exceptions', ['at', 'id'], { where: "verdict = 'exception'" })
export class BankEntryRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: number;
  @ForeignKey(() => BankFileRow, { name: 'bank_entries_file' })
  @Column('text', { name: 'file_id' }) fileId: string;
  @Column('integer') position: number;
  @Column('integer') part: number;
  @Column('text') answer: string;
  /** In capitals, as all of ours are; the file has it as it came. */
  @Column('text', { name: 'end_to_end_id', nullable: true }) endToEndId: string | null;
  @Column('text', { name: 'original_message_id', nullable: true }) originalMessageId: string | null;
  @Column('text', { name: 'original_batch_id', nullable: true }) originalBatchId: string | null;
  @Column('bigint', { name: 'amount_cents', nullable: true }) amountCents: number | null;
  @Column('date', { name: 'booked_on', nullable: true }) bookedOn: string | null;
  @Column('date', { name: 'value_on', nullable: true }) valueOn: string | null;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('text', { name: 'bank_reference', nullable: true }) bankReference: string | null;
  @Column('bigint', { name: 'order_id', nullable: true }) orderId: number | null;
  @Column('text') verdict: string;
  /** What does not hold, of an exception. */
  @Column('text', { nullable: true }) code: string | null;
  @Column({ type: 'timestamptz', precision: 3 }) at: string;
}

/** What came of an entry that was sent to its instalment. Each retry is another round. */
@Entity('bank_outcomes')
@Check('bank_outcomes_result', "result in ('applied', 'known', 'exception')")
@Check('bank_outcomes_code', "(code is not null) = (result = 'exception')")
@Unique('bank_outcomes_effect', ['effectId'])
@Index('bank_outcomes_exceptions', ['entryId'], { where: "result = 'exception'" })
export class BankOutcomeRow {
  @ForeignKey(() => BankEntryRow, { name: 'bank_outcomes_entry' })
  @PrimaryColumn('bigint', { name: 'entry_id', primaryKeyConstraintName: 'bank_outcomes_pk' }) entryId: number;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'bank_outcomes_pk' }) round: number;
  @Column('bigint', { name: 'effect_id' }) effectId: number;
  @Column('text') result: string;
  @Column('text', { nullable: true }) code: string | null;
  @Column({ type: 'timestamptz', precision: 3 }) at: string;
}

/** Who resolved the exception of a round, how and why. */
@Entity('bank_resolutions')
@Check('bank_resolutions_action', "action in ('retry', 'done', 'ignore')")
@Check('bank_resolutions_retried', "(order_id is not null) = (action = 'retry')")
export class BankResolutionRow {
  @ForeignKey(() => BankEntryRow, { name: 'bank_resolutions_entry' })
  @PrimaryColumn('bigint', { name: 'entry_id', primaryKeyConstraintName: 'bank_resolutions_pk' }) entryId: number;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'bank_resolutions_pk' }) round: number;
  @Column('text') action: string;
  @Column('text') reason: string;
  @Column('text') account: string;
  @Column('bigint', { name: 'order_id', nullable: true }) orderId: number | null;
  @Column({ type: 'timestamptz', precision: 3 }) at: string;
}
