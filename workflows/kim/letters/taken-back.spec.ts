import { describe, expect, test } from '@jest/globals';
import { lettersAfter, type Letter } from '../stories/letters.ts';
import { play, until } from '../stories/script.ts';

const withdrawn = (reported: string, event = '1.confirmSettled'): readonly Letter[] =>
  lettersAfter(`${until(event)}
    2028-05-10 09:00  certifier  ${reported}  →  returned`, 1, 'withdrawReturn', 'authoriser');
const text = (kind: string, letters: readonly Letter[]) => letters.find((letter) => letter.kind === kind)?.words.text ?? { de: '', en: '' };
const municipality = (letters: readonly Letter[]) => text('paymentStands', letters);
const agency = (letters: readonly Letter[]) => text('returnWithdrawn', letters);

describe('the municipality, which was told that a payment is none, is told', () => {
  test('that it stands after all, with amount and value date, and what that means for it', () => {
    const letters = withdrawn('1.reportReturn');
    expect(letters.find(({ kind }) => kind === 'paymentStands')).toMatchObject({
      to: ['applicantEditor', 'applicantSignatory'],
      words: { subject: { de: 'KIM-2028-0001: Rate 1: unsere Berichtigung war ein Irrtum', en: 'KIM-2028-0001: Instalment 1: our correction was a mistake' } },
    });
    expect(municipality(letters).de).toMatch(/dass 55\.950,00\s€ der Rate 1 \(Wertstellung 03\.05\.2028\) nicht ausgezahlt wurden oder zurückgekommen sind\. Das war ein Irrtum: Die Zahlung hat Bestand, auch über 55\.950,00\s€, mit Wertstellung 03\.05\.2028\./);
    expect(municipality(letters).en).toMatch(/€55,950\.00 of instalment 1 \(value date 3 May 2028\) were not paid or came back\. That was a mistake: the payment stands, also for €55,950\.00, with value date 3 May 2028\./);
    expect(municipality(letters).de).toMatch(/innerhalb von zwei Monaten zu verwenden/);
  });

  test('with the value date that the bank has given since it was told of one', () => {
    const letters = withdrawn(`1.reportReturn          →  returned letter:paymentReversed letter:paymentReturned
    2028-05-10 09:00  system      1.noteValueDate`);
    expect(municipality(letters).de).toMatch(/\(Wertstellung 03\.05\.2028\) nicht ausgezahlt.* mit Wertstellung 04\.05\.2028\..* innerhalb von zwei Monaten nach dem 04\.05\.2028, den die Bank inzwischen als Wertstellung gemeldet hat, zu verwenden/s);
    expect(municipality(letters).en).toMatch(/\(value date 3 May 2028\).* with value date 4 May 2028\..* within two months of 4 May 2028, which the bank has told/s);
  });

  test('of a part only what was told of the part', () => {
    expect(municipality(withdrawn('1.reportReturn:part')).de).toMatch(/auch über 10\.000,00\s€/);
  });

  test('that nothing is certain yet where only a part of its order had been said to be paid', () => {
    const { de, en } = municipality(withdrawn('1.reportReturn:part', '1.markExported'));
    expect(de).toMatch(/dass 45\.950,00\s€ der Rate 1 ausgezahlt wurden und weitere 10\.000,00\s€ Ihnen nicht gutgeschrieben worden sind\. Das war ein Irrtum: Der Zahlungsauftrag über 55\.950,00\s€ besteht ungeteilt fort/);
    expect(en).toMatch(/the payment order of €55,950\.00 stands undivided; whether it was carried out is not certain yet\./);
    expect(de).not.toContain('als erhalten');
  });

  test('nothing where it was told nothing', () => {
    expect(withdrawn('1.reportReturn', '1.markExported').map(({ kind }) => kind)).toEqual(['returnWithdrawn']);
  });
});

describe('the agency is told', () => {
  test('who took it back and why, what holds again, and what the municipality knows', () => {
    const letters = withdrawn('1.reportReturn:part');
    expect(letters.find(({ kind }) => kind === 'returnWithdrawn')).toMatchObject({ to: ['caseOfficer', 'financeCertifier', 'financeAuthoriser'] });
    expect(agency(letters).de).toMatch(/authoriser hat die Meldung zurückgenommen, dass 10\.000,00\s€ der Rate 1 für Köln zurückgekommen sind: „Verlesen: Das Geld ist bei der Kommune“\./);
    expect(agency(letters).en).toMatch(/authoriser has withdrawn the report that €10,000\.00 of instalment 1 for Köln came back: “Verlesen: Das Geld ist bei der Kommune”\./);
    expect(agency(letters).de).toMatch(/gelten wieder 55\.950,00\s€ als ausgezahlt, zuletzt mit Wertstellung 03\.05\.2028\.[^]*sie erhält zugleich eine neue Berichtigung/);
  });

  test('that the order is awaited again, and of a rest what is open', () => {
    expect(agency(withdrawn('1.reportReturn', '1.markExported')).de).toMatch(/Der Zahlungsauftrag über 55\.950,00\s€ besteht fort und wartet wieder auf die Antwort der Bank\.\n\nDer Kommune ist von dem Rückläufer nichts mitgeteilt\./);
    const { family } = play(`${until('1.fallDue')}
      2028-05-02 08:00  officer     holdAmount            →  active.instalment1
      2028-05-02 09:00  certifier   1.certify             →  certified
      2028-05-02 11:00  authoriser  1.authorise           →  authorised
      2028-05-02 11:01  system      1.markExported        →  exported
      2028-05-03 09:00  system      1.confirmSettled      →  due
      2028-05-10 09:00  certifier   1.reportReturn:part   →  returned`);
    expect(agency(lettersAfter('', 1, 'withdrawReturn', 'authoriser', undefined, family)).de).toMatch(/wieder 45\.950,00\s€ als ausgezahlt, zuletzt mit Wertstellung 03\.05\.2028; offen sind 10\.000,00\s€\./);
  });
});
