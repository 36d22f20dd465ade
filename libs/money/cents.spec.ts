import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_CENTS, cents, sum } from './index.ts';

const amount = fc.integer({ min: 0, max: MAX_CENTS }).map(cents);

describe('an amount is a whole number of cents in bounds', () => {
  test.each([0, 1, 5_700_000, MAX_CENTS])('%d is one', (number) => {
    expect(cents(number)).toBe(number);
  });

  test.each([
    ['negative', -1], ['half a cent', 0.5], ['not a number', Number.NaN], ['infinite', Number.POSITIVE_INFINITY],
    ['13 digits', 1_000_000_000_000], ['beyond exact integers', 2 ** 53],
    ['a string', '5700000'], ['null', null], ['an amount with a currency', { amount: 1, currency: 'USD' }],
  ])('%s is refused', (_what, value) => {
    expect(() => cents(value as number)).toThrow(RangeError);
  });

  test('minus zero is zero', () => {
    expect(Object.is(cents(-0), 0)).toBe(true);
  });
});

describe('sum', () => {
  test('nothing is zero', () => {
    expect(sum([])).toBe(0);
  });

  test('one cent too much is refused, however many amounts', () => {
    expect(sum([cents(MAX_CENTS - 1), cents(1)])).toBe(MAX_CENTS);
    expect(() => sum([cents(MAX_CENTS), cents(1)])).toThrow(RangeError);
    expect(() => sum(Array.from({ length: 100_000 }, () => cents(MAX_CENTS)))).toThrow(RangeError);
  });

  test('is exact', () => {
    fc.assert(fc.property(fc.array(amount, { maxLength: 20 }), (amounts) => {
      const exact = amounts.reduce((total, one) => total + BigInt(one), 0n);
      if (exact <= BigInt(MAX_CENTS)) expect(BigInt(sum(amounts))).toBe(exact);
      else expect(() => sum(amounts)).toThrow(RangeError);
    }));
  });
});
