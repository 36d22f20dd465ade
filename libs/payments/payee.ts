import { electronicFormatIBAN, isSEPACountry, isValidIBAN } from 'ibantools';

/** The longest holder and purpose that a SEPA credit transfer carries. */
export const LONGEST = { holder: 70, purpose: 140 } as const;

/** An account number as banks write it: no spaces, upper case. Null when it is no IBAN of a SEPA country. */
export function normaliseIban(text: string): string | null {
  if (text.length > 64) return null;
  const iban = electronicFormatIBAN(text);
  return iban !== null && isValidIBAN(iban) && isSEPACountry(iban.slice(0, 2)) ? iban : null;
}

/** One line of a payment: trimmed, composed (NFC), one space between words. Null when empty, too long or not plain text. */
export function normaliseLine(text: string, longest: number): string | null {
  const line = text.normalize('NFC').trim().replace(/ {2,}/g, ' ');
  return line === '' || [...line].length > longest || /[\p{C}\u2028\u2029]/u.test(line) ? null : line;
}

/** An account's holder as an order carries it; null when it is no name. */
export const normaliseHolder = (text: string): string | null => normaliseLine(text, LONGEST.holder);
