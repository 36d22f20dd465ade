import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the rules of separated duties rest on cannot be moved from under them: which family, machine and version a case
 * belongs to. The version is the case's own, not what a row of the journal says of itself; a row about a case stands in
 * that case's family; and two rows at once cannot overlook each other.
 */
export class DutiesAreHeld1790000001302 implements MigrationInterface {
  readonly name = 'DutiesAreHeld1790000001302';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PLACES);
    await runner.query(DUTIES);
  }

  /** The stricter function stays until the migration that made it goes. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger cases_keep_their_place on cases; drop trigger cases_stay on cases; drop function cases_keep_their_place');
  }
}

const PLACES = `
  create function cases_keep_their_place() returns trigger language plpgsql as $$
    begin raise exception 'a case stays where it was opened: % refused', tg_op using errcode = 'restrict_violation'; end $$;
  create trigger cases_keep_their_place before update of id, root_id, parent_id, machine, programme, programme_version on cases
    for each statement execute function cases_keep_their_place();
  create trigger cases_stay before delete or truncate on cases for each statement execute function cases_keep_their_place();
  alter table cases enable always trigger cases_keep_their_place, enable always trigger cases_stay;`;

const DUTIES = `
  create or replace function journal_separates_duties() returns trigger language plpgsql as $$
    declare others text[]; clash text; head cases;
    begin
      select r.* into head from cases c join cases r on r.id = c.root_id where c.id = new.case_id and c.root_id = new.root_id;
      if head.id is null then
        raise exception 'the case % is not of the family %', new.case_id, new.root_id
          using errcode = 'check_violation', constraint = 'journal_separates_duties', table = 'journal';
      end if;
      select array_agg(d.other) into others from separated_duties d where d.programme = head.programme and d.version = head.programme_version and d.event = new.event;
      if others is null then return null; end if;
      if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'duties are separated in read committed only: an older snapshot overlooks who has signed meanwhile'
          using errcode = 'check_violation', constraint = 'journal_separates_duties', table = 'journal';
      end if;
      -- Whoever else writes for this family is waited for, and seen by the next statement. The house itself has the lock already.
      perform 1 from cases where id = new.root_id for no key update;
      select j.event into clash from journal j
        where j.root_id = new.root_id and j.account = new.account and j.seq <> new.seq and j.event = any(others) limit 1;
      if clash is not null then
        raise exception '% may not send % on %: the same person sent %', new.account, new.event, new.root_id, clash
          using errcode = 'check_violation', constraint = 'journal_separates_duties', table = 'journal';
      end if;
      return null;
    end
  $$;`;
