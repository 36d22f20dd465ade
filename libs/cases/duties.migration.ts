import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who has done one thing on a family may not do the other, whoever writes the journal and by whatever way. The rules are
 * the programmes' own; they are only ever added, so nobody loosens them beside a new version.
 */
export class SeparateDuties1790000001300 implements MigrationInterface {
  readonly name = 'SeparateDuties1790000001300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table separated_duties (
        programme text not null, version int not null, event text not null, other text not null,
        constraint separated_duties_pk primary key (programme, version, event, other));

      create function separated_duties_kept() returns trigger language plpgsql as $$
        begin raise exception 'a rule of separated duties is kept: % refused', tg_op using errcode = 'restrict_violation'; end $$;
      create trigger separated_duties_kept before update or delete or truncate on separated_duties
        for each statement execute function separated_duties_kept();
      alter table separated_duties enable always trigger separated_duties_kept;

      create function journal_separates_duties() returns trigger language plpgsql as $$
        declare clash text;
        begin
          select j.event into clash from journal j
            where j.root_id = new.root_id and j.account = new.account and j.seq <> new.seq and j.event in (
              select d.other from separated_duties d
              where d.event = new.event and d.version = new.programme_version and d.programme = (select programme from cases where id = new.root_id))
            limit 1;
          if clash is not null then
            raise exception '% may not send % on %: the same person sent %', new.account, new.event, new.root_id, clash
              using errcode = 'check_violation', constraint = 'journal_separates_duties', table = 'journal';
          end if;
          return null;
        end
      $$;
      create trigger journal_separates_duties after insert on journal
        for each row when (new.account <> 'system') execute function journal_separates_duties();
      alter table journal enable always trigger journal_separates_duties;
      alter table journal enable always trigger journal_is_append_only;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger journal_separates_duties on journal;
      drop function journal_separates_duties;
      drop table separated_duties;
      drop function separated_duties_kept;`);
  }
}
