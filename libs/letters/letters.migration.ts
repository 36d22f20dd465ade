import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Letters: frozen words, one row per effect and recipient. Only the sending is still open when a row is written. */
export class CreateLetters implements MigrationInterface {
  readonly name = 'CreateLetters1790000000400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table letters (
        id bigint generated always as identity primary key,
        effect_id bigint not null,
        case_id text not null,
        root_id text not null,
        kind text not null,
        account text not null,
        address text not null,
        language text not null constraint letters_language check (language in ('de', 'en')),
        subject_de text not null,
        subject_en text not null,
        text_de text not null,
        text_en text not null,
        html_de text not null,
        html_en text not null,
        sha256 text not null,
        message_id text not null,
        created_at timestamptz(3) not null,
        sending_until timestamptz(3),
        sent_at timestamptz(3),
        constraint letters_once unique (effect_id, account)
      );
      create index letters_root on letters (root_id, id);
      create index letters_case on letters (case_id, id);
      create index letters_address on letters (address, id);
      create index letters_account on letters (account, id);

      create function letters_frozen() returns trigger language plpgsql as $$
        begin
          if tg_op = 'UPDATE' then
            if old.sent_at is null
              and (to_jsonb(new) - 'sent_at' - 'sending_until') = (to_jsonb(old) - 'sent_at' - 'sending_until') then
              return new;
            end if;
          end if;
          raise exception 'a letter is frozen: % refused', tg_op using errcode = 'restrict_violation';
        end
      $$;
      create trigger letters_frozen before update or delete on letters for each row execute function letters_frozen();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table letters; drop function letters_frozen');
  }
}
