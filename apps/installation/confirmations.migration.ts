import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who confirmed, by another source than the bank's files, what was said of a payment: never whoever said it. */
export class AnswersAreConfirmed1790000001304 implements MigrationInterface {
  readonly name = 'AnswersAreConfirmed1790000001304';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table payment_confirmations (
        root_id text not null, seq int not null, code text not null, order_id bigint not null, account text not null, reason text not null, at timestamptz(3) not null,
        constraint payment_confirmations_pk primary key (root_id, seq, code));
      create function payment_confirmations_by_another() returns trigger language plpgsql as $$
        begin
          if not exists (select 1 from journal where root_id = new.root_id and seq = new.seq and account <> new.account) then
            raise exception 'what % confirms was said by nobody else', new.account
              using errcode = 'check_violation', constraint = 'payment_confirmations_by_another', table = 'payment_confirmations';
          end if;
          return null;
        end
      $$;
      create trigger payment_confirmations_by_another after insert on payment_confirmations for each row execute function payment_confirmations_by_another();
      alter table payment_confirmations enable always trigger payment_confirmations_by_another;
      create function payment_confirmations_kept() returns trigger language plpgsql as $$
        begin raise exception 'a confirmation is kept: % refused', tg_op using errcode = 'restrict_violation'; end $$;
      create trigger payment_confirmations_kept before update or delete or truncate on payment_confirmations
        for each statement execute function payment_confirmations_kept();
      alter table payment_confirmations enable always trigger payment_confirmations_kept;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table payment_confirmations;
      drop function payment_confirmations_by_another;
      drop function payment_confirmations_kept;`);
  }
}
