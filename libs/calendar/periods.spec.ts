import { describe, expect, test } from '@jest/globals';
import { announcement, appealPeriodEnd, finality, payDate, periodEnd, startOfDay } from './index.ts';

describe('finality', () => {
  test.each([
    ['2026-11-27', '2026-12-01', '2027-01-04', '2027-01-05'],
    ['2027-01-27', '2027-01-31', '2027-03-01', '2027-03-02'],
    ['2028-01-27', '2028-01-31', '2028-02-29', '2028-03-01'],
    ['2024-12-30', '2025-01-02', '2025-02-03', '2025-02-04'],
    ['2024-12-31', '2025-01-03', '2025-02-03', '2025-02-04'],
  ])('posted %s: announced %s, to sue until %s, final from %s 00:00 Berlin', (posted, announced, lastDay, finalFrom) => {
    expect(announcement(posted, 'post').value).toBe(announced);
    expect(appealPeriodEnd(announced).value).toBe(lastDay);
    expect(finality(posted).value).toBe(startOfDay(finalFrom));
  });

  test.each([
    ['a Saturday', '2026-11-03', '2026-11-07', '2026-12-07', '2026-11-09', '2026-12-09', '2026-12-10'],
    ['a Sunday', '2025-01-01', '2025-01-05', '2025-02-05', '2025-01-06', '2025-02-06', '2025-02-07'],
    ['Christmas', '2026-12-21', '2026-12-25', '2027-01-25', '2026-12-28', '2027-01-28', '2027-01-29'],
    ['a Sunday, both readings ending alike', '2027-01-27', '2027-01-31', '2027-03-01', '2027-02-01', '2027-03-01', '2027-03-02'],
  ])('announced on %s: the later of the two readings counts', (_what, posted, announced, endAsItFalls, moved, endIfMoved, finalFrom) => {
    expect(announcement(posted, 'electronic').value).toBe(announced);
    expect(appealPeriodEnd(announced).value).toBe(endAsItFalls);
    expect(appealPeriodEnd(moved).value).toBe(endIfMoved);
    expect(finality(posted, 'electronic').value).toBe(startOfDay(finalFrom));
  });

  test.each([
    ['2027-01-27',
      'zur Post 27.01.2027, vierter Tag 31.01.2027, ein Monat 28.02.2027, Sonntag, daher Mo 01.03.2027; bestandskräftig ab 02.03.2027 00:00',
      'posted 27 Jan 2027, fourth day 31 Jan 2027, one month 28 Feb 2027, Sunday, therefore Mon 1 Mar 2027; final from 2 Mar 2027 00:00'],
    ['2026-11-27',
      'zur Post 27.11.2026, vierter Tag 01.12.2026, ein Monat 01.01.2027, Neujahr, dann Samstag, dann Sonntag, daher Mo 04.01.2027; bestandskräftig ab 05.01.2027 00:00',
      'posted 27 Nov 2026, fourth day 1 Dec 2026, one month 1 Jan 2027, New Year\'s Day, then Saturday, then Sunday, therefore Mon 4 Jan 2027; final from 5 Jan 2027 00:00'],
    ['2028-01-27',
      'zur Post 27.01.2028, vierter Tag 31.01.2028, ein Monat 29.02.2028; bestandskräftig ab 01.03.2028 00:00',
      'posted 27 Jan 2028, fourth day 31 Jan 2028, one month 29 Feb 2028; final from 1 Mar 2028 00:00'],
    ['2026-11-03',
      'zur Post 03.11.2026, vierter Tag 07.11.2026, Samstag, dann Sonntag, nach der späteren Lesart daher Mo 09.11.2026, ein Monat 09.12.2026; bestandskräftig ab 10.12.2026 00:00',
      'posted 3 Nov 2026, fourth day 7 Nov 2026, Saturday, then Sunday, in the later reading therefore Mon 9 Nov 2026, one month 9 Dec 2026; final from 10 Dec 2026 00:00'],
    ['2024-12-31',
      'zur Post 31.12.2024, dritter Tag 03.01.2025, ein Monat 03.02.2025; bestandskräftig ab 04.02.2025 00:00',
      'posted 31 Dec 2024, third day 3 Jan 2025, one month 3 Feb 2025; final from 4 Feb 2025 00:00'],
  ])('posted %s can be read', (posted, de, en) => {
    expect(finality(posted).because).toEqual({ de, en });
  });

  test('without a remedy instruction the appeal period is a year, 12 months', () => {
    const { value, because } = finality('2027-02-01', 'electronic', 12);
    expect(value).toBe(startOfDay('2028-02-08'));
    expect(because.de).toBe('elektronisch versandt 01.02.2027, vierter Tag 05.02.2027, 12 Monate 05.02.2028, Samstag, dann Sonntag, '
      + 'daher Mo 07.02.2028; bestandskräftig ab 08.02.2028 00:00');
  });
});

describe('the appeal period', () => {
  test('announced on 31 January it ends with the last day of February, moved off the weekend', () => {
    expect(appealPeriodEnd('2027-01-31')).toEqual({ value: '2027-03-01', because: {
      de: 'bekannt gegeben 31.01.2027, ein Monat 28.02.2027, Sonntag, daher Mo 01.03.2027',
      en: 'announced 31 Jan 2027, one month 28 Feb 2027, Sunday, therefore Mon 1 Mar 2027',
    } });
    expect(appealPeriodEnd('2028-01-31').value).toBe('2028-02-29');
  });
});

describe('a period set by the authority', () => {
  test.each([
    [{ days: 14 }, '2027-01-04', '2027-01-18'],
    [{ days: 14 }, '2026-12-11', '2026-12-28'],
    [{ days: 1 }, '2027-04-30', '2027-05-03'],
    [{ months: 1 }, '2027-01-31', '2027-03-01'],
    [{ months: 3 }, '2026-11-30', '2027-03-01'],
    [{ days: 14 }, '2027-10-18', '2027-11-02'],
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
