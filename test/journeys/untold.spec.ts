import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Bank } from '#apps/bank';
import { BankCounter } from './bank-counter.ts';
import { must, problem, type Answer } from './client.ts';
import { Run } from './run.ts';
import { PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

interface Doubted {
  readonly id: string;
  readonly case: string;
  readonly code: string;
  readonly account: string;
  readonly confirmation: { readonly account: string; readonly reason: string } | null;
}

const office = usingOffice();
const KEYS = { untold: '05315', told: '05314', unsent: '05111', inFile: '05113', foreseen: '05112' } as const;
type Title = keyof typeof KEYS;
const firsts = {} as { readonly [title in Title]: Story };
const here = {} as { bank: Bank; references: { readonly [caseId: string]: string } };
const counter = (): BankCounter => new BankCounter(office());
const doubts = async (): Promise<readonly Doubted[]> => (await office().client.get<{ items: readonly Doubted[] }>('auditor1', '/payment-answers?confirmed=false')).items;
const codesOf = async ({ id }: Story): Promise<readonly string[]> => (await doubts()).filter((each) => each.case === id).map(({ code }) => code);
const rowOf = async ({ id }: Story) => (await Run.preview(office())).rows.find((row) => row.case === id);
const confirm = (account: string, id: string, key: string = randomUUID()): Promise<Answer<Doubted>> =>
  office().client.ask(account, 'POST', `/payment-answers/${id}/confirm`, { body: { reason: 'auf dem Kontoauszug gesehen' }, headers: { 'idempotency-key': key } });
const exceptions = async ({ id }: Story) => (await office().client.get<{ items: readonly { case: string | null; kind: string; name: string; suggestedAction?: string }[] }>('officer1', '/exceptions')).items.filter((item) => item.case === id);

/** A booking as a bank tells of it that nobody of ours had a hand in. */
const statement = (messageId: string, reference: string, euros: string, day: string): string => `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
  <GrpHdr><MsgId>${messageId}</MsgId></GrpHdr><Stmt><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct><Ntry><Amt Ccy="EUR">${euros}</Amt><CdtDbtInd>DBIT</CdtDbtInd>
  <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`;

beforeAll(async () => {
  const stories = await Promise.all(Object.values(KEYS).map((key) => Story.of(office(), key, TO_THE_GRANT)));
  await office().clock('2056-05-02');
  await Promise.all((Object.keys(KEYS) as Title[]).map(async (title, index) => Object.assign(firsts, { [title]: await (stories[index] as Story).instalment(1) })));
  for (const title of ['untold', 'told', 'inFile'] as const) await firsts[title].go('certify');
  const run = await Run.prepare(office(), 'certifier1');
  await run.release();
  await run.reaches('exported');
  here.references = Object.fromEntries((await run.rows()).map((row) => [row.case, row.endToEndId]));
  const back = { returns: [{ afterDays: 1, reason: 'AC04' }] };
  here.bank = new Bank({ seed: 7, script: { otherwise: {}, fates: { [here.references[firsts.told.id] ?? '']: back, [here.references[firsts.inFile.id] ?? '']: { delayDays: 9 } } } });
  expect(here.bank.receive(await run.file())).toMatchObject({ accepted: 3, refused: [] });
  for (const answer of here.bank.answers('2056-05-02')) await counter().take(answer);
});

describe('what one person says came back', () => {
  test('and the bank does not is paid again by no run, until another person confirms it', async () => {
    const { untold } = firsts;
    expect(await untold.state()).toBe('settled');
    await untold.go('reportReturn', 'reopen', 'certify');
    expect(await rowOf(untold)).toMatchObject({ verdict: 'blocked', reasons: [{ code: 'returnTold', text: { de: expect.stringContaining('nur certifier1') } }] });
    expect(await exceptions(untold)).toMatchObject([{ kind: 'payment', name: 'returnTold', suggestedAction: 'confirm', owner: ['financeCertifier', 'financeAuthoriser'], ageDays: 0 }]);
    // Authorised by itself it has an order, and still comes into no file.
    await untold.go('authorise');
    await untold.reaches('exported');
    expect(await rowOf(untold)).toMatchObject({ verdict: 'blocked', reasons: [{ code: 'returnTold' }] });

    const [doubt] = await doubts();
    const { id = '' } = doubt ?? {};
    expect(doubt).toMatchObject({ case: untold.id, endToEndId: here.references[untold.id], amountCents: PARTS[0], account: 'certifier1', confirmation: null });
    const own = problem('own', await confirm('certifier1', id));
    expect([own.status, own.code, own.reasons?.[0]?.who]).toEqual([403, 'differentPerson', expect.arrayContaining([expect.objectContaining({ account: 'authoriser1' })])]);
    expect(problem('officer', await confirm('officer1', id)).code).toBe('wrongRole');
    expect(problem('nobody', await confirm('authoriser1', 'answer-9999-1')).code).toBe('notFound');
    const done = await confirm('authoriser1', id, 'seen');
    expect(must('confirm', done)).toMatchObject({ id, confirmation: { account: 'authoriser1', reason: 'auf dem Kontoauszug gesehen' } });
    expect((await confirm('authoriser1', id, 'seen')).headers.get('idempotency-replayed')).toBe('true');
    expect(problem('twice', await confirm('authoriser1', id)).code).toBe('notPossibleHere');
    expect(await codesOf(untold)).toEqual([]);
    expect(await exceptions(untold)).toEqual([]);
    expect(await rowOf(untold)).toMatchObject({ verdict: 'ok', reasons: [] });
    expect((await office().client.get<{ items: readonly Doubted[] }>('auditor1', '/payment-answers?confirmed=true')).items).toMatchObject([{ id, confirmation: { account: 'authoriser1' } }]);
  });

  test('and the bank says, too, in a file that somebody else imports, waits for nobody', async () => {
    const { told } = firsts;
    await told.go('reportReturn', 'reopen', 'certify');
    expect(await codesOf(told)).toEqual(['returnTold']);
    await office().clock('2056-05-03');
    for (const answer of here.bank.answers('2056-05-03')) await counter().take(answer, 'authoriser1');
    expect(await codesOf(told)).toEqual([]);
    expect(await counter().open()).toEqual([]);
    expect(await rowOf(told)).toMatchObject({ verdict: 'ok' });
  });
});

describe('what one person says was paid', () => {
  test('although no file carries it is an exception at once; so is their word that it came back', async () => {
    const { unsent } = firsts;
    await unsent.go('certify', 'authorise');
    await unsent.reaches('exported');
    await unsent.go('confirmSettled');
    expect(await codesOf(unsent)).toEqual(['settledFromFile']);
    expect(await rowOf(unsent)).toBeUndefined();
    await unsent.go('reportReturn');
    expect(await codesOf(unsent)).toEqual(['returnTold']);
    await unsent.go('reopen');
  });

  test('of a file is asked about after a week without the bank; the bank\'s value date holds, and the municipality is told', async () => {
    const { inFile } = firsts;
    await inFile.go('confirmSettled');
    expect(await codesOf(inFile)).toEqual([]);
    await office().clock('2056-05-11');
    expect(await codesOf(inFile)).toEqual(['settlementTold']);
    for (const answer of here.bank.answers('2056-05-11')) await counter().take(answer);
    expect(await codesOf(inFile)).toEqual([]);
    const [told] = await office().store.query<{ data: object }>(`select data from journal where case_id = $1 and event = 'noteValueDate'`, [inFile.id]);
    expect(told?.data).toEqual({ valueDate: '2056-05-11' });
    const letters = await office().store.query<{ text: string }>(`select text_de as text from letters where case_id = $1 and kind = 'valueDateCorrected'`, [inFile.id]);
    expect(letters[0]?.text).toMatch(/Wertstellung 03\.05\.2056 mitgeteilt\. Nach der Meldung der Bank ist es der 11\.05\.2056; dieser Tag gilt\./);
  });

  test('is confirmed by another person, also for whoever writes to the database', async () => {
    const { unsent } = firsts;
    await office().confirmAnswers('authoriser1');
    await unsent.go('certify', 'authorise');
    await unsent.reaches('exported');
    await unsent.go('confirmSettled');
    const [place] = await office().store.query<{ root: string; seq: number }>(`select root_id as root, seq from journal where case_id = $1 and event = 'confirmSettled' order by seq desc limit 1`, [unsent.id]);
    const write = async (account: string) => office().store.query(`insert into payment_confirmations values ($1, $2, 'settledFromFile', $3, $4, 'x', tranche_now()) returning seq`, [place?.root, place?.seq, Number(/^answer-(\d+)-/.exec((await doubts())[0]?.id ?? '')?.[1]), account]);
    await expect(write('certifier1')).rejects.toMatchObject({ constraint: 'payment_confirmations_by_another' });
    await write('authoriser1');
    await expect(office().store.query('delete from payment_confirmations')).rejects.toMatchObject({ code: '23001' });
    expect(await codesOf(unsent)).toEqual([]);
  });
});

test('a debit with the reference that an instalment would have next is paid by no run under it; who imported it does not put it aside alone', async () => {
  const { foreseen } = firsts;
  await foreseen.go('certify');
  const before = await rowOf(foreseen);
  expect(before).toMatchObject({ verdict: 'ok' });
  await counter().take({ xml: statement('FORESEEN', before?.endToEndId ?? '', '43137.50', '2056-05-10') });
  const blocked = async () => (await rowOf(foreseen))?.reasons.map(({ code }) => code);
  expect(await blocked()).toEqual(['bankCleared', 'referenceUnused']);
  const [entry] = await counter().open();
  expect(problem('alone', await counter().resolve('certifier1', entry?.id ?? '', 'done'))).toMatchObject({ status: 403, code: 'differentPerson' });
  must('resolve', await counter().resolve('authoriser1', entry?.id ?? '', 'done'));
  expect(await blocked()).toEqual(['referenceUnused']);
});

test('what the bank debits although no file carries it is paid by no run, and asked about', async () => {
  const { foreseen } = firsts;
  await foreseen.go('authorise');
  await foreseen.reaches('exported');
  const [order] = (await office().orders((await foreseen.view()).parent ?? '')).slice(-1);
  await counter().take({ xml: statement('UNSENT', order?.endToEndId ?? '', '43137.50', '2056-05-11') });
  expect(await foreseen.state()).toBe('settled');
  expect(await codesOf(foreseen)).toEqual(['settledFromFile']);
  expect(await office().breaches()).toEqual([]);
});
