import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Alarms by the epoch they were published in: what a lost queue held is found without looking at the others. */
export class WakeUps1790000000700 implements MigrationInterface {
  name = 'WakeUps1790000000700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update clocks set alarm_epoch = null where settled_at is not null and alarm_epoch is not null and outcome <> 'cancelled';
      create index clocks_published on clocks (alarm_epoch, due_at) where settled_at is null and alarm_epoch is not null;
      create index clocks_withdrawn on clocks (id) where settled_at is not null and alarm_epoch is not null;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index clocks_published; drop index clocks_withdrawn');
  }
}
