import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the bank's file says for whoever imported it and certified the next payment, nobody of those who imported it confirms either. */
export class ImportersAreApart1790000001306 implements MigrationInterface {
  readonly name = 'ImportersAreApart1790000001306';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function payment_confirmations_by_another() returns trigger language plpgsql as $$
        begin
          if not exists (select 1 from journal where root_id = new.root_id and seq = new.seq and account <> new.account)
            or new.code = 'importerApart' and exists (
              select 1 from bank_entries e join bank_files f on f.id = e.file_id
              where e.answer in ('returned', 'rejected') and f.imported_by = new.account
                and (e.order_id = new.order_id or exists (select 1 from bank_resolutions r where r.entry_id = e.id and r.order_id = new.order_id))) then
            raise exception 'what % confirms was said by nobody else', new.account
              using errcode = 'check_violation', constraint = 'payment_confirmations_by_another', table = 'payment_confirmations';
          end if;
          return null;
        end
      $$;
    `);
  }

  /** The stricter function stays until the migration that made it goes. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
