import { beforeAll, describe, expect, test } from '@jest/globals';
import { Bank } from '#apps/bank';
import { BankCounter } from './bank-counter.ts';
import { must, problem } from './client.ts';
import { Run } from './run.ts';
import { PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

interface Doubted {
  readonly id: string;
  readonly case: string;
  readonly code: string;
  readonly amountCents: number;
}

const office = usingOffice();
const KEYS = { laundered: '05315', many: '05314', between: '05111', partly: '05113', moved: '05112', executed: '05114', debited: '05116', told: '05117', before: '05119', odd: '05120', denied: '05122' } as const;
type Title = keyof typeof KEYS;
const grants = {} as { readonly [title in Title]: Story };
const firsts = {} as { readonly [title in Title]: Story };
const here = {} as { references: { readonly [caseId: string]: string } };
const counter = (): BankCounter => new BankCounter(office());
const doubts = async (): Promise<readonly Doubted[]> => (await office().client.get<{ items: readonly Doubted[] }>('auditor1', '/payment-answers?confirmed=false')).items;
const doubtsOf = async ({ id }: Story) => (await doubts()).filter((each) => each.case === id).map(({ code, amountCents }) => [code, amountCents]);
const codesOf = async ({ id }: Story) => (await Run.preview(office())).rows.find((row) => row.case === id)?.reasons.map(({ code }) => code);
const FILED = ['laundered', 'many', 'moved', 'executed', 'told', 'denied'] as const;
const ordered = async (story: Story, ...events: readonly string[]) => {
  await story.go(...events, 'certify', 'authorise');
  await story.reaches('exported');
};
const returned = (story: Story, amountCents: number) => story.send('certifier1', 'reportReturn', { reason: 'laut Auszug', amountCents });
const booking = (id: string, reference: string, euros: string, back = ''): string => `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
  <GrpHdr><MsgId>${id}</MsgId></GrpHdr><Stmt><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct><Ntry><Amt Ccy="EUR">${euros}</Amt><CdtDbtInd>${back === '' ? 'DBIT' : 'CRDT'}</CdtDbtInd>
  <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2056-05-02</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs>${back}</TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`;

beforeAll(async () => {
  const stories = await Promise.all(Object.values(KEYS).map((key) => Story.of(office(), key, TO_THE_GRANT)));
  await office().clock('2056-05-02');
  await Promise.all((Object.keys(KEYS) as Title[]).map(async (title, index) => {
    const grant = stories[index] as Story;
    Object.assign(grants, { [title]: grant });
    Object.assign(firsts, { [title]: await grant.instalment(1) });
  }));
  for (const title of FILED) await firsts[title].go('certify');
  const run = await Run.prepare(office(), 'certifier1');
  await run.release();
  await run.reaches('exported');
  here.references = Object.fromEntries((await run.rows()).map((row) => [row.case, row.endToEndId]));
  const bank = new Bank({ seed: 7, script: { otherwise: {}, fates: { [here.references[firsts.laundered.id] ?? '']: { returns: [{ cents: 100n, afterDays: 1, reason: 'AC04' }] } } } });
  bank.receive(await run.file());
  for (const answer of bank.answers().filter(({ kind }) => kind === 'camt.053')) await counter().take({ xml: answer.xml.replaceAll(here.references[firsts.executed.id] ?? '', 'NOT-OF-OURS-1').replaceAll(here.references[firsts.denied.id] ?? '', 'NOT-OF-OURS-2') }, 'authoriser1');
});

describe('money that went out is not paid again because one person says that it came back', () => {
  test('not behind a small order that never went out: what exceeds it belongs to the one before', async () => {
    const { laundered } = firsts;
    expect(await laundered.view()).toMatchObject({ state: 'returned', paidCents: PARTS[0] - 100 });
    await ordered(laundered, 'reopen');
    await laundered.go('confirmSettled');
    await returned(laundered, PARTS[0]);
    await laundered.go('reopen', 'certify');
    expect(await doubtsOf(laundered)).toEqual([['returnTold', PARTS[0]]]);
    expect(await codesOf(laundered)).toEqual(['returnTold']);
  });

  test('not by saying many things of orders that never went out: none of them hides the first', async () => {
    const { many } = firsts;
    await returned(many, PARTS[0]);
    for (let cents = 1; cents <= 5; cents += 1) {
      await ordered(many, 'reopen');
      await many.go('confirmSettled');
      await returned(many, PARTS[0] - cents);
    }
    await many.go('reopen', 'certify');
    expect((await doubtsOf(many)).at(-1)).toEqual(['returnTold', PARTS[0]]);
    expect(await codesOf(many)).toEqual(['returnTold']);
  });

  test('not as the other instalment, after the award was moved there', async () => {
    const { moved } = firsts;
    await returned(moved, PARTS[0]);
    await office().clock('2056-10-02');
    const second = await grants.moved.instalment(2);
    await second.reaches('due');
    expect(await codesOf(second)).toContain('returnTold');
    const { items } = await office().client.get<{ items: readonly { case: string; ready: boolean; checks: readonly { code: string; ok: boolean }[] }[] }>('auditor1', `/cases/${grants.moved.id}/readiness`);
    expect(items.map(({ ready, checks }) => [ready, checks.find(({ code }) => code === 'returnTold')?.ok])).toContainEqual([false, false]);
  });
});

describe('what another person takes back', () => {
  test('is no return that the bank has told, be it of another amount', async () => {
    const { told } = firsts;
    await returned(told, 1_000);
    await counter().take({ xml: booking('TOLD', here.references[told.id] ?? '', '43137.50', '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>') });
    for (const { id } of await counter().open()) must('resolve', await counter().resolve('authoriser1', id, 'done'));
    expect((await told.refused('authoriser1', 'withdrawReturn', { reason: 'verlesen' })).code).toBe('returnByHand');
  });

  test('puts nothing into a file that two persons have said to be paid without one', async () => {
    const { partly } = firsts;
    await ordered(partly);
    await returned(partly, 1_000);
    expect((await partly.view()).paidCents).toBe(PARTS[0] - 1_000);
    // Who reports a part of it says that the rest was paid.
    expect(await doubtsOf(partly)).toEqual([['settledFromFile', PARTS[0] - 1_000]]);
    await office().confirmAnswers('authoriser1');
    await partly.send('allrounder1', 'withdrawReturn', { reason: 'verlesen' });
    expect([await partly.state(), await codesOf(partly)]).toEqual(['exported', ['referenceUnused']]);
  });
});

describe('what the bank says after somebody has said the opposite', () => {
  test('is asked about anew, though another person has confirmed the return', async () => {
    const { executed } = firsts;
    await returned(executed, PARTS[0]);
    await executed.go('reopen', 'certify');
    await office().confirmAnswers('authoriser1');
    expect(await codesOf(executed)).toEqual([]);
    const run = await Run.prepare(office());
    await counter().take({ xml: booking('LATE', here.references[executed.id] ?? '', '43137.50') });
    await run.release();
    await run.reaches('exported');
    expect((await run.rows()).map(({ case: id, result, reasons }) => [id === executed.id, result, reasons.map(({ code }) => code)])).toContainEqual([true, 'refused', ['executedTold', 'bankCleared']]);
    for (const { id } of await counter().open()) await counter().resolve('authoriser1', id, 'done');
    expect(await doubtsOf(executed)).toEqual([['executedTold', PARTS[0]]]);
    expect(await codesOf(executed)).toEqual(['executedTold']);
  });

  test('and before a row of a released run is in its file, keeps it out', async () => {
    const { between } = firsts;
    await between.go('certify');
    const run = await Run.prepare(office());
    const row = (await run.rows()).find((each) => each.case === between.id);
    await counter().take({ xml: booking('BETWEEN', row?.endToEndId ?? '', '43137.50') });
    await run.release();
    await run.reaches('empty');
    expect((await run.rows()).find((each) => each.case === between.id)).toMatchObject({ result: 'refused', reasons: [{ code: 'bankCleared' }, { code: 'referenceUnused' }] });
    for (const { id } of await counter().open()) must('resolve', await counter().resolve('authoriser1', id, 'ignore'));
  });
});

test('a debit counts though it came to nothing: what no file carried is not paid again either', async () => {
  const { debited } = firsts;
  await ordered(debited);
  await returned(debited, PARTS[0]);
  const [order] = (await office().orders(grants.debited.id)).slice(-1);
  await counter().take({ xml: booking('DEBITED', order?.endToEndId ?? '', '43137.50') });
  for (const { id } of await counter().open()) must('resolve', await counter().resolve('authoriser1', id, 'done'));
  await debited.go('reopen', 'certify');
  expect(await doubtsOf(debited)).toEqual([['executedTold', PARTS[0]]]);
  expect(await codesOf(debited)).toEqual(['executedTold']);
  expect(await office().breaches()).toEqual([]);
});

describe('a debit that nobody could match or read', () => {
  const putAside = async () => {
    for (const { id } of await counter().open()) must('resolve', await counter().resolve('authoriser1', id, 'done'));
  };

  test('holds what is ordered under its reference later, and returned by one person', async () => {
    const { before } = firsts;
    await before.go('certify');
    const reference = (await Run.preview(office())).rows.find((row) => row.case === before.id)?.endToEndId ?? '';
    await counter().take({ xml: booking('BEFORE', reference, '43137.50') });
    await before.go('authorise');
    await before.reaches('exported');
    await returned(before, PARTS[0]);
    await before.go('reopen', 'certify');
    expect(await codesOf(before)).toEqual(['returnTold', 'bankCleared']);
    await putAside();
    expect(await codesOf(before)).toEqual(['returnTold']);
  });

  test('is not put aside by whoever imported it, and keeps its reference out of every file', async () => {
    const { odd } = firsts;
    await odd.go('certify');
    const reference = (await Run.preview(office())).rows.find((row) => row.case === odd.id)?.endToEndId ?? '';
    await counter().take({ xml: booking('ODD', reference, '43137.50').replace(/<Acct>.*<\/Acct>/, '') });
    const [entry] = await counter().open();
    expect([entry?.problem?.code, (await counter().resolve('certifier1', entry?.id ?? '', 'done')).status]).toEqual(['accountGiven', 403]);
    await putAside();
    expect(await codesOf(odd)).toEqual(['referenceUnused']);
  });
});

test('what the bank has rejected and debited is doubted, though nobody of ours said a word', async () => {
  const { denied } = firsts;
  const reference = here.references[denied.id] ?? '';
  await counter().take({ xml: `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr><MsgId>DENIED</MsgId></GrpHdr>
    <OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>${reference}</OrgnlEndToEndId><TxSts>RJCT</TxSts></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>` }, 'authoriser1');
  expect(await denied.state()).toBe('returned');
  await counter().take({ xml: booking('DENIED-2', reference, '43137.50') });
  for (const { id } of await counter().open()) must('resolve', await counter().resolve('authoriser1', id, 'done'));
  await denied.go('reopen', 'certify');
  expect(await doubtsOf(denied)).toEqual([['executedTold', PARTS[0]]]);
  const doubt = (await doubts()).find((each) => each.case === denied.id);
  // The word of the bank is that of whoever imported it, too.
  const confirm = (account: string) => office().client.ask(account, 'POST', `/payment-answers/${doubt?.id}/confirm`, { body: { reason: 'gesehen' }, headers: { 'idempotency-key': account } });
  expect(problem('importer', await confirm('authoriser1'))).toMatchObject({ status: 403, code: 'differentPerson' });
  expect(await codesOf(denied)).toEqual(['executedTold']);
  must('another', await confirm('certifier1'));
  expect(await codesOf(denied)).toEqual([]);
});
