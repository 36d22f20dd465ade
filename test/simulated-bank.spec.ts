import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { Bank, serve, type Script } from '#apps/bank';
import { readBankMessage } from '#payments';
import { isoSchema } from '#test/harness';

const IBAN = 'DE89370400440532013000';
const euros = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

/** A payment file; `more` changes what a bank must notice. */
function orders(messageId: string, cents: readonly number[], { count = cents.length, sum = cents.reduce((total, each) => total + each, 0), iban = IBAN, currency = 'EUR', first = 1 } = {}): string {
  const payments = cents.map((each, index) => `<CdtTrfTxInf><PmtId><EndToEndId>E-${first + index}</EndToEndId></PmtId><Amt><InstdAmt Ccy="${currency}">${euros(each)}</InstdAmt></Amt>
    <Cdtr><Nm>Stadt &amp; Kreis</Nm></Cdtr><CdtrAcct><Id><IBAN>${iban}</IBAN></Id></CdtrAcct></CdtTrfTxInf>`);
  return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn><GrpHdr><MsgId>${messageId}</MsgId><NbOfTxs>${count}</NbOfTxs><CtrlSum>${euros(sum)}</CtrlSum></GrpHdr>
    <PmtInf><PmtInfId>P-1</PmtInfId><ReqdExctnDt><Dt>2028-05-02</Dt></ReqdExctnDt><DbtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct>${payments.join('')}</PmtInf></CstmrCdtTrfInitn></Document>`;
}

describe('the simulated bank', () => {
  test('pays what it is told, and keeps books by payment and by account', () => {
    const bank = new Bank({ seed: 1, script: { otherwise: {}, fates: { 'E-2': { rejected: 'AC04' }, 'E-3': { returns: [{ cents: 5n, afterDays: 30, reason: 'MS03' }] } } } });
    expect(bank.receive(orders('M-1', [100, 200, 300]))).toEqual({ messageId: 'M-1', accepted: 3, refused: [] });
    expect(bank.ledger('2028-05-02').paidCents).toBe(400n);
    expect(bank.ledger()).toMatchObject({ paidCents: 395n, doubled: [] });
    expect(bank.ledger().payments.map(({ endToEndId, debitedCents, returnedCents }) => [endToEndId, debitedCents, returnedCents])).toEqual([['E-1', 100n, 0n], ['E-2', 0n, 0n], ['E-3', 300n, 5n]]);
    expect(bank.ledger().paidByIban.get(IBAN)).toBe(395n);
    expect(bank.answers('2028-05-02').map(({ kind }) => kind)).toEqual(['pain.002', 'camt.053']);
    expect(bank.answers().map(({ kind, on }) => [kind, on])).toEqual([['camt.053', '2028-06-01']]);
    expect(bank.answers()).toEqual([]);
  });

  test('refuses what it had before, and remembers who tried', () => {
    const bank = new Bank({ seed: 1, script: { otherwise: {} } });
    bank.receive(orders('M-1', [100, 200]));
    expect(bank.receive(orders('M-1', [100, 200]))).toMatchObject({ accepted: 0, refused: ['M-1'] });
    expect(bank.receive(orders('M-2', [300, 400], { first: 2 }))).toEqual({ messageId: 'M-2', accepted: 1, refused: ['E-2'] });
    expect(bank.ledger()).toMatchObject({ paidCents: 700n, doubled: ['M-1', 'E-2'] });
    const heir = new Bank({ seed: 1, script: { otherwise: {} }, memory: bank.memory() });
    expect(heir.receive(orders('M-2', [5], { first: 9 })).accepted).toBe(0);
    expect(heir.ledger().paidCents).toBe(700n);
  });

  test.each([
    ['another count', { count: 3 }, 'number'], ['another sum', { sum: 1 }, 'sum'], ['a typo in an IBAN', { iban: 'DE88370400440532013000' }, 'IBAN'], ['another currency', { currency: 'USD' }, 'no amount'],
  ])('refuses a file with %s as a whole', (_, more, why) => {
    const bank = new Bank({ seed: 1 });
    expect(bank.receive(orders('M-1', [100, 200], more))).toMatchObject({ accepted: 0, refused: [expect.stringContaining(why)] });
    expect(bank.ledger().payments).toEqual([]);
  });

  test.each(['camt.053.001.08', 'camt.054.001.08'])('its %s are as the official schema has them, where that is at hand', (message) => {
    const schema = isoSchema(message);
    const bank = new Bank({ seed: 4, script: { notify: true, repeat: true, batch: 'named', otherwise: { returns: [{ cents: 1n, afterDays: 1, reason: 'AC04' }] } } });
    bank.receive(orders('M-1', [100, 200]));
    bank.receive(orders('M-3', [300], { first: 7 }));
    const files = bank.answers().filter(({ kind }) => message.startsWith(kind));
    expect(files.length).toBeGreaterThan(2);
    if (schema === null) return;
    const official = XmlDocument.fromBuffer(schema);
    const validator = XsdValidator.fromDoc(official);
    for (const { xml } of files) {
      const document = XmlDocument.fromString(xml);
      expect(() => validator.validate(document)).not.toThrow();
      document.dispose();
    }
    validator.dispose();
    official.dispose();
  });

  test('property: same seed and script, same answers; every answer can be read, and says what its books say', () => {
    const script: fc.Arbitrary<Script> = fc.record({
      notify: fc.boolean(), repeat: fc.boolean(), shuffle: fc.boolean(), batch: fc.constantFrom('named' as const, undefined),
    }).map(({ batch, ...rest }) => ({ ...rest, ...(batch && { batch }) }));
    fc.assert(fc.property(fc.nat(1_000_000), script, fc.array(fc.integer({ min: 1, max: 9_999_999 }), { minLength: 1, maxLength: 40 }), (seed, behaviour, cents) => {
      const [one, other] = [new Bank({ seed, script: behaviour }), new Bank({ seed, script: behaviour })];
      for (const bank of [one, other]) bank.receive(orders('M-1', cents));
      const answers = one.answers();
      expect(other.answers()).toEqual(answers);
      const entries = answers.flatMap(({ xml }) => {
        const read = readBankMessage(Buffer.from(xml));
        if (!read.ok) throw new Error(read.refusal.code);
        return read.message.entries;
      });
      const once = new Map(entries.map((entry) => [`${entry.endToEndId} ${entry.answer} ${entry.answer === 'returned' ? entry.bankReference : ''}`, entry]));
      const total = (answer: string) => [...once.values()].filter((entry) => entry.answer === answer).reduce((sum, { amountCents }) => sum + BigInt(amountCents ?? 0), 0n);
      expect(entries.filter(({ answer }) => answer === 'unreadable')).toEqual([]);
      expect(total('settled') - total('returned')).toBe(one.ledger().paidCents);
    }), { numRuns: 60 });
  });
});

describe('its counter', () => {
  const here = {} as { folder: string };
  beforeAll(async () => { here.folder = await mkdtemp(join(tmpdir(), 'tranche-bank-')); });
  afterAll(() => rm(here.folder, { recursive: true }));

  test('takes a file, leaves its answers and its books, and knows it the next time', async () => {
    const [input, out, said] = [join(here.folder, 'in.xml'), join(here.folder, 'out'), [] as string[]];
    await writeFile(input, orders('M-1', [100, 200]));
    expect(await serve(['--in', input, '--out', out, '--seed', '5'], (line) => void said.push(line))).toBe(0);
    expect(said).toEqual([expect.stringMatching(/^M-1: 2 payments taken, 0 refused, \d+ files written/)]);
    expect((await readdir(out)).some((name) => /^001-SIM.*\.xml$/.test(name))).toBe(true);
    expect(await serve(['--in', input, '--out', out, '--seed', '5'], (line) => void said.push(line))).toBe(1);
    expect(JSON.parse(await readFile(join(out, 'bank-ledger.json'), 'utf8'))).toMatchObject({ doubled: ['M-1'], payments: [{ endToEndId: 'E-1', orderedCents: '100n' }, { endToEndId: 'E-2' }] });
  });

  test('does what a script says, amounts in plain cents', async () => {
    const [input, script, out] = [join(here.folder, 'in-2.xml'), join(here.folder, 'script.json'), join(here.folder, 'out-2')];
    await writeFile(input, orders('M-2', [100, 200]));
    const serveWith = async (cents: unknown) => {
      await writeFile(script, JSON.stringify({ fates: { 'E-2': { returns: [{ cents, afterDays: 2, reason: 'MS03' }] } }, otherwise: {} }));
      const said: string[] = [];
      return [await serve(['--in', input, '--out', out, '--script', script], (line) => void said.push(line)), said[0]];
    };
    expect(await serveWith(1.5)).toEqual([2, expect.stringContaining('cents 1.5 is not a whole number of cents')]);
    expect(await serveWith(50)).toEqual([0, expect.stringContaining('2 payments taken')]);
    expect(JSON.parse(await readFile(join(out, 'bank-ledger.json'), 'utf8'))).toMatchObject({ paidCents: '250n' });
  });

  test('keeps what it has answered before, whatever a later script says', async () => {
    const [script, out] = [join(here.folder, 'later.json'), join(here.folder, 'out-3')];
    const serveWith = async (messageId: string, first: number, said: object) => {
      const input = join(here.folder, `${messageId}.xml`);
      await writeFile(input, orders(messageId, [100, 200], { first }));
      await writeFile(script, JSON.stringify(said));
      expect(await serve(['--in', input, '--out', out, '--script', script], () => undefined)).toBe(0);
    };
    await serveWith('M-8', 1, { fates: { 'E-1': { rejected: 'AC04' }, 'E-2': { returns: [{ cents: 50, afterDays: 2, reason: 'MS03' }] } } });
    await serveWith('M-9', 3, { otherwise: {} });
    const { payments } = JSON.parse(await readFile(join(out, 'bank-ledger.json'), 'utf8')) as { payments: readonly { endToEndId: string; debitedCents: string; returnedCents: string }[] };
    expect(payments.map(({ endToEndId, debitedCents, returnedCents }) => [endToEndId, debitedCents, returnedCents]))
      .toEqual([['E-1', '0n', '0n'], ['E-2', '200n', '50n'], ['E-3', '100n', '0n'], ['E-4', '200n', '0n']]);
  });

  test('says how it is asked, and in a sentence what it cannot read', async () => {
    const told = async (...args: readonly string[]) => {
      const said: string[] = [];
      return [await serve(args, (line) => void said.push(line)), said[0]];
    };
    expect(await told('--help')).toEqual([0, expect.stringContaining('npm run bank -- --in PAIN001.xml --out FOLDER')]);
    expect(await told('--in', 'a.xml')).toEqual([2, expect.stringContaining('--in and --out are needed')]);
    expect(await told('--in', 'a.xml', '--out', here.folder, '--seed', '-1')).toEqual([2, expect.stringContaining('--seed')]);
    expect(await told('--in', join(here.folder, 'nowhere.xml'), '--out', here.folder)).toEqual([2, expect.stringContaining('nowhere.xml')]);
    expect(await told('--books')).toEqual([2, expect.stringContaining('--books')]);
  });
});
