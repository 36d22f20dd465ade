import { beforeAll, expect, test } from '@jest/globals';
import { BankCounter, OURS } from './bank-counter.ts';
import { must } from './client.ts';
import { Run } from './run.ts';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

/** A credit that no bank marks as a return: announced first, then booked. Two people must not report it twice. */
interface Entry {
  readonly id: string;
  readonly verdict: string;
  readonly toldBefore: string | null;
  readonly problem: { readonly code: string; readonly suggestedAction: string; readonly text: { readonly de: string }; readonly remedy: { readonly de: string } } | null;
}

const office = usingOffice();
const here = {} as { first: Story; reference: string };
const counter = (): BankCounter => new BankCounter(office());

const credit = (kind: '053' | '054', reference: string, bankReference: string | null): string => {
  const [document, part] = kind === '053' ? ['BkToCstmrStmt', 'Stmt'] : ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'];
  return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${kind}.001.08"><${document}><GrpHdr><MsgId>TWICE-${kind}-${bankReference}</MsgId></GrpHdr><${part}><Acct><Id><IBAN>${OURS}</IBAN></Id></Acct>
    <Ntry><Amt Ccy="EUR">500.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2056-05-04</Dt></BookgDt>${bankReference === null ? '' : `<AcctSvcrRef>${bankReference}</AcctSvcrRef>`}
    <NtryDtls><TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry></${part}></${document}></Document>`;
};
const taken = async (xml: string): Promise<Entry | undefined> =>
  (await office().client.get<{ items: readonly Entry[] }>('auditor1', `/bank-files/${(await counter().take({ xml })).id}/entries`)).items[0];
const exceptions = async () => (await office().client.get<{ items: readonly { id: string; suggestedAction: string; text: { de: string } }[] }>('officer1', '/exceptions')).items;
const resolve = async (account: string, id: string | undefined, reason: string) =>
  must('resolve', await office().client.ask(account, 'POST', `/bank-entries/${id}/resolve`, { body: { action: 'done', reason }, headers: { 'idempotency-key': `${id}` } }));

beforeAll(async () => {
  const grant = await Story.of(office(), '05315', TO_THE_GRANT);
  await office().clock('2056-05-02');
  here.first = await grant.instalment(1);
  await here.first.go('certify');
  const run = await Run.prepare(office(), 'certifier1');
  await run.release();
  await run.reaches('exported');
  here.reference = (await run.rows())[0]?.endToEndId ?? '';
  await here.first.go('confirmSettled');
  await office().clock('2056-05-04');
});

test('a booking that another file has told before names that message, and who resolved it with which word', async () => {
  const { first, reference } = here;
  const before = await taken(credit('054', reference, 'B-1'));
  expect(before).toMatchObject({ verdict: 'exception', toldBefore: null, problem: { code: 'returnRecognised', suggestedAction: 'done' } });
  await first.send('authoriser1', 'reportReturn', { reason: 'Gutschrift am 4. Mai', amountCents: 50_000 });
  await resolve('authoriser1', before?.id, 'als Rückläufer gemeldet');

  const again = await taken(credit('053', reference, 'B-1'));
  expect(again).toMatchObject({ verdict: 'exception', toldBefore: before?.id, problem: { code: 'returnRecognised', suggestedAction: 'ignore' } });
  expect(again?.problem?.text.de).toContain(`steht schon in der Meldung ${before?.id} vom 04.05.2056, die authoriser1 aufgelöst hat: „als Rückläufer gemeldet“.`);
  expect(again?.problem?.remedy.de).toMatch(/^Beide Meldungen vergleichen; .+ Sonst: Klären, woher das Geld kommt/);
  expect((await exceptions()).find(({ id }) => id === again?.id)).toMatchObject({ suggestedAction: 'ignore', text: { de: expect.stringContaining(before?.id ?? '–') } });
  await resolve('authoriser1', again?.id, 'dieselbe Buchung');
});

test('without a reference of the bank the day tells; another booking is another one', async () => {
  const { reference } = here;
  expect(await taken(credit('053', reference, 'B-2'))).toMatchObject({ toldBefore: null, problem: { suggestedAction: 'done' } });
  expect(await taken(credit('054', reference, null))).toMatchObject({ toldBefore: expect.stringMatching(/^bank-\d+$/), problem: { suggestedAction: 'ignore' } });
});

test('whoever bears out a report sees how much was reported, and how much the bank has credited', async () => {
  const { items } = await office().client.get<{ items: readonly object[] }>('auditor1', '/payment-answers?confirmed=false');
  expect(items).toMatchObject([{
    code: 'returnTold', reportedCents: 50_000, creditedCents: 100_000,
    text: { de: expect.stringContaining('Von Hand sind damit 500,00 € gemeldet; gutgeschrieben hat die Bank dazu bisher 1.000,00 €.') },
  }]);
});
