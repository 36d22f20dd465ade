import { cents, portion, sum } from './cents.ts';
import type { Cents } from './cents.ts';

/**
 * Divides a total by weights: each part rounded down, the remainder on the last part that has a weight.
 * The parts come in the order of the weights and always add up to the total. Throws a RangeError unless the weights
 * are whole, not negative and not all zero.
 */
export function split(total: Cents, weights: readonly number[]): Cents[] {
  const whole = weigh(weights);
  const parts = weights.map((weight) => portion(total, BigInt(weight), whole));
  const last = weights.findLastIndex((weight) => weight > 0);
  const remainder = total - sum(parts);
  return parts.map((part, index) => (index === last ? cents(part + remainder) : part));
}

/** A share of a total under its key, e.g. a municipality's key. */
export interface Share {
  readonly key: string;
  readonly cents: Cents;
}

/**
 * Divides a total by weights: each part rounded down, then one more cent for the largest fractions, ties by key.
 * Who gets how much does not depend on the order of the list; the shares come in that order and always add up to the
 * total. Throws a RangeError for weights as in `split` and for a key that occurs twice.
 */
export function largestRemainder(total: Cents, claims: readonly { readonly key: string; readonly weight: number }[]): Share[] {
  if (new Set(claims.map((claim) => claim.key)).size < claims.length) throw new RangeError('a key occurs twice');
  const whole = weigh(claims.map((claim) => claim.weight));
  const shares = claims.map(({ key, weight }) => ({
    key,
    cents: portion(total, BigInt(weight), whole),
    fraction: (BigInt(total) * BigInt(weight)) % whole,
  }));
  const left = total - sum(shares.map((share) => share.cents));
  const ranked = shares.toSorted((a, b) => (a.fraction === b.fraction ? byKey(a, b) : a.fraction > b.fraction ? -1 : 1));
  const lucky = new Set(ranked.slice(0, left).map((share) => share.key));
  return shares.map((share) => ({ key: share.key, cents: lucky.has(share.key) ? cents(share.cents + 1) : share.cents }));
}

const byKey = (a: Share, b: Share): number => (a.key < b.key ? -1 : 1);

function weigh(weights: readonly number[]): bigint {
  const bad = weights.find((weight) => !Number.isSafeInteger(weight) || weight < 0);
  if (bad !== undefined) throw new RangeError(`not a weight: ${String(bad)}`);
  const whole = weights.reduce((total, weight) => total + BigInt(weight), 0n);
  if (whole === 0n) throw new RangeError('nothing to divide by: all weights are zero');
  return whole;
}
