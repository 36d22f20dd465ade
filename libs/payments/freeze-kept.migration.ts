import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was frozen, and what went out before a restore, is kept for replicas' sessions, too, like everything else that is append-only. */
export class FreezesAreKept1790000001003 implements MigrationInterface {
  readonly name = 'FreezesAreKept1790000001003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.as('enable always trigger'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(this.as('enable trigger'));
  }

  private as(enabled: string): string {
    return `alter table payment_freezes ${enabled} payment_freezes_kept, ${enabled} payment_freezes_whole;
      alter table payments_gone_out ${enabled} payments_gone_out_kept;`;
  }
}
