import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever said something does not take that very saying back: of the newest such act on the case, whatever else they have
 * said before. That was a separated duty of the whole family, until each person of finance had said it once and nobody was
 * left; that rule goes here, since no version that has it was ever given out.
 */
export class TakenBackByAnother1790000001305 implements MigrationInterface {
  readonly name = 'TakenBackByAnother1790000001305';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table taken_back_by_another (
        programme text not null, version int not null, event text not null, other text not null,
        constraint taken_back_by_another_pk primary key (programme, version, event, other));
      create trigger taken_back_by_another_kept before update or delete or truncate on taken_back_by_another
        for each statement execute function separated_duties_kept();
      alter table taken_back_by_another enable always trigger taken_back_by_another_kept;
      alter table separated_duties disable trigger separated_duties_kept;
      delete from separated_duties where programme = 'kim' and version = 3 and event = 'withdrawReturn';
      alter table separated_duties enable always trigger separated_duties_kept;

      create function journal_takes_back_of_others() returns trigger language plpgsql as $$
        declare others text[]; said text;
        begin
          select array_agg(d.other) into others from taken_back_by_another d join cases head on head.programme = d.programme and head.programme_version = d.version
            where head.id = new.root_id and d.event = new.event;
          if others is null then return null; end if;
          if current_setting('transaction_isolation') <> 'read committed' then
            raise exception 'what others said is taken back in read committed only: an older snapshot overlooks who has said it meanwhile'
              using errcode = 'check_violation', constraint = 'journal_takes_back_of_others', table = 'journal';
          end if;
          -- Whoever else writes for this family is waited for, and seen by the next statement.
          perform 1 from cases where id = new.root_id for no key update;
          select j.account into said from journal j
            where j.root_id = new.root_id and j.case_id = new.case_id and j.seq < new.seq and j.event = any(others) order by j.seq desc limit 1;
          if said is not distinct from new.account or said is null then
            raise exception '% may not send % on %: nobody else has said what it takes back', new.account, new.event, new.case_id
              using errcode = 'check_violation', constraint = 'journal_takes_back_of_others', table = 'journal';
          end if;
          return null;
        end
      $$;
      create trigger journal_takes_back_of_others after insert on journal
        for each row when (new.account <> 'system') execute function journal_takes_back_of_others();
      alter table journal enable always trigger journal_takes_back_of_others;`);
  }

  /** The rule that went does not come back: with the code of that day it is written again at the start. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger journal_takes_back_of_others on journal;
      drop function journal_takes_back_of_others;
      drop table taken_back_by_another;`);
  }
}
