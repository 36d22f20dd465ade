import { describe, expect, test } from '@jest/globals';
import { SYSTEM } from '#kernel';
import { kim, kim1, kim2 } from '../index.ts';
import { factsOf, type Family } from '../stories/family.ts';
import { lettersAfter, type Letter } from '../stories/letters.ts';
import { BODIES, play, until } from '../stories/script.ts';
import { LIFT_OR_RECALL } from './paper.ts';

test('letters about payments name the amount that moved', () => {
  const [due] = lettersAfter(until('finality'), 1, 'fallDue', 'system', {}, { ...play(until('finality')).family, now: '2028-05-01T22:00:00.000Z' });
  expect(due).toMatchObject({ to: ['financeCertifier'] });
  expect(due?.words.text.de).toContain('55.950,00 €');
});

describe('a payment that lies', () => {
  const reminded = (family: Family, data = BODIES['remindPayment'] ?? {}): Letter | undefined => lettersAfter('', 1, 'remindPayment', 'system', data, family)[0];
  const told = (event: string, data?: typeof BODIES[string]): Letter | undefined => reminded(play(until(event)).family, data);
  const text = (event: string) => told(event)?.words.text ?? { de: '', en: '' };
  const line = (letter: Letter | undefined) => letter?.digest?.line ?? { de: '', en: '' };
  const EVENTS = ['1.fallDue', '1.certify', '1.authorise', '1.markExported'];

  test('is told to both of finance: which, where it stands since when, and what to do there', () => {
    expect(told('1.fallDue')).toMatchObject({ kind: 'paymentUnattended', to: ['financeCertifier', 'financeAuthoriser'] });
    expect(told('1.fallDue')).not.toHaveProperty('optional');
    expect(text('1.fallDue').de).toMatch(/Rate 1 über 55\.950,00\s€ für Köln, Zahltag 02\.05\.2028, steht auf „Fällig“, unverändert seit dem 02\.05\.2028, also seit 5 Arbeitstagen\./);
    expect(EVENTS.map((event) => text(event).de)).toEqual([
      'Als Nächstes: sachlich und rechnerisch feststellen', 'Als Nächstes: die Auszahlung anordnen, oder die Rate in einen Zahlungslauf nehmen', `Als Nächstes: ${LIFT_OR_RECALL.de}`, 'den Kontoauszug einlesen, bei der Bank nachfragen oder die Ausführung von Hand bestätigen',
    ].map((words) => expect.stringContaining(words)));
    expect(EVENTS.map((event) => /stands at “(.*)”, unchanged since/.exec(text(event).en)?.[1])).toEqual(['Due', 'Certified', 'Authorised', 'Exported']);
    expect(line(told('1.certify', { days: 1, since: '2028-05-02' })).de).toMatch(/^KIM-2028-0001\/1, Köln: 55\.950,00\s€, fällig am 02\.05\.2028\. „Festgestellt“, unverändert seit dem 02\.05\.2028, also seit 1 Arbeitstag\. Bitte anordnen oder in einen Zahlungslauf nehmen\.$/);
  });

  test('is said nothing of that its instalment does not know: what people did beside it, and what the bank said', () => {
    for (const event of EVENTS) {
      expect(text(event).de).not.toMatch(/Niemand|nicht geantwortet/);
      expect(text(event).en).not.toMatch(/[Nn]obody|not answered/);
    }
    expect(text('1.markExported').de).toContain('weder vermerkt, dass er ausgeführt wurde, noch, dass er abgelehnt wurde oder das Geld zurückkam');
  });

  test('and is ordered waits for something else by where its order stands', () => {
    expect(text('1.markExported').de).toMatch(/\n\nWas als Nächstes zu tun ist, hängt davon ab, wo der Auftrag steht:\n- in keiner Zahlungsdatei: einen Zahlungslauf .*\n- in einer Datei, deren Ausführungstag bevorsteht: abwarten\n- in einer Datei, deren Ausführungstag vorbei ist: /);
    expect(line(told('1.markExported')).en).toMatch(/What is to be done depends on where its payment order stands\.$/);
  });

  test('came back or was rejected, and nobody has reopened it', () => {
    const { family } = play(`${until('1.confirmSettled')}
      2028-05-09 09:00  system  1.reportReturn:part  →  returned letter:paymentReturned`);
    expect(reminded(family)?.words.text.de).toMatch(/10\.000,00\s€ für Köln, .* steht auf „Zahlung zu klären“, unverändert seit [^]*- Sachbearbeitung: mit der Kommune klären, warum, [^\n]*\n- Feststellung \(Haushalt\) oder Anordnung \(Haushalt\): die Rate danach wieder öffnen/);
    expect(line(reminded(family)).en).toMatch(/Please find out with the municipality why it came back or was rejected \(case officer\), and then reopen it \(.* or .*\)\.$/);
    expect(reminded(family)?.to).toEqual(['financeCertifier', 'financeAuthoriser', 'caseOfficer']);
    const [ending] = lettersAfter('', 1, 'remindBudgetEnd', 'system', {}, family);
    expect(ending?.to).toEqual(['financeCertifier', 'financeAuthoriser', 'administrator', 'caseOfficer']);
  });

  test('names what is in its way and who clears it, and the amount that was ordered where it is a part', () => {
    const { family } = play(`${until('1.fallDue')}
      2028-05-02 10:00  officer     holdAmount      →  active.instalment1
      2028-05-02 10:01  certifier   1.certify       →  certified
      2028-05-02 10:02  authoriser  1.authorise     →  authorised payout
      2028-05-02 10:03  signatory   proposePayee    →  active.instalment1`);
    const held = play('2028-05-03 10:00  officer  placeHold  →  active.instalment1', { family }).family;
    const german = (of: Family): string => reminded(of)?.words.text.de ?? '';
    expect(german(family)).toMatch(/45\.950,00\s€ für Köln/);
    expect(german(held)).toMatch(/Im Weg steht heute:\n- Eine Zahlungssperre steht der Auszahlung entgegen\. Die Zweitzeichnung kann die Sperre aufheben\. \(Zuständig: Zweitzeichnung\)\n- [^\n]*\n\nAls Nächstes: aufheben, was die Zahlung aufhält, oder die Rate zurückholen/);
    expect(line(reminded(held)).en).toMatch(/In the way: A hold stands against the payment\. A second approver can lift the hold\. \(Responsible: second approver\) .* Else recall the instalment or its run\.$/);
    expect(german(play(until('1.certify')).family)).not.toContain('Im Weg');
  });

  test.each([
    ['a hold', '2028-05-03 10:00  officer  placeHold  →  x', 1, /Im Weg steht: Eine Zahlungssperre steht der Auszahlung entgegen\. Die Zweitzeichnung kann die Sperre aufheben\. \(Zuständig: Zweitzeichnung\)$/],
    ['the instalment before it', '2028-10-02 08:00  clock  2.due  →  x', 2, /Im Weg steht: Die vorherige Rate ist noch nicht ausgezahlt\. Zuerst die vorherige Rate auszahlen\. \(Zuständig: Feststellung \(Haushalt\)\)$/],
    ['time alone, nobody sees to it', `2028-05-03 09:00  signatory   proposePayee           →  x
      2028-05-03 09:01  officer     11.checkPayeeDocument  →  x
      2028-05-03 10:00  officer     11.noteCallBack        →  x
      2028-05-03 11:00  approver    11.approvePayee        →  x`, 1, /Im Weg steht: Die Wartezeit .* läuft noch\. Die Wartezeit abwarten; ist die Änderung falsch, wird sie abgelehnt\. Ablehnen können die zeichnungsberechtigte Person der Kommune, die Sachbearbeitung und die Zweitzeichnung\.$/],
  ] as const)('is not asked for its next step in a line of many while that is not possible: %s', (_, script, number, said) => {
    const { family } = play(script, { family: play(until('1.fallDue')).family });
    const [letter] = lettersAfter('', number, 'remindPayment', 'system', undefined, family);
    expect(line(letter).de).toMatch(said);
    expect(line(letter).de).not.toMatch(/Bitte/);
    expect(letter?.words.text.de).toMatch(/Im Weg steht heute:\n[^]*\n\nIst das geklärt: sachlich und rechnerisch feststellen/);
  });

  test('is told to whoever has to clear what is in its way, too, and from the third reminder on to those above', () => {
    const held = play('2028-05-03 10:00  officer  placeHold  →  active.instalment1', { family: play(until('1.fallDue')).family }).family;
    expect(reminded(held)?.to).toEqual(['financeCertifier', 'financeAuthoriser', 'secondApprover']);
    const third = told('1.certify', { days: 20, since: '2028-05-02', nth: 3 });
    expect(third?.to).toEqual(['financeCertifier', 'financeAuthoriser', 'secondApprover', 'administrator']);
    for (const words of [third?.words.text.de, line(third).de]) expect(words).toContain('Dies ist die 3. Erinnerung; sie geht auch an Zweitzeichnung und Administration.');
    expect(told('1.certify', { days: 15, since: '2028-05-02', nth: 2 })?.words.text.de).not.toContain('Erinnerung');
  });

  test('and was ordered is not sent into a run once the budget year is closed', () => {
    const { family } = play(until('1.markExported'));
    const letter = reminded({ ...family, now: '2028-12-31T23:00:00.000Z' });
    expect(letter?.words.text.de).toMatch(/Das Haushaltsjahr ist geschlossen[^]*nur, wenn die Administration in der Förderrunde einen späteren Haushaltsschluss setzt; sonst die Rate als zurückgekommen melden/);
    expect(letter?.words.text.de).not.toContain('einen Zahlungslauf vorbereiten');
  });

  test('is told before the budget year closes, to those who pay and those who can move its end, with what is possible', () => {
    const ending = (family: Family) => lettersAfter('', 1, 'remindBudgetEnd', 'system', {}, family)[0];
    const certified = ending(play(until('1.certify')).family);
    expect(certified).toMatchObject({ kind: 'budgetEnding', to: ['financeCertifier', 'financeAuthoriser', 'administrator'] });
    expect(certified?.words.text.de).toMatch(/schließt am 31\.12\.2028\. Auf „Festgestellt“ steht Rate 1 über 55\.950,00\s€ für Köln[^]*Bitte anordnen oder in einen Zahlungslauf nehmen\./);
    const { family } = play(until('finality'));
    const tooLate = { ...family, cycle: { ...family.cycle, budgetOpenUntil: '2028-04-30' } };
    expect(line(ending(tooLate)).de).toMatch(/schließt am 30\.04\.2028\. Ihr Zahltag liegt danach: Ohne einen späteren Haushaltsschluss wird sie nicht gezahlt\./);
  });

  test('and was ordered is held up only by what its order asks for', () => {
    const { family } = play(until('1.authorise'));
    const unannounced = { ...family, head: { ...family.head, context: { ...family.head.context, noticedAward: null } } };
    expect(reminded(unannounced)?.words.text.de).not.toContain('Im Weg');
    expect(line(reminded(unannounced)).de).toContain('Bitte aufheben, was ihn aufhält, sonst die Rate oder ihren Lauf zurückholen.');
  });

  test('ends in a mail with others as it would by itself', () => {
    expect(told('1.fallDue')?.digest?.closing).toEqual(kim.closing);
    for (const language of ['de', 'en'] as const) expect(text('1.fallDue')[language].endsWith(kim.closing?.[language] ?? '?')).toBe(true);
  });
});

describe('what a person settles by hand', () => {
  test('is told to the others of finance: who, what, and what to compare it with', () => {
    const [paid, letter] = lettersAfter(until('1.markExported'), 1, 'confirmSettled', 'certifier', BODIES['confirmSettled:payDay'] ?? {});
    expect(paid?.kind).toBe('paid');
    expect(letter).toMatchObject({ kind: 'settledByHand', to: ['financeCertifier', 'financeAuthoriser'] });
    expect(letter).not.toHaveProperty('optional');
    expect(letter?.words.text.de).toMatch(/certifier hat von Hand bestätigt, dass 55\.950,00\s€ der Rate 1 für Köln ausgezahlt sind: Wertstellung 02\.05\.2028, Referenz „Kontoauszug 83“\. Der Kommune ist mitgeteilt/);
    expect(letter?.words.text.de).toContain('Bitte mit dem Kontoauszug vergleichen. Steht die Zahlung dort nicht, bitte die Rate als Rückläufer melden');
    expect(letter?.words.text.en).toMatch(/value date 2 May 2028, reference “Kontoauszug 83”[^]*Please compare this with the bank statement/);
  });

  test('names the part that was ordered', () => {
    const { family } = play(`${until('1.fallDue')}
      2028-05-02 10:00  officer     holdAmount      →  active.instalment1
      2028-05-02 10:01  certifier   1.certify       →  certified
      2028-05-02 10:02  authoriser  1.authorise     →  authorised payout
      2028-05-02 10:03  system      1.markExported  →  exported`);
    const letters = lettersAfter('', 1, 'confirmSettled', 'certifier', BODIES['confirmSettled:payDay'] ?? {}, family);
    expect(letters.map(({ kind }) => kind)).toEqual(['partPaid', 'settledByHand']);
    expect(letters[1]?.words.text.de).toMatch(/dass 45\.950,00\s€ der Rate 1/);
  });

  test('is told to nobody else where the bank says it', () => {
    expect(lettersAfter(until('1.markExported'), 1, 'confirmSettled', 'system', BODIES['confirmSettled:early'] ?? {}).map(({ kind }) => kind)).toEqual(['paid']);
  });
});

describe('an instalment in parts', () => {
  const PART = `${until('1.fallDue')}
    2028-05-02 10:00  officer     holdAmount      →  active.instalment1
    2028-05-02 10:01  certifier   1.certify       →  certified
    2028-05-02 10:02  authoriser  1.authorise     →  authorised payout
    2028-05-02 10:03  system      1.markExported  →  exported`;
  const REST = `${PART}
    2028-05-03 09:00  certifier   1.confirmSettled  →  due letter:partPaid letter:settledByHand
    2028-05-04 09:00  approver    liftHold        →  active.instalment1`;
  const paid = (script: string) => lettersAfter(script, 1, 'confirmSettled', 'system')[0]?.words;

  test('names the part, and of the rest whether it is on hold', () => {
    expect(paid(PART)?.text.de).toMatch(/45\.950,00\s€ der Rate 1 wurden mit Wertstellung 03\.05\.2028 ausgezahlt und sind innerhalb von zwei Monaten zu verwenden, also bis zum 03\.07\.2028\. 10\.000,00\s€ sind noch gesperrt\./);
    const lifted = paid(`${PART}
      2028-05-02 11:00  approver    liftHold        →  active.instalment1`);
    expect(lifted?.text.de).toMatch(/10\.000,00\s€ werden gesondert ausgezahlt\./);
    expect(lifted?.text.en).toMatch(/€10,000\.00 are paid separately\./);
  });

  test('names the rest as what it is, never as the whole or as if it were the instalment', () => {
    const words = paid(`${REST}
      2028-05-04 10:01  certifier   1.certify       →  certified
      2028-05-04 10:02  authoriser  1.authorise     →  authorised payout
      2028-05-04 10:03  system      1.markExported  →  exported`);
    expect(words?.subject).toEqual({ de: 'KIM-2028-0001: Rest der Rate 1 ausgezahlt', en: 'KIM-2028-0001: Rest of instalment 1 paid' });
    expect(words?.text.de).toMatch(/der Rest der Rate 1 über 10\.000,00\s€ wurde mit Wertstellung/);
    expect(words?.text.en).toMatch(/The rest of instalment 1 of €10,000\.00 was paid with value date/);
    expect(words?.text.de).not.toMatch(/erneut|ersetzt/);
  });

  test('is so in a line of many and for the second certifier', () => {
    const two = play(`${until('1.fallDue')}
      2028-05-02 10:00  officer     holdAmount      →  active.instalment1`).family;
    const family = { ...two, cycle: { ...two.cycle, certifyingPersons: 2 as const } };
    const [certified] = lettersAfter('', 1, 'certifyFactually', 'certifier', undefined, family);
    expect(certified?.words.text.de).toMatch(/ein Teil der Rate 1 über 45\.950,00\s€ wurde von certifier sachlich festgestellt/);
    expect(certified?.digest?.line.de).toMatch(/^KIM-2028-0001\/1, Köln: 55\.950,00\s€, fällig/);
    const [reminded] = lettersAfter(REST, 1, 'remindPayment', 'system');
    expect(reminded?.digest?.line.de).toMatch(/^KIM-2028-0001\/1, Köln: restliche 10\.000,00\s€, fällig am/);
    expect(reminded?.digest?.line.en).toMatch(/^KIM-2028-0001\/1, Köln: remaining €10,000\.00, due on/);
  });

  test('falls due for a municipality, with what is on hold of it', () => {
    const { family } = play(`${until('finality')}
      2028-04-03 10:00  officer     holdAmount      →  active.instalment1`);
    const [due] = lettersAfter('', 1, 'fallDue', 'system', {}, { ...family, now: '2028-05-01T22:00:00.000Z' });
    expect(due?.words.text.de).toMatch(/Rate 1 über 55\.950,00\s€ für Köln ist fällig .* Gesperrt sind davon 10\.000,00\s€\./);
  });

  test.each([kim1, kim2])('is none before version 3: the letter of version $version names the instalment', ({ machines }) => {
    const { family } = play(until('1.confirmSettled'));
    const [child] = family.children;
    const { orderedCents: _, ...context } = child?.context ?? {};
    const event = { type: 'confirmSettled', at: family.now, actor: SYSTEM, data: { valueDate: '2028-05-03', reference: 'x' } };
    const words = machines['instalment']?.letters['paid']?.words({ context, event, facts: factsOf(family, 1) } as never);
    expect(words?.subject.de).toBe('KIM-2028-0001: Rate 1 ausgezahlt');
    expect(words?.text.de).toMatch(/Rate 1 über 55\.950,00\s€ wurde mit Wertstellung 03\.05\.2028 ausgezahlt\. Die Mittel/);
  });
});
