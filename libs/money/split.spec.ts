import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_CENTS, cents, largestRemainder, split, sum } from './index.ts';

interface Claim {
  readonly key: string;
  readonly weight: number;
}

const amount = fc.integer({ min: 0, max: MAX_CENTS }).map(cents);
const weights = fc.array(fc.nat(), { minLength: 1, maxLength: 60 }).filter((list) => list.some((weight) => weight > 0));

describe('split: each part rounded down, the remainder on the last', () => {
  test.each([
    [2_019_987, [50, 50], [1_009_993, 1_009_994]],
    [2_161_250, [50, 50], [1_080_625, 1_080_625]],
    [1, [1, 1], [0, 1]],
    [0, [1, 1], [0, 0]],
    [100, [1, 1, 1], [33, 33, 34]],
    [100, [1], [100]],
    [101, [1, 1, 0], [50, 51, 0]],
    [MAX_CENTS, [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER], [499_999_999_999, 500_000_000_000]],
  ])('%d by %j', (total, by, parts) => {
    expect(split(cents(total), by)).toEqual(parts);
  });

  test.each([[[]], [[0, 0]], [[1, -1]], [[0.5, 0.5]], [[Number.NaN]]])('weights %j are refused', (by) => {
    expect(() => split(cents(100), by)).toThrow(RangeError);
  });

  test('the parts always sum to the total, and no part but the last exceeds its exact share', () => {
    fc.assert(fc.property(amount, weights, (total, by) => {
      const parts = split(total, by);
      const whole = by.reduce((all, weight) => all + BigInt(weight), 0n);
      expect(parts).toHaveLength(by.length);
      expect(sum(parts)).toBe(total);
      parts.slice(0, by.findLastIndex((weight) => weight > 0)).forEach((part, index) => {
        expect(BigInt(part)).toBe((BigInt(total) * BigInt(by[index] ?? 0)) / whole);
      });
    }));
  });
});

describe('largest remainder among beneficiaries', () => {
  const claims = fc.uniqueArray(fc.record({ key: fc.string({ maxLength: 8 }), weight: fc.nat({ max: 10_000 }) }),
    { selector: (claim) => claim.key, minLength: 1, maxLength: 30 }).filter((list) => list.some((claim) => claim.weight > 0));

  test('the pooled shares 0.85, 1.19 and 0.38 of three municipalities', () => {
    const pooled = [{ key: '05111000', weight: 850 }, { key: '05112000', weight: 1190 }, { key: '05113000', weight: 380 }];
    expect(largestRemainder(cents(14_250_000), pooled)).toEqual([
      { key: '05111000', cents: 5_005_165 }, { key: '05112000', cents: 7_007_232 }, { key: '05113000', cents: 2_237_603 },
    ]);
  });

  test('ties go by key, not by place in the list', () => {
    const [a, b, c] = ['05111000', '05112000', '05113000'].map((key) => ({ key, weight: 1 })) as [Claim, Claim, Claim];
    expect(largestRemainder(cents(101), [c, b, a])).toEqual([
      { key: '05113000', cents: 33 }, { key: '05112000', cents: 34 }, { key: '05111000', cents: 34 },
    ]);
  });

  test('the order of the list changes nobody’s share', () => {
    const shuffled = claims.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(fc.property(amount, shuffled, (total, [list, other]) => {
      const byKey = (mine: readonly Claim[]) => new Map(largestRemainder(total, mine).map((share) => [share.key, share.cents]));
      expect(byKey(other)).toEqual(byKey(list));
    }));
  });

  test('the shares sum to the total and each is less than a cent from exact', () => {
    fc.assert(fc.property(amount, claims, (total, list) => {
      const shares = largestRemainder(total, list);
      const whole = list.reduce((all, claim) => all + BigInt(claim.weight), 0n);
      expect(sum(shares.map((share) => share.cents))).toBe(total);
      expect(shares.map((share) => share.key)).toEqual(list.map((claim) => claim.key));
      shares.forEach((share, index) => {
        const distance = BigInt(share.cents) * whole - BigInt(total) * BigInt(list[index]?.weight ?? 0);
        expect(distance > -whole && distance < whole).toBe(true);
      });
    }));
  });

  test('nobody claims twice', () => {
    expect(() => largestRemainder(cents(1), [{ key: 'a', weight: 1 }, { key: 'a', weight: 2 }])).toThrow(RangeError);
  });
});
