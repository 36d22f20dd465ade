import type { Text } from '#kernel';

/** How the reason of a return begins when the bank itself told of it: it never carried the order out, or the money came back. */
export const BANK_REASONS = { rejected: 'bankRejected', returned: 'bankReturned' } as const;

const UNNAMED: Text = { de: 'ohne Angabe von Gründen', en: 'no reason given' };

/** The reasons of ISO 20022 that banks give most; the others stay codes. */
const CODES: { readonly [code: string]: Text } = {
  AC01: { de: 'Kontonummer falsch', en: 'wrong account number' },
  AC04: { de: 'Konto aufgelöst', en: 'account closed' },
  AC06: { de: 'Konto gesperrt', en: 'account blocked' },
  AG01: { de: 'Überweisung auf dieses Konto nicht möglich', en: 'credit transfers to this account are not possible' },
  AM04: { de: 'Konto nicht gedeckt', en: 'insufficient funds' },
  BE04: { de: 'Anschrift des Empfängers fehlt', en: 'address of the payee missing' },
  MD07: { de: 'Empfänger verstorben', en: 'payee deceased' },
  MS02: { de: 'vom Empfänger abgelehnt, ohne Angabe von Gründen', en: 'refused by the payee, no reason given' },
  MS03: UNNAMED,
  RC01: { de: 'Bankleitzahl oder BIC falsch', en: 'wrong bank code or BIC' },
};

/** Why something came back: what a person wrote, or what the bank said, in each language; `rejected`: it was never carried out. */
export function returnOf(reason: string): { readonly rejected: boolean; readonly words: Text } {
  const [, kind, code] = /^(bankRejected|bankReturned)(?: \((.+)\))?$/s.exec(reason) ?? [];
  if (kind === undefined) return { rejected: false, words: { de: reason, en: reason } };
  const known = CODES[code ?? ''];
  const words = code === undefined ? UNNAMED : known === undefined ? { de: code, en: code } : { de: `${known.de} (${code})`, en: `${known.en} (${code})` };
  return { rejected: kind === BANK_REASONS.rejected, words };
}
