import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An entry that tells again what another file has told is found by its amount. */
export class EntriesByAmount1790000001102 implements MigrationInterface {
  readonly name = 'EntriesByAmount1790000001102';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index bank_entries_of_amount on bank_entries (amount_cents, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index bank_entries_of_amount');
  }
}
