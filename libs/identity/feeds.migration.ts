import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calendar feeds of people. */
export class Feeds1790000000910 implements MigrationInterface {
  name = 'Feeds1790000000910';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table feeds (
        id text primary key,
        account text not null constraint feeds_belong references people,
        token_sha256 bytea not null constraint feeds_token unique,
        scope text not null constraint feeds_scope check (scope in ('mine', 'all')),
        reminders boolean not null,
        language text not null constraint feeds_language check (language in ('de', 'en')),
        created_at timestamptz not null,
        last_used_at timestamptz
      );
      create index feeds_of_account on feeds (account);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table feeds');
  }
}
