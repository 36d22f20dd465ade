import { describe, expect, test } from '@jest/globals';
import { digest, machineOf } from '#kernel';
import type { Application } from '../context.ts';
import { defaultCycle } from '../cycle.ts';
import { kim } from '../index.ts';
import { person, send, type Family } from '../stories/family.ts';
import { lettersAfter, type Letter } from '../stories/letters.ts';
import { BODIES, DISTRICT, draft, PEOPLE, play, until } from '../stories/script.ts';
import { stops } from '../stories/stops.ts';
import { courtFor } from './courts.ts';

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
    expect(noticeOf(issued)?.subject.de).toBe('KIM-2028-0001: Zuwendungsbescheid');
  });

  test('goes out in exactly the words that were frozen, whatever has changed since, under the day on which it is given out', () => {
    const { family } = play(until('draftNotice'));
    const frozen = noticeOf(family);
    const changed = { ...family, now: '2028-01-28T09:00:00.000Z', cycle: { ...family.cycle, payOn: ['2028-06-01', '2028-11-01'] as [string, string] } };
    const data = { channel: 'post', postedOn: '2028-01-28' };
    const [letter] = lettersAfter('', 0, 'issueNotice', 'approver', data, changed);
    expect([frozen?.text.de, letter?.words.text.de].map((text) => /Bescheid vom [\d.]+/.exec(text ?? '')?.[0])).toEqual(['Bescheid vom 26.01.2028', 'Bescheid vom 28.01.2028']);
    expect(letter?.words.text.en).toMatch(/Notice of 28 Jan(uary)? 2028/);
    expect(letter?.words.text.de.replace('Bescheid vom 28.01.2028', 'Bescheid vom 26.01.2028')).toBe(frozen?.text.de);
    const after = noticeOf(send(changed, 0, { type: 'issueNotice', at: changed.now, actor: person('approver', 'secondApprover'), data }).family);
    expect(letter?.words).toEqual({ subject: after?.subject, text: after?.text });
    expect(digest(letter?.words)).toBe(after?.hash);
  });

  test('in part names the cut and its reason, a rejection every reason', () => {
    const notice = (variant: string): string => noticeOf(play(`${until('accept')}
      2027-12-10 15:00  officer   recommend:${variant}  →  submitted.reviewed
      2028-01-12 09:00  approver  countersign  →  decided.awaitingNotice
      2028-01-26 10:00  officer   draftNotice  →  decided.noticeDrafted`).family)?.text.de ?? '';
    expect(notice('cut')).toContain('gekürzt bewilligt 2.500,00 €. Grund: Zwei Formate genügen.');
    expect(notice('cut')).toContain('Im Übrigen lehne ich den Antrag ab.');
    expect(noticeOf(play(until('draftNotice')).family)?.text.de).toMatch(/\(§§ 23, 44 LHO NRW\)\.\n/);
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

describe('letters about another payee', () => {
  const text = (letters: readonly Letter[], kind: string): string => letters.find((letter) => letter.kind === kind)?.words.text.de ?? '';
  const proposal = (variant = ''): readonly Letter[] => lettersAfter(until('finality'), 0, 'proposePayee', 'signatory', BODIES[`proposePayee${variant}`] ?? {});

  test('tell the municipality of the proposal and of the change, with the ends of both IBANs and how to object; never optional', () => {
    const [letter] = proposal();
    expect(letter).toMatchObject({ kind: 'payeeChanged', to: ['applicantEditor', 'applicantSignatory'] });
    expect(letter).not.toHaveProperty('optional');
    expect(text(proposal(), 'payeeChanged')).toContain('statt IBAN ••3000 künftig IBAN ••2051');
    expect(text(proposal(), 'payeeChanged')).toContain('gilt sie erst nach einer Wartezeit von 3 Arbeitstagen.');
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
    expect(text(proposal(':again'), 'payeeToCheck')).not.toMatch(/Achtung|ist ein anderer/);
  });

  test('tell whoever approves the same of the holder, not of the proposal itself, and where what others have is seen', () => {
    const toApprove = (variant = ''): string => {
      const { family } = play(`${until('finality')}
        2028-04-03 09:00  signatory   proposePayee${variant}   →  x
        2028-04-04 09:00  officer     11.checkPayeeDocument  →  x`);
      return text(lettersAfter('', 11, 'noteCallBack', 'officer', undefined, family), 'payeeToApprove');
    };
    expect(toApprove(':alike')).toContain('„Stadt Kӧln“ sieht aus wie „Stadt Köln“');
    expect(toApprove()).toContain('Der Kontoinhaber ist ein anderer als bisher.');
    expect(toApprove(':again')).not.toMatch(/Achtung|ist ein anderer/);
    for (const letter of [toApprove(), text(proposal(), 'payeeToCheck')]) expect(letter).toMatch(/Auffälligkeiten der Zahlungsempfänger, die bei diesem Vorgang neben den Voraussetzungen der Raten stehen(?!.*payee-flags)/);
  });

  test('remind whoever can act now, and from the third time on also those above', () => {
    const script = [`${until('finality')}
      2028-04-03 09:00  signatory   proposePayee           →  x`, `
      2028-04-04 09:00  officer     11.checkPayeeDocument  →  x`, `
      2028-04-04 10:00  officer     11.noteCallBack        →  x`];
    const reminded = (acts: number, nth: number) =>
      lettersAfter('', 11, 'remindPayee', 'system', { days: 5 * nth, since: '2028-04-04', nth }, play(script.slice(0, acts).join('')).family)[0];
    expect([1, 2, 3].map((acts) => reminded(acts, 2)?.to)).toEqual([['caseOfficer'], ['caseOfficer'], ['secondApprover']]);
    expect([1, 2, 3].map((acts) => reminded(acts, 3)?.to)).toEqual([['caseOfficer', 'secondApprover', 'administrator'], ['caseOfficer', 'secondApprover', 'administrator'], ['secondApprover', 'administrator']]);
    expect(reminded(1, 2)?.words.text.de).toMatch(/Als Nächstes: den Beleg prüfen\. Bis dahin wird nichts ausgezahlt\.\s+Mit freundlichen/);
    expect(reminded(1, 3)?.words.text.de).toContain('Dies ist die 3. Erinnerung; sie geht auch an Zweitzeichnung und Administration.');
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

  test('goes on after the comma of its greeting as German does: small, but for nouns, names and Sie', () => {
    const first = new Set(sent.map(({ words: { text } }) => /^Sehr geehrte Damen und Herren,\n\n(\S+)/.exec(text.de)?.[1] ?? '(no greeting)'));
    const always = ['Beleg', 'Bescheid', 'Ihr', 'Ihre', 'Köln', 'Rate'];
    expect(first.size).toBeGreaterThan(always.length);
    expect([...first].filter((word) => !/^[a-zäöü\d]/.test(word) && !always.includes(word))).toEqual([]);
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
