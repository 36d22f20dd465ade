import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Payment orders: what the treasury is told to pay, one immutable row each. */
export class CreatePayments implements MigrationInterface {
  readonly name = 'CreatePayments1790000000500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table payment_orders (
        id bigint generated always as identity primary key,
        effect_id bigint not null,
        case_id text not null,
        sequence integer not null constraint payment_orders_first check (sequence > 0),
        end_to_end_id text not null constraint payment_orders_reference check (end_to_end_id ~ '^[A-Za-z0-9-]{1,35}$'),
        cycle_id text not null,
        amount_cents bigint not null constraint payment_orders_amount check (amount_cents > 0),
        holder text not null,
        iban text not null,
        purpose text not null,
        created_at timestamptz(3) not null,
        constraint payment_orders_effect unique (effect_id),
        constraint payment_orders_sequence unique (case_id, sequence),
        constraint payment_orders_end_to_end unique (end_to_end_id)
      );

      create function payment_orders_append_only() returns trigger language plpgsql as $$
        begin
          raise exception 'a payment order is final: % refused', tg_op using errcode = 'restrict_violation';
        end
      $$;
      create trigger payment_orders_append_only before update or delete or truncate on payment_orders
        for each statement execute function payment_orders_append_only();
      alter table payment_orders enable always trigger payment_orders_append_only;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table payment_orders; drop function payment_orders_append_only');
  }
}
