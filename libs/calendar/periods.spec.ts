import { describe, expect, test } from '@jest/globals';
import { payDate, periodEnd } from './index.ts';

describe('a period set by the authority', () => {
  test.each([
    [{ days: 14 }, '2027-01-04', '2027-01-18'],
    [{ days: 14 }, '2026-12-11', '2026-12-28'],
    [{ days: 1 }, '2027-04-30', '2027-05-03'],
    [{ months: 1 }, '2027-01-31', '2027-03-01'],
    [{ months: 3 }, '2026-11-30', '2027-03-01'],
    [{ days: 14 }, '2027-10-18', '2027-11-02'],
    [{ weeks: 1 }, '2027-01-04', '2027-01-11'],
    [{ weeks: 2 }, '2027-10-18', '2027-11-02'],
    [{ months: 12 }, '2028-02-29', '2029-02-28'],
    [{ until: '2026-12-28' }, '2026-12-11', '2026-12-28'],
    [{ until: '2026-12-26' }, '2026-12-11', '2026-12-28'],
    [{ until: '2026-12-26', fixed: true }, '2026-12-11', '2026-12-26'],
  ])('%j notified %s ends with %s', (length, notified, end) => {
    expect(periodEnd(notified, length).value).toBe(end);
  });

  test('says how it was derived', () => {
    expect(periodEnd('2026-12-11', { days: 14 }).because).toEqual({
      de: 'zugegangen 11.12.2026, 14 Tage 25.12.2026, 1. Weihnachtstag, dann 2. Weihnachtstag, dann Sonntag, daher Mo 28.12.2026',
      en: 'notified 11 Dec 2026, 14 days 25 Dec 2026, Christmas Day, then Boxing Day, then Sunday, therefore Mon 28 Dec 2026',
    });
    expect(periodEnd('2027-01-04', { days: 1 }).because.en).toBe('notified 4 Jan 2027, one day 5 Jan 2027');
    expect(periodEnd('2027-01-04', { months: 3 }).because.de).toBe('zugegangen 04.01.2027, 3 Monate 04.04.2027, Sonntag, daher Mo 05.04.2027');
    expect(periodEnd('2027-01-04', { weeks: 1 }).because).toEqual({
      de: 'zugegangen 04.01.2027, eine Woche 11.01.2027', en: 'notified 4 Jan 2027, one week 11 Jan 2027',
    });
    expect(periodEnd('2027-01-04', { weeks: 2 }).because.de).toBe('zugegangen 04.01.2027, 2 Wochen 18.01.2027');
  });

  test('a last day moves like any other end, unless it was communicated with reference to the rule', () => {
    expect(periodEnd('2026-12-11', { until: '2026-12-26' }).because).toEqual({
      de: 'zugegangen 11.12.2026, bis 26.12.2026, 2. Weihnachtstag, dann Sonntag, daher Mo 28.12.2026',
      en: 'notified 11 Dec 2026, until 26 Dec 2026, Boxing Day, then Sunday, therefore Mon 28 Dec 2026',
    });
    expect(periodEnd('2026-12-11', { until: '2026-12-26', fixed: true }).because).toEqual({
      de: 'zugegangen 11.12.2026, bis 26.12.2026, fester Tag nach § 31 Abs. 3 Satz 2 VwVfG NRW',
      en: 'notified 11 Dec 2026, until 26 Dec 2026, fixed day by § 31(3) sentence 2 VwVfG NRW',
    });
  });

  test.each([[{ until: '2026-12-11' }], [{ until: '2026-12-10', fixed: true }], [{ days: 0 }], [{ weeks: -1 }], [{ months: 1.5 }], [{ days: Number.NaN }]])(
    'notified on 11 December 2026, %j is no period', (period) => {
      expect(() => periodEnd('2026-12-11', period)).toThrow(RangeError);
    });
});

describe('pay dates', () => {
  test.each([
    ['2027-05-01', 'forward', '2027-05-03', '01.05.2027, Maifeiertag, dann Sonntag, daher Mo 03.05.2027'],
    ['2027-05-01', 'backward', '2027-04-30', '01.05.2027, Maifeiertag, daher Fr 30.04.2027'],
    ['2028-05-01', 'forward', '2028-05-02', '01.05.2028, Maifeiertag, daher Di 02.05.2028'],
    ['2028-05-01', 'backward', '2028-04-28', '01.05.2028, Maifeiertag, dann Sonntag, dann Samstag, daher Fr 28.04.2028'],
    ['2027-10-01', 'forward', '2027-10-01', '01.10.2027'],
    ['2028-10-01', 'forward', '2028-10-02', '01.10.2028, Sonntag, daher Mo 02.10.2028'],
  ] as const)('%s %s is %s', (day, roll, value, de) => {
    expect(payDate(day, roll)).toMatchObject({ value, because: { de } });
  });
});
