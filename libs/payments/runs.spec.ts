import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cents } from '#money';
import { fileOf, FreezeService, keepFile, PaymentsService, RunsService, type PreparedRun, type RunRow } from '#payments';
import { type FreshDatabase, freshDatabase } from '#test/harness';

const IBAN = 'DE89370400440532013000';

describe('the rows of payment runs', () => {
  let db: FreshDatabase;
  let runs: RunsService;
  let payments: PaymentsService;
  let made = 0;
  beforeAll(async () => {
    db = await freshDatabase();
    // What has to be signed is the installation's to know; here are orders without cases.
    await db.store.query('alter table payment_orders disable trigger payment_orders_signed');
    runs = new RunsService(db.store);
    payments = new PaymentsService(db.store);
  });
  afterAll(() => db.drop());

  const prepared = (): Omit<PreparedRun, 'createdAt'> => {
    made += 1;
    return {
      id: `run-${made}`, cycleId: 'kim-2028', messageId: `KIM-2028-Z${made}`, executionOn: '2028-05-04',
      payer: { name: 'Kasse', iban: IBAN, bic: 'BYLADEM1001' }, preparedBy: 'certifier1', rowsHash: 'a'.repeat(64),
    };
  };
  const row = (reference: string, more: Partial<RunRow> = {}): RunRow => ({
    position: 1, caseId: `case-${reference}`, fileNumber: 'KIM-2028-0001/1', applicantName: 'Köln', caseVersion: 3, endToEndId: reference,
    amountCents: cents(100), holder: 'Stadtkasse', iban: IBAN, verdict: 'ok', reasons: [], ...more,
  });
  const freeze = async (...rows: readonly RunRow[]): Promise<string> => {
    const run = prepared();
    await db.store.transaction((tx) => runs.freeze(tx, run, rows));
    return run.id;
  };
  const decide = (runId: string, position: number, result: 'refused' | 'dropped' | 'recalled') =>
    db.store.transaction((tx) => runs.decide(tx, runId, position, { result }));
  const BLOCKED = [{ code: 'noHoldInScope', text: { de: 'gesperrt', en: 'held' }, remedy: { de: 'klären', en: 'clarify' } }];

  test('are kept as they were prepared, with reasons, in their order', async () => {
    const rows = [row('A-1'), row('A-2', { position: 2, verdict: 'blocked', reasons: BLOCKED, caseVersion: null })];
    const id = await freeze(...rows);
    const open = { result: null, decidedAt: null, orderId: null };
    expect(await runs.rows(id, { limit: 10 })).toEqual(rows.map((each) => ({ ...each, ...open })));
    expect(await runs.rows(id, { limit: 10, after: 1 })).toHaveLength(1);
    expect(await runs.rows(id, { limit: 10, undecided: true })).toHaveLength(1);
    expect([await runs.tally(db.store, id), await runs.counts(id)]).toEqual([{ undecided: 1, ordered: 0, refused: 0, orderedCents: 0 }, { ok: 1, blocked: 1 }]);
    expect(await runs.run(id)).toMatchObject({ messageId: `KIM-2028-Z${made}`, payer: { iban: IBAN }, executionOn: '2028-05-04' });
  });

  test.each(['refused', 'dropped', 'recalled'] as const)('a payment lives in one run, and is free once its row is %s', async (result) => {
    const first = await freeze(row(`B-${result}`));
    await expect(freeze(row(`B-${result}`))).rejects.toMatchObject({ code: '23505', constraint: 'payment_run_rows_live' });
    expect(await runs.liveIn([`B-${result}`])).toEqual(new Map([[`B-${result}`, first]]));
    expect([await decide(first, 1, result), await decide(first, 1, result)]).toEqual([true, false]);
    expect(await runs.liveIn([`B-${result}`])).toEqual(new Map());
    await freeze(row(`B-${result}`));
  });

  test('a blocked row holds nothing back, and is never decided', async () => {
    const id = await freeze(row('C-1', { verdict: 'blocked', reasons: BLOCKED }));
    await freeze(row('C-1'));
    expect(await decide(id, 1, 'refused')).toBe(false);
  });

  test('fifty runs at once with the same payment: one has it', async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 50 }, () => freeze(row('D-1'))));
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test.each([
    "update payment_run_rows set amount_cents = amount_cents + 1", "update payment_run_rows set iban = 'DE00'", "update payment_run_rows set verdict = 'ok'",
    "update payment_run_rows set result = null", 'delete from payment_run_rows', 'truncate payment_run_rows', 'truncate payment_runs cascade',
    "update payment_runs set execution_on = execution_on + 1", 'delete from payment_runs',
    "set local session_replication_role = replica; delete from payment_run_rows",
  ])('are frozen, even for the owner: %s', async (statement) => {
    await freeze(row(`E-${made}`));
    await expect(db.store.transaction((tx) => tx.query(statement))).rejects.toThrow('frozen');
  });

  test('what was ordered and turns out to have gone out before a restore is refused after all, as long as there is no file', async () => {
    const reason = { code: 'notGoneOut', text: { de: 'fort', en: 'gone' }, remedy: { de: 'keine', en: 'none' } };
    const left = async (id: string) => {
      await db.store.transaction((tx) => runs.leaveGoneOut(tx, id, reason));
      return (await runs.rows(id, { limit: 10 })).map(({ result, orderId }) => [result, orderId]);
    };
    const [open, written] = [await freeze(row('I-1'), row('I-2', { position: 2 })), await freeze(row('I-3'))];
    for (const [id, position] of [[open, 1], [open, 2], [written, 1]] as const) await db.store.transaction((tx) => runs.decide(tx, id, position, { result: 'ordered', orderId: 7 }));
    await db.store.transaction((tx) => keepFile(tx, { runId: written, messageId: written, count: 1, sumCents: cents(100), sha256: 'c'.repeat(64), bytes: Buffer.from('<Document/>') }));
    await expect(db.store.query(`update payment_run_rows set result = 'refused', order_id = null where run_id = $1`, [open])).rejects.toThrow('frozen');
    const freezes = new FreezeService(db.store);
    await db.store.transaction((tx) => freezes.freeze(tx, { reason: 'wiederhergestellt', account: 'system' }));
    await db.store.transaction((tx) => freezes.lift(tx, { reason: 'geprüft', account: 'authoriser1', goneOut: ['I-2', 'I-3'] }));
    expect(await left(open)).toEqual([['ordered', 7], ['refused', null]]);
    await expect(left(written)).rejects.toThrow('frozen');
  });

  test('only what has an order is ordered', async () => {
    const id = await freeze(row('F-1'));
    await expect(db.store.query(`update payment_run_rows set result = 'ordered' where run_id = $1`, [id])).rejects.toMatchObject({ code: '23514' });
    await expect(db.store.query(`update payment_run_rows set result = 'refused', order_id = 7 where run_id = $1`, [id])).rejects.toMatchObject({ code: '23514' });
    await expect(db.store.query(`update payment_run_rows set result = 'paid' where run_id = $1`, [id])).rejects.toMatchObject({ code: '23514' });
  });

  test('a file is kept once, for ever, and only of a run that is there', async () => {
    const id = await freeze(row('G-1'));
    const file = { runId: id, messageId: id, count: 1, sumCents: cents(100), sha256: 'c'.repeat(64), bytes: Buffer.from('<Document/>') };
    const keep = (more: Partial<typeof file> = {}) => db.store.transaction((tx) => keepFile(tx, { ...file, ...more }));
    await keep();
    expect(await fileOf(db.store, id)).toEqual({ ...file, createdAt: expect.any(String) });
    await expect(keep({ messageId: 'other' })).rejects.toMatchObject({ code: '23505' });
    await expect(keep({ runId: await freeze(row('G-2')) })).rejects.toMatchObject({ code: '23505', constraint: 'payment_files_message' });
    await expect(keep({ runId: 'nowhere', messageId: 'other' })).rejects.toMatchObject({ code: '23503' });
    for (const statement of ['update payment_files set count = 2', 'delete from payment_files', 'truncate payment_files']) await expect(db.store.query(statement)).rejects.toThrow('final');
  });

  test('orders that are in no run are found, and a file is written from those of its rows in their order', async () => {
    const order = (effectId: number, fileNumber: string) => db.store.transaction((tx) => payments.order(tx, {
      effectId, caseId: `case-${effectId}`, fileNumber, number: 1, cycleId: 'kim-2031', amountCents: cents(effectId), holder: 'Stadtkasse', iban: IBAN, purpose: 'KIM',
    }));
    await order(901, 'H-1');
    await order(902, 'H-2');
    expect((await runs.ordersWithoutRun('kim-2031', 10)).map(({ endToEndId }) => endToEndId)).toEqual(['H-1-1-1', 'H-2-1-1']);
    const id = await freeze(row('H-2-1-1'), row('H-1-1-1', { position: 2 }));
    expect(await runs.ordersWithoutRun('kim-2031', 10)).toEqual([]);
    const orders = await runs.orders(['H-1-1-1', 'H-2-1-1', 'H-3']);
    await db.store.transaction(async (tx) => {
      for (const { position, endToEndId } of await runs.rows(id, { limit: 10 })) {
        await runs.decide(tx, id, position, { result: 'ordered', orderId: orders.get(endToEndId)?.id ?? null });
      }
    });
    expect((await runs.ordersOf(db.store, id)).map(({ endToEndId, amountCents }) => [endToEndId, amountCents])).toEqual([['H-2-1-1', 902], ['H-1-1-1', 901]]);
    expect(await runs.ordersSoFar(['case-901', 'case-903'])).toEqual(new Map([['case-901', 1]]));
  });
});
