import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the bank has said under a reference is asked for at every payment, also where no order was found for it. */
export class EntriesByReference1790000001101 implements MigrationInterface {
  readonly name = 'EntriesByReference1790000001101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index bank_entries_of_reference on bank_entries (end_to_end_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index bank_entries_of_reference');
  }
}
