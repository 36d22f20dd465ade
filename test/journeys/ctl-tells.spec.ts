import { beforeAll, describe, expect, test } from '@jest/globals';
import { CommandLine, ENGLISH } from './command-line.ts';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const line = new CommandLine(office);
const done = line.done.bind(line);
const refused = line.refused.bind(line);

const here = {} as { grant: Story };

beforeAll(async () => {
  here.grant = await Story.of(office(), '05315', TO_THE_GRANT);
});

describe('the end of the budget year', () => {
  test('is a date of the round, stands below the deadlines, and is told to move', async () => {
    expect(await done('cycle', office().cycle, '--as', 'officer1')).toMatch(/\nHaushaltsschluss +31\.12\.2056 24:00 +2056-12-31T23:00:00\.000Z +Ende des Förderjahres/);
    expect(await done('deadlines', '--as', 'officer1')).toMatch(/\nHaushaltsschluss kim-2056: 31\.12\.2056 24:00 {2}\(Ende des Förderjahres, 31\.12\.2056, 24:00 Uhr\)$/);
    expect(await done('deadlines', '--as', 'editor-05315', ...ENGLISH)).toMatch(/\nEnd of the budget year kim-2056: 31 Dec 2056 24:00 {2}\(end of the funding year/);
    const preview = ['cycle-revise', office().cycle, 'budgetOpenUntil=2057-01-31', '--preview', '--as', 'admin1'];
    expect(await done(...preview)).toMatch(/^Termin +von +nach\nHaushaltsschluss +31\.12\.2056 24:00 +31\.01\.2057 24:00\nAnträge/);
    expect(await done(...preview, ...ENGLISH)).toMatch(/\nEnd of the budget year +31 Dec 2056 24:00 +31 Jan 2057 24:00\n/);
    expect(await refused('cycle-revise', office().cycle, 'budgetOpenUntil=2057-01-31', '--reason', 'Nachlauf', '--as', 'officer1')).toContain('wrongRole');
    expect(await done('cycle-revise', office().cycle, 'budgetOpenUntil=2057-01-31', '--reason', 'Nachlauf', '--as', 'admin1')).toMatch(/\nHaushaltsschluss +31\.01\.2057 24:00 .*in der Förderrunde festgelegt/);
  });
});

describe('a change of the bank data', () => {
  const SHEET = [
    'Kontoinhaber      Stadtkasse Köln ☃  (bei der Bank: Stadtkasse Koeln .)', 'IBAN              DE02 1203 0000 0000 2020 51', 'BIC               BYLADEM1001', 'Grund             Neue Hausbank',
    'vorgeschlagen     02.08.2055 09:00', 'Beleg             –', 'Rückruf           –', 'freigegeben       –',
  ];

  test('is shown to whoever proposes it, and whole to whoever checks it: also as the bank will get it', async () => {
    const proposed = await done('do', 'KIM-2056-0001', 'proposePayee', 'iban=DE02120300000000202051', 'bic=byladem1001', 'holder=Stadtkasse Köln ☃', 'reason=Neue Hausbank', '--as', 'signatory-05315');
    expect(proposed).toMatch(/\nBankverbindung +1 {2}Vorgeschlagen {2}Stadtkasse Köln ☃ {2}\(bei der Bank: Stadtkasse Koeln \.\) {2}DE02 1203 0000 0000 2020 51 {2}BYLADEM1001 {2}Neue Hausbank {2}\S+/);
    const shown = await done('show', 'KIM-2056-0001/P1', '--as', 'officer1');
    expect(shown.split('\n').slice(-SHEET.length).map((each) => each.replace(/(vorgeschlagen.*09:00).*/, '$1'))).toEqual(SHEET);
    expect(shown).not.toContain('0,00 €');
    expect(await done('do', 'KIM-2056-0001/P1', 'checkPayeeDocument', 'document=Bestätigung der Bank', 'matches=true', '--as', 'officer1', ...ENGLISH)).toMatch(
      /\nholder +Stadtkasse Köln ☃ {2}\(at the bank: Stadtkasse Koeln \.\)\n[^]*\ndocument +Bestätigung der Bank {2}2 Aug 2055/);
    const letters = await here.grant.letters();
    expect(letters.find(({ kind }) => kind === 'payeeToCheck')?.text).toContain('Die Bank erhält den Namen als „Stadtkasse Koeln .“.');
  });
});

describe('a hold', () => {
  test('says of what it keeps how much, and why, in words', async () => {
    await done('do', 'KIM-2056-0001', 'placeHold', 'reason=audit', 'scope=all', '--as', 'officer1');
    expect(await done('do', 'KIM-2056-0001', 'holdAmount', 'reason=postVacant', 'instalment=2', 'amountCents=12345', '--as', 'officer1')).toMatch(
      /\nSperre +h1 {2}alle Raten {2}ganz {2}Prüfung {2}seit [^\n]*\nSperre +h2 {2}Rate 2 {2}davon 123,45 € {2}Stelle unbesetzt {2}seit /);
    expect(await done('show', 'KIM-2056-0001', '--as', 'officer1', ...ENGLISH)).toMatch(/\nhold +h1 {2}all instalments {2}all of it {2}audit {2}since [^\n]*\nhold +h2 {2}instalment 2 {2}€123\.45 of it {2}post vacant {2}since /);
  });
});
