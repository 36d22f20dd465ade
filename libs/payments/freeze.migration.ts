import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Payments stand still between a freeze and its end; what went out although this database does not know it stays known. */
export class FreezePayments1790000001001 implements MigrationInterface {
  readonly name = 'FreezePayments1790000001001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table payment_origin (
        id boolean primary key default true constraint payment_origin_one check (id),
        fingerprint text not null
      );

      create table payment_freezes (
        id bigint generated always as identity primary key,
        reason text not null,
        account text not null,
        at timestamptz(3) not null,
        lifted_by text,
        lifted_at timestamptz(3),
        lift_reason text,
        constraint payment_freezes_end check (num_nonnulls(lifted_by, lifted_at, lift_reason) in (0, 3)),
        constraint payment_freezes_two check (lifted_by is distinct from account)
      );
      create unique index payment_freezes_open on payment_freezes ((true)) where lifted_at is null;

      create table payments_gone_out (
        end_to_end_id text primary key,
        freeze_id bigint not null constraint payments_gone_out_freeze references payment_freezes
      );

      create function payment_freezes_kept() returns trigger language plpgsql as $$
        begin
          if tg_op = 'UPDATE' and old.lifted_at is null and new.lifted_at is not null
            and to_jsonb(new) - array['lifted_by', 'lifted_at', 'lift_reason'] = to_jsonb(old) - array['lifted_by', 'lifted_at', 'lift_reason'] then
            return new;
          end if;
          raise exception 'a freeze is kept: % refused', tg_op using errcode = 'restrict_violation';
        end
      $$;
      create function payments_gone_out_kept() returns trigger language plpgsql as $$
        begin
          raise exception 'what went out is kept: % refused', tg_op using errcode = 'restrict_violation';
        end
      $$;
      create trigger payment_freezes_kept before update or delete on payment_freezes for each row execute function payment_freezes_kept();
      create trigger payment_freezes_whole before truncate on payment_freezes for each statement execute function payment_freezes_kept();
      create trigger payments_gone_out_kept before update or delete or truncate on payments_gone_out for each statement execute function payments_gone_out_kept();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table payments_gone_out, payment_freezes, payment_origin; drop function payments_gone_out_kept, payment_freezes_kept');
  }
}
