import type { MigrationInterface, QueryRunner } from 'typeorm';

const RUNS = `
  create table payment_runs (
    id text primary key,
    cycle_id text not null,
    message_id text not null constraint payment_runs_message unique,
    execution_on date not null,
    payer jsonb not null,
    prepared_by text not null,
    rows_hash text not null,
    created_at timestamptz(3) not null
  );
  create function payment_runs_frozen() returns trigger language plpgsql as $$
    begin
      raise exception 'a payment run is frozen: % refused', tg_op using errcode = 'restrict_violation';
    end
  $$;
  create trigger payment_runs_frozen before update or delete or truncate on payment_runs for each statement execute function payment_runs_frozen();
  alter table payment_runs enable always trigger payment_runs_frozen;`;

const ROWS = `
  create table payment_run_rows (
    run_id text not null constraint payment_run_rows_run references payment_runs,
    position integer not null,
    case_id text not null,
    file_number text not null,
    applicant_name text not null,
    case_version integer,
    end_to_end_id text not null,
    amount_cents bigint not null,
    holder text not null,
    iban text not null,
    verdict text not null constraint payment_run_rows_verdict check (verdict in ('ok', 'blocked')),
    reasons jsonb not null,
    result text constraint payment_run_rows_result check (result in ('ordered', 'refused', 'dropped', 'recalled')),
    decided_at timestamptz(3),
    order_id bigint,
    constraint payment_run_rows_order check ((order_id is not null) = (result is not distinct from 'ordered')),
    constraint payment_run_rows_pk primary key (run_id, position)
  );
  create index payment_run_rows_case on payment_run_rows (case_id);
  create unique index payment_run_rows_live on payment_run_rows (end_to_end_id) where verdict = 'ok' and (result is null or result = 'ordered');

  create function payment_run_rows_frozen() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' and old.result is null and old.verdict = 'ok' and new.result is not null
        and to_jsonb(new) - array['result', 'decided_at', 'order_id', 'reasons'] = to_jsonb(old) - array['result', 'decided_at', 'order_id', 'reasons'] then
        return new;
      end if;
      raise exception 'a row of a payment run is frozen: % refused', tg_op using errcode = 'restrict_violation';
    end
  $$;
  create trigger payment_run_rows_frozen before update or delete on payment_run_rows for each row execute function payment_run_rows_frozen();
  create trigger payment_run_rows_kept before truncate on payment_run_rows for each statement execute function payment_run_rows_frozen();
  alter table payment_run_rows enable always trigger payment_run_rows_frozen;
  alter table payment_run_rows enable always trigger payment_run_rows_kept;`;

const FILES = `
  create table payment_files (
    run_id text primary key constraint payment_files_run references payment_runs,
    message_id text not null constraint payment_files_message unique,
    count integer not null,
    sum_cents bigint not null,
    sha256 text not null,
    bytes bytea not null,
    created_at timestamptz(3) not null,
    constraint payment_files_count check (count > 0 and sum_cents > 0)
  );
  create function payment_files_final() returns trigger language plpgsql as $$
    begin
      raise exception 'a payment file is final: % refused', tg_op using errcode = 'restrict_violation';
    end
  $$;
  create trigger payment_files_final before update or delete or truncate on payment_files for each statement execute function payment_files_final();
  alter table payment_files enable always trigger payment_files_final;`;

/** Payment runs: their rows, frozen but for one result each, and the files that came of them. */
export class PaymentRuns1790000001000 implements MigrationInterface {
  readonly name = 'PaymentRuns1790000001000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [RUNS, ROWS, FILES]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table payment_files, payment_run_rows, payment_runs; drop function payment_files_final, payment_run_rows_frozen, payment_runs_frozen');
  }
}
