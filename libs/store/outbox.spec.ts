import { beforeEach, describe, expect, test } from '@jest/globals';
import { usingDatabase } from '#test/harness';
import {
  claimEffects, deferEffect, dismissFailed, type EffectOrder, failEffect, finishEffect, givenUpLast, listFailed, listOverdue, openEffects, putEffects, republish, retryEffect, takeEffect,
} from '#store';

const database = usingDatabase();
beforeEach(() => database.store.query('truncate outbox'));

const order = (journalSeq: number): EffectOrder => ({ queue: 'letters', caseId: 'case', rootId: 'root', journalSeq, payload: { letter: journalSeq } });
const put = (...numbers: number[]) => database.store.transaction((tx) => putEffects(tx, numbers.map(order)));
const claim = (limit = 100) => claimEffects(database.store, { limit });
const claimOne = async () => {
  const [effect] = await claim(1);
  if (effect === undefined) throw new Error('nothing to claim');
  return effect;
};
/** As if the lease had run out. */
const expire = () => database.store.query('update outbox set next_at = clock_timestamp()');

describe('an effect', () => {
  test('exists only with the transaction that asked for it', async () => {
    await database.store.transaction(async (tx) => { await putEffects(tx, [order(1)]); throw new Error('no'); }).catch(() => undefined);
    expect(await openEffects(database.store)).toBe(0);
  });

  test('is claimed once, in order, as it was put', async () => {
    await put(1, 2, 3);
    const first = await claim(2);
    expect(first).toMatchObject([{ ...order(1), attempt: 1, failures: 0 }, { ...order(2), attempt: 1 }]);
    expect(await claim()).toMatchObject([order(3)]);
    expect(await claim()).toEqual([]);
    expect(await openEffects(database.store)).toBe(3);
  });

  test('is shared out between relays that claim at once', async () => {
    await put(...Array.from({ length: 60 }, (_, index) => index));
    const claims = await Promise.all(Array.from({ length: 6 }, () => claim(10)));
    const ids = claims.flat().map((effect) => effect.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length + (await claim()).length).toBe(60);
  });

  test('is over when it is finished', async () => {
    await put(1);
    const { id, attempt } = await claimOne();
    expect(await finishEffect(database.store, id, attempt)).toBe(true);
    expect(await finishEffect(database.store, id, attempt)).toBe(false);
    expect(await takeEffect(database.store, id, attempt)).toBeNull();
    await expire();
    expect(await claim()).toEqual([]);
  });
});

describe('the fence', () => {
  test('refuses everything that a superseded attempt wants', async () => {
    await put(1);
    const old = await claimOne();
    await expire();
    const now = await claimOne();
    expect(now).toMatchObject({ id: old.id, attempt: 2 });
    expect(await takeEffect(database.store, old.id, old.attempt)).toBeNull();
    expect(await retryEffect(database.store, old.id, old.attempt, 'late', 0)).toBe(false);
    expect(await failEffect(database.store, old.id, old.attempt, 'late')).toBe(false);
    expect(await finishEffect(database.store, old.id, old.attempt)).toBe(false);
    expect(await takeEffect(database.store, now.id, now.attempt)).toEqual(now);
    expect(await finishEffect(database.store, now.id, now.attempt)).toBe(true);
  });

  test('opens again when the transaction behind it is rolled back', async () => {
    await put(1);
    const { id, attempt } = await claimOne();
    await database.store.transaction(async (tx) => { await finishEffect(tx, id, attempt); throw new Error('no'); }).catch(() => undefined);
    expect(await finishEffect(database.store, id, attempt)).toBe(true);
  });

  test('lets one of two finish', async () => {
    await put(1);
    const { id, attempt } = await claimOne();
    const results = await Promise.all([1, 2].map(() => database.store.transaction((tx) => finishEffect(tx, id, attempt))));
    expect(results.sort()).toEqual([false, true]);
  });
});

describe('failures', () => {
  test('are retried after their delay, and counted apart from attempts', async () => {
    await put(1);
    const first = await claimOne();
    expect(await retryEffect(database.store, first.id, first.attempt, 'mail server away', 0)).toBe(true);
    const second = await claimOne();
    expect(second).toMatchObject({ attempt: 2, failures: 1 });
    await retryEffect(database.store, second.id, second.attempt, 'still away', 3_600_000);
    expect(await claim()).toEqual([]);
  });

  test('become exceptions when they are given up, whatever the error says', async () => {
    await put(1);
    const { id, attempt } = await claimOne();
    expect(await failEffect(database.store, id, attempt, `no \u0000 such address ${'x'.repeat(5_000)}`)).toBe(true);
    expect(await openEffects(database.store)).toBe(0);
    expect(await listFailed(database.store)).toMatchObject([{ id, failures: 1, error: expect.stringMatching(/^no {2}such address x+$/), failedAt: expect.stringMatching(/Z$/) }]);
  });
});

describe('an effect that lies', () => {
  const overdue = (queues: readonly EffectOrder['queue'][] = []) => listOverdue(database.store, { minutes: 60, queues });
  const age = () => database.store.query(`update outbox set put_at = put_at - interval '61 minutes'`);

  test('is overdue after its time, if it fails or waits where waiting counts', async () => {
    await put(1, 2, 3);
    const [waiting, failing] = await claim();
    if (waiting === undefined || failing === undefined) throw new Error('nothing to claim');
    await deferEffect(database.store, waiting.id, waiting.attempt, 'held', 1_000);
    await retryEffect(database.store, failing.id, failing.attempt, 'no mail server', 1_000);
    expect(await overdue(['letters'])).toEqual([]);
    await age();
    expect(await overdue()).toMatchObject([{ id: failing.id, failures: 1, error: 'no mail server', putAt: expect.stringMatching(/Z$/) }]);
    expect(await overdue(['letters'])).toMatchObject([{ id: failing.id }, { id: waiting.id, failures: 0, error: 'held' }]);
  });

  test('is not overdue any more once it is done or given up', async () => {
    await put(1, 2);
    const [first, second] = await claim();
    if (first === undefined || second === undefined) throw new Error('nothing to claim');
    await age();
    await failEffect(database.store, first.id, first.attempt, 'no');
    await finishEffect(database.store, second.id, second.attempt);
    expect(await overdue(['letters'])).toEqual([]);
  });

  test('was given up and is off the list when its case says so', async () => {
    await put(1);
    const { id, attempt } = await claimOne();
    await failEffect(database.store, id, attempt, 'no');
    await dismissFailed(database.store, 'letters', ['another']);
    expect(await listFailed(database.store)).toHaveLength(1);
    await dismissFailed(database.store, 'letters', ['case']);
    expect(await listFailed(database.store)).toEqual([]);
    expect(await openEffects(database.store)).toBe(0);
  });

  test('given up is a case\'s last word only while it asks for nothing newer', async () => {
    const last = () => givenUpLast(database.store, 'letters', ['case', 'another']);
    await put(1);
    const first = await claimOne();
    expect([...await last()]).toEqual([]);
    await failEffect(database.store, first.id, first.attempt, 'no');
    expect([[...await last()], [...await givenUpLast(database.store, 'payouts', ['case'])]]).toEqual([[['case', 'no']], []]);
    await put(2);
    expect([...await last()]).toEqual([]);
  });
});

describe('a queue that lost its data', () => {
  test('gets every open effect again at once', async () => {
    await put(1, 2, 3);
    const [done] = await claim();
    if (done !== undefined) await finishEffect(database.store, done.id, done.attempt);
    expect(await republish(database.store)).toBe(2);
    expect(await claim()).toMatchObject([{ attempt: 2 }, { attempt: 2 }]);
  });

  test('is spared what was already published into its new epoch', async () => {
    await put(1, 2);
    await claimEffects(database.store, { limit: 1, epoch: 'old' });
    await claimEffects(database.store, { limit: 1, epoch: 'new' });
    expect(await republish(database.store, 'new')).toBe(1);
    expect(await claim()).toMatchObject([order(1)]);
  });
});
