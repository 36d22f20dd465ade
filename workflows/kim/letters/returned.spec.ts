import { describe, expect, test } from '@jest/globals';
import { SYSTEM } from '#kernel';
import type { Instalment } from '../context.ts';
import { kim } from '../index.ts';
import { BANK_REASONS } from '../returns.ts';
import { factsOf } from '../stories/family.ts';
import { lettersAfter, type Letter } from '../stories/letters.ts';
import { BODIES, play, until } from '../stories/script.ts';

const FULL = 5_595_000;
const said = (reason: string, { event = '1.confirmSettled', who = 'system', amountCents = FULL } = {}): readonly Letter[] =>
  lettersAfter(until(event), 1, 'reportReturn', who, { reason, amountCents });
const of = (kind: string, letters: readonly Letter[]) => letters.find((letter) => letter.kind === kind);
const text = (kind: string, letters: readonly Letter[]) => of(kind, letters)?.words.text ?? { de: '', en: '' };
const agency = (letters: readonly Letter[]) => text('paymentReturned', letters);
const municipality = (letters: readonly Letter[]) => text('paymentReversed', letters);

describe('the agency is told', () => {
  test('that the bank returned money, each language by itself', () => {
    const letters = said(`${BANK_REASONS.returned} (AC04)`);
    expect(of('paymentReturned', letters)).toMatchObject({ to: ['caseOfficer', 'financeCertifier', 'financeAuthoriser'] });
    expect(agency(letters).de).toMatch(/55\.950,00\s€ der Rate 1 kamen von der Bank zurück: Konto aufgelöst \(AC04\)\./);
    expect(agency(letters).en).toMatch(/€55,950\.00 of instalment 1 came back from the bank: account closed \(AC04\)\./);
    expect(agency(letters).de).not.toContain('von Hand');
  });

  test('that the bank rejected an order and never carried it out: it did not come back', () => {
    const letters = said(`${BANK_REASONS.rejected} (AC04)`, { event: '1.markExported' });
    expect(of('paymentReturned', letters)?.words.subject).toEqual({ de: 'KIM-2028-0001: Rate 1 von der Bank abgelehnt', en: 'KIM-2028-0001: Instalment 1 rejected by the bank' });
    expect(agency(letters).de).toMatch(/die Bank hat den Zahlungsauftrag über 55\.950,00\s€ der Rate 1 abgelehnt und nicht ausgeführt: Konto aufgelöst \(AC04\)\./);
    expect(agency(letters).en).toMatch(/The bank rejected the payment order of €55,950\.00 of instalment 1 and did not carry it out: account closed \(AC04\)\./);
    expect(`${agency(letters).de} ${agency(letters).en}`).not.toMatch(/zurückgekommen|kamen|came back|bankRejected/);
  });

  test('what a person reported: by whom, why, and what to compare it with before it is paid a second time', () => {
    const letters = said('Teilbetrag zurück', { who: 'certifier', amountCents: 1_000_000 });
    expect(of('paymentReturned', letters)?.words.subject.de).toBe('KIM-2028-0001: Rate 1 von Hand als zurückgekommen gemeldet');
    expect(agency(letters).de).toMatch(/10\.000,00\s€ der Rate 1 wurden von certifier als zurückgekommen gemeldet: Teilbetrag zurück\./);
    expect(agency(letters).de).toMatch(/mit dem Kontoauszug vergleichen\.[^]*nimmt bitte eine andere Person der Finanzen die Meldung zurück/);
    expect(`${agency(letters).de} ${agency(letters).en}`).not.toMatch(/von der Bank|from the bank/);
  });

  test('that there may be nothing to compare, where no file carried the order: only of what was not settled before', () => {
    const unsettled = agency(said('nie hinausgegangen', { who: 'certifier', event: '1.markExported' }));
    expect(unsettled.de).toMatch(/Steht der Zahlungsauftrag in keiner Zahlungsdatei, ist aus diesem System nichts an die Bank gegangen: .* Sonst: Bitte mit dem Kontoauszug vergleichen\./);
    expect(unsettled.en).toMatch(/If no payment file carries the order, nothing went to the bank from this system: .* Otherwise: Please compare/);
    expect(agency(said('Teilbetrag zurück', { who: 'certifier', amountCents: 1_000_000 })).de).not.toContain('in keiner Zahlungsdatei');
  });

  test('which payment it was: municipality, purpose, value date, and the account by its last characters only', () => {
    const { de, en } = agency(said(BANK_REASONS.returned));
    expect(de).toContain('- Kommune: Köln\n- Verwendungszweck: KIM 2028 1. Rate KIM-2028-0001\n- Wertstellung der Auszahlung: 03.05.2028\n- Bankverbindung, die jetzt gilt: Stadt Köln, IBAN ••3000');
    expect(en).toContain('- Value date of the payment: 3 May 2028\n- Bank data in force now: Stadt Köln, IBAN ••3000');
    expect(agency(said(BANK_REASONS.returned, { event: '1.markExported' })).de).not.toContain('Wertstellung');
  });

  test('whether the municipality has been told beside', () => {
    expect(agency(said(BANK_REASONS.returned)).de).toContain('Der Kommune ist die Auszahlung mitgeteilt worden; sie erhält zugleich eine Berichtigung.');
    expect(agency(said(BANK_REASONS.rejected, { event: '1.markExported' })).de).toContain('Der Kommune ist von dieser Zahlung nichts mitgeteilt.');
    expect(agency(said(`${BANK_REASONS.rejected} (AC04)`, { event: '1.markExported' })).de).toContain('Die Kommune ist zugleich unterrichtet.');
  });

  test('who does what: nobody is asked for what is refused to them', () => {
    expect(agency(said(BANK_REASONS.returned)).de).toMatch(/- Sachbearbeitung: mit der Kommune klären[^\n]*\n- Feststellung \(Haushalt\) oder Anordnung \(Haushalt\): die Rate danach erneut fällig stellen/);
    expect(kim.machines['instalment']?.senders['reopen']?.roles).toEqual(['financeCertifier', 'financeAuthoriser', 'system']);
  });

  test('in the timeline: each kind as what it is', () => {
    const sentence = (reason: string) => kim.machines['instalment']?.events['reportReturn']?.sentence({ reason, amountCents: 100 });
    expect(sentence(`${BANK_REASONS.rejected} (AC04)`)).toEqual({
      de: expect.stringMatching(/^Die Bank hat den Auftrag über 1,00\s€ abgelehnt und nicht ausgeführt: „Konto aufgelöst \(AC04\)“\.$/),
      en: 'The bank rejected the order of €1.00 and did not carry it out: “account closed (AC04)”.',
    });
    expect(sentence(BANK_REASONS.returned)?.de).toMatch(/^1,00\s€ kamen von der Bank zurück: „ohne Angabe von Gründen“\.$/);
    expect(sentence('Konto erloschen')?.de).toMatch(/^1,00\s€ wurden von Hand als zurückgekommen gemeldet: „Konto erloschen“\.$/);
  });
});

describe('the municipality, which was told of a payment, is told', () => {
  test('that it came back, what that means for it, and what comes next', () => {
    const letters = said(`${BANK_REASONS.returned} (MS03)`);
    expect(of('paymentReversed', letters)).toMatchObject({ to: ['applicantEditor', 'applicantSignatory'] });
    expect(of('paymentReversed', letters)).not.toHaveProperty('optional');
    const { de, en } = municipality(letters);
    expect(de).toMatch(/wir haben Ihnen mitgeteilt, dass Rate 1 ausgezahlt ist \(Wertstellung 03\.05\.2028\)\. Davon sind 55\.950,00\s€ von der Bank zurückgekommen: ohne Angabe von Gründen \(MS03\)\./);
    expect(de).toMatch(/Bitte behandeln Sie 55\.950,00\s€ nicht als erhalten\. Die Frist von zwei Monaten, um die Mittel zu verwenden, läuft für diesen Betrag nicht\. Ist das Geld doch bei Ihnen eingegangen, sagen Sie uns/);
    expect(de).toMatch(/Der Betrag wird ausgezahlt, sobald geklärt ist, woran es lag, .* Lag es an Ihrer Bankverbindung, kann die zeichnungsberechtigte Person über das Portal eine neue vorschlagen\./);
    expect(en).toMatch(/The period of two months for using the money does not run for this amount\./);
  });

  test('to check its bank data where the bank finds fault with the account', () => {
    expect(municipality(said(`${BANK_REASONS.returned} (AC04)`)).de).toMatch(/Bitte prüfen Sie Ihre Bankverbindung; bei uns hinterlegt ist derzeit: Stadt Köln, IBAN ••3000\./);
  });

  test('that a part came back: the rest of what it was told stands', () => {
    const { de } = municipality(said(BANK_REASONS.returned, { amountCents: 1_000_000 }));
    expect(de).toMatch(/Davon sind 10\.000,00\s€ von der Bank zurückgekommen[^]*Im Übrigen bleibt es bei unserer Mitteilung\./);
  });

  test('that it was never carried out, or that what it was told was wrong; not what a colleague wrote of it', () => {
    expect(municipality(said(BANK_REASONS.rejected)).de).toMatch(/Die Bank hat die Zahlung über 55\.950,00\s€ jedoch nicht ausgeführt/);
    const { de, en } = municipality(said('Tippfehler der Kollegin', { who: 'certifier' }));
    expect(de).toMatch(/Für 55\.950,00\s€ ist diese Mitteilung unzutreffend: Der Betrag wurde nicht ausgezahlt oder ist zurückgekommen\./);
    expect(de + en).not.toContain('Tippfehler');
  });

  test('the same of a part, while the rest has not been paid', () => {
    const { family } = play(`${until('1.fallDue')}
      2028-05-02 10:00  officer     holdAmount      →  active.instalment1
      2028-05-02 10:01  certifier   1.certify       →  certified
      2028-05-02 10:02  authoriser  1.authorise     →  authorised payout
      2028-05-02 10:03  system      1.markExported  →  exported
      2028-05-03 09:00  certifier   1.confirmSettled  →  due`);
    const letters = lettersAfter('', 1, 'reportReturn', 'system', BODIES['reportReturn:claimed'] ?? {}, family);
    expect(municipality(letters).de).toMatch(/dass ein Teil der Rate 1 ausgezahlt ist \(letzte Wertstellung 03\.05\.2028\)\. Davon sind 40\.000,00\s€/);
  });

  test('nothing of another payment where the grant was stopped, and neither is the agency', () => {
    const { family } = play(`${until('1.confirmSettled')}
      2028-06-01 09:00  system      stop            →  active.stopped`);
    const letters = lettersAfter('', 1, 'reportReturn', 'system', undefined, family);
    for (const { de } of [municipality(letters), agency(letters)]) {
      expect(de).toContain('Die Förderung ist beendet: Der Betrag wird nicht mehr ausgezahlt.');
      expect(de).not.toMatch(/erneut fällig|wird ausgezahlt, sobald/);
    }
  });
});

describe('the municipality, which was told of no payment, is told', () => {
  const kinds = (letters: readonly Letter[]) => letters.map(({ kind }) => kind);

  test('nothing of an order that failed for reasons of ours', () => {
    for (const [reason, who] of [[BANK_REASONS.rejected, 'system'], [`${BANK_REASONS.rejected} (AM04)`, 'system'], ['Konto erloschen', 'certifier']] as const) {
      expect(kinds(said(reason, { event: '1.markExported', who }))).toEqual(['paymentReturned']);
    }
  });

  test('to check its bank data where they are the reason', () => {
    const letters = said(`${BANK_REASONS.rejected} (AC04)`, { event: '1.markExported' });
    expect(kinds(letters)).toEqual(['paymentNotMade', 'paymentReturned']);
    expect(text('paymentNotMade', letters).de).toMatch(/Rate 1 über 55\.950,00\s€ konnte nicht ausgezahlt werden\. Die Bank nennt als Grund: Konto aufgelöst \(AC04\)\.[^]*Bitte prüfen Sie Ihre Bankverbindung/);
  });

  test('of the part that was paid nevertheless: nobody tells of it later', () => {
    const letters = said(BANK_REASONS.returned, { event: '1.markExported', amountCents: 1_000_000 });
    expect(text('paymentNotMade', letters).de).toMatch(/45\.950,00\s€ der Rate 1 wurden ausgezahlt und sind innerhalb von zwei Monaten zu verwenden\. Weitere 10\.000,00\s€ sind Ihnen nicht gutgeschrieben worden\. Die Bank nennt als Grund: ohne Angabe von Gründen\./);
  });
});

describe('what is paid after a payment was reversed', () => {
  const again = (script: string) => play(`${until('1.confirmSettled')}
    ${script}
    2028-05-11 09:00  certifier   1.reopen        →  due
    2028-05-11 09:01  certifier   1.certify       →  certified
    2028-05-11 09:02  authoriser  1.authorise     →  authorised payout
    2028-05-11 09:03  system      1.markExported  →  exported`).family;
  const paid = (script: string) => lettersAfter('', 1, 'confirmSettled', 'system', { valueDate: '2028-05-12', reference: 'x' }, again(script))[0]?.words;

  test('says that it replaces that payment and does not come on top of it', () => {
    const words = paid('2028-05-10 09:00  system  1.reportReturn  →  returned');
    expect(words?.subject.de).toBe('KIM-2028-0001: Rate 1 erneut ausgezahlt');
    expect(words?.text.de).toMatch(/Rate 1 über 55\.950,00\s€ wurde mit Wertstellung 12\.05\.2028 erneut ausgezahlt\./);
    expect(words?.text.de).toMatch(/Diese Auszahlung ersetzt das, was von der Zahlung mit Wertstellung 03\.05\.2028 zurückgekommen ist \(55\.950,00\s€\)\. Sie kommt nicht zu ihr hinzu\./);
    expect(words?.text.en).toMatch(/This payment replaces what of the payment with value date 3 May 2028 came back \(€55,950\.00\)\./);
  });

  test('names the part that came back, and by whose word', () => {
    const words = paid('2028-05-10 09:00  certifier  1.reportReturn:part  →  returned');
    expect(words?.subject.de).toBe('KIM-2028-0001: Rest der Rate 1 ausgezahlt');
    // By the word of a person it may never have been paid before.
    expect(words?.text.de).not.toContain('erneut');
    expect(words?.text.de).toMatch(/was von der Zahlung mit Wertstellung 03\.05\.2028 nicht ausgezahlt wurde oder zurückgekommen ist \(10\.000,00\s€\)/);
  });

  test('replaces a part of it where the rest is on hold again, and then the rest', () => {
    const part = again(`2028-05-10 09:00  system   1.reportReturn  →  returned
      2028-05-10 10:00  officer  holdAmount  →  active.instalment1`);
    const settled = { type: 'confirmSettled', at: part.now, actor: SYSTEM, data: { valueDate: '2028-05-12', reference: 'x' } };
    const [letter] = lettersAfter('', 1, 'confirmSettled', 'system', settled.data, part);
    expect(letter?.kind).toBe('partPaid');
    expect(letter?.words.text.de).toContain('Diese Auszahlung ersetzt einen Teil dessen, was von der Zahlung mit Wertstellung 03.05.2028 zurückgekommen ist');
    const [child] = part.children;
    const left = kim.machines['instalment']?.takes['orderSettled']?.({ context: child?.context, event: settled, facts: factsOf(part, 1) } as never) as Partial<Instalment> | undefined;
    expect(left?.reversed).toEqual({ kind: 'returned', valueDate: '2028-05-03', amountCents: 1_000_000 });
  });
});
