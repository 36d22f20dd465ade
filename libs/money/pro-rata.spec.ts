import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cents, countMonths, proRataByDays, proRataByMonths } from './index.ts';

const POST = cents(5_700_000);
const RULE = { monthCountsFromDays: 15 };

const two = (number: number) => String(number).padStart(2, '0');
const someDay = fc.tuple(fc.integer({ min: 2000, max: 2100 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, day]) => `${year}-${two(month)}-${two(day)}`);
const period = fc.tuple(someDay, someDay).map((days) => days.toSorted() as [string, string]);
const thousandths = fc.integer({ min: 0, max: 1_000 });

describe('0.65 of a 57,000 € post from 16 June to 31 December 2027', () => {
  test('is 7 of 12 months by months: 21,612.50 €', () => {
    expect(countMonths('2027-06-16', '2027-12-31', RULE)).toBe(7);
    expect(proRataByMonths(POST, 650, '2027-06-16', '2027-12-31', RULE)).toBe(2_161_250);
  });

  test('is 199 of 365 days by days: 20,199.86 €', () => {
    expect(proRataByDays(POST, 650, '2027-06-16', '2027-12-31')).toBe(2_019_986);
  });
});

describe('by months', () => {
  test.each([
    ['2027-01-01', '2027-12-31', 12],
    ['2028-01-01', '2028-12-31', 12],
    ['2027-06-15', '2027-06-30', 1],
    ['2027-06-16', '2027-06-30', 1],
    ['2027-06-17', '2027-06-30', 0],
    ['2027-01-01', '2027-01-14', 0],
    ['2027-01-01', '2027-01-15', 1],
    ['2027-02-14', '2027-02-28', 1],
    ['2027-02-15', '2027-02-28', 0],
    ['2028-02-15', '2028-02-29', 1],
    ['2027-01-15', '2027-04-14', 3],
    ['2027-12-01', '2028-01-31', 2],
    ['2027-05-20', '2027-05-20', 0],
  ])('%s to %s counts %d months', (from, to, months) => {
    expect(countMonths(from, to, RULE)).toBe(months);
  });

  test('a whole month counts under any rule', () => {
    expect(countMonths('2027-02-01', '2027-02-28', { monthCountsFromDays: 31 })).toBe(1);
  });

  test('vacant for three months and refilled with another share: two periods of one post', () => {
    expect(proRataByMonths(POST, 1_000, '2027-01-01', '2027-03-31', RULE)).toBe(1_425_000);
    expect(proRataByMonths(POST, 500, '2027-07-01', '2027-12-31', RULE)).toBe(1_425_000);
  });

  test('is rounded down once: a third of a cent is no cent', () => {
    expect(proRataByMonths(cents(1), 333, '2027-01-01', '2027-12-31', RULE)).toBe(0);
    expect(proRataByMonths(cents(10), 1_000, '2027-01-01', '2027-04-30', RULE)).toBe(3);
  });

  test('never depends on anything but exact integers', () => {
    fc.assert(fc.property(fc.nat({ max: 1_000_000_000 }).map(cents), thousandths, period, (annual, fte, [from, to]) => {
      const exact = (BigInt(annual) * BigInt(fte) * BigInt(countMonths(from, to, RULE))) / 12_000n;
      expect(BigInt(proRataByMonths(annual, fte, from, to, RULE))).toBe(exact);
    }));
  });
});

describe('by days', () => {
  test.each(['2027', '2028', '2100', '2000'])('the whole year %s is the annual amount', (year) => {
    expect(proRataByDays(POST, 1_000, `${year}-01-01`, `${year}-12-31`)).toBe(POST);
  });

  test.each([
    ['2027-05-20', '2027-05-20', 15_616],
    ['2028-02-29', '2028-02-29', 15_573],
    ['2027-12-31', '2028-01-01', 31_190],
    ['2027-01-01', '2028-12-31', 11_400_000],
  ])('%s to %s is %d cents', (from, to, amount) => {
    expect(proRataByDays(POST, 1_000, from, to)).toBe(amount);
  });

  test('two adjacent periods are worth the whole, but for the cent of the second rounding', () => {
    fc.assert(fc.property(thousandths, fc.tuple(someDay, someDay, someDay), (fte, days) => {
      const [from, middle, to] = days.toSorted() as [string, string, string];
      fc.pre(middle < to && !middle.endsWith('28'));
      const next = middle.slice(0, 8) + two(Number(middle.slice(8)) + 1);
      const whole = proRataByDays(POST, fte, from, to);
      const parts = proRataByDays(POST, fte, from, middle) + proRataByDays(POST, fte, next, to);
      expect([0, 1]).toContain(whole - parts);
    }));
  });

  test('a longer period is never worth less', () => {
    fc.assert(fc.property(thousandths, fc.tuple(someDay, someDay, someDay), (fte, days) => {
      const [from, middle, to] = days.toSorted() as [string, string, string];
      expect(proRataByDays(POST, fte, from, to)).toBeGreaterThanOrEqual(proRataByDays(POST, fte, from, middle));
    }));
  });
});

describe('what is no period or no share is refused', () => {
  test.each([
    ['2027-12-31', '2027-06-16'], ['2027-02-29', '2027-12-31'], ['2100-02-29', '2100-12-31'], ['2027-06-16', '2027-06-31'],
    ['2027-00-01', '2027-12-31'], ['2027-01-00', '2027-12-31'], ['2027-01-01', '2027-13-01'],
    ['2027-6-16', '2027-12-31'], ['2027-06-16T00:00', '2027-12-31'], ['', '2027-12-31'],
  ])('%s to %s', (from, to) => {
    expect(() => proRataByDays(POST, 650, from, to)).toThrow(RangeError);
    expect(() => proRataByMonths(POST, 650, from, to, RULE)).toThrow(RangeError);
  });

  test.each([-1, 0.5, Number.NaN])('%d thousandths', (fte) => {
    expect(() => proRataByDays(POST, fte, '2027-01-01', '2027-12-31')).toThrow(RangeError);
  });
});
