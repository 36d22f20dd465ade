import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { XmlDocument, XsdValidator, type XmlElement } from 'libxml2-wasm';
import SEPA from 'sepa';
import { cents, sum } from '#money';
import { checkCreditTransferXml, checkTransfers, coverSheetText, creditTransferXml, faultLine, faultTold, PAIN_001, type CreditTransferFile, type Transfer } from '#payments';
import { isoSchema } from '#test/harness';

const IBANS = ['DE89370400440532013000', 'DE02120300000000202051', 'NL91ABNA0417164300', 'FR1420041010050500013M02606'];
const transfer = (more: Partial<Transfer> = {}): Transfer =>
  ({ endToEndId: 'KIM-2028-0001-1-1', amountCents: cents(4_313_750), creditor: { name: 'Stadtkasse Köln', iban: IBANS[0] as string }, purpose: 'KIM 2028, 1. Rate, Az. KIM-2028-0001', ...more });
const file = (more: Partial<CreditTransferFile> = {}): CreditTransferFile => ({
  messageId: 'KIM-2028-Z0001', createdAt: '2028-05-03T08:00:00.000Z', executionOn: '2028-05-04',
  debtor: { name: 'Bezirksregierung Arnsberg', iban: IBANS[1] as string, bic: 'BYLADEM1001' }, transfers: [transfer()], ...more,
});

/** Everything a bank reads of a file, by the names of the standard; amounts as they are written. */
function readBack(bytes: Uint8Array) {
  using document = XmlDocument.fromBuffer(bytes);
  const all = (path: string, from: XmlElement = document.root): readonly string[] =>
    from.find(path.replaceAll(/(^|\/)(?=[A-Z])/g, '$1p:'), { p: PAIN_001 }).map((node) => node.content);
  const payments = document.root.find('.//p:CdtTrfTxInf', { p: PAIN_001 }) as unknown as readonly XmlElement[];
  return {
    count: all('CstmrCdtTrfInitn/GrpHdr/NbOfTxs'), sum: all('CstmrCdtTrfInitn/GrpHdr/CtrlSum'), messageId: all('CstmrCdtTrfInitn/GrpHdr/MsgId'),
    batch: [all('CstmrCdtTrfInitn/PmtInf/NbOfTxs'), all('CstmrCdtTrfInitn/PmtInf/CtrlSum')], executionOn: all('CstmrCdtTrfInitn/PmtInf/ReqdExctnDt/Dt'),
    debtor: [all('CstmrCdtTrfInitn/PmtInf/Dbtr/Nm'), all('CstmrCdtTrfInitn/PmtInf/DbtrAcct/Id/IBAN'), all('CstmrCdtTrfInitn/PmtInf/DbtrAgt/FinInstnId/BICFI')],
    payments: payments.map((payment) => [
      all('PmtId/EndToEndId', payment), all('Amt/InstdAmt', payment), all('Cdtr/Nm', payment), all('CdtrAcct/Id/IBAN', payment), all('RmtInf/Ustrd', payment),
    ].map(([value]) => value)),
  };
}

const name = fc.string({ unit: fc.constantFrom(...'abcxyzABCÄÖÜäöüßéñŁ &/-.\'"<>()+,:?'), minLength: 1, maxLength: 90 }).filter((text) => /[a-zA-Z]/.test(text));
const run = fc.array(fc.record({ amount: fc.integer({ min: 1, max: 99_999_999 }), name, purpose: name, iban: fc.constantFrom(...IBANS) }), { minLength: 1, maxLength: 12 })
  .map((rows) => file({ transfers: rows.map(({ amount, name: holder, purpose, iban }, index) => transfer({ endToEndId: `E-${index}`, amountCents: cents(amount), creditor: { name: holder, iban }, purpose })) }));

describe('a file of credit transfers', () => {
  test('is these bytes, and always these', () => {
    expect(creditTransferXml(file()).toString('utf8')).toBe([
      '<?xml version="1.0" encoding="UTF-8"?>', '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">', '<CstmrCdtTrfInitn>',
      '<GrpHdr><MsgId>KIM-2028-Z0001</MsgId><CreDtTm>2028-05-03T08:00:00.000Z</CreDtTm><NbOfTxs>1</NbOfTxs><CtrlSum>43137.50</CtrlSum><InitgPty><Nm>Bezirksregierung Arnsberg</Nm></InitgPty></GrpHdr>',
      '<PmtInf>', '<PmtInfId>KIM-2028-Z0001</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg><NbOfTxs>1</NbOfTxs><CtrlSum>43137.50</CtrlSum>',
      '<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf><ReqdExctnDt><Dt>2028-05-04</Dt></ReqdExctnDt>',
      '<Dbtr><Nm>Bezirksregierung Arnsberg</Nm></Dbtr><DbtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct>',
      '<DbtrAgt><FinInstnId><BICFI>BYLADEM1001</BICFI></FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>',
      '<CdtTrfTxInf><PmtId><EndToEndId>KIM-2028-0001-1-1</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">43137.50</InstdAmt></Amt><Cdtr><Nm>Stadtkasse Koeln</Nm></Cdtr><CdtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></CdtrAcct><RmtInf><Ustrd>KIM 2028, 1. Rate, Az. KIM-2028-0001</Ustrd></RmtInf></CdtTrfTxInf>',
      '</PmtInf>', '</CstmrCdtTrfInitn>', '</Document>', '',
    ].join('\n'));
    expect(creditTransferXml(file())).toEqual(creditTransferXml(file()));
    expect([checkTransfers(file()), checkCreditTransferXml(creditTransferXml(file()))]).toEqual([[], []]);
  });

  test.each([[1, '0.01'], [10, '0.10'], [100, '1.00'], [99_999_999_999, '999999999.99'], [10_050, '100.50']])('%d cents are %s', (amount, written) => {
    expect(readBack(creditTransferXml(file({ transfers: [transfer({ amountCents: cents(amount) })] }))).payments[0]?.[1]).toBe(written);
  });

  test.each<[string, Partial<CreditTransferFile>, string | null]>([
    ['messageIdValid', { messageId: 'M'.repeat(36) }, null], ['messageIdValid', { messageId: '/M' }, null], ['datesValid', { executionOn: '4.5.2028' }, null], ['datesValid', { createdAt: '2028-05-03' }, null],
    ['datesValid', { executionOn: '2027-02-29' }, null], ['datesValid', { executionOn: '2028-13-01' }, null], ['datesValid', { createdAt: '2028-05-03T24:00:00Z' }, null], ['datesValid', { createdAt: '2028-02-30T08:00:00Z' }, null],
    ['debtorNamed', { debtor: { name: '', iban: IBANS[1] as string, bic: 'BYLADEM1001' } }, null], ['debtorValid', { debtor: { name: 'K', iban: 'DE00', bic: 'BYLADEM1001' } }, null],
    ['debtorValid', { debtor: { name: 'K', iban: IBANS[1] as string, bic: 'BYL' } }, null], ['debtorValid', { debtor: { name: 'K', iban: IBANS[1] as string, bic: 'byladem1001' } }, null], ['countValid', { transfers: [] }, null],
    ['endToEndIdValid', { transfers: [transfer({ endToEndId: 'ä' })] }, 'ä'], ['endToEndIdUnique', { transfers: [transfer(), transfer()] }, 'KIM-2028-0001-1-1'],
    ['amountValid', { transfers: [transfer({ amountCents: 0 as never })] }, 'KIM-2028-0001-1-1'], ['amountValid', { transfers: [transfer({ amountCents: 1.5 as never })] }, 'KIM-2028-0001-1-1'],
    ['amountValid', { transfers: [transfer({ amountCents: 100_000_000_000 as never })] }, 'KIM-2028-0001-1-1'],
    ['ibanValid', { transfers: [transfer({ creditor: { name: 'K', iban: 'DE89 3704 0044 0532 0130 00' } })] }, 'KIM-2028-0001-1-1'],
    ['ibanValid', { transfers: [transfer({ creditor: { name: 'K', iban: 'DE88370400440532013000' } })] }, 'KIM-2028-0001-1-1'],
    ['holderValid', { transfers: [transfer({ creditor: { name: ' ', iban: IBANS[0] as string } })] }, 'KIM-2028-0001-1-1'], ['purposeValid', { transfers: [transfer({ purpose: '' })] }, 'KIM-2028-0001-1-1'],
    ['holderValid', { transfers: [transfer({ creditor: { name: '東京', iban: IBANS[0] as string } })] }, 'KIM-2028-0001-1-1'], ['purposeValid', { transfers: [transfer({ purpose: '…' })] }, 'KIM-2028-0001-1-1'],
    ['purposeValid', { transfers: [transfer({ purpose: 'ß'.repeat(140) })] }, 'KIM-2028-0001-1-1'],
    ['sumValid', { transfers: Array.from({ length: 101 }, (_, n) => transfer({ endToEndId: `E-${n}`, amountCents: cents(99_999_999_999) })) }, null],
  ])('%s: %j is named before anything is written', (code, more, endToEndId) => {
    const faults = checkTransfers(file(more));
    expect(faults.map((fault) => [fault.code, fault.endToEndId])).toEqual([[code, endToEndId]]);
    expect(faults.flatMap(({ text, remedy }) => [text.de, text.en, remedy.de, remedy.en]).every((words) => words.length > 10 && words.endsWith('.'))).toBe(true);
    expect(faults.map((fault) => faultTold(faultLine(fault))?.remedy)).toEqual(faults.map(({ remedy }) => remedy));
  });

  test.each([
    ['another currency', 'Ccy="EUR"', 'Ccy="USD"'], ['no currency', ' Ccy="EUR"', ''], ['three decimals', '>43137.50</InstdAmt>', '>43137.500</InstdAmt>'], ['zero', '>43137.50</InstdAmt>', '>0.00</InstdAmt>'],
    ['a negative amount', '>43137.50</InstdAmt>', '>-1.00</InstdAmt>'], ['no reference', '<PmtId><EndToEndId>KIM-2028-0001-1-1</EndToEndId></PmtId>', ''], ['a long reference', 'KIM-2028-0001-1-1</EndToEndId>', `${'K'.repeat(36)}</EndToEndId>`],
    ['an umlaut', 'Stadtkasse Koeln', 'Stadtkasse Köln'], ['a long purpose', 'KIM 2028, 1. Rate', 'K'.repeat(141)], ['other charges', 'SLEV', 'DEBT'], ['another namespace', 'pain.001.001.09', 'pain.001.001.03'],
    ['an address', '<Cdtr><Nm>Stadtkasse Koeln</Nm>', '<Cdtr><Nm>Stadtkasse Koeln</Nm><PstlAdr><AdrLine>Rathaus</AdrLine></PstlAdr>'], ['a day that is none', '2028-05-04', '2028-02-30'], ['an instant that is none', '2028-05-03T08:00', '2028-13-99T99:99'], ['an instant without a zone', '08:00:00.000Z', '08:00:00'],
    ['a reference that begins with a slash', '>KIM-2028-0001-1-1<', '>/KIM-2028-0001-1-1<'], ['a reference with two slashes', '>KIM-2028-0001-1-1<', '>KIM//1<'], ['five decimals', '>43137.50</InstdAmt>', '>43137.50000</InstdAmt>'],
    ['another count', '<NbOfTxs>1</NbOfTxs>', '<NbOfTxs>7</NbOfTxs>'], ['another sum', '<CtrlSum>43137.50</CtrlSum>', '<CtrlSum>1.00</CtrlSum>'], ['another amount', '>43137.50</InstdAmt>', '>93137.50</InstdAmt>'],
    ['something more', '</PmtInf>', '<Sndr/></PmtInf>'], ['half a file', '</CstmrCdtTrfInitn>\n</Document>', ''], ['an entity', '<?xml version="1.0" encoding="UTF-8"?>', '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>&a;'],
  ])('%s does not pass the check', (_, from, to) => {
    const written = creditTransferXml(file()).toString('utf8');
    expect(written).toContain(from);
    const faults = checkCreditTransferXml(Buffer.from(written.replaceAll(from, to)));
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.every(({ message }) => message.length > 5)).toBe(true);
  });

  test('what is wrong far down is told with its line', () => {
    const transfers = Array.from({ length: 70_000 }, (_, n) => transfer({ endToEndId: `E-${n}` }));
    const written = creditTransferXml(file({ transfers })).toString('utf8').replace('>E-69999<', '>E 69999<');
    const [before = ''] = written.split('E 69999');
    expect(checkCreditTransferXml(Buffer.from(written)).map(({ line }) => line)).toEqual([before.split('\n').length]);
  });

  test('a reference that comes twice does not pass the check', () => {
    const twice = creditTransferXml(file({ transfers: [transfer(), transfer({ endToEndId: 'OTHER' })] })).toString('utf8').replace('OTHER', 'KIM-2028-0001-1-1');
    expect(checkCreditTransferXml(Buffer.from(twice)).map(({ message }) => message)).toEqual(['an EndToEndId comes twice']);
  });

  test('10,000 random runs: not a cent off, nothing lost, nothing in another order', () => {
    fc.assert(fc.property(run, (wanted) => {
      const read = readBack(creditTransferXml(wanted));
      const written = read.payments.map(([, amount]) => Number(amount?.replace('.', '')));
      expect(written).toEqual(wanted.transfers.map(({ amountCents }) => amountCents));
      const total = String(sum(wanted.transfers.map(({ amountCents }) => amountCents))).padStart(3, '0').replace(/(..)$/, '.$1');
      expect([read.sum, read.batch[1], read.count, read.batch[0]]).toEqual([[total], [total], [String(wanted.transfers.length)], [String(wanted.transfers.length)]]);
      expect(read.payments.map(([reference]) => reference)).toEqual(wanted.transfers.map(({ endToEndId }) => endToEndId));
    }), { numRuns: 10_000 });
  }, 120_000);

  test('says what npm sepa says, over random runs', () => {
    fc.assert(fc.property(run, (wanted) => {
      const theirs = readBack(Buffer.from(bySepa(wanted)));
      const ours = readBack(creditTransferXml(wanted));
      expect({ ...ours, payments: ours.payments }).toEqual(theirs);
    }), { numRuns: 300 });
  });

  test('passes the house\'s own schema and, where it is at hand, the official one', () => {
    const official = isoSchema('pain.001.001.09');
    fc.assert(fc.property(run, (wanted) => {
      const bytes = creditTransferXml(wanted);
      expect(checkCreditTransferXml(bytes)).toEqual([]);
      if (official !== null) validates(official, bytes);
    }), { numRuns: 50 });
    process.stdout.write(official === null ? 'the official pain.001.001.09 is not at hand: checked against the house\'s own schema only\n' : 'checked against the official pain.001.001.09\n');
  });
});

describe('the cover sheet', () => {
  test('says what the file says, and its hash in groups that people can compare', () => {
    const bytes = creditTransferXml(file());
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const paper = coverSheetText({
      messageId: 'KIM-2028-Z0001', executionOn: '2028-05-04', payer: file().debtor, count: 1, sumCents: cents(4_313_750), sha256, preparedBy: 'certifier1', releasedBy: 'authoriser1', refused: 2,
    });
    for (const said of ['KIM-2028-Z0001', '04.05.2028', '43.137,50 €', 'DE02 1203 0000 0000 2020 51', 'certifier1', 'authoriser1', '2 (nicht in der Datei)']) expect(paper).toContain(said);
    expect(paper.replaceAll(/\s/g, '')).toContain(sha256);
    const lines = paper.split('\n');
    expect(lines.every((line) => line.length <= 100)).toBe(true);
    // Four eyes: each of the two signs below their name, with the day, in the same columns as everything else.
    const signed = lines.flatMap((line, index) => (/^ +am _+ +Unterschrift _+$/.test(line) ? [[lines[index - 2], line]] : []));
    expect(signed.map(([who]) => who)).toEqual(['Vorbereitet von      certifier1', 'Freigegeben von      authoriser1']);
    expect(new Set([...signed.map(([, line]) => line?.indexOf('am')), lines.find((line) => line.startsWith('Summe'))?.indexOf('43')])).toEqual(new Set([21]));
  });
});

/** The peer: the same run by another library, given the texts as banks take them. */
function bySepa({ messageId, executionOn, debtor, transfers }: CreditTransferFile): string {
  const plain = readBack(creditTransferXml(file({ messageId, executionOn, debtor, transfers })));
  const document = new SEPA.Document('pain.001.001.09');
  Object.assign(document.grpHdr, { id: messageId, created: new Date('2028-05-03T08:00:00Z'), initiatorName: debtor.name });
  const info = document.createPaymentInfo();
  Object.assign(info, { requestedExecutionDate: new Date(`${executionOn}T12:00:00Z`), debtorIBAN: debtor.iban, debtorBIC: debtor.bic, debtorName: debtor.name, batchBooking: true });
  document.addPaymentInfo(info);
  for (const [index, { endToEndId, amountCents, creditor }] of transfers.entries()) {
    const payment = info.createTransaction();
    Object.assign(payment, { creditorName: plain.payments[index]?.[2], creditorIBAN: creditor.iban, amount: amountCents / 100, remittanceInfo: plain.payments[index]?.[4], end2endId: endToEndId });
    info.addTransaction(payment);
  }
  return document.toString();
}

/** Throws with what the schema says. */
function validates(schema: Buffer, bytes: Uint8Array): void {
  using parsed = XmlDocument.fromBuffer(schema);
  using validator = XsdValidator.fromDoc(parsed);
  using document = XmlDocument.fromBuffer(bytes);
  validator.validate(document);
}
