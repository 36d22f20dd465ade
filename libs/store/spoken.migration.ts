import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An effect whose work another one's has done along with its own names that other one. */
export class SpokenEffects1790000000900 implements MigrationInterface {
  readonly name = 'SpokenEffects1790000000900';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table outbox add column spoken_by bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table outbox drop column spoken_by');
  }
}
