import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entries know the family and the budget line they belong to. What was posted before is told by who knows families, before the balances are guarded. */
export class EntriesHaveFamilies1790000001201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table ledger_entries add column root_id text, add column budget_line text not null default 'all'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table ledger_entries drop column root_id, drop column budget_line');
  }
}

/**
 * What a family holds is its own: no account of one family is ever overdrawn in any budget line, whatever the others have there. Money moves
 * only along the ways that an entry can mean something. Holds for whoever writes, by whatever way.
 */
export class FamiliesAreCovered1790000001203 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ledger_entries add constraint ledger_entries_family check ((case_id is null) = (root_id is null));
      alter table ledger_entries add constraint ledger_entries_way check (${WAY});
      create index ledger_entries_by_family on ledger_entries (root_id, cycle_id, at, id);
      create index ledger_entries_in_order on ledger_entries (cycle_id, at, id);

      create function ledger_family_balance(of_cycle text, of_root text, of_line text, of_account text) returns bigint language sql stable as $$
        select coalesce(sum(case when to_account = of_account then cents else -cents end), 0)::bigint from ledger_entries
          where root_id = of_root and cycle_id = of_cycle and budget_line = of_line and of_account in (from_account, to_account)
      $$;

      create function ledger_family_covers() returns trigger language plpgsql as $$
        begin
          if exists (select 1 from ledger_entries where case_id = new.case_id and root_id <> new.root_id) then
            raise exception 'the case % belongs to another family than %', new.case_id, new.root_id
              using errcode = 'check_violation', constraint = 'ledger_one_family', table = 'ledger_entries';
          end if;
          if new.from_account = 'budget' then return null; end if;
          perform pg_advisory_xact_lock(hashtextextended('ledger ' || new.root_id, 0));
          if ledger_family_balance(new.cycle_id, new.root_id, new.budget_line, new.from_account) < 0 then
            raise exception 'the family % does not hold % cents in %', new.root_id, new.cents, new.from_account
              using errcode = 'check_violation', constraint = 'ledger_family_covers', table = 'ledger_entries';
          end if;
          return null;
        end
      $$;
      create constraint trigger ledger_family_covers after insert on ledger_entries
        for each row when (new.root_id is not null) execute function ledger_family_covers();
      alter table ledger_entries enable always trigger ledger_family_covers;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger ledger_family_covers on ledger_entries;
      drop function ledger_family_covers;
      drop function ledger_family_balance;
      drop index ledger_entries_by_family, ledger_entries_in_order;
      alter table ledger_entries drop constraint ledger_entries_way;
      alter table ledger_entries drop constraint ledger_entries_family;
    `);
  }
}

/** Every move that an entry can mean. */
const WAY = `(from_account, to_account) in (('appropriation', 'budget'),
  ('budget', 'reserved'), ('budget', 'committed'), ('reserved', 'budget'), ('reserved', 'committed'), ('committed', 'reserved'), ('committed', 'budget'),
  ('committed', 'ordered'), ('ordered', 'committed'), ('ordered', 'paid'), ('committed', 'paid'), ('paid', 'committed'),
  ('paid', 'claimed'), ('claimed', 'paid'), ('claimed', 'recovered'), ('recovered', 'claimed'), ('recovered', 'budget'))`;
