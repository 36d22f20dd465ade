import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * No order without its signatures: what the programme asks for stands in the family's journal, each by another person, and
 * the last of them caused the effect that the order carries out. Holds for whoever writes, by whatever way.
 */
export class OrdersAreSigned1790000001301 implements MigrationInterface {
  readonly name = 'OrdersAreSigned1790000001301';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table payment_signatures (
        programme text not null, version int not null, event text not null,
        constraint payment_signatures_pk primary key (programme, version, event));
      create function payment_signatures_kept() returns trigger language plpgsql as $$
        begin raise exception 'a signature that payments need is kept: % refused', tg_op using errcode = 'restrict_violation'; end $$;
      create trigger payment_signatures_kept before update or delete or truncate on payment_signatures
        for each statement execute function payment_signatures_kept();
      alter table payment_signatures enable always trigger payment_signatures_kept;

      create function payment_orders_signed() returns trigger language plpgsql as $$
        declare cause journal; needed int; signed int; people int;
        begin
          select j.* into cause from outbox o join journal j on j.root_id = o.root_id and j.seq = o.journal_seq
            where o.id = new.effect_id and o.case_id = new.case_id and o.queue = 'payouts' and j.case_id = new.case_id and j.account <> 'system';
          if cause.root_id is null then
            raise exception 'the order % on % was authorised by nobody', new.end_to_end_id, new.case_id
              using errcode = 'check_violation', constraint = 'payment_orders_signed', table = 'payment_orders';
          end if;
          with asked as (
            select s.event from payment_signatures s
            where s.version = cause.programme_version and s.programme = (select programme from cases where id = cause.root_id)),
          newest as (
            select distinct on (a.event) a.event, j.account from asked a join journal j on j.root_id = cause.root_id and j.event = a.event and j.account <> 'system'
              and (j.case_id = new.case_id or j.case_id = cause.root_id)
            order by a.event, j.seq desc)
          select (select count(*) from asked), count(*), count(distinct account) into needed, signed, people from newest;
          if signed < needed or people < signed then
            raise exception 'the order % on % has % of % signatures, by % people', new.end_to_end_id, new.case_id, signed, needed, people
              using errcode = 'check_violation', constraint = 'payment_orders_signed', table = 'payment_orders';
          end if;
          return null;
        end
      $$;
      create trigger payment_orders_signed after insert on payment_orders for each row execute function payment_orders_signed();
      alter table payment_orders enable always trigger payment_orders_signed;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger payment_orders_signed on payment_orders;
      drop function payment_orders_signed;
      drop table payment_signatures;
      drop function payment_signatures_kept;`);
  }
}
