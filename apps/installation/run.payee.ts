import { z } from 'zod';
import type { CaseView } from '#cases';
import type { Effect } from '#kernel';
import { normaliseHolder } from '#latin';
import { normaliseIban } from '#payments';

/** What an effect of today says, and what the form says whose version's effects said nothing. */
const said = z.object({ payee: z.object({ holder: z.string(), iban: z.string() }) });

/** Whom an instalment pays: as its payout would say, else as the signed form does; blank where neither knows. */
export function payeeIn(effects: readonly Effect[], { form }: Pick<CaseView, 'form'>): { readonly holder: string; readonly iban: string } {
  const found = [...effects.filter(({ type }) => type === 'payout'), form].map((words) => said.safeParse(words)).find(({ success }) => success);
  const { holder, iban } = found?.data?.payee ?? { holder: '', iban: '' };
  return { holder: normaliseHolder(holder) ?? holder, iban: normaliseIban(iban) ?? iban };
}

/** How much an instalment's payout would pay, which is less than what is open while an amount of it is on hold; undefined where no payout says so. */
export const amountIn = (effects: readonly Effect[]): number | undefined =>
  effects.flatMap((effect) => (effect.type === 'payout' && 'amountCents' in effect ? [effect.amountCents] : []))[0];

/** What the payee will read, as an instalment's payout would say; undefined where no payout says so. */
export const purposeIn = (effects: readonly Effect[]): string | undefined =>
  effects.flatMap((effect) => (effect.type === 'payout' && 'purpose' in effect ? [effect.purpose] : []))[0];
