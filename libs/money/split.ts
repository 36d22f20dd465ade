import { cents, portion, sum } from './cents.ts';
import type { Cents } from './cents.ts';

/**
 * Divides a total by weights: each part rounded down, the remainder on the last part that has a weight.
 * The parts come in the order of the weights and always add up to the total. Throws a RangeError unless the weights
 * are whole, not negative and not all zero.
 */
export function split(total: Cents, weights: readonly number[]): Cents[] {
  const parts = floors(total, weights);
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
  const weights = claims.map((claim) => claim.weight);
  const parts = floors(total, weights);
  if (new Set(claims.map((claim) => claim.key)).size < claims.length) throw new RangeError('a key occurs twice');

  const whole = weigh(weights);
  const ranked = claims
    .map(({ key, weight }) => ({ key, fraction: (BigInt(total) * BigInt(weight)) % whole }))
    .sort((a, b) => Number(b.fraction > a.fraction) - Number(b.fraction < a.fraction) || (a.key < b.key ? -1 : 1));
  const lucky = new Set(ranked.slice(0, total - sum(parts)).map((claim) => claim.key));
  return parts.map((part, index) => {
    const { key } = claims[index] as { key: string };
    return { key, cents: lucky.has(key) ? cents(part + 1) : part };
  });
}

const floors = (total: Cents, weights: readonly number[]): Cents[] => {
  const whole = weigh(weights);
  return weights.map((weight) => portion(total, BigInt(weight), whole));
};

function weigh(weights: readonly number[]): bigint {
  const bad = weights.find((weight) => !Number.isSafeInteger(weight) || weight < 0);
  if (bad !== undefined) throw new RangeError(`not a weight: ${String(bad)}`);
  const whole = weights.reduce((total, weight) => total + BigInt(weight), 0n);
  if (whole === 0n) throw new RangeError('nothing to divide by: all weights are zero');
  return whole;
}
