import { describe, expect, test } from '@jest/globals';
import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { usingDatabase } from '#test/harness';
import { createDataSource, migrate, schemaDrift, storeTables, type Tables } from '#store';

class AddNotes implements MigrationInterface {
  readonly name = 'AddNotes1790000000099';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table notes (id bigint primary key)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table notes');
  }
}
const notes: Tables = { entities: [], migrations: [AddNotes] };

const database = usingDatabase();

describe('migrating', () => {
  test('a database that is up to date does nothing', async () => {
    expect(await migrate(database.url, [storeTables])).toEqual([]);
  });

  test('by four processes at once runs each migration once', async () => {
    const ran = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url, [storeTables, notes])));
    expect(ran.flat()).toEqual(['AddNotes1790000000099']);
  });

  test('back and forth again arrives at the same schema', async () => {
    await database.store.query('create schema empty');
    const url = `${database.url}&options=${encodeURIComponent('-c search_path=empty -c TimeZone=UTC')}`;
    const first = await migrate(url, [storeTables]);
    const dataSource = await createDataSource(url, [storeTables]).initialize();
    for (const _ of first) await dataSource.undoLastMigration();
    await dataSource.destroy();
    expect(await database.store.query(`select 1 from pg_tables where schemaname = 'empty' and tablename <> 'migrations'`)).toEqual([]);
    expect(await migrate(url, [storeTables])).toEqual(first);
  });
});

describe('entities and migrations', () => {
  test('say the same', async () => {
    expect(await schemaDrift(database.url, [storeTables])).toEqual([]);
  });

  test('that differ are found out', async () => {
    await database.store.query('alter table outbox drop column error');
    expect(await schemaDrift(database.url, [storeTables])).toEqual([expect.stringContaining('"error"')]);
  });
});
