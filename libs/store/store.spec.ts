import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { usingDatabase, Wire } from '#test/harness';
import { openStore, sqlState, type Store, type Tx, Unavailable } from '#store';

const database = usingDatabase();
beforeAll(() => database.store.query('create table counters (name text primary key, value integer not null)'));

const put = (tx: Tx, name: string, value = 0) => tx.query('insert into counters values ($1, $2)', [name, value]);
const count = async (name: string) => (await database.store.query<{ value: number }>('select value from counters where name = $1', [name]))[0]?.value;
const rise = (tx: Tx, name: string) => tx.query('update counters set value = value + 1 where name = $1', [name]);

/** Both sides reach the same point before either goes on. */
function meeting(sides: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  return () => new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length >= sides) waiting.forEach((go) => go());
  });
}

describe('a transaction', () => {
  test('commits what its work did and gives its answer', async () => {
    expect(await database.store.transaction(async (tx) => { await put(tx, 'kept'); return 'done'; })).toBe('done');
    expect(await count('kept')).toBe(0);
  });

  test('leaves nothing of work that throws, and the error as it was', async () => {
    const bug = new Error('bug');
    await expect(database.store.transaction(async (tx) => { await put(tx, 'gone'); throw bug; })).rejects.toBe(bug);
    expect(await count('gone')).toBeUndefined();
  });

  test('runs again from the start after a deadlock', async () => {
    await database.store.transaction(async (tx) => { await put(tx, 'left'); await put(tx, 'right'); });
    const met = meeting(2);
    let runs = 0;
    const both = (first: string, second: string) => database.store.transaction(async (tx) => {
      runs += 1;
      await rise(tx, first);
      await met();
      await rise(tx, second);
    });
    await Promise.all([both('left', 'right'), both('right', 'left')]);
    expect([await count('left'), await count('right'), runs]).toEqual([2, 2, 3]);
  });

  test('that collides without end is Unavailable, after a few runs', async () => {
    let runs = 0;
    const work = async (tx: Tx) => {
      runs += 1;
      await tx.query(`do $$ begin raise exception 'again' using errcode = 'serialization_failure'; end $$`);
    };
    await expect(database.store.transaction(work)).rejects.toThrow(Unavailable);
    expect(runs).toBe(5);
  });

  test('whose work swallowed a failed statement does not pass for committed', async () => {
    const careless = database.store.transaction(async (tx) => {
      await put(tx, 'careless');
      await put(tx, 'careless').catch(() => undefined);
    });
    await expect(careless).rejects.toThrow('swallowed');
    expect(await count('careless')).toBeUndefined();
  });

  test('keeps the SQLSTATE of a refused statement', async () => {
    await database.store.transaction((tx) => put(tx, 'twice'));
    const error = await database.store.transaction((tx) => put(tx, 'twice')).catch((caught: unknown) => caught);
    expect(sqlState(error)).toBe('23505');
    expect(error).not.toBeInstanceOf(Unavailable);
  });
});

describe('values arrive', () => {
  test('instants as RFC 3339 in UTC with milliseconds, days as days, bigint as number', async () => {
    const [row] = await database.store.query(`select
      '2028-10-31 23:59:59.9999+01'::timestamptz as instant, '2028-10-31 23:59:59+01'::timestamptz as whole, '2028-02-29'::date as day,
      9007199254740991::bigint as large, array['2028-01-01'::date] as days, '{"a": 1}'::jsonb as json`);
    expect(row).toEqual({
      instant: '2028-10-31T22:59:59.999Z', whole: '2028-10-31T22:59:59.000Z', day: '2028-02-29',
      large: 9007199254740991, days: expect.anything(), json: { a: 1 },
    });
  });

  test('a number that JavaScript cannot hold is an error, not another number', async () => {
    await expect(database.store.query('select 9007199254740993::bigint as large')).rejects.toThrow('not a safe integer');
  });

  test('legal time is an instant', async () => {
    expect(await database.store.now()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });
});

describe('whoever waits in this process', () => {
  test('hears of a commit until it stops listening', () => {
    let heard = 0;
    const stop = database.store.onCommitted(() => { heard += 1; });
    database.store.committed();
    stop();
    database.store.committed();
    expect(heard).toBe(1);
  });
});

describe('a database that is away', () => {
  let wire: Wire;
  let store: Store;
  beforeAll(async () => {
    wire = await Wire.to(database.url);
    store = await openStore(wire.url, [], { statementMs: 300, connectMs: 300, poolSize: 2 });
  });
  afterAll(async () => {
    await store.close();
    await wire.close();
  });

  test('a terminated backend is Unavailable, and the next transaction works', async () => {
    const cut = store.transaction((tx) => tx.query('select pg_terminate_backend(pg_backend_pid())'));
    await expect(cut).rejects.toThrow(Unavailable);
    expect(await store.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a connection that is terminated in the moment of its birth is Unavailable and ends nobody', async () => {
    const young = await openStore(wire.url, [], { poolSize: 1 });
    await expect(young.query('select pg_terminate_backend(pg_backend_pid())')).rejects.toThrow(Unavailable);
    wire.breakAtBirth();
    await expect(young.query('select 1')).rejects.toThrow(Unavailable);
    expect(await young.query('select 1 as one')).toEqual([{ one: 1 }]);
    await young.close();
  });

  test('a statement that takes too long is Unavailable', async () => {
    await expect(store.query('select pg_sleep(60)')).rejects.toThrow(Unavailable);
  });

  test('a lost answer to COMMIT is Unavailable although the row is there', async () => {
    wire.cutAfter('commit\u0000');
    await expect(store.transaction((tx) => put(tx, 'unheard'))).rejects.toThrow(Unavailable);
    expect(await count('unheard')).toBe(0);
    expect(await store.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a black-holed connection is Unavailable in time, and works again when the hole closes', async () => {
    wire.swallow(true);
    await expect(store.ping(200)).rejects.toThrow(Unavailable);
    await expect(store.transaction((tx) => tx.query('select 1'))).rejects.toThrow(Unavailable);
    wire.swallow(false);
    await store.ping();
    expect(await store.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('an address where nobody listens is Unavailable after the wait', async () => {
    await expect(openStore('postgres://tranche@localhost:5432/tranche?host=/nowhere', [], { waitMs: 0 })).rejects.toThrow(Unavailable);
  });

  test('a closed store is Unavailable', async () => {
    const closed = await openStore(database.url, []);
    await closed.close();
    await expect(closed.query('select 1')).rejects.toThrow(Unavailable);
  });
});
