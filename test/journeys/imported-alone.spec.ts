import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Bank } from '#apps/bank';
import { BankCounter } from './bank-counter.ts';
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
const KEYS = { returned: '05315', rejected: '05314', byAnother: '05111', byHand: '05113' } as const;
type Title = keyof typeof KEYS;
const TITLES = Object.keys(KEYS) as readonly Title[];
const firsts = {} as { readonly [title in Title]: Story };
const doubtsOf = async ({ id }: Story): Promise<readonly Doubted[]> =>
  (await office().client.get<{ items: readonly Doubted[] }>('auditor1', '/payment-answers?confirmed=false')).items.filter((each) => each.case === id);
const codesOf = async ({ id }: Story): Promise<readonly string[] | undefined> =>
  (await Run.preview(office())).rows.find((row) => row.case === id)?.reasons.map(({ code }) => code);
const confirm = (account: string, id: string): Promise<Answer<Doubted>> =>
  office().client.ask(account, 'POST', `/payment-answers/${id}/confirm`, { body: { reason: 'am Konto gesehen' }, headers: { 'idempotency-key': randomUUID() } });

beforeAll(async () => {
  await Promise.all(TITLES.map(async (title) => Object.assign(firsts, { [title]: await Story.of(office(), KEYS[title], TO_THE_GRANT) })));
  await office().clock('2056-05-02');
  for (const title of TITLES) {
    Object.assign(firsts, { [title]: await firsts[title].instalment(1) });
    await firsts[title].go('certify');
  }
  const run = await Run.prepare(office(), 'certifier1');
  await run.release();
  await run.reaches('exported');
  const references = Object.fromEntries((await run.rows()).map((row) => [row.case, row.endToEndId]));
  const back = { returns: [{ afterDays: 1, reason: 'AC04' }] };
  const fates = Object.fromEntries(TITLES.map((title) => [references[firsts[title].id] ?? '', title === 'rejected' ? { rejected: 'AC01' } : back]));
  const bank = new Bank({ seed: 7, script: { otherwise: {}, fates } });
  expect(bank.receive(await run.file())).toMatchObject({ accepted: 4 });
  const counter = new BankCounter(office());
  for (const answer of bank.answers('2056-05-02')) await counter.take(answer);
  await firsts.byHand.go('reportReturn');
  await office().clock('2056-05-03');
  for (const answer of bank.answers('2056-05-03')) await counter.take(answer);
  for (const title of TITLES) await firsts[title].go('reopen');
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
    await byAnother.go('certify');
    expect(await codesOf(byAnother)).toEqual(['importerApart']);
    await byAnother.go('recall');
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
});
