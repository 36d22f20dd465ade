import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readBankMessage, type BankEntry, type BankMessage } from '#payments';

const HEAD = '<GrpHdr><MsgId>MSG-1</MsgId><CreDtTm>2028-05-02T07:00:00+02:00</CreDtTm></GrpHdr>';
const ACCOUNT = '<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>';
const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const document = (kind: string, body: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${kind}">${body}</Document>\n`;
const statement = (entries: string, version = '08'): string => document(`camt.053.001.${version}`, `<BkToCstmrStmt>${HEAD}<Stmt><Id>1</Id>${ACCOUNT}${entries}</Stmt></BkToCstmrStmt>`);
const notification = (entries: string): string => document('camt.054.001.08', `<BkToCstmrDbtCdtNtfctn>${HEAD}<Ntfctn><Id>1</Id>${ACCOUNT}${entries}</Ntfctn></BkToCstmrDbtCdtNtfctn>`);
const report = (content: string, version = '10'): string =>
  document(`pain.002.001.${version}`, `<CstmrPmtStsRpt>${HEAD}<OrgnlGrpInfAndSts><OrgnlMsgId>RUN-7</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>${content}</CstmrPmtStsRpt>`);

interface Booking {
  readonly amount?: string;
  readonly currency?: string;
  readonly direction?: string;
  readonly status?: string;
  readonly more?: string;
  readonly details?: string;
}
const entry = ({ amount = '100.99', currency = 'EUR', direction = 'DBIT', status = '<Sts><Cd>BOOK</Cd></Sts>', more = '', details = '<TxDtls><Refs><EndToEndId>KIM-1-1-1</EndToEndId></Refs></TxDtls>' }: Booking = {}): string =>
  `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>${more}${status}<BookgDt><Dt>2028-05-02</Dt></BookgDt><ValDt><Dt>2028-05-03</Dt></ValDt><AcctSvcrRef>B-1</AcctSvcrRef>${details === '' ? '' : `<NtryDtls>${details}</NtryDtls>`}</Ntry>`;

function message(text: string): BankMessage {
  const read = readBankMessage(bytes(text));
  if (!read.ok) throw new Error(read.refusal.code);
  return read.message;
}
const one = (text: string): BankEntry => {
  const { entries } = message(text);
  expect(entries).toHaveLength(1);
  return entries[0] as BankEntry;
};
const refusal = (content: string | Uint8Array): string => {
  const read = readBankMessage(typeof content === 'string' ? bytes(content) : content);
  if (read.ok) throw new Error('it was read');
  expect(Object.values(read.refusal.text).concat(Object.values(read.refusal.remedy)).every((words) => words.length > 10)).toBe(true);
  return read.refusal.code;
};

describe('a statement', () => {
  test.each(['02', '03', '04', '05', '06', '07', '08'])('version %s: money out is settled', (version) => {
    const status = version < '07' ? '<Sts>BOOK</Sts>' : '<Sts><Cd>BOOK</Cd></Sts>';
    expect(message(statement(entry({ status }), version))).toEqual({
      kind: 'camt.053', version, messageId: 'MSG-1', createdAt: '2028-05-02T07:00:00+02:00', account: 'DE02120300000000202051',
      entries: [{
        index: 0, answer: 'settled', why: null, account: 'DE02120300000000202051', endToEndId: 'KIM-1-1-1', original: null, amountCents: 10_099, bookedOn: '2028-05-02', valueOn: '2028-05-03',
        reason: null, bankReference: 'B-1',
      }],
    });
  });

  test('money back is returned, by its reason, its reversal, or the code of the bank', () => {
    const details = (more: string) => `<TxDtls><Refs><EndToEndId>A</EndToEndId><AcctSvcrRef>P-1</AcctSvcrRef></Refs>${more}</TxDtls>`;
    const back = (booking: Booking) => one(statement(entry({ direction: 'CRDT', amount: '5', ...booking })));
    expect(back({ details: details('<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>') })).toMatchObject({ answer: 'returned', reason: 'AC04', amountCents: 500, bankReference: 'P-1' });
    expect(back({ more: '<RvslInd>true</RvslInd>' })).toMatchObject({ answer: 'returned', reason: null, bankReference: 'B-1' });
    expect(back({ details: details('<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn></BkTxCd>') })).toMatchObject({ answer: 'returned' });
    expect(back({ details: `${details('')}`, status: '<Sts>BOOK</Sts>', more: '<BkTxCd><Prtry><Cd>NTRF+159+0001</Cd></Prtry></BkTxCd>' })).toMatchObject({ answer: 'returned' });
    expect(back({})).toMatchObject({ answer: 'unreadable', why: 'returnRecognised' });
  });

  test.each([
    ['no direction', { direction: '' }, 'directionKnown'],
    ['a debit that takes a credit back', { more: '<RvslInd>1</RvslInd>' }, 'directionKnown'],
    ['no status', { status: '' }, 'statusKnown'],
    ['a status of nobody', { status: '<Sts>XXXX</Sts>' }, 'statusKnown'],
    ['five decimals', { amount: '1.23456' }, 'amountInCents'],
    ['five decimals that are none', { amount: '1.20000' }, 'amountInCents'],
    ['another currency', { currency: 'CHF' }, 'currencyEuro'],
    ['no currency', { currency: '' }, 'currencyEuro'],
    ['a negative amount', { amount: '-1.00' }, 'amountReadable'],
    ['an amount in words', { amount: '1e3' }, 'amountReadable'],
    ['a comma', { amount: '1,00' }, 'amountReadable'],
    ['13 digits', { amount: '12345678901.23' }, 'amountWithinLimit'],
    ['nothing', { amount: '0.00' }, 'amountPositive'],
  ])('%s: parked, and the entry beside it is read', (_, booking, why) => {
    const { entries } = message(statement(entry(booking) + entry()));
    expect(entries).toMatchObject([{ answer: 'unreadable', why, endToEndId: 'KIM-1-1-1' }, { index: 1, answer: 'settled', amountCents: 10_099 }]);
    if (why.startsWith('amount') || why === 'currencyEuro') expect(entries[0]?.amountCents).toBeNull();
  });

  test.each(['PDNG', 'INFO'])('what is not booked yet (%s) moves nothing', (status) => {
    expect(one(statement(entry({ status: `<Sts><Cd>${status}</Cd></Sts>` })))).toMatchObject({ answer: 'accepted' });
  });

  test('a batch booking is one entry for each payment in it', () => {
    const part = (reference: string, amount: string) => `<TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs>${amount}</TxDtls>`;
    const details = part('A', '<Amt Ccy="EUR">60.98</Amt>') + part('B', '<AmtDtls><TxAmt><Amt Ccy="EUR">40.01</Amt></TxAmt></AmtDtls>');
    expect(message(statement(entry({ details }))).entries).toMatchObject([
      { index: 0, answer: 'settled', endToEndId: 'A', amountCents: 6_098 }, { index: 1, answer: 'settled', endToEndId: 'B', amountCents: 4_001 }]);
    const short = part('A', '<Amt Ccy="EUR">60.98</Amt>') + part('B', '<Amt Ccy="EUR">40.00</Amt>');
    expect(message(statement(entry({ details: short }))).entries).toMatchObject([{ why: 'batchSumMatches', amountCents: null }, { why: 'batchSumMatches', amountCents: null }]);
    const silent = part('A', '') + part('B', '');
    expect(message(statement(entry({ details: silent }))).entries).toMatchObject([{ why: 'amountReadable' }, { why: 'amountReadable' }]);
    const foreign = part('A', '<Amt Ccy="USD">60.98</Amt>') + part('B', '<Amt Ccy="EUR">40.01</Amt>');
    expect(message(statement(entry({ details: foreign }))).entries).toMatchObject([{ why: 'currencyEuro' }, { answer: 'settled', amountCents: 4_001 }]);
  });

  test('a batch without its parts names the message and batch it is of', () => {
    expect(one(statement(entry({ details: '<Btch><MsgId>RUN-7</MsgId><PmtInfId>RUN-7-1</PmtInfId><NbOfTxs>3</NbOfTxs></Btch>' }))))
      .toMatchObject({ answer: 'settled', endToEndId: null, original: { messageId: 'RUN-7', batchId: 'RUN-7-1' } });
    expect(one(statement(entry({ details: '' })))).toMatchObject({ endToEndId: null, original: null });
    expect(one(statement(entry({ details: '<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs></TxDtls>' })))).toMatchObject({ endToEndId: null });
    expect(one(statement(entry({ details: `<TxDtls><Refs><EndToEndId>${'x'.repeat(36)}</EndToEndId></Refs></TxDtls>` })))).toMatchObject({ endToEndId: null });
  });

  test('elements that nobody knows, other namespaces, other prefixes and comments are no obstacle', () => {
    const odd = entry().replace('<CdtDbtInd>', '<NewThing><Amt Ccy="EUR">7</Amt></NewThing><x:CdtDbtInd xmlns:x="urn:x">CRDT</x:CdtDbtInd><!-- 7 --><CdtDbtInd>');
    expect(one(statement(odd))).toMatchObject({ answer: 'settled', amountCents: 10_099 });
    const prefixed = statement(entry()).replaceAll(/<(\/?)([A-Z])/g, '<$1n:$2').replace('xmlns=', 'xmlns:n=');
    expect(one(prefixed)).toMatchObject({ answer: 'settled', amountCents: 10_099 });
    expect(one(`\ufeff${statement(entry())}`)).toMatchObject({ answer: 'settled' });
  });

  test('an impossible day is for a person', () => {
    for (const day of ['2028-02-30', '0000-00-00', '12028-05-02']) {
      expect(one(statement(entry().replaceAll('2028-05-02', day)))).toMatchObject({ answer: 'unreadable', why: 'dayReadable', bookedOn: null });
    }
    expect(one(statement(entry().replaceAll(/<Dt>(.{10})<\/Dt>/g, '<DtTm>$1T10:00:00Z</DtTm>')))).toMatchObject({ bookedOn: '2028-05-02', valueOn: '2028-05-03' });
  });

  test('an account may have another number than an IBAN; where none is given, all of it is for a person', () => {
    const [other, none] = ['<Acct><Id><Othr><Id>4711 0815</Id></Othr></Id></Acct>', ''].map((account) => message(statement(entry()).replace(ACCOUNT, account)));
    expect(other).toMatchObject({ account: '47110815', entries: [{ answer: 'settled', account: '47110815' }] });
    expect(none).toMatchObject({ account: null, entries: [{ answer: 'unreadable', why: 'accountGiven', endToEndId: 'KIM-1-1-1', account: null }] });
  });

  test('a notification reads alike; of several accounts each entry has its own', () => {
    expect(message(notification(entry()))).toMatchObject({ kind: 'camt.054', entries: [{ answer: 'settled' }] });
    const two = notification(entry()).replace('</Ntfctn>', '</Ntfctn><Ntfctn><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct></Ntfctn>');
    expect(message(two)).toMatchObject({ account: null, entries: [{ answer: 'settled', account: 'DE02120300000000202051' }] });
    expect(message(notification('')).entries).toEqual([]);
  });
});

describe('a status report', () => {
  const payment = (status: string, more = '') => `<TxInfAndSts><OrgnlEndToEndId>A</OrgnlEndToEndId><TxSts>${status}</TxSts>${more}</TxInfAndSts>`;
  const batch = (content: string) => `</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>RUN-7-1</OrgnlPmtInfId>${content}</OrgnlPmtInfAndSts>`;

  test.each([
    ['RJCT', 'rejected'], ['CANC', 'rejected'], ['ACSC', 'settled'], ['ACCP', 'accepted'], ['ACSP', 'accepted'], ['ACWC', 'accepted'], ['ACTC', 'accepted'], ['PDNG', 'accepted'],
    ['PART', 'unreadable'], ['toString', 'unreadable'],
  ])('%s is %s', (status, answer) => {
    expect(one(report(batch(payment(status))))).toMatchObject({ answer, endToEndId: 'A', original: null });
  });

  test.each(['03', '09', '10', '12'])('version %s: the reason, the amount and the day come along where they are given', (version) => {
    const more = '<StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf><AccptncDtTm>2028-05-02T09:00:00Z</AccptncDtTm><AcctSvcrRef>B-9</AcctSvcrRef><OrgnlTxRef><Amt><InstdAmt Ccy="EUR">12.30</InstdAmt></Amt></OrgnlTxRef>';
    expect(message(report(batch(payment('RJCT', more)), version))).toEqual({
      kind: 'pain.002', version, messageId: 'MSG-1', createdAt: '2028-05-02T07:00:00+02:00', account: null,
      entries: [{ index: 0, answer: 'rejected', why: null, account: null, endToEndId: 'A', original: null, amountCents: 1_230, bookedOn: '2028-05-02', valueOn: null, reason: 'AC01', bankReference: 'B-9' }],
    });
    expect(one(report(batch(payment('RJCT', more.replace('EUR', 'PLN'))), version))).toMatchObject({ answer: 'unreadable', why: 'currencyEuro' });
  });

  test('a status above the payments holds for those that have none of their own', () => {
    const silent = '<TxInfAndSts><OrgnlEndToEndId>B</OrgnlEndToEndId></TxInfAndSts>';
    expect(message(report(batch(`<PmtInfSts>RJCT</PmtInfSts><StsRsnInf><Rsn><Prtry>X1</Prtry></Rsn></StsRsnInf>${payment('ACCP')}${silent}`))).entries)
      .toMatchObject([{ answer: 'accepted' }, { answer: 'rejected', endToEndId: 'B', reason: 'X1' }]);
  });

  test('a status of the whole message or of a batch names what it is of', () => {
    expect(one(report('<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf></OrgnlGrpInfAndSts>')))
      .toMatchObject({ answer: 'rejected', endToEndId: null, reason: 'FF01', original: { messageId: 'RUN-7', batchId: null } });
    expect(one(report(batch('<PmtInfSts>ACCP</PmtInfSts>')))).toMatchObject({ answer: 'accepted', original: { messageId: 'RUN-7', batchId: 'RUN-7-1' } });
    expect(message(report('</OrgnlGrpInfAndSts>')).entries).toEqual([]);
  });
});

describe('a file that is refused', () => {
  const good = statement(entry());
  const utf16 = (text: string, big: boolean) => {
    const little = Buffer.from(text, 'utf16le');
    return big ? little.swap16() : little;
  };

  test.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'fileGiven'],
    ['an external entity', good.replace('<Document', '<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document').replace('MSG-1', '&x;'), 'noDoctype'],
    ['an external document type', good.replace('<Document', '<!DOCTYPE Document SYSTEM "http://127.0.0.1:9/x.dtd"><Document'), 'noDoctype'],
    ['an entity bomb', `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, n) => `<!ENTITY a${n} "&a;&a;&a;&a;&a;&a;&a;&a;">`).join('')}]>${good}`, 'noDoctype'],
    ['an entity that nobody declared', good.replace('MSG-1', '&x;'), 'wellFormed'],
    ['UTF-16 with a mark', utf16(`\ufeff${good}`, false), 'encodingUtf8'],
    ['UTF-16 the other way round', utf16(`\ufeff${good}`, true), 'encodingUtf8'],
    ['UTF-16 without a mark', utf16(good, false), 'encodingUtf8'],
    ['UTF-16 without a mark, the other way round', utf16(good, true), 'encodingUtf8'],
    ['Latin letters in other bytes', Buffer.from(good.replace('MSG-1', 'Köln'), 'latin1'), 'encodingUtf8'],
    ['another encoding in its first line', good.replace('UTF-8', 'ISO-8859-1'), 'encodingUtf8'],
    ['UTF-7 in its first line', good.replace('"UTF-8"', '\'UTF-7\''), 'encodingUtf8'],
    ['a wrong namespace', good.replace('camt.053', 'camt.052'), 'namespaceKnown'],
    ['no namespace', good.replace(/ xmlns="[^"]+"/, ''), 'namespaceKnown'],
    ['a body of another message', good.replaceAll('BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn'), 'namespaceKnown'],
    ['a version of next decade', good.replace('001.08', '001.99'), 'versionKnown'],
    ['a version of the first hour', good.replace('001.08', '001.01'), 'versionKnown'],
    ['no message id', good.replace('<MsgId>MSG-1</MsgId>', '<MsgId> </MsgId>'), 'messageIdGiven'],
    ['no XML', 'Buchungstag;Wertstellung;Betrag', 'wellFormed'],
    ['two roots', `${good}<Document></Document>`, 'wellFormed'],
    ['a tag that is not closed', good.replace('</Ntry>', ''), 'wellFormed'],
    ['too deep', good.replace('<Ntry>', `${'<a>'.repeat(1_000)}${'</a>'.repeat(1_000)}<Ntry>`), 'wellFormed'],
    ['a text without end', good.replace('MSG-1', 'M'.repeat(11_000_000)), 'wellFormed'],
  ])('%s', (_, content, code) => {
    expect(refusal(content)).toBe(code);
  });

  test('says in which line', () => {
    expect(readBankMessage(bytes(good.replace('</Ntry>', '')))).toMatchObject({ ok: false, refusal: { code: 'wellFormed', line: 2 } });
  });

  test('cut off anywhere, nothing of it is read', () => {
    const whole = bytes(good);
    fc.assert(fc.property(fc.integer({ min: 1, max: whole.length - 13 }), (length) => {
      expect(refusal(whole.subarray(0, length))).toBe('fileComplete');
    }), { numRuns: 300 });
  });

  test('too large or too many elements are refused before they are parsed, without a tree of them in memory', () => {
    const huge = Buffer.alloc(100 * 1024 * 1024, good);
    const many = Buffer.concat([bytes(good.slice(0, good.indexOf('<Ntry>'))), Buffer.alloc(31 * 1024 * 1024, '<a/>'), bytes(good.slice(good.indexOf('<Ntry>')))]);
    const before = process.memoryUsage().rss;
    expect([refusal(huge), refusal(many)]).toEqual(['fileWithinLimit', 'fewEnoughElements']);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  test('memory of the parser is given back: two hundred more files do not add up', () => {
    const file = bytes(statement(entry().repeat(1_000)));
    for (let n = 0; n < 5; n += 1) readBankMessage(file);
    const before = process.memoryUsage().rss;
    // A tree of one of them takes several megabytes: two hundred that stay would be more than a gigabyte.
    for (let n = 0; n < 200; n += 1) expect(readBankMessage(file).ok).toBe(true);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });
});

describe('property', () => {
  test('whatever the bytes are, there is an answer, and a refusal has a code', () => {
    const good = bytes(statement(entry() + entry({ direction: 'CRDT' })));
    const flips = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(fc.property(flips, (changes) => {
      const changed = Uint8Array.from(good);
      for (const [at, value] of changes) changed[at] = value;
      const read = readBankMessage(changed);
      if (read.ok) for (const { amountCents } of read.message.entries) expect(amountCents === null || (Number.isSafeInteger(amountCents) && amountCents > 0)).toBe(true);
      else expect(read.refusal.code).toMatch(/^[a-zA-Z0-9]+$/);
    }), { numRuns: 2_000 });
  });

  test('every amount of whole cents is read to the cent', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (amountCents) => {
      const amount = `${Math.floor(amountCents / 100)}.${String(amountCents % 100).padStart(2, '0')}`;
      expect(one(statement(entry({ amount })))).toMatchObject({ answer: 'settled', amountCents });
    }), { numRuns: 500 });
  });
});
