import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the last comparison of clocks and wake-ups found. */
export class ReportWakeUps1790000000802 implements MigrationInterface {
  readonly name = 'ReportWakeUps1790000000802';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table wake_up_report (
        id smallint primary key default 1,
        claimed_at timestamptz(3),
        checked_at timestamptz(3),
        missing integer not null default 0,
        without_clock integer not null default 0,
        sweep_next_at timestamptz(3),
        constraint wake_up_report_one_row check (id = 1)
      )`);
    await runner.query('insert into wake_up_report default values');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table wake_up_report');
  }
}
