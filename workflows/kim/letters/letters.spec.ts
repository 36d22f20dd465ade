import { describe, expect, test } from '@jest/globals';
import { digest, machineOf, type Effect, type Json } from '#kernel';
import type { Application } from '../context.ts';
import { defaultCycle } from '../cycle.ts';
import { kim } from '../index.ts';
import { send, type Family } from '../stories/family.ts';
import { BODIES, DISTRICT, draft, PEOPLE, play, until } from '../stories/script.ts';
import { stops } from '../stories/stops.ts';
import { courtFor } from './courts.ts';

type Letter = Extract<Effect, { readonly type: 'letter' }>;

/** The letters that one act sends at the end of a script. */
function lettersAfter(script: string, number: number, type: string, who: string, data: NonNullable<Json> = BODIES[type] ?? {}, family: Family = play(script).family): readonly Letter[] {
  const actor = PEOPLE[who];
  if (actor === undefined) throw new Error(`nobody is called ${who}`);
  const { effects, refused } = send(family, number, { type, at: family.now, actor, data: data as { readonly [field: string]: Json } });
  expect(refused).toBeNull();
  return effects.filter((effect): effect is Letter => effect.type === 'letter');
}

const noticeOf = (family: Family): Application['notice'] => (family.head.context as unknown as Application).notice;

describe('the notice', () => {
  const issued = play(until('issueNotice')).family;

  test('grants in the words of a Zuwendungsbescheid: sum, lines, instalments, conditions, remedy', () => {
    const text = noticeOf(issued)?.text.de ?? '';
    for (const part of [
      'Zuwendung von 111.900,00 €', '01.01.2028 bis 31.12.2028', 'eingegangen am 23.08.2027 unter E-KIM-2028-0001',
      '- coord (Koordinierungsstelle, 1,000 VZÄ, 01.01.2028 – 31.12.2028): beantragt 57.000,00 €, bewilligt 57.000,00 €',
      '- Rate 1: 55.950,00 €, 02.05.2028', '- Rate 2: 55.950,00 €, 02.10.2028', 'ANBest-G', 'innerhalb von zwei Monaten',
      'Rechtsbehelfsbelehrung\nGegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Klage beim Verwaltungsgericht Köln in Köln erhoben werden.',
    ]) expect(text).toContain(part);
    expect(noticeOf(issued)?.subject.de).toBe('KIM KIM-2028-0001: Zuwendungsbescheid');
  });

  test('goes out in exactly the words that were frozen, whatever has changed since', () => {
    const { family } = play(until('draftNotice'));
    const frozen = noticeOf(family);
    const changed = { ...family, cycle: { ...family.cycle, payOn: ['2028-06-01', '2028-11-01'] as [string, string] } };
    const [letter] = lettersAfter('', 0, 'issueNotice', 'approver', { channel: 'post', postedOn: '2028-01-26' }, changed);
    expect(letter?.words).toEqual({ subject: frozen?.subject, text: frozen?.text });
    expect(digest(letter?.words)).toBe(frozen?.hash);
  });

  test('in part names the cut and its reason, a rejection every reason', () => {
    const notice = (variant: string): string => noticeOf(play(`${until('accept')}
      2027-12-10 15:00  officer   recommend:${variant}  →  submitted.reviewed
      2028-01-12 09:00  approver  countersign  →  decided.awaitingNotice
      2028-01-26 10:00  officer   draftNotice  →  decided.noticeDrafted`).family)?.text.de ?? '';
    expect(notice('cut')).toContain('gekürzt bewilligt 2.500,00 €. Grund: Zwei Formate genügen.');
    expect(notice('cut')).toContain('Im Übrigen lehne ich den Antrag ab.');
    expect(notice('no')).toContain('Ich lehne Ihren Antrag ab.');
    expect(notice('no')).toContain('abgelehnt 0,00 €. Grund: Kein Bedarf dargelegt.');
    expect(notice('no')).toContain('Rechtsbehelfsbelehrung');
    expect(notice('no')).not.toContain('Rate 1');
  });

  test('names the court of the municipality\'s seat', () => {
    expect(['05315', '05554', '05113', '05334', '05958', '05711', '05170'].map(courtFor)).toEqual(['Köln', 'Münster', 'Gelsenkirchen', 'Aachen', 'Arnsberg', 'Minden', 'Düsseldorf']);
    expect(courtFor('99999')).toBe('Arnsberg');
  });
});

test('a reminder goes to whoever has the draft', () => {
  const remind = (family: Family) => lettersAfter('', 0, 'remind', 'system', { step: 30 }, family).map(({ to }) => to);
  expect(remind(draft())).toEqual([['applicantEditor']]);
  expect(remind(play(until('requestSignature')).family)).toEqual([['applicantSignatory']]);
  expect(lettersAfter('', 0, 'remind', 'system', { step: 1 }, draft())[0]?.words.text.de).toContain('Die Frist endet am 02.11.2027 um 24:00 Uhr');
});

test('only reminders are optional, each under a title of its own to be unsubscribed by', () => {
  const optional = Object.values(kim.machines).flatMap(({ letters }) => Object.entries(letters).filter(([, letter]) => letter.optional));
  expect(optional.map(([kind, { title }]) => `${kind}: ${title?.en}`)).toEqual([
    'draftReminder: Reminders of the closing date', 'completionReminder: Reminders of the period for completion', 'hearingReminder: Reminders of the period for a statement',
    'unattended: Reminders of applications untouched', 'unsigned: Reminders of second signatures outstanding', 'noticeToDraft: Reminders of notices not drafted',
    'noticeToIssue: Reminders of notices not issued', 'dueSoon: Announcements of instalments falling due', 'notReady: Warnings of obstacles to payments',
  ]);
  expect(new Set(optional.map(([, { title }]) => title?.de)).size).toBe(optional.length);
});

test('a draft that lapses comes back as readable text', () => {
  const { family } = play(until('saveForm'));
  const [letter] = lettersAfter('', 0, 'lapse', 'system', {}, { ...family, now: '2027-11-16T23:00:00.000Z' });
  expect(letter?.words.text.de).toContain('- Stelle coord: Koordinierungsstelle, 1,000 VZÄ, 01.01.2028 – 31.12.2028');
  expect(letter?.words.text.de).toContain('- Veranstaltungsformate: 5.000,00 €');
  expect(letter?.words.text.en).toContain('- No double funding: yes');
});

test('the receipt fixes instant, number, amount and checksum', () => {
  const [letter] = lettersAfter(until('requestSignature'), 0, 'sign', 'signatory', {});
  expect(letter?.words.text.de).toMatch(/am 20\.08\.2027 11:00 Uhr unter der Nummer E-KIM-2028-0001 eingegangen\. Beantragt sind 111\.900,00 €\. Prüfsumme von Antrag und Konzept: [0-9a-f]{64}\./);
});

test('a request for completion names sections and the last day with its derivation', () => {
  const [letter] = lettersAfter(until('sign'), 0, 'askCompletion', 'officer');
  expect(letter?.words.subject.de).toContain('Bitte ergänzen bis 06.09.2027');
  expect(letter?.words.text.de).toContain('Geöffnet sind die Abschnitte: payee');
});

test('letters about payments name the amount that moved', () => {
  const [due] = lettersAfter(until('finality'), 1, 'fallDue', 'system', {}, { ...play(until('finality')).family, now: '2028-05-01T22:00:00.000Z' });
  expect(due).toMatchObject({ to: ['financeCertifier'] });
  expect(due?.words.text.de).toContain('55.950,00 €');
  const [returned] = lettersAfter(until('1.confirmSettled'), 1, 'reportReturn', 'system', BODIES['reportReturn:part'] ?? {});
  expect(returned?.words.text.de).toContain('10.000,00 € der Rate 1 kamen von der Bank zurück: Teilbetrag zurück');
});

test('a payment that lies is told to both of finance: which, where it stands since when, and what to do there', () => {
  const told = (event: string, data = BODIES['remindPayment'] ?? {}): Letter | undefined => lettersAfter(until(event), 1, 'remindPayment', 'system', data)[0];
  const text = (event: string) => told(event)?.words.text ?? { de: '', en: '' };
  expect(told('1.fallDue')).toMatchObject({ kind: 'paymentUnattended', to: ['financeCertifier', 'financeAuthoriser'] });
  expect(told('1.fallDue')).not.toHaveProperty('optional');
  expect(text('1.fallDue').de).toMatch(/Rate 1 über 55\.950,00\s€ für Köln, Zahltag 02\.05\.2028, steht auf „Fällig“ seit dem 02\.05\.2028, also seit 5 Arbeitstagen\./);
  expect([text('1.fallDue').de, text('1.certify').de, text('1.authorise').de, text('1.markExported').de]).toEqual([
    'sachlich und rechnerisch feststellen', 'die Auszahlung anordnen, oder die Rate in einen Zahlungslauf nehmen', 'oder die Rate zurückholen', 'ihren Kontoauszug einlesen oder die Ausführung von Hand bestätigen',
  ].map((words) => expect.stringContaining(words)));
  expect(['1.fallDue', '1.certify', '1.authorise', '1.markExported'].map((event) => /has been “(.*)” since/.exec(text(event).en)?.[1])).toEqual(['Due', 'Certified', 'Authorised', 'Exported']);
  expect(told('1.certify', { days: 1, since: '2028-05-02' })?.digest?.line.de).toMatch(/^KIM-2028-0001\/1, Köln: 55\.950,00\s€, fällig am 02\.05\.2028\. „Festgestellt“ seit dem 02\.05\.2028, also seit 1 Arbeitstag\. Bitte anordnen oder in einen Zahlungslauf nehmen\.$/);
});

test('so is a payment that came back and that nobody has reopened', () => {
  const { family } = play(`${until('1.confirmSettled')}
    2028-05-09 09:00  system  1.reportReturn:part  →  returned letter:paymentReturned`);
  const [told] = lettersAfter('', 1, 'remindPayment', 'system', undefined, family);
  expect(told?.words.text.de).toMatch(/Rate 1 über 10\.000,00\s€ für Köln, .* steht auf „Zurückgekommen“ seit [^]*wieder öffnen und neu feststellen/);
  expect(told?.digest?.line.en).toMatch(/Please find out why it came back, and reopen it\.$/);
});

test('it names what stands against the payment, and the amount that was ordered where it is a part', () => {
  const { family } = play(`${until('1.fallDue')}
    2028-05-02 10:00  officer     holdAmount      →  active.instalment1
    2028-05-02 10:01  certifier   1.certify       →  certified
    2028-05-02 10:02  authoriser  1.authorise     →  authorised payout
    2028-05-02 10:03  signatory   proposePayee    →  active.instalment1`);
  const held = play('2028-05-03 10:00  officer  placeHold  →  active.instalment1', { family }).family;
  const text = (of: Family): string => lettersAfter('', 1, 'remindPayment', 'system', undefined, of)[0]?.words.text.de ?? '';
  expect(text(family)).toMatch(/45\.950,00\s€ für Köln/);
  expect(text(held)).toMatch(/Heute steht der Auszahlung entgegen:\n- Eine Zahlungssperre steht der Auszahlung entgegen\. Die Zweitzeichnung kann die Sperre aufheben\. \(.*\)\n- /);
  expect(lettersAfter('', 1, 'remindPayment', 'system', undefined, held)[0]?.digest?.line.en).toMatch(/“Authorised” since .*\. A hold stands against the payment\. .* Please lift what holds up its payment order, or recall it\.$/);
  expect(text(play(until('1.certify')).family)).not.toContain('entgegen');
});

describe('letters about another payee', () => {
  const text = (letters: readonly Letter[], kind: string): string => letters.find((letter) => letter.kind === kind)?.words.text.de ?? '';
  const proposal = (variant = ''): readonly Letter[] => lettersAfter(until('finality'), 0, 'proposePayee', 'signatory', BODIES[`proposePayee${variant}`] ?? {});

  test('tell the municipality of the proposal and of the change, with the ends of both IBANs and how to object; never optional', () => {
    const [letter] = proposal();
    expect(letter).toMatchObject({ kind: 'payeeChanged', to: ['applicantEditor', 'applicantSignatory'] });
    expect(letter).not.toHaveProperty('optional');
    expect(text(proposal(), 'payeeChanged')).toContain('statt IBAN ••3000 künftig IBAN ••2051');
    expect(text(proposal(), 'payeeChanged')).toContain('3 Arbeitstage');
    const { family } = play(`${until('finality')}
      2028-04-03 09:00  signatory   proposePayee           →  x
      2028-04-04 09:00  officer     11.checkPayeeDocument  →  x
      2028-04-04 10:00  officer     11.noteCallBack        →  x
      2028-04-05 09:00  approver    11.approvePayee        →  x`);
    const active = lettersAfter('', 11, 'cooledDown', 'system', {}, { ...family, now: '2028-04-10T22:00:00.000Z' });
    expect(text(active, 'payeeChanged')).toContain('auf das Konto mit der IBAN ••2051 gezahlt, nicht mehr auf das mit der IBAN ••3000');
  });

  test('warn the officer of a name that looks like a known one, and of another holder', () => {
    expect(text(proposal(':alike'), 'payeeToCheck')).toContain('„Stadt Kӧln“ sieht aus wie „Stadt Köln“, ist aber nicht derselbe Name');
    expect(text(proposal(), 'payeeToCheck')).toContain('Der Kontoinhaber ist ein anderer als bisher.');
    expect(text(proposal(':again'), 'payeeToCheck')).not.toMatch(/Achtung|anderer/);
  });

  test('name no whole IBAN', () => {
    for (const variant of ['', ':alike', ':again']) for (const { words } of proposal(variant)) expect(JSON.stringify(words)).not.toMatch(/[A-Z]{2}\d{2} ?\d{4}|[A-Z]{2}\d{2}[A-Z]{4}\d/);
  });
});

describe('every letter', () => {
  const bodies = Object.entries({ ...BODIES, sign: {}, withdraw: {}, lapse: {}, resubmit: {}, countersign: {} });
  const sent = [...stops().values()].flatMap(({ family, number, machine }) => bodies.flatMap(([name, data]) => {
    const [type = ''] = name.split(':');
    if (!(type in machineOf(kim, machine).events)) return [];
    return Object.values(PEOPLE).flatMap((actor) => send(family, number, { type, at: family.now, actor, data }).effects.filter((effect): effect is Letter => effect.type === 'letter'));
  }));

  test('has a subject with the file number and both languages, without holes', () => {
    expect(sent.length).toBeGreaterThan(40);
    for (const { words: { subject, text }, to } of sent) {
      expect(to.length).toBeGreaterThan(0);
      for (const language of ['de', 'en'] as const) {
        expect(subject[language]).toContain('KIM-2028-0001');
        expect(text[language]).not.toMatch(/undefined|null|NaN|\[object|\$\{/);
        expect(text[language].length).toBeGreaterThan(100);
      }
      expect(text.de).not.toBe(text.en);
    }
  });
});

test('a district\'s post for its municipality is named with it', () => {
  const beneficiary = { key: '05554004', name: 'Ahaus', foreignersAuthority: true, youthWelfareOffice: true, integrationCouncil: true };
  const post = { id: 'ahaus', kind: 'coordination', fteThousandths: 500, from: '2028-01-01', to: '2028-12-31', place: 'Rathaus', additional: true, beneficiary };
  const family = draft(defaultCycle(2028), DISTRICT);
  const filled = { ...family, head: { ...family.head, context: { ...family.head.context, form: { posts: [post] } } }, now: '2027-11-16T23:00:00.000Z' };
  expect(lettersAfter('', 0, 'lapse', 'system', {}, filled)[0]?.words.text.de).toContain('Koordinierungsstelle, 0,500 VZÄ, 01.01.2028 – 31.12.2028, für Ahaus');
});

test('whoever is not admitted is told the reason and the remedy', () => {
  const { family } = play(`${until('requestSignature')}
    2027-11-03 00:00  signatory  sign            →  submitted.lateClaim
    2027-11-05 09:00  officer    proposeLate:no  →  submitted.lateProposed`);
  const [letter] = lettersAfter('', 0, 'confirmLate', 'approver', {}, family);
  expect(letter?.words.text.de).toContain('Grund: Kein Grund vorgetragen');
  expect(letter?.words.text.de).toContain('Klage beim Verwaltungsgericht Köln');
});
