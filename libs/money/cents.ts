declare const brand: unique symbol;

/** An amount of money: whole euro cents, never negative, never above `MAX_CENTS`. Made only by `cents`. */
export type Cents = number & { readonly [brand]: 'Cents' };

/** The largest amount the house writes, 9,999,999,999.99 €: twelve digits, so that sums and products stay exact. */
export const MAX_CENTS = 999_999_999_999;

/** The number as an amount of cents. Throws a RangeError unless it is a whole number from 0 to `MAX_CENTS`. */
export function cents(amount: number): Cents {
  if (!Number.isSafeInteger(amount) || amount < 0 || amount > MAX_CENTS) {
    throw new RangeError(`not an amount in cents: ${String(amount)}`);
  }
  return (amount === 0 ? 0 : amount) as Cents;
}

/** The total of some amounts, zero for none. Throws a RangeError above `MAX_CENTS`. */
export function sum(amounts: Iterable<Cents>): Cents {
  let total = 0;
  for (const amount of amounts) total += amount;
  return cents(total);
}

/** amount × numerator / denominator, exact and rounded down to the cent. */
export const portion = (amount: Cents, numerator: bigint, denominator: bigint): Cents =>
  cents(Number((BigInt(amount) * numerator) / denominator));
