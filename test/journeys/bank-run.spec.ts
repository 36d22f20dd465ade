import { beforeAll, expect, test } from '@jest/globals';
import { Bank } from '#apps/bank';
import { BankCounter, type Entry } from './bank-counter.ts';
import { must } from './client.ts';
import { Run } from './run.ts';
import { PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const here = {} as { stories: readonly Story[]; firsts: readonly Story[]; run: Run; file: string; references: readonly string[] };
const KEYS = ['05315', '05314', '05111'];
const counter = (): BankCounter => new BankCounter(office());
const verdicts = (entries: readonly Entry[]) => entries.map(({ answer, verdict, problem }) => `${answer} ${problem?.code ?? verdict}`);
const imported = async (xml: string) => verdicts(await counter().entries((await counter().take({ xml })).id));
const states = () => Promise.all(here.firsts.map((first) => first.state()));

beforeAll(async () => {
  here.stories = await Promise.all(KEYS.map((key) => Story.of(office(), key, TO_THE_GRANT)));
  await office().clock('2056-05-02');
  here.firsts = await Promise.all(here.stories.map((story) => story.instalment(1)));
  for (const first of here.firsts) await first.go('certify');
  // Whoever certified may not release, and another one has to prepare.
  here.run = await Run.prepare(office(), 'certifier1');
  await here.run.release();
  await here.run.reaches('exported');
  here.file = await here.run.file();
  here.references = (await here.run.rows()).map(({ endToEndId }) => endToEndId);
});

/** The bank of this run: the second payment is rejected, the rest is booked as one sum that names nobody. */
const bank = (): Bank => new Bank({ seed: 3, script: { otherwise: {}, batch: 'unnamed', fates: { [here.references[1] ?? '']: { rejected: 'AC04' } } } });

test('the bank takes the file of a run as it is, once', () => {
  const taken = bank();
  expect(taken.receive(here.file)).toMatchObject({ accepted: 3, refused: [] });
  expect(taken.ledger().paidCents).toBe(BigInt(2 * PARTS[0]));
  expect(taken.receive(here.file)).toMatchObject({ accepted: 0 });
  expect(taken.ledger().doubled).toHaveLength(1);
});

test('a batch that is booked as another sum than its payments, or on another account, moves nothing', async () => {
  const taken = bank();
  taken.receive(here.file);
  const statement = taken.answers().find(({ kind }) => kind === 'camt.053')?.xml ?? '';
  expect(await imported(statement)).toEqual(['unreadable batchSumMatches']);
  const other = statement.replaceAll(/<IBAN>.*?<\/IBAN>/g, '<IBAN>DE89370400440532013000</IBAN>').replaceAll('86275.00', '129412.50').replaceAll('<MsgId>SIM', '<MsgId>X');
  expect(await imported(other)).toEqual(['settled accountOurs', 'settled accountOurs', 'settled accountOurs']);
  expect(await states()).toEqual(['exported', 'exported', 'exported']);
  for (const { id } of await counter().open()) must('resolve', await counter().resolve('authoriser1', id, 'ignore'));
});

test('once the rejection is known, the same sum settles all the others', async () => {
  const taken = bank();
  taken.receive(here.file);
  const [report, statement] = taken.answers();
  expect((await imported(report?.xml ?? '')).toSorted()).toEqual(['accepted recorded', 'accepted recorded', 'rejected applied']);
  expect(await imported((statement?.xml ?? '').replaceAll('<MsgId>SIM', '<MsgId>Y'))).toEqual(['settled applied', 'settled applied']);
  const paid = await Promise.all(here.stories.map(async (story) => BigInt((await story.view()).paidCents)));
  expect(paid.reduce((sum, cents) => sum + cents, 0n)).toBe(taken.ledger().paidCents);
  expect((await states()).toSorted()).toEqual(['returned', 'settled', 'settled']);
});

test('a word about the whole file is one about each of its payments', async () => {
  const message = /<MsgId>(.*?)<\/MsgId>/.exec(here.file)?.[1] ?? '';
  const ofAll = (id: string, status: string) => `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr><MsgId>${id}</MsgId></GrpHdr>
    <OrgnlGrpInfAndSts><OrgnlMsgId>${message}</OrgnlMsgId><GrpSts>${status}</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>`;
  expect(await imported(ofAll('ALL-1', 'ACSP'))).toHaveLength(3);
  // Rejected as a whole after two of them were executed: nobody believes that without asking.
  expect((await imported(ofAll('ALL-2', 'RJCT'))).toSorted()).toEqual(['rejected duplicate', 'rejected noContradiction', 'rejected noContradiction']);
  expect(await imported(ofAll('ALL-3', 'RJCT').replace(message, 'RUN-OF-NOBODY'))).toEqual(['rejected referenceGiven']);
  expect(await office().breaches()).toEqual([]);
});
