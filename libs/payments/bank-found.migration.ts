import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entries are found by what they name and by the amounts they tell again. */
export class BankEntriesFound1790000001101 implements MigrationInterface {
  readonly name = 'BankEntriesFound1790000001101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index bank_entries_of_reference on bank_entries (end_to_end_id);
      create index bank_entries_of_amount on bank_entries (amount_cents, id);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index bank_entries_of_reference; drop index bank_entries_of_amount');
  }
}
