import type { Facts } from '#kernel';
import { applicationIn, formIn } from './context.ts';

/** Whom an instalment pays, and which version of the payee's data says so: 0 is the signed form. */
export interface PayeeInForce {
  readonly holder: string;
  readonly iban: string;
  readonly version: number;
}

/** The payee that holds now: that of the signed form, which the two persons of the review approved; null while it is missing. */
export function payeeInForce(facts: Pick<Facts, 'parent' | 'children'>): PayeeInForce | null {
  const { holder, iban } = formIn(applicationIn(facts)).payee ?? {};
  return holder === undefined || iban === undefined ? null : { holder, iban, version: 0 };
}
