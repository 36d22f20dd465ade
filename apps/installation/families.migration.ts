import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was posted before entries knew their families is told them from the cases, which only here meet the ledger. The
 * append-only wall is opened for this one statement; it changes no figure, and an entry without a case stops the migration that follows.
 */
export class EntriesFindFamilies1790000001202 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ledger_entries disable trigger ledger_append_only;
      update ledger_entries e set root_id = c.root_id from cases c where c.id = e.case_id;
      alter table ledger_entries enable always trigger ledger_append_only;
    `);
  }

  /** The column goes with the ledger's own step back. */
  async down(): Promise<void> {}
}
