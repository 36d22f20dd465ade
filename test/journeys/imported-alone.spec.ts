import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Bank } from '#apps/bank';
import { BankCounter, OURS } from './bank-counter.ts';
import { must, problem, type Answer } from './client.ts';
import { Run } from './run.ts';
import { PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

/** A file of the bank speaks for the bank, but not for whoever brought it in and is paid attention to as a certifier. */
interface Doubted {
  readonly id: string;
  readonly case: string;
  readonly code: string;
  readonly account: string;
  readonly amountCents: number;
}

const office = usingOffice();
const KEYS = { returned: '05315', rejected: '05314', byAnother: '05111', byHand: '05113', seenByBoth: '05112', reduced: '05116', late: '05117' } as const;
type Title = keyof typeof KEYS;
const TITLES = Object.keys(KEYS) as readonly Title[];
const grants = {} as { readonly [title in Title]: Story };
const firsts = {} as { readonly [title in Title]: Story };
const references: { [caseId: string]: string } = {};
const counter = (): BankCounter => new BankCounter(office());
const doubtsOf = async ({ id }: Story): Promise<readonly Doubted[]> =>
  (await office().client.get<{ items: readonly Doubted[] }>('auditor1', '/payment-answers?confirmed=false')).items.filter((each) => each.case === id);
const codesOf = async ({ id }: Story): Promise<readonly string[] | undefined> =>
  (await Run.preview(office())).rows.find((row) => row.case === id)?.reasons.map(({ code }) => code);
const confirm = (account: string, id: string): Promise<Answer<Doubted>> =>
  office().client.ask(account, 'POST', `/payment-answers/${id}/confirm`, { body: { reason: 'am Konto gesehen' }, headers: { 'idempotency-key': randomUUID() } });

/** A booking as the bank tells of it: a debit, or money that came back. */
const statement = (messageId: string, reference: string, { cents, back = false }: { readonly cents: number; readonly back?: boolean }): string => `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
  <GrpHdr><MsgId>${messageId}</MsgId></GrpHdr><Stmt><Acct><Id><IBAN>${OURS}</IBAN></Id></Acct><Ntry><Amt Ccy="EUR">${(cents / 100).toFixed(2)}</Amt><CdtDbtInd>${back ? 'CRDT' : 'DBIT'}</CdtDbtInd>
  <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2056-05-03</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs>${back ? '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>' : ''}</TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`;

beforeAll(async () => {
  await Promise.all(TITLES.map(async (title) => Object.assign(grants, { [title]: await Story.of(office(), KEYS[title], TO_THE_GRANT) })));
  await office().clock('2056-05-02');
  for (const title of TITLES) {
    Object.assign(firsts, { [title]: await grants[title].instalment(1) });
    await firsts[title].go('certify');
  }
  const run = await Run.prepare(office(), 'certifier1');
  await run.release();
  await run.reaches('exported');
  for (const row of await run.rows()) references[row.case] = row.endToEndId;
  const back = { returns: [{ afterDays: 1, reason: 'AC04' }] };
  const fates = Object.fromEntries(TITLES.map((title) => [references[firsts[title].id] ?? '', { rejected: { rejected: 'AC01' }, reduced: { returns: [{ cents: 1_000_000n, afterDays: 1, reason: 'AC04' }] }, late: {} }[title as string] ?? back]));
  const bank = new Bank({ seed: 7, script: { otherwise: {}, fates } });
  expect(bank.receive(await run.file())).toMatchObject({ accepted: TITLES.length });
  for (const answer of bank.answers('2056-05-02')) await counter().take(answer, 'certifier1');
  await firsts.byHand.go('reportReturn');
  await office().clock('2056-05-03');
  for (const answer of bank.answers('2056-05-03')) await counter().take(answer, 'certifier1');
  for (const title of TITLES) if (title !== 'late') await firsts[title].go('reopen');
});

describe('whoever imported what lets an instalment be paid again', () => {
  test.each(['returned', 'rejected'] as const)('certifies it only if another person has seen that the money is there: %s', async (title) => {
    const first = firsts[title];
    expect(await doubtsOf(first)).toEqual([]);
    await first.go('certify');
    const [doubt] = await doubtsOf(first);
    expect(doubt).toMatchObject({ code: 'importerApart', account: 'certifier1', amountCents: PARTS[0] });
    expect(await codesOf(first)).toEqual(['importerApart']);
    const { id = '' } = doubt ?? {};
    expect(problem('own', await confirm('certifier1', id))).toMatchObject({ status: 403, code: 'differentPerson' });
    expect(problem('nothing', await confirm('authoriser1', '%00'))).toMatchObject({ status: 404 });
    const [, orderId, seq] = id.split('-');
    await expect(office().store.query(
      `insert into payment_confirmations (root_id, seq, code, order_id, account, reason, at) select root_id, $2, 'importerApart', $1, 'certifier1', 'x', now() from cases where id = $3`,
      [orderId, seq, first.id])).rejects.toMatchObject({ code: '23514', constraint: 'payment_confirmations_by_another' });
    const { flags = [] } = (await Run.preview(office())).rows.find((row) => row.case === first.id) ?? {};
    expect(flags[0]).toEqual(expect.objectContaining({ code: 'paidAgain', text: expect.objectContaining({
      de: 'Wird noch einmal gezahlt: 43.137,50 € kamen zurück oder wurden nicht ausgeführt, gemeldet am ' + (title === 'rejected' ? '02' : '03') + '.05.2056 (laut Bankdatei, eingelesen von certifier1).' }) }));
    must('confirm', await confirm('authoriser1', id));
    expect([await doubtsOf(first), await codesOf(first)]).toEqual([[], []]);
  });

  test('need not wait where somebody else certifies', async () => {
    const { byAnother } = firsts;
    await byAnother.send('allrounder1', 'certify', { factual: true, arithmetic: true });
    expect([await doubtsOf(byAnother), await codesOf(byAnother)]).toEqual([[], []]);
  });

  test('bears out no report of their own', async () => {
    const { byHand } = firsts;
    expect((await doubtsOf(byHand)).map(({ code }) => code)).toEqual(['returnTold']);
    await byHand.send('allrounder1', 'certify', { factual: true, arithmetic: true });
    expect(await codesOf(byHand)).toEqual(['returnTold']);
    must('confirm', await confirm('authoriser1', (await doubtsOf(byHand))[0]?.id ?? ''));
    const row = (await Run.preview(office())).rows.find((each) => each.case === byHand.id);
    expect([row?.verdict, row?.flags[0]]).toMatchObject(['ok', { code: 'paidAgain', text: { de: expect.stringMatching(/gemeldet am 02\.05\.2056 \(von Hand gemeldet von certifier1\)\.$/) } }]);
  });

  test('nor where another person has imported the same from the bank', async () => {
    const { seenByBoth } = firsts;
    const { counts } = await counter().take({ xml: statement('BOTH', references[seenByBoth.id] ?? '', { cents: PARTS[0], back: true }) }, 'authoriser1');
    expect(counts).toMatchObject({ duplicates: 1, exceptions: 0 });
    await seenByBoth.go('certify');
    expect([await doubtsOf(seenByBoth), await codesOf(seenByBoth)]).toEqual([[], []]);
  });

  test('are not rid of it by an order that never went out', async () => {
    const { byAnother } = firsts;
    await byAnother.go('recall', 'certify', 'authorise');
    await byAnother.reaches('exported');
    await byAnother.go('reportReturn', 'reopen', 'certify');
    expect(await codesOf(byAnother)).toEqual(['importerApart']);
  });

  test('nor by certifying the other instalment, to which a change of the award has moved the money', async () => {
    await grants.reduced.send('officer1', 'proposeChange', { lines: [{ line: 'coord', grantedCents: 3_699_999 }], reason: 'Stelle unbesetzt' });
    await grants.reduced.go('confirmChange');
    await firsts.reduced.reaches('settled');
    expect(await doubtsOf(firsts.reduced)).toEqual([]);
    await office().clock('2056-10-02');
    const second = await grants.reduced.instalment(2);
    await second.go('certify');
    expect((await doubtsOf(firsts.reduced)).map(({ code, amountCents }) => [code, amountCents])).toEqual([['importerApart', 1_000_000]]);
    expect(await codesOf(second)).toContain('importerApart');
    const { flags = [] } = (await Run.preview(office())).rows.find((row) => row.case === second.id) ?? {};
    expect(flags[0]).toMatchObject({ code: 'otherReturned', text: { de: expect.stringMatching(/^Von Rate 1 kamen 10\.000,00\s€ zurück .+ eingelesen von certifier1\); seither ist dort nichts gezahlt\./) } });
  });
});

test('a return that another person bore out is not asked about again where the bank tells of it late, to whoever reported it', async () => {
  const { late } = firsts;
  await late.go('reportReturn');
  must('confirm', await confirm('authoriser1', (await doubtsOf(late))[0]?.id ?? ''));
  await late.go('reopen');
  await counter().take({ xml: statement('LATE-2', references[late.id] ?? '', { cents: PARTS[0], back: true }) });
  await counter().take({ xml: statement('LATE-1', references[late.id] ?? '', { cents: PARTS[0] }) });
  for (const { id } of await counter().open()) must('resolve', await counter().resolve('authoriser1', id, 'done'));
  expect(await doubtsOf(late)).toEqual([]);
});
