import { describe, expect, test } from '@jest/globals';
import { usingDatabase } from '#test/harness';
import { awaitKey, claimKey, forgetKeys, keepAnswer, type KeyClaim, type RequestKey, sqlState } from '#store';

const database = usingDatabase();

const request = (key: string, changed: Partial<RequestKey> = {}): RequestKey => ({ actor: 'officer1', key, route: 'POST /cases', bodyHash: 'a', ...changed });
const answer = { status: 201, body: { id: 'case', text: 'ä "€"' }, headers: { etag: '"1"' } };

/** What a command does: claim, work, keep. */
const send = (command: RequestKey, work: () => Promise<void> = async () => undefined) =>
  database.store.transaction(async (tx): Promise<KeyClaim> => {
    const claim = await claimKey(tx, command);
    if (claim.kind === 'new') {
      await work();
      await keepAnswer(tx, command, answer);
    }
    return claim;
  });

describe('a request key', () => {
  test('is new once, and afterwards gives the first answer', async () => {
    expect(await send(request('first'))).toEqual({ kind: 'new' });
    expect(await send(request('first'))).toEqual({ kind: 'replay', answer });
  });

  test('is refused with another body or on another route', async () => {
    await send(request('reused'));
    expect(await send(request('reused', { bodyHash: 'b' }))).toEqual({ kind: 'reused' });
    expect(await send(request('reused', { route: 'POST /cases/1/actions/sign' }))).toEqual({ kind: 'reused' });
  });

  test('belongs to its account: nobody else meets it', async () => {
    await send(request('mine'));
    expect(await send(request('mine', { actor: 'officer2' }))).toEqual({ kind: 'new' });
  });

  test('keeps account and key apart, wherever one ends and the other begins', async () => {
    await send(request('b", "c', { actor: 'a' }));
    expect(await send(request('c', { actor: 'a", "b' }))).toEqual({ kind: 'new' });
  });

  test('is in flight while its first request runs, and a replay right after it', async () => {
    let during: KeyClaim | undefined;
    await send(request('slow'), async () => { during = await send(request('slow')); });
    expect(during).toEqual({ kind: 'inFlight' });
    expect(await send(request('slow'))).toEqual({ kind: 'replay', answer });
  });

  test('that is waited for is a replay once its first request has ended', async () => {
    const others: KeyClaim[] = [];
    let second: Promise<unknown> | undefined;
    await send(request('together'), async () => {
      second = database.store.transaction(async (tx) => { others.push(await awaitKey(tx, request('together'))); });
      await database.store.query('select pg_sleep(0.2)');
      expect(others).toEqual([]);
    });
    await second;
    expect(others).toEqual([{ kind: 'replay', answer }]);
  });

  test('is free again when its request failed', async () => {
    await send(request('failed'), async () => { throw new Error('bug'); }).catch(() => undefined);
    expect(await send(request('failed'))).toEqual({ kind: 'new' });
  });

  test('sent fifty times at once does its work once', async () => {
    let done = 0;
    const claims = await Promise.all(Array.from({ length: 50 }, () => send(request('storm'), async () => { done += 1; })));
    expect(done).toBe(1);
    expect(claims.filter((claim) => claim.kind === 'new')).toHaveLength(1);
    expect(claims.every((claim) => claim.kind !== 'reused')).toBe(true);
  });

  test('that two answers are kept for breaks on the last wall', async () => {
    await send(request('wall'));
    const error = await database.store.transaction((tx) => keepAnswer(tx, request('wall'), answer)).catch((caught: unknown) => caught);
    expect(sqlState(error)).toBe('23505');
  });

  test('is forgotten after its days', async () => {
    await send(request('old'));
    await database.store.query(`update request_keys set created_at = created_at - interval '31 days' where key = 'old'`);
    expect(await forgetKeys(database.store, 30)).toBe(1);
    expect(await send(request('old'))).toEqual({ kind: 'new' });
  });
});
