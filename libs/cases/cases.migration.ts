import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cases, their journal, clocks and funding rounds. The journal refuses to be changed, whoever asks. */
export class Cases1764000300000 implements MigrationInterface {
  name = 'Cases1764000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(INDEXES);
    await runner.query(APPEND_ONLY);
    await runner.query(INSTANT_TEXT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table clocks, journal, cases, cycles, file_numbers; drop function journal_is_append_only, instant_text');
  }
}

const TABLES = `
  create table cycles (
    id text not null, revision int not null, programme text not null, data jsonb not null, created_at timestamptz not null,
    primary key (id, revision));
  create table file_numbers (cycle_id text primary key, last int not null);
  create table cases (
    id text primary key, root_id text not null, parent_id text, number int not null, machine text not null,
    programme text not null, programme_version int not null, definition_hash text not null, cycle_id text not null,
    applicant_key text not null, applicant_name text not null, applicant_kind text not null, file_number text not null,
    version int not null, state text not null, context jsonb not null, ended boolean not null, waiting boolean not null,
    received_at timestamptz, receipt_number text, journal_seq int not null, journal_hash text not null,
    created_at timestamptz not null, updated_at timestamptz not null);
  create table journal (
    root_id text not null, seq int not null, case_id text not null, case_version int not null, machine text not null,
    programme_version int not null, definition_hash text not null, at timestamptz not null, event text not null,
    data jsonb not null, facts jsonb not null, account text not null, role text not null, organisation text,
    from_state text, to_state text not null, previous_hash text not null, hash text not null,
    primary key (root_id, seq));
  create table clocks (
    id text primary key, case_id text not null, root_id text not null, name text not null, generation int not null,
    due_at timestamptz not null, event text not null, data jsonb not null, reminder boolean not null, because jsonb not null,
    settled_at timestamptz, outcome text, alarm_epoch text, constraint clocks_once_a_name unique (case_id, name));`;

const INDEXES = `
  create index cases_by_root on cases (root_id);
  create index cases_by_cycle on cases (cycle_id, machine, state);
  create index cases_by_applicant on cases (applicant_key, cycle_id);
  create index cases_in_order on cases (created_at, id);
  create index cases_waiting on cases (cycle_id, received_at, receipt_number) where waiting;
  create index journal_by_case on journal (case_id, seq);
  create index clocks_by_root on clocks (root_id);
  create index clocks_due on clocks (due_at, id) where settled_at is null;
  create index clocks_unpublished on clocks (due_at) where settled_at is null and alarm_epoch is null;`;

const APPEND_ONLY = `
  create function journal_is_append_only() returns trigger language plpgsql as $$
  begin raise exception 'the journal is append-only' using errcode = 'restrict_violation'; end $$;
  create trigger journal_is_append_only before update or delete or truncate on journal
    for each statement execute function journal_is_append_only();`;

/** A family is loaded as one JSON answer; its instants have to be written as everywhere else. */
const INSTANT_TEXT = `
  create function instant_text(instant timestamptz) returns text language sql stable parallel safe as
  $$ select to_char(instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;`;
