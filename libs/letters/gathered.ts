import type { Words } from './render.ts';

/** What one letter contributes to a mail that gathers many: what they are all about, and its own line. */
export interface Gathered {
  readonly title: { readonly de: string; readonly en: string };
  readonly line: { readonly de: string; readonly en: string };
}

/** One mail in place of many of a kind: how many there are, then a line for each, in the order given. */
export function gatheredWords(letters: readonly [Gathered, ...Gathered[]]): Words {
  const [{ title }] = letters;
  const count = letters.length;
  return {
    subject: { de: `${title.de}: ${count} Vorgänge`, en: `${title.en}: ${count} cases` },
    text: {
      de: ['Sehr geehrte Damen und Herren,', `${title.de}, ${count} Vorgänge:`, letters.map(({ line }) => `- ${line.de}`).join('\n'), 'Diese Nachricht fasst zusammen, was zum selben Zeitpunkt anstand.'].join('\n\n'),
      en: ['Dear Sir or Madam,', `${title.en}, ${count} cases:`, letters.map(({ line }) => `- ${line.en}`).join('\n'), 'This message gathers what was due at the same time.'].join('\n\n'),
    },
  };
}
