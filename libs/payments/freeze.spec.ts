import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FreezeService } from '#payments';
import { type FreshDatabase, freshDatabase } from '#test/harness';

describe('freezing payments', () => {
  let db: FreshDatabase;
  let freezes: FreezeService;
  beforeAll(async () => {
    db = await freshDatabase();
    freezes = new FreezeService(db.store);
  });
  afterAll(() => db.drop());

  const frozen = () => db.store.transaction((tx) => freezes.frozen(tx));
  const freeze = (account: string, reason = 'Verdacht') => db.store.transaction((tx) => freezes.freeze(tx, { reason, account }));
  const lift = (account: string, goneOut: readonly string[] = []) => db.store.transaction((tx) => freezes.lift(tx, { reason: 'geklärt', account, goneOut }));

  test('the database that paid goes on paying', async () => {
    expect([await frozen(), await frozen(), await freezes.current()]).toEqual([false, false, null]);
  });

  test('a person freezes, the first reason stands, another person lifts', async () => {
    const first = await freeze('certifier1');
    expect(await freeze('authoriser1', 'noch einer')).toEqual(first);
    expect([await frozen(), await lift('certifier1')]).toEqual([true, null]);
    expect(await lift('authoriser1', ['KIM-1-1-1', 'KIM-1-1-1'])).toMatchObject({ liftedBy: 'authoriser1', reason: 'Verdacht' });
    expect([await frozen(), await lift('authoriser1')]).toEqual([false, null]);
    expect(await freezes.goneOut(['KIM-1-1-1', 'KIM-2-1-1'])).toEqual(new Set(['KIM-1-1-1']));
  });

  test('fifty at once are one freeze', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, (_, index) => freeze(`person${index}`)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    await lift('authoriser1');
  });

  test.each(['999/1/1', 'another cluster'])('a database that is another one than before (%s) freezes by itself, once', async (fingerprint) => {
    const before = await freezes.times();
    await db.store.query('update payment_origin set fingerprint = $1', [fingerprint]);
    expect([await frozen(), await frozen()]).toEqual([true, true]);
    expect(await freezes.current()).toMatchObject({ account: 'system', reason: expect.stringContaining('restored') });
    await lift('authoriser1');
    expect([await frozen(), await freezes.times()]).toEqual([false, before + 1]);
  });

  test.each([
    'delete from payment_freezes', 'truncate payment_freezes cascade', `update payment_freezes set reason = 'nichts'`, 'update payment_freezes set lifted_at = null, lifted_by = null, lift_reason = null',
    'delete from payments_gone_out', `update payments_gone_out set end_to_end_id = 'X'`, 'truncate payments_gone_out',
    'set local session_replication_role = replica; delete from payment_freezes', 'set local session_replication_role = replica; delete from payments_gone_out',
  ])('what was frozen stays known: %s', async (statement) => {
    await expect(db.store.transaction((tx) => tx.query(statement))).rejects.toThrow('kept');
  });

  test('nobody lifts their own, not even by hand', async () => {
    await freeze('certifier1');
    await expect(db.store.query(`update payment_freezes set lifted_by = account, lifted_at = tranche_now(), lift_reason = 'x' where lifted_at is null`)).rejects.toMatchObject({ code: '23514' });
    await lift('authoriser1');
  });
});
