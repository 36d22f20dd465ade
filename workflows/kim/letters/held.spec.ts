import { describe, expect, test } from '@jest/globals';
import { lettersAfter, type Letter } from '../stories/letters.ts';
import { HAPPY, until } from '../stories/script.ts';

const active = until('finality');
const textOf = (letters: readonly Letter[], role: Letter['to'][number]): string => letters.filter(({ to }) => to.includes(role)).map(({ words }) => words.text.de).join('\n');
const toldTo = (letters: readonly Letter[], role: Letter['to'][number]) => letters.filter(({ to }) => to.includes(role)).map(({ kind }) => kind);

describe('a hold', () => {
  test('is told to the municipality: what is held, why in general words, what it can do, what comes next', () => {
    const text = textOf(lettersAfter(active, 0, 'placeHold', 'officer'), 'applicantEditor');
    for (const part of [
      'die Auszahlung aller noch nicht ausgezahlten Raten ist seit dem', 'Grund: es ist noch zu klären, an welche Bankverbindung gezahlt wird.',
      '- Rate 1, Zahltag 02.05.2028: 55.950,00 €', '- Rate 2, Zahltag 02.10.2028: 55.950,00 €', 'Bitte prüfen Sie die hinterlegte Bankverbindung.', 'Sobald die Sperre aufgehoben ist, erhalten Sie Nachricht',
    ]) expect(text).toContain(part);
  });

  test('on an amount names it and what is open', () => {
    expect(textOf(lettersAfter(active, 0, 'holdAmount', 'officer'), 'applicantSignatory')).toContain('- Rate 1, Zahltag 02.05.2028: 10.000,00 € von noch offenen 55.950,00 €');
  });

  test.each(['doubleFunding', 'Hinweis von Frau M. auf eine Scheinstelle'])('for %s keeps suspicions and the agency\'s own words to the agency', (reason) => {
    const letters = lettersAfter(active, 0, 'placeHold', 'officer', { reason, scope: '1' });
    expect(textOf(letters, 'applicantEditor')).toContain('die Bezirksregierung klärt noch eine Voraussetzung der Auszahlung');
    expect(textOf(letters, 'applicantEditor')).not.toMatch(/Doppelförderung|Frau M\.|officer/);
    expect(textOf(letters, 'financeAuthoriser')).toMatch(/officer hat für Köln die Auszahlung der Rate 1 gesperrt: „(Verdacht auf Doppelförderung|Hinweis von Frau M\. auf eine Scheinstelle)“/);
  });

  test('goes to finance, office and second approvers with who did it and who lifts it', () => {
    const [agency] = lettersAfter(active, 0, 'placeHold', 'certifier').filter(({ kind }) => kind === 'holdPlaced');
    expect(agency?.to).toEqual(['caseOfficer', 'secondApprover', 'financeCertifier', 'financeAuthoriser']);
    expect(agency?.words.text.de).toContain('- Rate 1, Zahltag 02.05.2028: „Geplant“, offen 55.950,00 €');
    expect(agency?.words.text.de).toContain('eine andere Person als die, die sie gesetzt hat');
  });

  test('that delays nothing is told to the agency alone', () => {
    const letters = lettersAfter(HAPPY, 0, 'placeHold', 'officer');
    expect(toldTo(letters, 'applicantEditor')).toEqual([]);
    expect(textOf(letters, 'financeCertifier')).toContain('Der Kommune ist nichts mitgeteilt');
  });

  test('on what is ordered says that the money may still arrive', () => {
    expect(textOf(lettersAfter(until('1.markExported'), 0, 'placeHold', 'officer'), 'applicantEditor')).toContain('Liegt er bereits bei der Bank, geht das Geld noch bei Ihnen ein');
  });
});

describe('a hold that is lifted', () => {
  const held = `${active}
    2028-03-10 09:00  officer     placeHold           →  active.instalment1 letter:paymentHeld letter:holdPlaced`;

  test('is told to both, with what comes next', () => {
    const letters = lettersAfter(held, 0, 'liftHold', 'approver');
    expect(textOf(letters, 'applicantEditor')).toContain('die Sperre vom 10.03.2028, mit der die Auszahlung aller noch nicht ausgezahlten Raten gesperrt war, ist aufgehoben');
    expect(textOf(letters, 'applicantEditor')).toContain('Die Auszahlung geht nun weiter');
    expect(textOf(letters, 'financeCertifier')).toContain('approver hat die Sperre h1 aufgehoben, die officer am 10.03.2028');
    expect(textOf(letters, 'financeCertifier')).toContain('„geklärt“');
  });

  test('beside another one promises no payment', () => {
    const letters = lettersAfter(`${held}
    2028-03-11 09:00  officer     holdAmount          →  active.instalment1 letter:paymentHeld letter:holdPlaced`, 0, 'liftHold', 'approver');
    expect(textOf(letters, 'applicantEditor')).toContain('Eine weitere Sperre besteht noch');
    expect(textOf(letters, 'applicantEditor')).not.toContain('geht nun weiter');
    expect(textOf(letters, 'financeAuthoriser')).toContain('Eine weitere Sperre besteht noch');
  });

  test('for one instalment only is told as that', () => {
    const letters = lettersAfter(`${held}
    2028-03-11 09:00  officer     proposeBypass       →  active.instalment1`, 0, 'confirmBypass', 'approver2');
    expect(textOf(letters, 'applicantSignatory')).toContain('steht der Auszahlung der Rate 1 nicht mehr entgegen');
    expect(textOf(letters, 'financeCertifier')).toContain('trotz der Sperre h1 („Zahlungsempfänger ungeklärt“) gezahlt wird: „Gehälter sind fällig“. Zahlbar sind damit 55.950,00 €.');
  });
});
