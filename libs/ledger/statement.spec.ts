import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cents } from '#money';
import { type Account, ACCOUNTS, openBudget, post, statement, statementEntries, statementPages, type StatementEntry, type StatementScope } from '#ledger';
import { type FreshDatabase, freshDatabase } from '#test/harness';

const FAR = '2999-01-01T00:00:00.000Z';
const hour = (number: number): string => new Date(Date.UTC(2030, 0, 1) + number * 3_600_000).toISOString();

describe('statements', () => {
  let db: FreshDatabase;
  let rounds = 0;
  beforeAll(async () => { db = await freshDatabase(); });
  afterAll(() => db.drop());

  const roundOf = async (...amounts: readonly number[]): Promise<string> => {
    const id = `round-${(rounds += 1)}`;
    for (const [index, amount] of amounts.entries()) await db.store.transaction((tx) => openBudget(tx, id, cents(amount), `appropriation ${index}`));
    return id;
  };
  const book = (cycleId: string, seq: number, at: string, family: string, from: Account, to: Account, amount: number, budgetLine = 'all') => db.store.transaction((tx) =>
    post(tx, { cycleId, rootId: `${cycleId} ${family}`, caseId: `${cycleId} ${family}`, journalSeq: seq, name: 'move', from, to, cents: cents(amount), at, budgetLine }));
  const all = (scope: StatementScope, limit = 100) => statementEntries(db.store, scope, { limit });

  test('open with nothing, tell every entry in order with what it leaves, and close with the balances', async () => {
    const id = await roundOf(1_000);
    await book(id, 1, hour(1), 'a', 'budget', 'reserved', 400);
    await book(id, 2, hour(2), 'b', 'budget', 'reserved', 100);
    await book(id, 3, hour(3), 'a', 'reserved', 'committed', 400);
    expect((await all({ cycleId: id, at: FAR })).map(({ from, to, amountCents, fromBalanceCents, toBalanceCents }) => [from, to, amountCents, fromBalanceCents, toBalanceCents])).toEqual([
      ['appropriation', 'budget', 1_000, null, 1_000], ['budget', 'reserved', 400, 600, 400], ['budget', 'reserved', 100, 500, 500], ['reserved', 'committed', 400, 100, 400],
    ]);
    expect(await statement(db.store, { cycleId: id, at: FAR })).toMatchObject({
      appropriatedCents: 1_000, balances: { budget: 500, reserved: 100, committed: 400, ordered: 0, paid: 0, claimed: 0, recovered: 0 },
      checks: [{ code: 'balancesAddUp', ok: true }, { code: 'nothingOverdrawn', ok: true }],
    });
  });

  test('of one family: what it took from the budget is below zero, and what others did is not told', async () => {
    const id = await roundOf(1_000);
    await book(id, 1, hour(1), 'a', 'budget', 'reserved', 400);
    await book(id, 2, hour(2), 'b', 'budget', 'reserved', 100);
    const scope = { cycleId: id, rootId: `${id} a`, at: FAR };
    expect(await statement(db.store, scope)).toMatchObject({ appropriatedCents: 0, balances: { budget: -400, reserved: 400 }, checks: [{ ok: true }, { ok: true }] });
    expect((await all(scope)).map(({ caseId, fromBalanceCents }) => [caseId, fromBalanceCents])).toEqual([[`${id} a`, -400]]);
  });

  test('end with the instant they are asked for, itself included', async () => {
    const id = await roundOf(1_000);
    await book(id, 1, hour(5), 'a', 'budget', 'reserved', 400);
    const paid = async (at: string) => (await statement(db.store, { cycleId: id, at })).balances.reserved;
    expect([await paid('2030-01-01T04:59:59.999Z'), await paid(hour(5))]).toEqual([0, 400]);
    expect((await statement(db.store, { cycleId: id, at: '2001-01-01T00:00:00.000Z' })).lines).toEqual([]);
    expect((await statement(db.store, { cycleId: 'nowhere', at: FAR })).appropriatedCents).toBe(0);
  });

  test('by budget line: what was reserved in a line is committed in it', async () => {
    const id = await roundOf(1_000);
    await book(id, 1, hour(1), 'a', 'budget', 'reserved', 300, 'posts');
    await book(id, 2, hour(2), 'a', 'budget', 'reserved', 200, 'events');
    await expect(book(id, 3, hour(3), 'a', 'reserved', 'committed', 201, 'events')).rejects.toMatchObject({ constraint: 'ledger_family_covers' });
    expect((await statement(db.store, { cycleId: id, at: FAR })).lines.map(({ budgetLine, balances }) => [budgetLine, balances.budget, balances.reserved]))
      .toEqual([['all', 1_000, 0], ['events', -200, 200], ['posts', -300, 300]]);
    expect((await statement(db.store, { cycleId: id, budgetLine: 'posts', at: FAR })).balances).toMatchObject({ budget: -300, reserved: 300 });
  });

  test('say so when the books are at fault', async () => {
    const id = await roundOf(100);
    await db.store.transaction(async (tx) => {
      await tx.query('alter table ledger_entries disable trigger ledger_family_covers');
      await post(tx, { cycleId: id, rootId: 'x', caseId: 'x', journalSeq: 1, name: 'move', from: 'committed', to: 'paid', cents: cents(1), at: hour(1) });
      await tx.query('alter table ledger_entries enable always trigger ledger_family_covers');
    });
    expect((await statement(db.store, { cycleId: id, at: FAR })).checks).toEqual([{ code: 'balancesAddUp', ok: true }, { code: 'nothingOverdrawn', ok: false }]);
  });

  /** The second opinion: a list of what was taken, added up by hand for whatever is asked. No SQL, no window, no running value. */
  interface Taken { readonly at: string; readonly family: string | null; readonly line: string; readonly from: string; readonly to: string; readonly cents: number }
  const heldIn = (taken: readonly Taken[], account: string): number =>
    taken.reduce((sum, { from, to, cents: amount }) => sum + (to === account ? amount : 0) - (from === account ? amount : 0), 0);
  const ways: readonly (readonly [Account, Account])[] = [
    ['budget', 'reserved'], ['reserved', 'committed'], ['committed', 'ordered'], ['ordered', 'paid'], ['paid', 'claimed'], ['claimed', 'recovered'], ['recovered', 'budget'],
    ['reserved', 'budget'], ['committed', 'budget'], ['ordered', 'committed'], ['paid', 'committed'], ['claimed', 'paid'], ['budget', 'committed'],
  ];

  test('property: whatever many families do in many rounds, every statement at every instant is what a plain list says', async () => {
    const act = fc.record({
      round: fc.nat(1), family: fc.constantFrom('a', 'b', 'c'), line: fc.constantFrom('all', 'posts'), way: fc.constantFrom(...ways), cents: fc.integer({ min: 1, max: 400 }), later: fc.nat(2),
    });
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 40 }), async (acts) => {
      const ids = [await roundOf(1_000), await roundOf(300, 200)];
      const books: Taken[][] = [[1_000], [300, 200]].map((amounts) => amounts.map((amount) => ({ at: '', family: null, line: 'all', from: 'appropriation', to: 'budget', cents: amount })));
      let now = 0;
      for (const [seq, { round, family, line, way: [from, to], cents: amount, later }] of acts.entries()) {
        now += later;
        const [id, taken] = [ids[round] as string, books[round] as Taken[]];
        const holds = from === 'budget' ? heldIn(taken, 'budget') : heldIn(taken.filter((entry) => entry.family === family && entry.line === line), from);
        const done = await book(id, seq, hour(now), family, from, to, amount, line).then(() => true, () => false);
        expect({ seq, done }).toEqual({ seq, done: holds >= amount });
        if (done) taken.push({ at: hour(now), family, line, from, to, cents: amount });
      }
      for (const [round, cycleId] of ids.entries()) {
        for (let at = 0; at <= now; at += Math.max(1, Math.floor(now / 6))) {
          for (const [family, line] of [[undefined, undefined], ['a', undefined], ['b', 'posts'], [undefined, 'all']] as const) {
            const scope = { cycleId, at: hour(at), rootId: family === undefined ? undefined : `${cycleId} ${family}`, budgetLine: line };
            const told = (books[round] as Taken[]).filter((entry) => entry.at <= hour(at) && (family === undefined || entry.family === family) && (line === undefined || entry.line === line));
            const { balances, checks } = await statement(db.store, scope);
            expect(balances).toEqual(Object.fromEntries(ACCOUNTS.map((account) => [account, heldIn(told, account)])));
            expect(checks.every(({ ok }) => ok)).toBe(true);
            const entries: StatementEntry[] = [];
            for await (const page of statementPages(db.store, scope, 3)) entries.push(...page);
            expect(entries.map(({ from, to, amountCents, fromBalanceCents, toBalanceCents }) => [from, to, amountCents, fromBalanceCents, toBalanceCents])).toEqual(told.map((entry, index) =>
              [entry.from, entry.to, entry.cents, entry.from === 'appropriation' ? null : heldIn(told.slice(0, index + 1), entry.from), heldIn(told.slice(0, index + 1), entry.to)]));
          }
        }
      }
    }), { numRuns: 15 });
  });
});
