import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The count that has wake-ups rebuilt, and a way to old request keys that costs nothing when there are none. */
export class RebuildWakeUps1790000000701 implements MigrationInterface {
  readonly name = 'RebuildWakeUps1790000000701';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table installation add column wakeup_epoch integer not null default 0');
    await runner.query('create index request_keys_by_age on request_keys (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index request_keys_by_age');
    await runner.query('alter table installation drop column wakeup_epoch');
  }
}
