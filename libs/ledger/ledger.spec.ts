import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cents, type Cents } from '#money';
import { type Account, available, balances, ledgerTables, openBudget, post } from '#ledger';
import { schemaDrift } from '#store';
import { type FreshDatabase, freshDatabase } from '#test/harness';

/** Written out beside the migration's own list, so that neither is changed alone. */
const WAYS = [
  'budget reserved', 'budget committed', 'reserved budget', 'reserved committed', 'committed reserved', 'committed budget', 'committed ordered', 'ordered committed',
  'ordered paid', 'committed paid', 'paid committed', 'paid claimed', 'claimed paid', 'claimed recovered', 'recovered claimed', 'recovered budget',
];

const AT = '2027-11-20T09:00:00.000Z';

describe('ledger', () => {
  let db: FreshDatabase;
  let cycle = 0;
  beforeAll(async () => { db = await freshDatabase(); });
  afterAll(() => db.drop());

  const cycleWith = async (amount: number): Promise<string> => {
    const id = `kim-${(cycle += 1)}`;
    await db.store.transaction((tx) => openBudget(tx, id, cents(amount), 'first'));
    return id;
  };
  const entry = (cycleId: string, journalSeq: number, amount: Cents, from: Account = 'budget', to: Account = 'reserved', name = 'reserve') =>
    ({ cycleId, caseId: `case-of-${cycleId}`, rootId: `case-of-${cycleId}`, name, from, to, cents: amount, at: AT, journalSeq });
  const reserve = (cycleId: string, journalSeq: number, amount: number) =>
    db.store.transaction((tx) => post(tx, entry(cycleId, journalSeq, cents(amount))));
  const left = (cycleId: string) => db.store.transaction((tx) => available(tx, cycleId, { lock: false }));

  test('the entities describe the tables', async () => {
    expect(await schemaDrift(db.url, [ledgerTables])).toEqual([]);
  });

  test('an appropriation is counted once by its name, and a contradiction is refused', async () => {
    const id = await cycleWith(1000);
    await db.store.transaction((tx) => openBudget(tx, id, cents(1000), 'first'));
    await db.store.transaction((tx) => openBudget(tx, id, cents(1), 'second'));
    expect(await left(id)).toBe(1001);
    await expect(db.store.transaction((tx) => openBudget(tx, id, cents(999), 'first'))).rejects.toThrow('not 999');
    expect(await left(id)).toBe(1001);
  });

  test('a cycle without a budget has nothing to give', async () => {
    expect(await left('nowhere')).toBe(0);
    await expect(reserve('nowhere', 1, 1)).rejects.toMatchObject({ code: '23503' });
  });

  test('money moves along the accounts and none is lost', async () => {
    const id = await cycleWith(1000);
    await db.store.transaction(async (tx) => {
      await post(tx, entry(id, 1, cents(700)));
      await post(tx, entry(id, 2, cents(700), 'reserved', 'committed', 'commit'));
      await post(tx, entry(id, 3, cents(350), 'committed', 'paid', 'pay'));
      await post(tx, entry(id, 3, cents(50), 'committed', 'budget', 'giveBack'));
    });
    expect(await db.store.transaction((tx) => balances(tx, id))).toEqual({ budget: 350, reserved: 0, committed: 300, ordered: 0, paid: 350, claimed: 0, recovered: 0 });
  });

  test('a cent more than the budget is refused by the database, the last cent is given', async () => {
    const id = await cycleWith(1000);
    await expect(reserve(id, 1, 1001)).rejects.toMatchObject({ code: '23514' });
    await reserve(id, 1, 1000);
    expect(await left(id)).toBe(0);
  });

  test('the same entry cannot be written twice', async () => {
    const id = await cycleWith(1000);
    await reserve(id, 7, 1);
    await expect(reserve(id, 7, 1)).rejects.toMatchObject({ code: '23505' });
    expect(await left(id)).toBe(999);
  });

  test.each([
    ['zero', { cents: 0 as Cents }],
    ['a negative amount', { cents: -1 as Cents }],
    ['an account to itself', { to: 'budget' as const }],
    ['an unknown account', { to: 'pocket' as Account }],
    ['money back into the appropriation', { to: 'appropriation' as Account }],
    ['an appropriation by a case', { from: 'appropriation' as Account }],
    ['a way that no entry means', { to: 'paid' as const }],
  ])('%s is refused', async (_, wrong) => {
    const id = await cycleWith(1000);
    await expect(db.store.transaction((tx) => post(tx, { ...entry(id, 1, cents(1)), ...wrong }))).rejects.toMatchObject({ code: '23514' });
    expect(await left(id)).toBe(1000);
  });

  test.each([
    'update ledger_entries set cents = 1',
    'update ledger_entries set cents = 1 where false',
    'delete from ledger_entries',
    'truncate ledger_entries',
    'truncate budget_lines cascade',
    `set local session_replication_role = replica; delete from ledger_entries`,
  ])('append-only, even for the owner: %s', async (statement) => {
    const id = await cycleWith(1000);
    await expect(db.store.transaction((tx) => tx.query(statement))).rejects.toThrow('append-only');
    expect(await left(id)).toBe(1000);
  });

  test('two approvals race for the last euro: one gets it, even when neither asked first', async () => {
    const id = await cycleWith(100);
    const results = await Promise.allSettled([1, 2, 3, 4].map((seq) => reserve(id, seq, 100)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await left(id)).toBe(0);
  });

  test('who holds the lock decides on a figure that nobody else can change', async () => {
    const id = await cycleWith(100);
    const approve = (seq: number) => db.store.transaction(async (tx) => {
      if (await available(tx, id, { lock: true }) < 60) return 'waits';
      await post(tx, entry(id, seq, cents(60)));
      return 'approved';
    });
    expect((await Promise.all([1, 2, 3, 4, 5].map(approve))).toSorted()).toEqual(['approved', 'waits', 'waits', 'waits', 'waits']);
    expect(await left(id)).toBe(40);
  });

  test('property: whatever is tried, the balances add up to the budget and none is negative', async () => {
    const account = fc.constantFrom<Account>('budget', 'reserved', 'committed', 'ordered', 'paid', 'claimed', 'recovered');
    const tries = fc.array(fc.record({ from: account, to: account, cents: fc.integer({ min: 1, max: 400 }) }), { maxLength: 12 });
    await fc.assert(fc.asyncProperty(tries, async (moves) => {
      const id = await cycleWith(1000);
      const held = { budget: 1000, reserved: 0, committed: 0, ordered: 0, paid: 0, claimed: 0, recovered: 0 };
      for (const [seq, move] of moves.entries()) {
        const possible = WAYS.includes(`${move.from} ${move.to}`) && held[move.from] >= move.cents;
        const done = await db.store.transaction((tx) => post(tx, entry(id, seq, cents(move.cents), move.from, move.to)))
          .then(() => true, () => false);
        expect(done).toBe(possible);
        if (!done) continue;
        held[move.from] -= move.cents;
        held[move.to] += move.cents;
      }
      expect(await db.store.transaction((tx) => balances(tx, id))).toEqual(held);
    }), { numRuns: 25 });
  });
});
