import { describe, expect, test } from '@jest/globals';
import { allTables } from '#apps/installation';
import { createDataSource, openStore, schemaDrift } from '#store';
import { freshDatabase, usingDatabase } from '#test/harness';

describe('a fresh database', () => {
  test('is migrated, empty, a demo, and nobody else\'s', async () => {
    const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
    await one.store.query('create table mine ()');
    expect(await other.store.query(`select to_regclass('mine') as mine, mode, clock_moves as moves from installation`))
      .toEqual([{ mine: null, mode: 'demo', moves: 0 }]);
    await Promise.all([one.drop(), other.drop()]);
  });

  test('tells a test file that leaves connections open, and which', async () => {
    const database = await freshDatabase();
    const leak = await openStore(database.url, [], { applicationName: 'forgotten relay' });
    await leak.query('select 42 as answer');
    await expect(database.drop()).rejects.toThrow(/forgotten relay, idle: select 42/);
    await leak.close();
  });
});

describe('the tables of the whole installation', () => {
  const database = usingDatabase();

  test('are the same in entities and migrations', async () => {
    expect(await schemaDrift(database.url, allTables)).toEqual([]);
  });

  test('can be taken down again, migration by migration', async () => {
    const dataSource = await createDataSource(database.url, allTables).initialize();
    for (const _ of allTables.flatMap(({ migrations }) => migrations)) await dataSource.undoLastMigration();
    await dataSource.destroy();
    expect(await database.store.query(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`))
      .toEqual([{ name: 'migrations' }]);
  });
});
