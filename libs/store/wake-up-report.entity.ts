import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** The one row about what wakes the clocks up: who compares, when, and what was found. All times are real. */
@Entity('wake_up_report')
@Check('wake_up_report_one_row', 'id = 1')
export class WakeUpReportRow {
  @PrimaryColumn('smallint', { default: 1 })
  id: number;

  /** When a worker took it on itself to compare: the others leave it to that one for a while. */
  @Column({ type: 'timestamptz', name: 'claimed_at', precision: 3, nullable: true })
  claimedAt: string | null;

  @Column({ type: 'timestamptz', name: 'checked_at', precision: 3, nullable: true })
  checkedAt: string | null;

  @Column('integer', { default: 0 })
  missing: number;

  @Column('integer', { name: 'without_clock', default: 0 })
  withoutClock: number;

  @Column({ type: 'timestamptz', name: 'sweep_next_at', precision: 3, nullable: true })
  sweepNextAt: string | null;
}
