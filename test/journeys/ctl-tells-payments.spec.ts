import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CommandLine, ENGLISH } from './command-line.ts';
import { Run } from './run.ts';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const line = new CommandLine(office);
const done = line.done.bind(line);
const here = {} as { folder: string; sent: Story; unsent: Story };

/** A booking of the first instalment's amount, as a bank tells of it. */
const statement = (messageId: string, reference: string): string => `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
  <GrpHdr><MsgId>${messageId}</MsgId></GrpHdr><Stmt><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct><Ntry><Amt Ccy="EUR">43137.50</Amt><CdtDbtInd>DBIT</CdtDbtInd>
  <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2056-05-02</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`;

/** Imports it at the command line. */
async function imports(messageId: string, reference: string, ...more: readonly string[]): Promise<string> {
  const path = join(here.folder, `${messageId}.xml`);
  await writeFile(path, statement(messageId, reference));
  return done('bank-import', path, '--as', 'certifier1', ...more);
}

/** The first family's instalment goes out in a file; the second one's is ordered by itself. */
beforeAll(async () => {
  here.folder = await mkdtemp(join(tmpdir(), 'tranche-ctl-tells-'));
  const [first, second] = [await Story.of(office(), '05315', TO_THE_GRANT), await Story.of(office(), '05314', TO_THE_GRANT)];
  await office().clock('2056-05-02');
  [here.sent, here.unsent] = [await first.instalment(1), await second.instalment(1)];
  await here.sent.go('certify');
  const run = await Run.prepare(office());
  await run.release();
  await run.reaches('exported');
  await here.unsent.go('certify', 'authorise');
  await here.unsent.reaches('exported');
});

afterAll(async () => {
  await rm(here.folder, { recursive: true });
});

describe('a payment run', () => {
  test('gives its file and the paper that goes with it; the names stand there as the bank gets them', async () => {
    const [file, sheet] = [join(here.folder, 'pain001.xml'), join(here.folder, 'cover.txt')];
    const said = await done('run', 'KIM-2056-Z0001', '--file', file, '--cover-sheet', sheet, '--as', 'authoriser1');
    expect(said).toMatch(/\nRate +Antragsteller +Referenz +Betrag +Kontoinhaber \(bei der Bank\) +Konto +Ergebnis\nKIM-2056-0001\/1 +Köln +KIM-2056-0001-1-1 +43\.137,50 € +Stadtkasse +DE89370400440532013000 +angeordnet/);
    const [, sha256 = ''] = /SHA-256 ([0-9a-f]{64})/.exec(said) ?? [];
    expect((await readFile(sheet, 'utf8')).replaceAll(/\s/g, '')).toContain(sha256);
    expect(await readFile(file, 'utf8')).toContain('<EndToEndId>KIM-2056-0001-1-1</EndToEndId>');
    expect(await done('run', '--help')).toContain('--cover-sheet <path>');
  });

  test('has no books of its own, and says who has', async () => {
    expect(await line.refused('statement', 'KIM-2056-Z0001', '--as', 'auditor1')).toBe(
      'KIM-2056-Z0001 ist ein Zahlungslauf und hat keine eigenen Bücher. Was aus seinen Raten wurde: ctl run KIM-2056-Z0001; die Bücher der Förderrunde: ctl statement kim-2056');
    expect(await line.refused('statement', 'KIM-2056-Z0001', '--as', 'auditor1', ...ENGLISH)).toMatch(/^KIM-2056-Z0001 is a payment run and has no books of its own\./);
    const shown = await done('show', 'KIM-2056-Z0001', '--as', 'officer1');
    expect(shown).toMatch(/\nSumme +43\.137,50 €\n/);
    expect(shown).not.toMatch(/\(agency\)|beantragt|eingegangen/);
  });

  test('and its instalments have a history in words: steps, states and roles', async () => {
    expect(await done('timeline', 'KIM-2056-Z0001', '--as', 'auditor1')).toMatch(/ +Zahlungsdatei geschrieben +system \(System\) +Zahlungsdatei geschrieben +Die Zahlungsdatei /);
    expect(await done('timeline', 'KIM-2056-0001', '--as', 'auditor1', ...ENGLISH)).toMatch(/ +Certify +certifier1 \(finance certifier\) +Certified +The instalment was certified/);
    expect(await done('readiness', 'KIM-2056-0001/2', '--as', 'auditor1')).toMatch(/✓ noticeFinal {2}Bescheid bestandskräftig {2}seit /);
    expect(await done('statement', office().cycle, '--as', 'auditor1')).toMatch(/ KIM-2056-0001\/1 +Köln +alle +Anordnung +gebunden +angeordnet /);
  });
});

describe('an order', () => {
  test('is said to be where it is, also by why: in a run and its file, or in none', async () => {
    expect(await done('why', 'KIM-2056-0001/1', 'confirmSettled', '--as', 'certifier1')).toMatch(
      /^✓ confirmSettled [^]*\nKIM-2056-0001-1-1 {2}Der Zahlungsauftrag steht im Zahlungslauf KIM-2056-Z0001 mit Ausführungstag 02\.05\.2056, Datei \S+\. Bitte den Ausführungstag abwarten\.$/);
    expect(await line.refused('why', 'KIM-2056-0001/1', 'authorise', '--as', 'certifier1', ...ENGLISH)).toMatch(/^notPossibleHere: [^]*\nKIM-2056-0001-1-1 {2}The payment order is in payment run KIM-2056-Z0001 /);
    expect(await done('why', 'KIM-2056-0002/1', 'confirmSettled', '--as', 'certifier1')).toContain('KIM-2056-0002-1-1  Der Zahlungsauftrag ist erteilt und steht in keinem Zahlungslauf.');
  });

  test('that no file carries cannot come back: whoever reports it is told what it comes to', async () => {
    expect(await done('why', 'KIM-2056-0001/1', 'reportReturn', '--as', 'certifier1')).not.toContain('orderUnsent');
    expect(await done('why', 'KIM-2056-0002/1', 'reportReturn', '--as', 'certifier1', ...ENGLISH)).toMatch(/! orderUnsent: No payment file carries the payment order: nothing went to the bank from this system\. The report only takes the order back/);
    expect(await done('do', 'KIM-2056-0002/1', 'reportReturn', 'reason=nie hinausgegangen', 'amountCents=4313750', '--as', 'certifier1')).toMatch(/! orderUnsent: Der Zahlungsauftrag steht in keiner Zahlungsdatei: /);
  });
});

describe('what the bank says', () => {
  test('is judged again at the instalment, and the import tells what came of it', async () => {
    expect(await imports('FITS', 'KIM-2056-0001-1-1')).toMatch(/^camt\.053 FITS als \S+ eingelesen: Einträge 1, zugeordnet 1, doppelt 0, zu klären 0\nAn den Raten geprüft: nichts zu klären$/);
    expect(await imports('FITS-NOT', 'KIM-2056-0002-1-1')).toMatch(/zugeordnet 1, doppelt 0, zu klären 0\nAn den Raten geprüft: zu klären 1\. Nachsehen: ctl bank-entries --file (\S+) --verdict exception, ctl exceptions$/);
    expect(await imports('FITS-NOT', 'KIM-2056-0002-1-1', ...ENGLISH)).toMatch(/nothing has changed$/);
  });

  test('suggests what to do in words, and as the command takes it', async () => {
    expect(await done('exceptions', '--as', 'certifier1')).toMatch(/Bankmeldung +KIM-2056-0002\/1 +[a-zü ]+ \(bank-resolve … (retry|done|ignore)\)/);
    expect(await done('bank-entries', '--verdict', 'exception', '--as', 'certifier1', ...ENGLISH)).toMatch(/[a-z ]+ \(bank-resolve … (retry|done|ignore)\) +bank-\d+/);
  });

  test('and the books do not show is told below them; what is below zero there is explained', async () => {
    const round = await done('statement', office().cycle, '--as', 'auditor1');
    expect(round).toMatch(/\n! Von der Bank ausgeführt, hier nicht als ausgezahlt gebucht: 43\.137,50 € \(ctl exceptions sagt, warum\)\n {4}KIM-2056-0002\/1 {2}KIM-2056-0002-1-1 {2}43\.137,50 €$/);
    expect(round).not.toContain('entnommen');
    const family = await done('statement', 'KIM-2056-0002', '--as', 'auditor1', ...ENGLISH);
    expect(family).toMatch(/\navailable \(taken from the round\) +-€86,275\.01\n[^]*\n✓ No account is overdrawn\. “available” is below zero here: so much was taken from the budget of the round\.\n! executed by the bank, not booked as paid here: €43,137\.50/);
    for (const told of [await done('statement', 'KIM-2056-0001', '--as', 'auditor1'), await done('statement', 'KIM-2056-0002', '--as', 'signatory-05314')]) expect(told).not.toContain('nicht als ausgezahlt gebucht');
    const table = join(here.folder, 'books.csv');
    await done('statement', 'KIM-2056-0002', '--out', table, '--as', 'auditor1');
    expect(await readFile(table, 'utf8')).toMatch(/;Von der Bank ausgeführt, hier nicht gebucht: KIM-2056-0002-1-1;/);
  });
});
