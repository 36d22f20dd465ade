import { describe, expect, test } from '@jest/globals';
import { moveClock } from '#store';
import { freshDatabase, type FreshDatabase } from '#test/harness';
import { type Config, ConfigError } from './config.ts';
import { openInstallation, prepare } from './prepare.ts';

const as = (mode: Config['mode']): Pick<Config, 'mode' | 'redisUrl' | 'crashAt'> => ({ mode, redisUrl: null, crashAt: null });
const organisations = async ({ store }: FreshDatabase): Promise<number> => (await store.query('select key from organisations')).length;

/** Prepares and closes again; the refusal's words, or null. */
async function refusal(database: FreshDatabase, mode: Config['mode']): Promise<string | null> {
  try {
    await (await prepare(as(mode), database.url)).close();
    return null;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

describe('an installation makes its database ready', () => {
  test('a demo is seeded, by whichever of several processes comes first', async () => {
    const database = await freshDatabase();
    expect(await Promise.all([refusal(database, 'demo'), refusal(database, 'demo')])).toEqual([null, null]);
    expect(await organisations(database)).toBe(54);
    await database.drop();
  });

  test('a production stays empty, and stays a production', async () => {
    const database = await freshDatabase();
    expect(await refusal(database, 'production')).toBeNull();
    expect(await organisations(database)).toBe(0);
    expect(await refusal(database, 'demo')).toContain('the database is a production\'s');
    expect(await organisations(database)).toBe(0);
    await expect(moveClock(database.store, '2099-01-01T00:00:00.000Z')).rejects.toMatchObject({ code: '23514' });
    await database.drop();
  });

  test('a demo whose clock was moved is no production any more', async () => {
    const database = await freshDatabase();
    await moveClock(database.store, '2099-01-01T00:00:00.000Z');
    expect(await refusal(database, 'production')).toContain('whose clock was moved');
    await database.drop();
  });

  test('a database that nobody migrated says what to do', async () => {
    const database = await freshDatabase();
    await database.store.query('drop schema public cascade');
    await database.store.query('create schema public');
    await expect(openInstallation(as('demo'), database.url)).rejects.toThrow('npm run ctl -- migrate');
    await database.drop();
  });
});
