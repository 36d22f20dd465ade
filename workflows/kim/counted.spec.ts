import { describe, expect, test } from '@jest/globals';
import { counted, PAYMENTS, REFUSED } from './counted.ts';
import { span, spanAfter } from './spans.ts';

describe('what is counted', () => {
  test('is one of it, or several', () => {
    expect([0, 1, 2].map((count) => counted(count, PAYMENTS))).toEqual([
      { de: '0 Zahlungen', en: '0 payments' }, { de: '1 Zahlung', en: '1 payment' }, { de: '2 Zahlungen', en: '2 payments' },
    ]);
  });

  test('has the verb that belongs to its number', () => {
    expect([1, 3].map((count) => counted(count, REFUSED))).toEqual([
      { de: '1 Rate wurde abgelehnt', en: '1 instalment was refused' }, { de: '3 Raten wurden abgelehnt', en: '3 instalments were refused' },
    ]);
  });

  test('stands in the case that its preposition asks for', () => {
    expect([span(1), span(3), spanAfter(1), spanAfter(3), span(1, 'days'), spanAfter(2, 'days')].map(({ de }) => de)).toEqual(
      ['1 Arbeitstag', '3 Arbeitstage', '1 Arbeitstag', '3 Arbeitstagen', '1 Tag', '2 Tagen']);
    expect([spanAfter(1), spanAfter(3)].map(({ en }) => en)).toEqual(['1 working day', '3 working days']);
  });
});
