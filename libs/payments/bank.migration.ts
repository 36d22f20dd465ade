import type { MigrationInterface, QueryRunner } from 'typeorm';

const FILES = `
  create table bank_files (
    id text primary key,
    sha256 text not null,
    kind text not null constraint bank_files_kind check (kind in ('pain.002', 'camt.053', 'camt.054')),
    version text not null,
    message_id text not null,
    message_created_at text,
    account text not null,
    bytes bytea not null,
    imported_by text not null,
    at timestamptz(3) not null,
    constraint bank_files_content unique (sha256),
    constraint bank_files_message unique (kind, message_id, account)
  );
  create index bank_files_at on bank_files (at, id);`;

const ENTRIES = `
  create table bank_entries (
    id bigint generated always as identity primary key,
    file_id text not null constraint bank_entries_file references bank_files,
    position integer not null,
    part integer not null,
    answer text not null constraint bank_entries_answer check (answer in ('accepted', 'rejected', 'settled', 'returned', 'unreadable')),
    end_to_end_id text,
    original_message_id text,
    original_batch_id text,
    amount_cents bigint constraint bank_entries_amount check (amount_cents > 0),
    booked_on date,
    value_on date,
    reason text,
    bank_reference text,
    order_id bigint,
    verdict text not null constraint bank_entries_verdict check (verdict in ('sent', 'recorded', 'duplicate', 'exception')),
    code text,
    at timestamptz(3) not null,
    constraint bank_entries_place unique (file_id, position, part),
    constraint bank_entries_code check ((code is not null) = (verdict = 'exception')),
    constraint bank_entries_matched check (order_id is not null or verdict = 'exception')
  );
  create index bank_entries_of_order on bank_entries (order_id);
  create index bank_entries_exceptions on bank_entries (at, id) where verdict = 'exception';`;

const SEQUELS = `
  create table bank_outcomes (
    entry_id bigint not null constraint bank_outcomes_entry references bank_entries,
    round integer not null,
    effect_id bigint not null,
    result text not null constraint bank_outcomes_result check (result in ('applied', 'known', 'exception')),
    code text,
    at timestamptz(3) not null,
    constraint bank_outcomes_pk primary key (entry_id, round),
    constraint bank_outcomes_effect unique (effect_id),
    constraint bank_outcomes_code check ((code is not null) = (result = 'exception'))
  );
  create index bank_outcomes_exceptions on bank_outcomes (entry_id) where result = 'exception';

  create table bank_resolutions (
    entry_id bigint not null constraint bank_resolutions_entry references bank_entries,
    round integer not null,
    action text not null constraint bank_resolutions_action check (action in ('retry', 'done', 'ignore')),
    reason text not null,
    account text not null,
    order_id bigint,
    at timestamptz(3) not null,
    constraint bank_resolutions_pk primary key (entry_id, round),
    constraint bank_resolutions_retried check ((order_id is not null) = (action = 'retry'))
  );`;

const APPEND_ONLY = `
  create function bank_facts_append_only() returns trigger language plpgsql as $$
    begin
      raise exception 'what the bank said is final: % of % refused', tg_op, tg_table_name using errcode = 'restrict_violation';
    end
  $$;
  ${['bank_files', 'bank_entries', 'bank_outcomes', 'bank_resolutions'].map((table) => `
    create trigger ${table}_append_only before update or delete or truncate on ${table} for each statement execute function bank_facts_append_only();
    alter table ${table} enable always trigger ${table}_append_only;`).join('')}`;

/** What the bank says: files as they came, their entries, what came of each, and how people resolved the rest. Facts, none of them changes. */
export class BankFiles1790000001100 implements MigrationInterface {
  readonly name = 'BankFiles1790000001100';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [FILES, ENTRIES, SEQUELS, APPEND_ONLY]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table bank_resolutions, bank_outcomes, bank_entries, bank_files; drop function bank_facts_append_only');
  }
}
