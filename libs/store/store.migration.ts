import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Installation, legal time, outbox and request keys. */
export class CreateStore implements MigrationInterface {
  readonly name = 'CreateStore1790000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table installation (
        id smallint primary key default 1,
        mode text not null,
        offset_ms bigint not null default 0,
        clock_moves integer not null default 0,
        constraint installation_one_row check (id = 1),
        constraint installation_mode_known check (mode in ('demo', 'production')),
        constraint installation_clock_forwards check (offset_ms >= 0),
        constraint installation_clock_locked check (mode = 'demo' or offset_ms = 0)
      )`);
    // STABLE, so that "due before now" can use an index; each statement of a transaction gets its own instant.
    await runner.query(`
      create function tranche_now() returns timestamptz language sql stable parallel safe as $$
        select date_trunc('milliseconds', clock_timestamp()
          + coalesce((select offset_ms from installation), 0) * interval '1 millisecond')
      $$`);
    // Leaving production would unlock the clock under real cases.
    await runner.query(`
      create function installation_stays_in_production() returns trigger language plpgsql as $$
        begin raise exception 'an installation in production stays in production' using errcode = 'check_violation'; end
      $$`);
    await runner.query(`
      create trigger installation_stays_in_production before update of mode on installation
        for each row when (old.mode = 'production' and new.mode <> 'production') execute function installation_stays_in_production()`);
    await runner.query(`
      create table outbox (
        id bigint generated always as identity primary key,
        queue text not null,
        case_id text not null,
        root_id text not null,
        journal_seq integer not null,
        payload jsonb not null,
        attempt integer not null default 0,
        failures integer not null default 0,
        next_at timestamptz(3) not null default clock_timestamp(),
        published_epoch text,
        done_at timestamptz(3),
        failed_at timestamptz(3),
        error text
      )`);
    await runner.query('create index outbox_open on outbox (next_at, id) where done_at is null and failed_at is null');
    await runner.query('create index outbox_failed on outbox (failed_at) where failed_at is not null');
    await runner.query('create index outbox_case on outbox (case_id)');
    await runner.query(`
      create table request_keys (
        actor text not null,
        key text not null,
        route text not null,
        body_hash text not null,
        answer jsonb not null,
        created_at timestamptz(3) not null default clock_timestamp(),
        primary key (actor, key)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table request_keys, outbox, installation');
    await runner.query('drop function tranche_now()');
    await runner.query('drop function installation_stays_in_production()');
  }
}
