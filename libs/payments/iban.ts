import { electronicFormatIBAN, isSEPACountry, isValidIBAN } from 'ibantools';

/** An account number as banks write it: no spaces, upper case. Null when it is no IBAN of a SEPA country. */
export function normaliseIban(text: string): string | null {
  if (text.length > 64) return null;
  const iban = electronicFormatIBAN(text);
  return iban !== null && isValidIBAN(iban) && isSEPACountry(iban.slice(0, 2)) ? iban : null;
}
