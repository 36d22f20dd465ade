import { z } from 'zod';
import type { CaseView } from '#cases';
import type { Effect } from '#kernel';
import { beginningOf, LONGEST, normaliseHolder, toSepa } from '#latin';
import { normaliseIban } from '#payments';

/** What an effect of today says, and what the form says whose version's effects said nothing. */
const said = z.object({ payee: z.object({ holder: z.string(), iban: z.string() }) });

/** The state in which a version of the payee's data is the one that is paid to. */
const IN_FORCE = 'active';

/** The newest version of the payee's data that is in force; undefined where the signed form still holds. */
const inForce = (payees: CaseView['payees'] = []) => payees.filter(({ state }) => state === IN_FORCE).toSorted((a, b) => b.version - a.version)[0];

/**
 * Whom an instalment pays: as its payout says, else as the payee's data in force do, else as the signed form does; blank
 * where none knows. A version whose payouts say nothing lets nobody propose another payee: a name that is too long goes out
 * as far as a bank file carries it.
 */
export function payeeIn(effects: readonly Effect[], { form, payees }: Pick<CaseView, 'form' | 'payees'>): { readonly holder: string; readonly iban: string } {
  const payout = effects.find(({ type }) => type === 'payout');
  const [told, signed] = [said.safeParse(payout).data, said.safeParse(form).data];
  const { holder, iban } = told?.payee ?? inForce(payees) ?? signed?.payee ?? { holder: '', iban: '' };
  const written = payout !== undefined && told === undefined ? beginningOf(holder) : holder;
  return { holder: normaliseHolder(written) ?? written, iban: normaliseIban(iban) ?? iban };
}

/** How much an instalment's payout would pay, which is less than what is open while an amount of it is on hold; undefined where no payout says so. */
export const amountIn = (effects: readonly Effect[]): number | undefined =>
  effects.flatMap((effect) => (effect.type === 'payout' && 'amountCents' in effect ? [effect.amountCents] : []))[0];

/** What the payee will read, as an instalment's payout would say; undefined where no payout says so. */
export const purposeIn = (effects: readonly Effect[]): string | undefined =>
  effects.flatMap((effect) => (effect.type === 'payout' && 'purpose' in effect ? [effect.purpose] : []))[0];

/** A holder's name in the characters that banks write, as the file for the bank has it. */
export const holderAtBank = (holder: string): string => toSepa(holder, LONGEST.holder);
