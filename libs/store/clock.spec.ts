import { beforeEach, describe, expect, test } from '@jest/globals';
import { usingDatabase } from '#test/harness';
import { type Instant, moveClock, settleMode, sqlState } from '#store';

const database = usingDatabase('each');

const move = (to: Instant) => database.store.transaction((tx) => moveClock(tx, to));
const installation = async () => (await database.store.query<{ moves: number; offset: number }>('select clock_moves as moves, offset_ms as "offset" from installation'))[0];

describe('the clock of a demo', () => {
  test('moves forwards, runs on from there, and counts its moves', async () => {
    const moved = await move('2035-06-01T12:00:00.000Z');
    expect(moved?.slice(0, 16)).toBe('2035-06-01T12:00');
    expect((await database.store.now()) >= '2035-06-01T12:00:00.000Z').toBe(true);
    expect(await installation()).toMatchObject({ moves: 1 });
  });

  test('does not move backwards, and a refused move changes nothing', async () => {
    await move('2035-06-01T12:00:00.000Z');
    const before = await installation();
    expect(await move('2035-06-01T11:59:59.999Z')).toBeNull();
    expect(await installation()).toEqual(before);
  });

  test('moved by several at once stands at the latest', async () => {
    const years = [2031, 2034, 2032, 2033];
    await Promise.all(years.map((year) => move(`${year}-01-01T00:00:00.000Z`)));
    expect((await database.store.now()).slice(0, 10)).toBe('2034-01-01');
  });

  test('is the same for everybody, within a transaction too', async () => {
    const seen = await database.store.transaction(async (tx) => {
      await moveClock(tx, '2035-06-01T12:00:00.000Z');
      return tx.query<{ now: Instant }>('select tranche_now() as now');
    });
    expect(seen[0]?.now.slice(0, 10)).toBe('2035-06-01');
  });
});

describe('the clock of production', () => {
  beforeEach(() => settleMode(database.store, 'production'));

  test('is locked by a constraint', async () => {
    const refusal = await move('2035-06-01T12:00:00.000Z').catch((error: unknown) => error);
    expect(sqlState(refusal)).toBe('23514');
    expect(await installation()).toEqual({ moves: 0, offset: 0 });
  });

  test('is not unlocked by leaving production', async () => {
    expect(await settleMode(database.store, 'demo')).toBe('production');
    const refusal = await database.store.query(`update installation set mode = 'demo'`).catch((error: unknown) => error);
    expect(sqlState(refusal)).toBe('23514');
  });
});

test('a demo whose clock was moved never becomes production', async () => {
  await move('2035-06-01T12:00:00.000Z');
  expect(await settleMode(database.store, 'production')).toBe('demo');
});

test('there is one installation per database', async () => {
  const refusal = await database.store.query(`insert into installation (id, mode) values (2, 'demo')`).catch((error: unknown) => error);
  expect(sqlState(refusal)).toBe('23514');
});
