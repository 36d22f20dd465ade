import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cents } from '#money';
import { BankList, BankService, PaymentsService, paymentsTables, readBankMessage, type BankImport, type PaymentOrder, type ResolveAction } from '#payments';
import { moveClock, openEffects, putEffects, schemaDrift } from '#store';
import { type FreshDatabase, freshDatabase } from '#test/harness';

const OURS = 'DE02120300000000202051';
const here = {} as { db: FreshDatabase; payments: PaymentsService; list: BankList; bank: BankService };
const counter = { orders: 0, messages: 0, keys: 0 };

beforeAll(async () => {
  here.db = await freshDatabase();
  // What has to be signed is the installation's to know; here are orders without cases.
  await here.db.store.query('alter table payment_orders disable trigger payment_orders_signed');
  await moveClock(here.db.store, '2028-05-02T06:00:00.000Z');
  here.payments = new PaymentsService(here.db.store);
  here.list = new BankList(here.db.store);
  here.bank = new BankService(here.db.store, here.list);
});
afterAll(() => here.db.drop());

/** An order of a payment that has been exported. */
async function order(amountCents = 10_099, caseId?: string): Promise<PaymentOrder> {
  const n = (counter.orders += 1);
  const instalment = caseId ?? `case-${n}-1`;
  return here.db.store.transaction(async (tx) => {
    await putEffects(tx, [{ queue: 'payouts', caseId: instalment, rootId: `case-${n}`, journalSeq: n, payload: { type: 'payout' } }]);
    const [effect] = await tx.query<{ id: number }>('update outbox set done_at = clock_timestamp() where journal_seq = $1 returning id', [n]);
    const written = await here.payments.order(tx, {
      effectId: effect?.id ?? 0, caseId: instalment, fileNumber: `F-${n}`, number: 1, cycleId: 'kim-2028', amountCents: cents(amountCents), holder: 'Stadt', iban: 'DE89370400440532013000', purpose: 'x',
    });
    if ('code' in written) throw new Error(written.code);
    return written;
  });
}

interface Line {
  readonly of: string;
  readonly amount?: string;
  readonly back?: boolean;
  readonly ref?: string;
  readonly day?: string;
}
const line = ({ of, amount = '100.99', back = false, ref = `R-${of}`, day = '2028-05-02' }: Line): string =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${back ? 'CRDT' : 'DBIT'}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${day}</Dt></BookgDt>${ref === '' ? '' : `<AcctSvcrRef>${ref}</AcctSvcrRef>`}<NtryDtls><TxDtls>
   ${of === '' ? '' : `<Refs><EndToEndId>${of}</EndToEndId></Refs>`}${back ? '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>' : ''}</TxDtls></NtryDtls></Ntry>`;
const named = (): string => `M-${(counter.messages += 1)}`;
const statement = (lines: readonly Line[], messageId = named(), account = OURS): string => `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>${messageId}</MsgId></GrpHdr>
  <Stmt><Acct><Id><IBAN>${account}</IBAN></Id></Acct>${lines.map(line).join('')}</Stmt></BkToCstmrStmt></Document>`;
const report = (payments: readonly (readonly [id: string, status: string, reason?: string])[]): string => `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr><MsgId>${named()}</MsgId></GrpHdr>
  <OrgnlPmtInfAndSts>${payments.map(([id, status, reason = '']) =>
    `<TxInfAndSts><OrgnlEndToEndId>${id}</OrgnlEndToEndId><TxSts>${status}</TxSts>${reason && `<StsRsnInf><Rsn><Cd>${reason}</Cd></Rsn></StsRsnInf>`}</TxInfAndSts>`).join('')}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`;

const keyOf = (account: string, bodyHash = 'x') => ({ actor: account, key: `key-${(counter.keys += 1)}`, route: 'bank-files', bodyHash });
function bringIn(text: string, key = keyOf('certifier1')) {
  const [bytes, read] = [Buffer.from(text), readBankMessage(Buffer.from(text))];
  if (!read.ok) throw new Error(read.refusal.code);
  return here.bank.import({ message: read.message, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }, key);
}
async function take(text: string, key = keyOf('certifier1')): Promise<BankImport> {
  const outcome = await bringIn(text, key);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.done;
}
/** The entries of a file, each as its verdict or its code. */
const verdicts = async (file: string): Promise<readonly string[]> => (await here.list.entries({ file, limit: 100 })).map(({ verdict, code }) => code ?? verdict);
const said = async (text: string): Promise<readonly string[]> => verdicts((await take(text)).id);
const effects = () => here.db.store.query<{ caseId: string; rootId: string; journalSeq: number; payload: { entryId: number; round: number } }>(
  `select case_id as "caseId", root_id as "rootId", journal_seq as "journalSeq", payload from outbox where queue = 'bank' order by id`);

test('the entities describe the tables', async () => {
  expect(await schemaDrift(here.db.url, [paymentsTables])).toEqual([]);
});

describe('an import', () => {
  test('matches by reference, sends each match to its instalment, and counts', async () => {
    const [one, two] = [await order(), await order(5)];
    const done = await take(statement([{ of: one.endToEndId }, { of: two.endToEndId, amount: '0.05' }, { of: 'NOBODY-1-1' }, { of: '' }, { of: one.endToEndId }]));
    expect(done).toEqual({
      id: expect.any(String), kind: 'camt.053', messageId: `M-${counter.messages}`, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), duplicateOf: null,
      counts: { entries: 5, matched: 2, duplicates: 1, exceptions: 2 },
    });
    const entries = await here.list.entries({ file: done.id, limit: 10 });
    expect(entries.map(({ index, verdict, code }) => [index, verdict, code])).toEqual([
      [0, 'sent', null], [1, 'sent', null], [2, 'exception', 'orderKnown'], [3, 'exception', 'referenceGiven'], [4, 'duplicate', null]]);
    expect(entries[0]).toMatchObject({ order: { id: one.id, caseId: one.caseId }, amountCents: 10_099, bookedOn: '2028-05-02', bankReference: `R-${one.endToEndId}`, account: OURS });
    expect((await effects()).slice(-2)).toMatchObject([
      { caseId: one.caseId, journalSeq: counter.orders - 1, payload: { type: 'bankEntry', entryId: entries[0]?.id, round: 0 } }, { caseId: two.caseId, payload: { entryId: entries[1]?.id } }]);
    expect(await here.list.file(done.id)).toMatchObject({ kind: 'camt.053', version: '02', account: OURS, importedBy: 'certifier1', counts: done.counts });
    expect((await here.list.bytes(done.id))?.toString()).toContain(one.endToEndId);
  });

  test('of the same bytes, or of the same message in other bytes, does nothing and names the first', async () => {
    const { endToEndId } = await order();
    const text = statement([{ of: endToEndId }], 'TWICE');
    const first = await take(text);
    const before = await openEffects(here.db.store);
    for (const again of [text, `${text}\n`, statement([{ of: endToEndId, ref: 'OTHER' }], 'TWICE')]) {
      expect(await take(again)).toMatchObject({ id: first.id, duplicateOf: first.id, counts: { entries: 1, matched: 0, duplicates: 1, exceptions: 0 } });
    }
    expect(await openEffects(here.db.store)).toBe(before);
    expect(await take(statement([{ of: endToEndId, ref: `R-${endToEndId}` }], 'TWICE', 'DE89370400440532013000'))).toMatchObject({ duplicateOf: null, counts: { duplicates: 1 } });
  });

  test('twenty at once are one', async () => {
    const { endToEndId } = await order();
    const text = statement([{ of: endToEndId }]);
    const done = await Promise.all(Array.from({ length: 20 }, () => take(text)));
    expect(done.filter(({ duplicateOf }) => duplicateOf === null)).toHaveLength(1);
    expect((await effects()).filter(({ caseId }) => caseId === `case-${counter.orders}-1`)).toHaveLength(1);
  });

  test('a repeated key gives the same answer, and with another file it is refused', async () => {
    const { endToEndId } = await order();
    const key = keyOf('certifier1');
    const first = await bringIn(statement([{ of: endToEndId }], 'KEYED'), key);
    expect(await bringIn(statement([{ of: endToEndId }], 'KEYED'), key)).toEqual({ ...first, replayed: true });
    expect(await bringIn(statement([]), { ...key, bodyHash: 'y' })).toMatchObject({ ok: false, code: 'keyReused' });
  });

  test('what fails at the end has not happened at the beginning', async () => {
    const { endToEndId } = await order();
    const before = [await openEffects(here.db.store), (await here.list.files({ limit: 200 })).length, (await here.list.entries({ limit: 1_000 })).length];
    await here.db.store.query(`alter table outbox add constraint no_bank check (queue <> 'bank') not valid`);
    await expect(take(statement([{ of: endToEndId }, { of: 'NOBODY' }], 'HALF'))).rejects.toThrow('no_bank');
    await here.db.store.query('alter table outbox drop constraint no_bank');
    expect([await openEffects(here.db.store), (await here.list.files({ limit: 200 })).length, (await here.list.entries({ limit: 1_000 })).length]).toEqual(before);
    expect(await take(statement([{ of: endToEndId }, { of: 'NOBODY' }], 'HALF'))).toMatchObject({ duplicateOf: null, counts: { matched: 1, exceptions: 1 } });
  });

  test.each(['update bank_files set account = $$x$$', 'delete from bank_entries', 'truncate bank_resolutions', 'update bank_outcomes set round = 7', 'truncate bank_files cascade'])(
    'what the bank said is final, even for the owner: %s', async (sql) => {
      await expect(here.db.store.query(sql)).rejects.toThrow('final');
    });
});

describe('the same payment again', () => {
  test('is a duplicate in another file or message; with another reference or amount a person must look', async () => {
    const { endToEndId: of } = await order();
    expect(await said(report([[of, 'ACCP']]))).toEqual(['recorded']);
    expect(await said(report([[of, 'ACSP']]))).toEqual(['duplicate']);
    expect(await said(report([[of, 'ACSC']]))).toEqual(['sent']);
    const before = (await effects()).length;
    expect(await said(statement([{ of }]))).toEqual(['duplicate']);
    // A status report knows no day: the first statement tells it, the next ones nothing new.
    expect((await effects()).length).toBe(before + 1);
    expect(await said(statement([{ of, ref: 'ELSE' }]))).toEqual(['duplicate']);
    // What a report without an amount means is all of the order: another amount is no repetition.
    expect(await said(statement([{ of, ref: 'MORE', amount: '100.98' }]))).toEqual(['settledOnce']);
    expect((await effects()).length).toBe(before + 1);
    const other = (await order()).endToEndId;
    expect(await said(statement([{ of: other }, { of: other, ref: 'ELSE' }, { of: other, amount: '100.98' }]))).toEqual(['sent', 'settledOnce', 'settledOnce']);
  });

  test('a reference in small letters is ours, also where its order is written later', async () => {
    const { endToEndId: of } = await order();
    expect(await said(statement([{ of: of.toLowerCase(), ref: 'SMALL' }, { of, ref: 'SMALL' }]))).toEqual(['sent', 'duplicate']);
    const coming = `F-${counter.orders + 1}-1-1`;
    expect(await said(statement([{ of: coming.toLowerCase() }]))).toEqual(['orderKnown']);
    expect([await here.list.debited([coming]), [...await here.list.waiting({ caseIds: [], references: [coming] })]]).toEqual([[coming], [coming]]);
    expect((await order()).endToEndId).toBe(coming);
  });

  test('an amount that is not the order\'s moves nothing', async () => {
    const { endToEndId: of } = await order();
    expect(await said(statement([{ of, amount: '100.98' }]))).toEqual(['amountMatches']);
    expect(await said(statement([{ of, amount: '101.00', back: true }]))).toEqual(['returnWithinPayment']);
    expect(await said(statement([{ of }]))).toEqual(['sent']);
  });

  test('what was not believed is no reason to take the same, said properly, for a repetition', async () => {
    const { endToEndId: of } = await order();
    expect(await said(statement([{ of, amount: '100.98', ref: 'SAME' }, { of, ref: 'SAME' }, { of, ref: 'SAME' }]))).toEqual(['amountMatches', 'sent', 'duplicate']);
  });

  test('parts may come back until all is back, told apart by reference or day', async () => {
    const { endToEndId: of } = await order(10_000);
    const part = { of, amount: '40.00', back: true };
    expect(await said(statement([{ ...part, ref: 'A' }, { ...part, ref: 'A' }, { ...part, ref: 'B' }, { ...part, ref: 'C' }]))).toEqual(['sent', 'duplicate', 'sent', 'returnWithinPayment']);
    expect(await said(statement([{ ...part, ref: '', day: '2028-05-02' }]))).toEqual(['duplicate']);
    expect(await said(statement([{ of, amount: '20.00', back: true, ref: '', day: '2028-05-09' }]))).toEqual(['sent']);
    expect(await said(statement([{ of, amount: '0.01', back: true, ref: 'D' }]))).toEqual(['returnWithinPayment']);
  });

  test('rejected and executed contradict each other, whichever comes first', async () => {
    const [one, two] = [(await order()).endToEndId, (await order()).endToEndId];
    expect(await said(report([[one, 'RJCT'], [one, 'RJCT'], [one, 'ACSC']]))).toEqual(['sent', 'duplicate', 'noContradiction']);
    expect(await said(statement([{ of: one, back: true }]))).toEqual(['returnWithinPayment']);
    expect(await said(report([[two, 'ACSC'], [two, 'RJCT']]))).toEqual(['sent', 'noContradiction']);
  });

  test('a repetition that the bank rejects says nothing of the first submission', async () => {
    const { endToEndId: of } = await order();
    expect(await said(report([[of, 'RJCT', 'AM05']]))).toEqual(['notOnlyRepeated']);
    expect(await said(statement([{ of }]))).toEqual(['sent']);
  });
});

describe('an exception', () => {
  const resolve = (entryId: number, action: ResolveAction, key = keyOf('certifier1')) => here.bank.resolve({ entryId, action, reason: 'mit der Bank geklärt', account: 'certifier1' }, key);
  const openOnes = async () => (await here.list.exceptions({ limit: 200 })).map(({ id }) => id);

  test('waits with its age until a person resolves it, once', async () => {
    const { id: file } = await take(statement([{ of: 'NOBODY-7' }]));
    const [entry] = await here.list.entries({ file, limit: 1 });
    const id = entry?.id ?? 0;
    expect((await here.list.exceptions({ limit: 1 }))[0]).toMatchObject({ id, code: 'orderKnown', ageDays: 0, order: null });
    expect(await here.list.entries({ verdict: 'exception', file, limit: 5 })).toHaveLength(1);
    const outcomes = await Promise.all([resolve(id, 'ignore'), resolve(id, 'ignore')]);
    expect(outcomes.map((outcome) => outcome.ok).toSorted()).toEqual([false, true]);
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ code: 'notPossibleHere' });
    expect(await openOnes()).not.toContain(id);
    expect(await here.list.entry(id)).toMatchObject({ verdict: 'resolved', code: 'orderKnown', resolution: { action: 'ignore', reason: 'mit der Bank geklärt', account: 'certifier1' } });
    expect(await resolve(987_654, 'done')).toMatchObject({ ok: false, code: 'notFound' });
  });

  test('is tried again only where that can help: the order is there now', async () => {
    const next = `F-${counter.orders + 1}-1-1`;
    const { id: file } = await take(statement([{ of: next, ref: 'LATE' }, { of: next, amount: '1.00', ref: 'ODD' }]));
    const [late, odd] = await here.list.entries({ file, limit: 2 });
    expect(await resolve(late?.id ?? 0, 'retry')).toMatchObject({ ok: false, code: 'orderKnown' });
    const placed = await order();
    expect(placed.endToEndId).toBe(next);
    expect(await resolve(odd?.id ?? 0, 'retry')).toMatchObject({ ok: false, code: 'amountMatches' });
    expect(await resolve(late?.id ?? 0, 'retry')).toMatchObject({ ok: true, done: { verdict: 'sent', round: 1, order: { id: placed.id } } });
    expect((await effects()).at(-1)).toMatchObject({ caseId: placed.caseId, payload: { entryId: late?.id, round: 1 } });
    expect(await said(statement([{ of: next, ref: 'LATE' }]))).toEqual(['duplicate']);
    expect(await resolve(late?.id ?? 0, 'retry')).toMatchObject({ ok: false, code: 'notPossibleHere' });
  });

  test('may also come out when the entry reaches its instalment, and every round is kept', async () => {
    const placed = await order();
    const { id: file } = await take(statement([{ of: placed.endToEndId }]));
    const [entry] = await here.list.entries({ file, limit: 1 });
    const entryId = entry?.id ?? 0;
    const conclude = (round: number, effectId: number) => here.db.store.transaction(async (tx) => {
      const work = await here.bank.work(tx, entryId, round);
      if (work !== null) await here.bank.conclude(tx, { entryId, round, effectId }, round === 0 ? { result: 'exception', code: 'possibleHere' } : { result: 'applied' });
      return work;
    });
    expect(await conclude(0, 1_000_001)).toMatchObject({ answer: 'settled', amountCents: 10_099, valueOn: '2028-05-02', reference: `R-${placed.endToEndId}`, nextSeq: null, cameBack: false });
    expect(await conclude(0, 1_000_002)).toBeNull();
    expect(await here.list.entry(entryId)).toMatchObject({ verdict: 'exception', code: 'possibleHere', round: 0 });
    expect(await openOnes()).toContain(entryId);
    expect(await resolve(entryId, 'retry')).toMatchObject({ ok: true, done: { verdict: 'sent', round: 1 } });
    await order(5, placed.caseId);
    expect(await conclude(1, 1_000_003)).toMatchObject({ nextSeq: expect.any(Number) });
    expect(await here.list.entry(entryId)).toMatchObject({ verdict: 'applied', code: null, round: 1 });
    expect(await openOnes()).not.toContain(entryId);
  });

  test('the lists come in pages', async () => {
    const { id: file } = await take(statement(Array.from({ length: 5 }, (_, n) => ({ of: `NOBODY-8${n}` }))));
    const [first, second, third] = await here.list.entries({ file, limit: 3 });
    expect((await here.list.entries({ file, after: third?.id ?? 0, limit: 3 })).map(({ index }) => index)).toEqual([3, 4]);
    expect([first?.index, second?.index]).toEqual([0, 1]);
    const all = await here.list.exceptions({ limit: 200 });
    const [, , last] = all;
    expect((await here.list.exceptions({ limit: 200, before: { at: last?.at ?? '', id: `bank-${last?.id}` } })).map(({ id }) => id)).toEqual(all.slice(3).map(({ id }) => id));
    const files = await here.list.files({ limit: 200 });
    expect((await here.list.files({ limit: 1, before: { at: files[0]?.at ?? '', id: files[0]?.id ?? '' } }))[0]).toEqual(files[1]);
  });

  test('is what was booked before the order, or far ahead: once its day has come it can be tried again', async () => {
    const [early, ahead, evening] = [(await order()).endToEndId, (await order()).endToEndId, (await order()).endToEndId];
    const { id: file } = await take(statement([{ of: early, day: '1999-05-03' }, { of: ahead, day: '2029-05-04' }, { of: evening, day: '2029-05-03' }]));
    expect(await verdicts(file)).toEqual(['bookedSinceExecution', 'bookedByNow', 'sent']);
    expect(await said(statement([{ of: early, day: '2028-04-28', back: true }]))).toEqual(['bookedSinceExecution']);
    expect(await said(report([[early, 'ACSC']]))).toEqual(['sent']);
    const [, later] = await here.list.entries({ file, limit: 2 });
    expect(await resolve(later?.id ?? 0, 'retry')).toMatchObject({ ok: false, code: 'bookedByNow' });
    await moveClock(here.db.store, '2028-05-03T06:00:00.000Z');
    expect(await resolve(later?.id ?? 0, 'retry')).toMatchObject({ ok: true, done: { verdict: 'sent' } });
  });
});
