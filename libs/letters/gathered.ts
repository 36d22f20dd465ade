import type { Words } from './render.ts';

/** What one letter contributes to a mail that gathers many: what they are all about, its own line, and how it would end. */
export interface Gathered {
  readonly title: { readonly de: string; readonly en: string };
  readonly line: { readonly de: string; readonly en: string };
  readonly closing?: { readonly de: string; readonly en: string };
}

type Text = Gathered['title'];

/** A letter's words with another paragraph before its end. */
export function withNote({ subject, text }: Words, note: Text, closing: Text | undefined): Words {
  const noted = (language: 'de' | 'en'): string => {
    const [words, end] = [text[language], closing?.[language] ?? ''];
    return end !== '' && words.endsWith(end) ? `${words.slice(0, -end.length)}${note[language]}\n\n${end}` : `${words}\n\n${note[language]}`;
  };
  return { subject, text: { de: noted('de'), en: noted('en') } };
}

/** One mail in place of many of a kind: how many there are, a line for each, in the order given, and the end that each would have. */
export function gatheredWords(letters: readonly [Gathered, ...Gathered[]]): Words {
  const [{ title, closing }] = letters;
  const text = (language: 'de' | 'en'): string => {
    const { greeting, cases, where } = WORDS[language];
    return [greeting, `${title[language]}, ${letters.length} ${cases}:`, letters.map(({ line }) => `- ${line[language]}`).join('\n'), where, closing?.[language] ?? []].flat().join('\n\n');
  };
  return {
    subject: { de: `${title.de}: ${letters.length} ${WORDS.de.cases}`, en: `${title.en}: ${letters.length} ${WORDS.en.cases}` },
    text: { de: text('de'), en: text('en') },
  };
}

/** A single letter is sent in its own words, so there are always several. */
const WORDS = {
  de: {
    greeting: 'Sehr geehrte Damen und Herren,', cases: 'Vorgänge',
    where: 'Diese Nachricht fasst zusammen, was zum selben Zeitpunkt anstand. Alles Weitere steht bei jedem Vorgang unter seinem Aktenzeichen.',
  },
  en: {
    greeting: 'Dear Sir or Madam,', cases: 'cases',
    where: 'This message gathers what was due at the same time. Everything else is to be found with each case under its file number.',
  },
} as const;
