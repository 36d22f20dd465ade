import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a file of the bank says of money that is back, whoever imported it does not bear out: it is their word as much as the bank's. */
export class ImportersAreApart1790000001306 implements MigrationInterface {
  readonly name = 'ImportersAreApart1790000001306';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function payment_confirmations_by_another() returns trigger language plpgsql as $$
        begin
          if not exists (select 1 from journal where root_id = new.root_id and seq = new.seq and account <> new.account)
            or new.code in ('importerApart', 'executedTold') and exists (
              select 1 from journal told join payment_orders o on o.id = new.order_id
                join bank_entries e on e.answer in ('returned', 'rejected') and coalesce(e.amount_cents, o.amount_cents) = (told.data ->> 'amountCents')::bigint
                join bank_files f on f.id = e.file_id and f.imported_by = new.account
              where told.root_id = new.root_id and told.seq = new.seq and told.account = 'system'
                and (e.order_id = o.id or exists (select 1 from bank_resolutions r where r.entry_id = e.id and r.order_id = o.id))
                and exists (select 1 from bank_outcomes x where x.entry_id = e.id and x.result = 'applied')) then
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
