import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Double entry in one append-only table; `budget_lines` is the lock that lines up those who want the same budget. */
export class CreateLedger implements MigrationInterface {
  readonly name = 'CreateLedger1790000000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table budget_lines (
        cycle_id text primary key
      );

      create table ledger_entries (
        id bigint generated always as identity primary key,
        cycle_id text not null constraint ledger_entries_cycle references budget_lines,
        case_id text,
        journal_seq integer,
        name text not null,
        from_account text not null constraint ledger_entries_from_account check (from_account in ('appropriation', 'budget', 'reserved', 'committed', 'paid')),
        to_account text not null constraint ledger_entries_to_account check (to_account in ('budget', 'reserved', 'committed', 'paid')),
        cents bigint not null constraint ledger_entries_cents check (cents > 0),
        at timestamptz(3) not null,
        constraint ledger_entries_move check (from_account <> to_account),
        constraint ledger_entries_cause check ((case_id is null) = (journal_seq is null)),
        constraint ledger_entries_appropriation check ((from_account = 'appropriation') = (case_id is null)),
        constraint ledger_entries_once unique (case_id, journal_seq, name)
      );
      create unique index ledger_entries_appropriated_once on ledger_entries (cycle_id, name) where case_id is null;
      create index ledger_entries_from on ledger_entries (cycle_id, from_account);
      create index ledger_entries_to on ledger_entries (cycle_id, to_account);

      create function ledger_balance(of_cycle text, of_account text) returns bigint language sql stable as $$
        select ((select coalesce(sum(cents), 0) from ledger_entries where cycle_id = of_cycle and to_account = of_account)
              - (select coalesce(sum(cents), 0) from ledger_entries where cycle_id = of_cycle and from_account = of_account))::bigint
      $$;

      create function ledger_append_only() returns trigger language plpgsql as $$
        begin
          raise exception 'the ledger is append-only: % refused', tg_op using errcode = 'restrict_violation';
        end
      $$;
      create trigger ledger_append_only before update or delete or truncate on ledger_entries
        for each statement execute function ledger_append_only();
      alter table ledger_entries enable always trigger ledger_append_only;

      create function ledger_budget_covers() returns trigger language plpgsql as $$
        begin
          perform 1 from budget_lines where cycle_id = new.cycle_id for no key update;
          if ledger_balance(new.cycle_id, 'budget') < 0 then
            raise exception 'the budget of % does not cover % cents', new.cycle_id, new.cents
              using errcode = 'check_violation', constraint = 'ledger_budget_covers', table = 'ledger_entries';
          end if;
          return null;
        end
      $$;
      create constraint trigger ledger_budget_covers after insert on ledger_entries
        for each row when (new.from_account = 'budget') execute function ledger_budget_covers();
      alter table ledger_entries enable always trigger ledger_budget_covers;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table ledger_entries;
      drop table budget_lines;
      drop function ledger_budget_covers;
      drop function ledger_append_only;
      drop function ledger_balance;
    `);
  }
}
