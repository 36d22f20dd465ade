import { expect, test } from '@jest/globals';
import { gatheredWords, withNote, type Gathered } from './gathered.ts';

const TITLE = { de: 'Fällige Raten', en: 'Instalments due' };
const CLOSING = { de: 'Mit freundlichen Grüßen\nBehörde', en: 'Yours faithfully\nAgency' };
const about = (file: string, closing?: Gathered['closing']): Gathered => ({ title: TITLE, line: { de: `${file}: fällig`, en: `${file}: due` }, ...(closing && { closing }) });

test('a mail that gathers many says how many, has a line for each and where to look, and ends as each of them would', () => {
  const { subject, text } = gatheredWords([about('A-1', CLOSING), about('A-2', CLOSING)]);
  expect(subject).toEqual({ de: 'Fällige Raten: 2 Vorgänge', en: 'Instalments due: 2 cases' });
  expect(text.de.split('\n\n')).toEqual([
    'Sehr geehrte Damen und Herren,', 'Fällige Raten, 2 Vorgänge:', '- A-1: fällig\n- A-2: fällig',
    expect.stringContaining('bei jedem Vorgang unter seinem Aktenzeichen'), 'Mit freundlichen Grüßen\nBehörde',
  ]);
  expect(text.en).toMatch(/^Dear Sir or Madam,\n\n[^]*- A-1: due\n- A-2: due\n\n[^]*under its file number\.\n\nYours faithfully\nAgency$/);
});

test('a programme that closes its letters in no way of its own gets no closing', () => {
  expect(gatheredWords([about('A-1'), about('A-2')]).text.de).toMatch(/unter seinem Aktenzeichen\.$/);
});

test('what comes from elsewhere stands before the end, and after everything where there is none', () => {
  const words = { subject: TITLE, text: { de: `Guten Tag\n\n${CLOSING.de}`, en: `Hello\n\n${CLOSING.en}` } };
  const note = { de: 'Zahlungen sind angehalten.', en: 'Payments are frozen.' };
  expect(withNote(words, note, CLOSING)).toEqual({ subject: TITLE, text: { de: `Guten Tag\n\nZahlungen sind angehalten.\n\n${CLOSING.de}`, en: `Hello\n\nPayments are frozen.\n\n${CLOSING.en}` } });
  expect(withNote({ ...words, text: { de: 'Guten Tag', en: 'Hello' } }, note, undefined).text).toEqual({ de: 'Guten Tag\n\nZahlungen sind angehalten.', en: 'Hello\n\nPayments are frozen.' });
});
