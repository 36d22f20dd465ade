import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The words of a letter are frozen; while it is open, the sending may write its own columns. */
const frozen = (open: string, columns: string): string => `
  create or replace function letters_frozen() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' then
        if ${open} and to_jsonb(new) - array[${columns}] = to_jsonb(old) - array[${columns}] then
          return new;
        end if;
      end if;
      raise exception 'a letter is frozen: % refused', tg_op using errcode = 'restrict_violation';
    end
  $$;`;

/** Mail that arrives, or says why not: optional letters and who wants them, bounces, addresses nobody writes to any more. */
export class LettersArrive implements MigrationInterface {
  readonly name = 'LettersArrive1790000001400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table letters
        add column optional boolean not null default false,
        add column withheld text constraint letters_withheld check (withheld in ('bounced', 'suppressed', 'unsubscribed')),
        add column withheld_at timestamptz(3),
        add constraint letters_one_end check ((withheld is null) = (withheld_at is null) and (sent_at is null or withheld_at is null));
      create index letters_message on letters (message_id);
      create index letters_suppressed on letters (withheld_at, id) where withheld = 'suppressed';
      ${frozen('old.sent_at is null and old.withheld_at is null', "'sent_at', 'sending_until', 'withheld', 'withheld_at'")}

      create table bounces (
        id bigint generated always as identity primary key,
        letter_id bigint not null constraint bounces_letter references letters,
        address text not null,
        status text not null constraint bounces_status check (status ~ '^[45][.][0-9]{1,3}[.][0-9]{1,3}$'),
        diagnostic text,
        at timestamptz(3) not null,
        constraint bounces_once unique (letter_id, status)
      );
      create index bounces_at on bounces (at, id);

      create table suppressions (
        id bigint generated always as identity primary key,
        address text not null,
        bounce_id bigint not null constraint suppressions_bounce references bounces,
        since timestamptz(3) not null,
        lifted_at timestamptz(3),
        lifted_by text,
        constraint suppressions_lifted check ((lifted_at is null) = (lifted_by is null))
      );
      create unique index suppressions_address on suppressions (address) where lifted_at is null;

      create table subscriptions (
        account text not null,
        kind text not null,
        token text not null constraint subscriptions_token unique,
        unsubscribed_at timestamptz(3),
        primary key (account, kind)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table subscriptions, suppressions, bounces;
      drop index letters_message, letters_suppressed;
      alter table letters drop column optional, drop column withheld, drop column withheld_at;
      ${frozen('old.sent_at is null', "'sent_at', 'sending_until'")}
    `);
  }
}
