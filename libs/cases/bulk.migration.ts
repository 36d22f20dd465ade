import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One event for many cases, as it was shown: frozen, but for its confirmation and for the one result of each row. Only
 * what nobody confirmed is ever forgotten.
 */
export class BulkOrders1790000001400 implements MigrationInterface {
  readonly name = 'BulkOrders1790000001400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table bulk_orders (
        token text primary key,
        account text not null,
        event text not null,
        created_at timestamptz(3) not null,
        confirmed_at timestamptz(3));
      create index bulk_orders_open on bulk_orders (created_at) where confirmed_at is null;
      create table bulk_rows (
        token text not null constraint bulk_rows_order references bulk_orders on delete cascade,
        position integer not null,
        case_id text not null,
        file_number text,
        case_version integer,
        amount_cents bigint not null,
        data jsonb not null,
        allowed boolean not null,
        reasons jsonb not null,
        result text constraint bulk_rows_result check (result in ('done', 'refused')),
        code text,
        state text,
        decided_at timestamptz(3),
        constraint bulk_rows_once unique (token, case_id),
        constraint bulk_rows_decided check ((result is null) = (decided_at is null) and (result is not distinct from 'refused') = (code is not null)),
        constraint bulk_rows_pk primary key (token, position));

      create function bulk_orders_frozen() returns trigger language plpgsql as $$
        begin
          if tg_op = 'DELETE' and old.confirmed_at is null then return old; end if;
          if tg_op = 'UPDATE' and old.confirmed_at is null and to_jsonb(new) - 'confirmed_at' = to_jsonb(old) - 'confirmed_at' then return new; end if;
          raise exception 'what was shown is frozen: % refused', tg_op using errcode = 'restrict_violation';
        end $$;
      create function bulk_rows_frozen() returns trigger language plpgsql as $$
        begin
          if tg_op = 'DELETE' and not exists (select 1 from bulk_orders where token = old.token and confirmed_at is not null) then return old; end if;
          if tg_op = 'UPDATE' and old.result is null and new.result is not null
            and to_jsonb(new) - array['result', 'code', 'reasons', 'state', 'decided_at'] = to_jsonb(old) - array['result', 'code', 'reasons', 'state', 'decided_at'] then
            return new;
          end if;
          raise exception 'what was shown is frozen: % refused', tg_op using errcode = 'restrict_violation';
        end $$;
      create trigger bulk_orders_frozen before update or delete on bulk_orders for each row execute function bulk_orders_frozen();
      create trigger bulk_orders_kept before truncate on bulk_orders for each statement execute function bulk_orders_frozen();
      create trigger bulk_rows_frozen before update or delete on bulk_rows for each row execute function bulk_rows_frozen();
      create trigger bulk_rows_kept before truncate on bulk_rows for each statement execute function bulk_rows_frozen();
      alter table bulk_orders enable always trigger bulk_orders_frozen, enable always trigger bulk_orders_kept;
      alter table bulk_rows enable always trigger bulk_rows_frozen, enable always trigger bulk_rows_kept;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table bulk_rows, bulk_orders; drop function bulk_orders_frozen, bulk_rows_frozen');
  }
}
