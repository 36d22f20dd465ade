import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Families follow a revision of their round; revisions say who made them and why, and are never changed. */
export class FollowRounds1790000000600 implements MigrationInterface {
  name = 'FollowRounds1790000000600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table cycles add column account text not null default 'system', add column reason text;
      create function cycles_are_append_only() returns trigger language plpgsql as $$
      begin raise exception 'a revision of a round is never changed' using errcode = 'restrict_violation'; end $$;
      create trigger cycles_are_append_only before update or delete or truncate on cycles
        for each statement execute function cycles_are_append_only();
      alter table cases add column cycle_revision int;
      update cases c set cycle_revision = (select max(revision) from cycles y where y.id = c.cycle_id);
      alter table cases alter column cycle_revision set not null;
      create index cases_by_revision on cases (cycle_id, cycle_revision) where parent_id is null and not ended;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index cases_by_revision;
      alter table cases drop column cycle_revision;
      drop trigger cycles_are_append_only on cycles;
      drop function cycles_are_append_only;
      alter table cycles drop column account, drop column reason;`);
  }
}
