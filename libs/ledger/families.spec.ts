import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cents } from '#money';
import { type Account, available, balances, openBudget, post } from '#ledger';
import { type FreshDatabase, freshDatabase } from '#test/harness';

const AT = '2027-11-20T09:00:00.000Z';

describe('what a family holds', () => {
  let db: FreshDatabase;
  let cycle = 0;
  let seq = 0;
  beforeAll(async () => { db = await freshDatabase(); });
  afterAll(() => db.drop());

  const cycleWith = async (amount: number): Promise<string> => {
    const id = `kim-${(cycle += 1)}`;
    await db.store.transaction((tx) => openBudget(tx, id, cents(amount), 'first'));
    return id;
  };
  const move = (cycleId: string, family: string, amount: number, from: Account, to: Account, child = '') => db.store.transaction((tx) =>
    post(tx, { cycleId, rootId: `${cycleId} ${family}`, caseId: `${cycleId} ${family}${child}`, journalSeq: (seq += 1), name: 'move', from, to, cents: cents(amount), at: AT }));
  const held = (cycleId: string) => db.store.transaction((tx) => balances(tx, cycleId));

  test('is its own: what the others have in an account pays nothing of it', async () => {
    const id = await cycleWith(1000);
    await move(id, 'a', 300, 'budget', 'reserved');
    await move(id, 'b', 300, 'budget', 'reserved');
    await expect(move(id, 'a', 301, 'reserved', 'committed')).rejects.toMatchObject({ code: '23514', constraint: 'ledger_family_covers' });
    await move(id, 'a', 300, 'reserved', 'committed');
    await expect(move(id, 'a', 1, 'reserved', 'budget')).rejects.toMatchObject({ constraint: 'ledger_family_covers' });
    expect(await held(id)).toMatchObject({ budget: 400, reserved: 300, committed: 300 });
  });

  test('is one purse for its head and its children', async () => {
    const id = await cycleWith(1000);
    await move(id, 'a', 500, 'budget', 'committed');
    await move(id, 'a', 250, 'committed', 'ordered', '-1');
    await move(id, 'a', 250, 'committed', 'ordered', '-2');
    await expect(move(id, 'a', 1, 'committed', 'ordered', '-1')).rejects.toMatchObject({ constraint: 'ledger_family_covers' });
  });

  test('more is never paid than was committed, claimed than paid, recovered than claimed', async () => {
    const id = await cycleWith(1000);
    const steps = [['budget', 'committed'], ['committed', 'ordered'], ['ordered', 'paid'], ['paid', 'claimed'], ['claimed', 'recovered'], ['recovered', 'budget']] as const;
    for (const [from, to] of steps) {
      if (from !== 'budget') await expect(move(id, 'a', 401, from, to)).rejects.toMatchObject({ constraint: 'ledger_family_covers' });
      await move(id, 'a', 400, from, to);
    }
    expect(await held(id)).toEqual({ budget: 1000, reserved: 0, committed: 0, ordered: 0, paid: 0, claimed: 0, recovered: 0 });
  });

  test('lies in one round: money of another round is not there', async () => {
    const [one, other] = [await cycleWith(1000), await cycleWith(1000)];
    await move(one, 'a', 500, 'budget', 'reserved');
    await expect(db.store.transaction((tx) => post(tx, {
      cycleId: other, rootId: `${one} a`, caseId: `${one} a`, journalSeq: (seq += 1), name: 'move', from: 'reserved', to: 'committed', cents: cents(1), at: AT,
    }))).rejects.toMatchObject({ constraint: 'ledger_family_covers' });
  });

  test('a case stays in its family', async () => {
    const id = await cycleWith(1000);
    await move(id, 'a', 100, 'budget', 'reserved');
    await expect(db.store.transaction((tx) => post(tx, {
      cycleId: id, rootId: 'another', caseId: `${id} a`, journalSeq: (seq += 1), name: 'move', from: 'budget', to: 'reserved', cents: cents(1), at: AT,
    }))).rejects.toMatchObject({ constraint: 'ledger_one_family' });
  });

  test('fifty who want the same reservation at once: it is committed once', async () => {
    const id = await cycleWith(1000);
    await move(id, 'a', 100, 'budget', 'reserved');
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => move(id, 'a', 100, 'reserved', 'committed')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await held(id)).toMatchObject({ reserved: 0, committed: 100 });
  });

  const columns = 'insert into ledger_entries (cycle_id, case_id, root_id, journal_seq, name, from_account, to_account, cents, at) values';
  test.each([
    ['money from nowhere into what is committed', "($1, 'raw', 'raw', 1, 'raw', 'appropriation', 'committed', 1, '2027-01-01Z')"],
    ['a payment of what was never committed', "($1, 'raw', 'raw', 1, 'raw', 'committed', 'paid', 1, '2027-01-01Z')"],
    ['a payment straight out of the budget', "($1, 'raw', 'raw', 1, 'raw', 'budget', 'paid', 1, '2027-01-01Z')"],
    ['an entry with one side only', "($1, 'raw', 'raw', 1, 'raw', null, 'reserved', 1, '2027-01-01Z')"],
    ['an entry of a case without a family', "($1, 'raw', null, 1, 'raw', 'budget', 'reserved', 1, '2027-01-01Z')"],
    ['an entry of no case', "($1, null, null, null, 'raw', 'budget', 'reserved', 1, '2027-01-01Z')"],
    ['a negative amount', "($1, 'raw', 'raw', 1, 'raw', 'budget', 'reserved', -1, '2027-01-01Z')"],
    ['a chain that is covered only in the end', "($1, 'raw', 'raw', 1, 'a', 'reserved', 'committed', 1, '2027-01-01Z'), ($1, 'raw', 'raw', 2, 'b', 'budget', 'reserved', 2000, '2027-01-01Z')"],
  ])('raw SQL by the owner is refused: %s', async (_, values) => {
    const id = await cycleWith(1000);
    await expect(db.store.transaction((tx) => tx.query(`${columns} ${values}`, [id]))).rejects.toThrow();
    await expect(db.store.transaction(async (tx) => {
      await tx.query('set local session_replication_role = replica');
      await tx.query(`${columns} ${values}`, [id]);
    })).rejects.toThrow();
    expect(await db.store.transaction((tx) => available(tx, id, { lock: false }))).toBe(1000);
  });
});
