import { toSepa } from './latin.ts';

/** The longest holder and purpose that a SEPA credit transfer carries, in the characters that banks write: `ü` takes two of them. */
export const LONGEST = { holder: 70, purpose: 140 } as const;

/** Why no bank file carries a line of text: nothing is there, something that nobody sees is, no letter or digit is left once banks have written it, or it is cut off. */
export type LineFault = 'missing' | 'unseen' | 'notLatin' | 'tooLong';

/** Control characters, marks that turn the direction of reading, fillers, what is no character: two names that look the same would not be. */
const UNSEEN = /[\p{C}\p{DI}\u2028\u2029]/u;

const composed = (text: string): string => text.normalize('NFC').trim().replace(/ {2,}/g, ' ');

/** Whether a letter or a digit is left once banks have written it: a name in a script without a table is full stops only. */
export const isLegible = (text: string): boolean => /[A-Za-z0-9]/.test(toSepa(text, Number.POSITIVE_INFINITY));

/** What keeps a line of text out of a bank file whole; null when it goes in. */
export function lineFault(text: string, longest: number): LineFault | null {
  const line = composed(text);
  if (line === '') return 'missing';
  if (UNSEEN.test(line)) return 'unseen';
  if (!isLegible(line)) return 'notLatin';
  return toSepa(line, Number.POSITIVE_INFINITY).length > longest ? 'tooLong' : null;
}

/** A line as an order carries it: trimmed, composed (NFC), one space between words. Null when no bank file carries it. */
export const normaliseLine = (text: string, longest: number): string | null => (lineFault(text, longest) === null ? composed(text) : null);

/** The one rule for the name of an account's holder: whoever enters it, certifies it or writes it asks here. */
export const holderFault = (name: string): LineFault | null => lineFault(name, LONGEST.holder);

/** The beginning of a name that a bank file carries: for cases whose programme asked for no shorter one and lets nobody propose another. */
export function beginningOf(name: string): string {
  let line = composed(name);
  while (holderFault(line) === 'tooLong') line = composed([...line].slice(0, -1).join(''));
  return line;
}

/** An account's holder as an order carries it; null when no bank file carries the name. */
export const normaliseHolder = (name: string): string | null => normaliseLine(name, LONGEST.holder);
