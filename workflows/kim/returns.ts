import type { CaseEvent, Text } from '#kernel';

/** How the reason of a return begins when the bank itself told of it: it never carried the order out, or the money came back. */
export const BANK_REASONS = { rejected: 'bankRejected', returned: 'bankReturned' } as const;

/** The bank never carried the order out, the money came back from it, or a person says that it is not there. */
export type ReturnKind = 'rejected' | 'returned' | 'byHand';

/** Why something came back, in each language; `ofTheAccount`: the bank finds fault with the payee's account. */
export interface Return {
  readonly kind: ReturnKind;
  readonly words: Text;
  readonly ofTheAccount: boolean;
}

const UNNAMED: Text = { de: 'ohne Angabe von Gründen', en: 'no reason given' };

/** The reasons of ISO 20022 that banks give most; the others stay codes. */
const CODES: { readonly [code: string]: Text } = {
  AC01: { de: 'Kontonummer falsch', en: 'wrong account number' },
  AC03: { de: 'Kontonummer des Empfängers falsch', en: 'wrong account number of the payee' },
  AC04: { de: 'Konto aufgelöst', en: 'account closed' },
  AC06: { de: 'Konto gesperrt', en: 'account blocked' },
  AG01: { de: 'Überweisung auf dieses Konto nicht möglich', en: 'credit transfers to this account are not possible' },
  AM04: { de: 'Konto des Auftraggebers nicht gedeckt', en: 'insufficient funds of the payer' },
  BE04: { de: 'Anschrift des Empfängers fehlt', en: 'address of the payee missing' },
  MD07: { de: 'Empfänger verstorben', en: 'payee deceased' },
  MS02: { de: 'vom Empfänger abgelehnt, ohne Angabe von Gründen', en: 'refused by the payee, no reason given' },
  MS03: UNNAMED,
  RC01: { de: 'Bankleitzahl oder BIC falsch', en: 'wrong bank code or BIC' },
};

/** What only the payee can set right; insufficient funds are ours. */
const OF_THE_ACCOUNT: readonly string[] = ['AC01', 'AC03', 'AC04', 'AC06', 'AG01', 'BE04', 'RC01'];

/** What the reason of a return says: what a person wrote, or what the bank said. */
export function returnOf(reason: string): Return {
  const [, kind, code] = /^(bankRejected|bankReturned)(?: \((.+)\))?$/s.exec(reason) ?? [];
  if (kind === undefined) return { kind: 'byHand', words: { de: reason, en: reason }, ofTheAccount: false };
  const known = CODES[code ?? ''];
  const words = code === undefined ? UNNAMED : known === undefined ? { de: code, en: code } : { de: `${known.de} (${code})`, en: `${known.en} (${code})` };
  return { kind: kind === BANK_REASONS.rejected ? 'rejected' : 'returned', words, ofTheAccount: OF_THE_ACCOUNT.includes(code ?? '') };
}

/** What an event says of a return. Whoever sends it is believed before its words: only the bank speaks for the bank. */
export function returnIn({ actor, data }: CaseEvent): Return {
  const told = returnOf(String(data?.['reason'] ?? ''));
  const byBank = actor.roles.includes('system');
  return byBank ? { ...told, kind: told.kind === 'byHand' ? 'returned' : told.kind } : { ...told, kind: 'byHand', ofTheAccount: false };
}
