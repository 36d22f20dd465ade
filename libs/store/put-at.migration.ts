import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long an effect has been waiting is asked of it, in legal time as of everything. What was put before is as old as this. */
export class AgeOfEffects1790000001500 implements MigrationInterface {
  readonly name = 'AgeOfEffects1790000001500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table outbox add column put_at timestamptz(3) not null default tranche_now()');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table outbox drop column put_at');
  }
}
