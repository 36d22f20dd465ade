import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_CENTS, cents, formatEur, parseEur } from './index.ts';

test.each([
  [5_700_000, '57.000,00 €', '€57,000.00'],
  [0, '0,00 €', '€0.00'],
  [1, '0,01 €', '€0.01'],
  [99_999, '999,99 €', '€999.99'],
  [100_000, '1.000,00 €', '€1,000.00'],
  [102_600_000, '1.026.000,00 €', '€1,026,000.00'],
  [MAX_CENTS, '9.999.999.999,99 €', '€9,999,999,999.99'],
])('%d cents are %s and %s', (amount, de, en) => {
  expect(formatEur(cents(amount), 'de')).toBe(de);
  expect(formatEur(cents(amount), 'en')).toBe(en);
});

describe('reading an amount', () => {
  test.each([
    '57.000,00 €', '57.000,00', '57000,00', '57000,0', '57000', '57.000', '57,000', '€57,000.00', '57,000.00 EUR',
    'EUR 57000', ' 57.000 € ', '57.000,00\u00a0€',
  ])('%j is fifty-seven thousand', (text) => {
    expect(parseEur(text)).toBe(5_700_000);
  });

  test.each([
    ['12,34', 1_234], ['1.23', 123], ['0,5', 50], ['1,234', 123_400], ['1.234,5', 123_450],
  ])('%j is %d cents', (text, amount) => {
    expect(parseEur(text)).toBe(amount);
  });

  test.each([
    '', '€', '-1', '−1,00 €', '1,2345', '1.2.3', '1.000,00.0', '57.000.00', '57 000', '1e3', '0x10', 'NaN', 'Infinity', '١٢',
    '57.000,00 $', '57.000,00 USD', '10.000.000.000,00 €', '1000000000000', '9'.repeat(400),
  ])('%j is no amount', (text) => {
    expect(parseEur(text)).toBeNull();
  });

  test('gives back whatever was formatted', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: MAX_CENTS }), fc.constantFrom('de' as const, 'en' as const), (amount, language) => {
      expect(parseEur(formatEur(cents(amount), language))).toBe(amount);
    }));
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const amount = parseEur(text);
      expect(amount === null || Number.isSafeInteger(amount)).toBe(true);
    }));
  });
});
