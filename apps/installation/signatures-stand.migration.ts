import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A signature counts only as long as the case has not gone back to where it was given: what was recalled, sent back or
 * reopened is signed anew. And nobody is asked alone: a family that does not exist, or a programme that names fewer than
 * two signatures, pays nothing. Some signatures are asked for only where the round demands them, such as that of a second
 * certifier; any revision that ever did counts, so that nobody takes the demand back by writing another one.
 */
export class SignaturesStand1790000001303 implements MigrationInterface {
  readonly name = 'SignaturesStand1790000001303';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table payment_signatures add column demand jsonb not null default '{}';
      create or replace function payment_orders_signed() returns trigger language plpgsql as $$
        declare cause journal; needed int; signed int; people int;
        begin
          select j.* into cause from outbox o join journal j on j.root_id = o.root_id and j.seq = o.journal_seq
            join cases c on c.id = j.case_id and c.root_id = j.root_id
            where o.id = new.effect_id and o.case_id = new.case_id and o.queue = 'payouts' and j.case_id = new.case_id and j.account <> 'system';
          if cause.root_id is null then
            raise exception 'the order % on % was authorised by nobody', new.end_to_end_id, new.case_id
              using errcode = 'check_violation', constraint = 'payment_orders_signed', table = 'payment_orders';
          end if;
          with asked as (
            select s.event from payment_signatures s join cases r on r.programme = s.programme and r.programme_version = s.version
            where r.id = cause.root_id and exists (select 1 from cycles y where y.id = r.cycle_id and y.data @> s.demand)),
          newest as (
            select distinct on (a.event) a.event, j.account, j.case_id, j.seq, j.from_state
            from asked a join journal j on j.root_id = cause.root_id and j.event = a.event and j.account <> 'system'
              and (j.case_id = new.case_id or j.case_id = cause.root_id)
            order by a.event, j.seq desc),
          standing as (
            select * from newest n where not exists (
              select 1 from journal back where back.root_id = cause.root_id and back.case_id = n.case_id and back.seq > n.seq
                and back.to_state = n.from_state and back.from_state is distinct from back.to_state))
          select (select count(*) from asked), count(*), count(distinct account) into needed, signed, people from standing;
          if needed < 2 or signed < needed or people < signed then
            raise exception 'the order % on % has % of % signatures, by % people', new.end_to_end_id, new.case_id, signed, needed, people
              using errcode = 'check_violation', constraint = 'payment_orders_signed', table = 'payment_orders';
          end if;
          return null;
        end
      $$;`);
  }

  /** The stricter function stays until the migration that made it goes. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
