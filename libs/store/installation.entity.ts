import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** The one row of an installation: its mode, how far its legal time runs ahead of real time, and what it asks of its workers. */
@Entity('installation')
@Check('installation_one_row', 'id = 1')
@Check('installation_mode_known', "mode in ('demo', 'production')")
@Check('installation_clock_forwards', 'offset_ms >= 0')
@Check('installation_clock_locked', "mode = 'demo' or offset_ms = 0")
export class InstallationRow {
  @PrimaryColumn('smallint', { default: 1 })
  id: number;

  @Column('text')
  mode: 'demo' | 'production';

  @Column('bigint', { name: 'offset_ms', default: 0 })
  offsetMs: number;

  @Column('integer', { name: 'clock_moves', default: 0 })
  clockMoves: number;

  /** Raised to have every wake-up restored from the rows; the worker's relay follows it. */
  @Column('integer', { name: 'wakeup_epoch', default: 0 })
  wakeUpEpoch: number;
}
