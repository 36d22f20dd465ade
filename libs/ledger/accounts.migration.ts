import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders and claims get accounts of their own: what is with the bank is no longer only committed, what is claimed no longer paid. */
export class OrdersAndClaims1790000001190 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ledger_entries drop constraint ledger_entries_from_account;
      alter table ledger_entries drop constraint ledger_entries_to_account;
      alter table ledger_entries add constraint ledger_entries_from_account
        check (from_account in ('appropriation', 'budget', 'reserved', 'committed', 'ordered', 'paid', 'claimed', 'recovered'));
      alter table ledger_entries add constraint ledger_entries_to_account
        check (to_account in ('budget', 'reserved', 'committed', 'ordered', 'paid', 'claimed', 'recovered'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ledger_entries drop constraint ledger_entries_from_account;
      alter table ledger_entries drop constraint ledger_entries_to_account;
      alter table ledger_entries add constraint ledger_entries_from_account check (from_account in ('appropriation', 'budget', 'reserved', 'committed', 'paid'));
      alter table ledger_entries add constraint ledger_entries_to_account check (to_account in ('budget', 'reserved', 'committed', 'paid'));
    `);
  }
}
