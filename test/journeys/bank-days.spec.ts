import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
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
  readonly remedy: { readonly de: string };
}

const office = usingOffice();
const KEYS = { assumed: '05315', noticed: '05314', restored: '05111', byHand: '05113', putAside: '05112', reopened: '05114', small: '05116', claimed: '05117', foreseen: '05119', again: '05120' } as const;
type Title = keyof typeof KEYS;
const grants = {} as { readonly [title in Title]: Story };
const firsts = {} as { readonly [title in Title]: Story };
const here = {} as { references: { readonly [caseId: string]: string } };
const counter = (): BankCounter => new BankCounter(office());
const referenceOf = ({ id }: Story): string => here.references[id] ?? '';
const doubtsOf = async ({ id }: Story) => (await office().client.get<{ items: readonly Doubted[] }>('auditor1', '/payment-answers?confirmed=false')).items.filter((each) => each.case === id);
const codesOf = async (story: Story) => (await doubtsOf(story)).map(({ code, amountCents }) => [code, amountCents]);
const confirm = (account: string, id: string) => office().client.ask(account, 'POST', `/payment-answers/${id}/confirm`, { body: { reason: 'auf dem Kontoauszug gesehen' }, headers: { 'idempotency-key': randomUUID() } });
const settledOn = async ({ id }: Story) => (await office().store.query<{ day: string | null }>(`select context ->> 'settledOn' as day from cases where id = $1`, [id]))[0]?.day;
const noted = async ({ id }: Story) => (await office().store.query<{ day: string }>(`select data ->> 'valueDate' as day from journal where case_id = $1 and event = 'noteValueDate' order by seq`, [id])).map(({ day }) => day);

/** What the bank says of one payment, imported. @returns what became of it */
async function hear(xml: string): Promise<readonly string[]> {
  return (await counter().entries((await counter().take({ xml })).id)).map(({ verdict, problem: found }) => found?.code ?? verdict);
}
const executed = (reference: string): string => `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr><MsgId>P-${reference}</MsgId></GrpHdr>
  <OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>${reference}</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`;
const date = (name: string, day = ''): string => (day === '' ? '' : `<${name}><Dt>${day}</Dt></${name}>`);
function booked(kind: 'camt.053' | 'camt.054', id: string, reference: string, { on = '', valued = '', euros = '43137.50', back = '' }: { on?: string; valued?: string; euros?: string; back?: string }): string {
  const [body, part] = kind === 'camt.053' ? ['BkToCstmrStmt', 'Stmt'] : ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'];
  return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${kind}.001.08"><${body}><GrpHdr><MsgId>${id}-${kind}</MsgId></GrpHdr><${part}><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>
    <Ntry><Amt Ccy="EUR">${euros}</Amt><CdtDbtInd>${back === '' ? 'DBIT' : 'CRDT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>${date('BookgDt', on)}${date('ValDt', valued)}
    <NtryDtls><TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs>${back === '' ? '' : `<RtrInf><Rsn><Cd>${back}</Cd></Rsn></RtrInf>`}</TxDtls></NtryDtls></Ntry></${part}></${body}></Document>`;
}

beforeAll(async () => {
  const stories = await Promise.all(Object.values(KEYS).map((key) => Story.of(office(), key, TO_THE_GRANT)));
  await office().clock('2056-05-02');
  await Promise.all((Object.keys(KEYS) as Title[]).map(async (title, index) => {
    Object.assign(grants, { [title]: stories[index] });
    Object.assign(firsts, { [title]: await (stories[index] as Story).instalment(1) });
  }));
  for (const [title, first] of Object.entries(firsts)) if (title !== 'foreseen') await first.go('certify');
  const run = await Run.prepare(office(), 'certifier1');
  await run.release();
  await run.reaches('exported');
  here.references = Object.fromEntries((await run.rows()).map((row) => [row.case, row.endToEndId]));
});

describe('the day on which the bank says that it has paid', () => {
  test('corrects the day of import that a status report left, once', async () => {
    const { assumed } = firsts;
    expect(await hear(executed(referenceOf(assumed)))).toEqual(['applied']);
    expect(await settledOn(assumed)).toBe('2056-05-02');
    expect(await hear(booked('camt.053', 'ASSUMED', referenceOf(assumed), { on: '2056-05-03', valued: '2056-05-03' }))).toEqual(['known']);
    expect(await hear(booked('camt.053', 'ASSUMED-2', referenceOf(assumed), { on: '2056-05-04', valued: '2056-05-04' }))).toEqual(['duplicate']);
    expect([await settledOn(assumed), await noted(assumed)]).toEqual(['2056-05-03', ['2056-05-03']]);
    const letters = await grants.assumed.letters('signatory-05315');
    expect(letters.find(({ kind }) => kind === 'valueDateCorrected')?.text).toMatch(/Wertstellung 02\.05\.2056 mitgeteilt\. Nach der Meldung der Bank ist es der 03\.05\.2056/);
  });

  test('is a value date before a booking day, whichever message gives it', async () => {
    const { noticed } = firsts;
    expect(await hear(booked('camt.054', 'NOTICED', referenceOf(noticed), { on: '2056-05-02' }))).toEqual(['applied']);
    expect(await settledOn(noticed)).toBe('2056-05-02');
    expect(await hear(booked('camt.053', 'NOTICED', referenceOf(noticed), { on: '2056-05-02', valued: '2056-05-04' }))).toEqual(['known']);
    expect(await settledOn(noticed)).toBe('2056-05-04');
  });

  test('is not lost while a return stands that is withdrawn later: of a settlement told before, and of a debit that is put aside', async () => {
    const { restored, byHand } = firsts;
    await hear(executed(referenceOf(restored)));
    await restored.go('reportReturn');
    expect(await hear(booked('camt.053', 'RESTORED', referenceOf(restored), { on: '2056-05-03', valued: '2056-05-03' }))).toEqual(['known']);
    await byHand.send('certifier1', 'confirmSettled', { valueDate: '2056-05-02', reference: 'Kontoauszug 84' });
    await byHand.go('reportReturn');
    expect(await hear(booked('camt.053', 'BY-HAND', referenceOf(byHand), { on: '2056-05-04', valued: '2056-05-04' }))).toEqual(['possibleHere']);
    for (const { id } of await counter().open()) must('resolve', await counter().resolve('authoriser1', id, 'done'));
    for (const story of [restored, byHand]) await story.go('withdrawReturn');
    expect([await settledOn(restored), await settledOn(byHand)]).toEqual(['2056-05-03', '2056-05-04']);
    expect([await codesOf(restored), await codesOf(byHand)]).toEqual([[], []]);
    const letter = (await grants.restored.letters('signatory-05111')).find(({ kind }) => kind === 'paymentStands');
    expect(letter?.text).toMatch(/mit Wertstellung 03\.05\.2056/);
    expect((await grants.restored.view()).milestones.find(({ name }) => name === 'instalment1')?.reachedAt).toBe('2056-05-02T22:00:00.000Z');
  });

  test('of the next order says nothing of the one before it', async () => {
    const { again } = firsts;
    await again.send('certifier1', 'confirmSettled', { valueDate: '2056-05-02', reference: 'Kontoauszug 84' });
    await again.send('certifier1', 'reportReturn', { reason: 'laut Auszug', amountCents: 1_000 });
    await again.go('reopen');
    // The instalment is past it: nobody can correct the day any more, so it is asked about.
    expect(await hear(booked('camt.053', 'AGAIN', referenceOf(again), { on: '2056-05-04', valued: '2056-05-04' }))).toEqual(['possibleHere']);
    for (const { id } of await counter().open()) must('resolve', await counter().resolve('authoriser1', id, 'done'));
    await again.go('certify', 'authorise');
    await again.reaches('exported');
    const [order] = (await office().orders(grants.again.id)).slice(-1);
    await again.send('certifier1', 'confirmSettled', { valueDate: '2056-05-02', reference: 'Kontoauszug 85' });
    expect(await hear(booked('camt.053', 'AGAIN-2', order?.endToEndId ?? '', { on: '2056-05-03', valued: '2056-05-03', euros: '10.00' }))).toEqual(['known']);
    expect(await noted(again)).toEqual(['2056-05-03']);
    expect((await codesOf(again)).filter(([code]) => code === 'valueDateTold')).toEqual([['valueDateTold', PARTS[0]]]);
  });
});

describe('what the bank has told as returned', () => {
  test('and a person has put aside, leaves a doubt where the report of it is withdrawn, and keeps the family out of runs', async () => {
    const { putAside } = firsts;
    await hear(booked('camt.053', 'PUT-ASIDE', referenceOf(putAside), { on: '2056-05-02', valued: '2056-05-02' }));
    expect(await hear(booked('camt.053', 'PUT-ASIDE-2', referenceOf(putAside), { on: '2056-04-20', valued: '2056-04-20', euros: '10.00', back: 'AC04' }))).toEqual(['bookedSinceExecution']);
    for (const { id } of await counter().open()) must('resolve', await counter().resolve('authoriser1', id, 'done'));
    await putAside.send('certifier1', 'reportReturn', { reason: 'laut Auszug', amountCents: 1_000 });
    await putAside.go('withdrawReturn');
    const [doubt] = await doubtsOf(putAside);
    expect([await codesOf(putAside), doubt?.remedy.de]).toEqual([[['noReturnTold', 1_000]], expect.stringContaining('den Rückläufer erneut melden')]);
    const { items } = await office().client.get<{ items: readonly { checks: readonly { code: string; ok: boolean }[] }[] }>('auditor1', `/cases/${grants.putAside.id}/readiness`);
    expect(items.flatMap(({ checks }) => checks).filter(({ ok }) => !ok).map(({ code }) => code)).toContain('noReturnTold');
    expect(problem('own', await confirm('authoriser1', doubt?.id ?? ''))).toMatchObject({ status: 403, code: 'differentPerson' });
    must('confirm', await confirm('certifier1', doubt?.id ?? ''));
    expect(await codesOf(putAside)).toEqual([]);
  });

  test('is advised to be withdrawn only as long as that is possible', async () => {
    const { reopened } = firsts;
    await hear(booked('camt.053', 'REOPENED', referenceOf(reopened), { on: '2056-05-02', valued: '2056-05-02' }));
    await reopened.go('reportReturn');
    const remedy = async () => (await doubtsOf(reopened)).map(({ remedy: { de } }) => de);
    expect(await remedy()).toEqual([expect.stringContaining('war die Meldung ein Irrtum, nimmt sie eine andere Person der Finanzen zurück.')]);
    await reopened.go('reopen');
    expect(await remedy()).toEqual([expect.stringContaining('ist sie nicht mehr zurückzunehmen: Eine Sperre setzen')]);
  });

  test('in part is not withdrawn in whole, and nobody advises it', async () => {
    const { assumed } = firsts;
    await assumed.go('reportReturn');
    expect(await hear(booked('camt.053', 'PART', referenceOf(assumed), { on: '2056-05-02', valued: '2056-05-02', euros: '10.00', back: 'AC04' }))).toEqual(['known']);
    expect((await doubtsOf(assumed)).map(({ code, remedy: { de } }) => [code, de])).toEqual([['returnTold', expect.stringContaining('nicht mehr zurückzunehmen')]]);
  });
});

describe('a reference in small letters', () => {
  test('is ours: it settles its instalment, and keeps the one that comes next out of every file', async () => {
    const { small, foreseen } = firsts;
    expect(await hear(booked('camt.053', 'SMALL', referenceOf(small).toLowerCase(), { on: '2056-05-02', valued: '2056-05-02' }))).toEqual(['applied']);
    expect(await small.state()).toBe('settled');
    await foreseen.go('certify');
    const row = async () => (await Run.preview(office())).rows.find((each) => each.case === foreseen.id);
    const reference = (await row())?.endToEndId ?? '';
    expect(await hear(booked('camt.053', 'FORESEEN', reference.toLowerCase(), { on: '2056-05-02', valued: '2056-05-02' }))).toEqual(['orderWritten']);
    expect((await row())?.reasons.map(({ code }) => code)).toEqual(['bankCleared', 'referenceUnused']);
    for (const { id } of await counter().open()) must('resolve', await counter().resolve('authoriser1', id, 'done'));
    expect((await row())?.reasons.map(({ code }) => code)).toEqual(['referenceUnused']);
  });
});

test('what a municipality is said to have paid back is borne out by another person before anything is paid to it again', async () => {
  const { claimed } = firsts;
  await hear(booked('camt.053', 'CLAIMED', referenceOf(claimed), { on: '2056-05-02', valued: '2056-05-02' }));
  await grants.claimed.send('officer1', 'proposeChange', { lines: (await grants.claimed.view()).lines.map(({ line }) => ({ line, grantedCents: line === 'coord' ? 3_000_000 : 0 })), reason: 'Stellen nicht besetzt' });
  await grants.claimed.go('confirmChange');
  await grants.claimed.send('certifier1', 'confirmRecovery', { valueDate: '2056-05-02', amountCents: 313_750, reference: 'Kontoauszug 91' });
  const [doubt] = await doubtsOf(grants.claimed);
  expect(await codesOf(grants.claimed)).toEqual([['recoveryTold', 313_750]]);
  // An increase would pay the same money anew.
  await grants.claimed.send('officer1', 'proposeChange', { lines: (await grants.claimed.view()).lines.map(({ line, maximumCents }) => ({ line, grantedCents: maximumCents })), reason: 'Doch besetzt' });
  await grants.claimed.go('confirmChange');
  await office().clock('2056-10-02');
  const second = await grants.claimed.instalment(2);
  await second.reaches('due');
  const reasons = async () => (await Run.preview(office())).rows.find((row) => row.case === second.id)?.reasons.map(({ code }) => code);
  expect(await reasons()).toContain('recoveryTold');
  expect(problem('own', await confirm('certifier1', doubt?.id ?? ''))).toMatchObject({ status: 403, code: 'differentPerson' });
  must('confirm', await confirm('authoriser1', doubt?.id ?? ''));
  expect(await reasons()).not.toContain('recoveryTold');
  await office().rest();
  expect(await office().breaches()).toEqual([]);
});
