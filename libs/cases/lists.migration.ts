import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What officers look for by their own name, and decisions by the event they are. */
export class Lists1790000000900 implements MigrationInterface {
  name = 'Lists1790000000900';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index cases_by_officer on cases ((context->>'officer')) where parent_id is null;
      create index journal_by_event on journal (event, at);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index cases_by_officer; drop index journal_by_event');
  }
}
