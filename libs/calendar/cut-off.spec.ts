import { describe, expect, test } from '@jest/globals';
import { cutOff, dayOf } from './index.ts';

/** Derived outside this code base: the last day as it stands and as it rolls, and the instant at which each is over. */
const TABLE = [
  ['Tue', '2017-10-31', '2017-10-31T23:00:00.000Z', 'Thu', '2017-11-02', '2017-11-02T23:00:00.000Z'],
  ['Wed', '2018-10-31', '2018-10-31T23:00:00.000Z', 'Wed', '2018-10-31', '2018-10-31T23:00:00.000Z'],
  ['Thu', '2019-10-31', '2019-10-31T23:00:00.000Z', 'Thu', '2019-10-31', '2019-10-31T23:00:00.000Z'],
  ['Sat', '2020-10-31', '2020-10-31T23:00:00.000Z', 'Mon', '2020-11-02', '2020-11-02T23:00:00.000Z'],
  ['Sun', '2021-10-31', '2021-10-31T23:00:00.000Z', 'Tue', '2021-11-02', '2021-11-02T23:00:00.000Z'],
  ['Mon', '2022-10-31', '2022-10-31T23:00:00.000Z', 'Mon', '2022-10-31', '2022-10-31T23:00:00.000Z'],
  ['Tue', '2023-10-31', '2023-10-31T23:00:00.000Z', 'Tue', '2023-10-31', '2023-10-31T23:00:00.000Z'],
  ['Thu', '2024-10-31', '2024-10-31T23:00:00.000Z', 'Thu', '2024-10-31', '2024-10-31T23:00:00.000Z'],
  ['Fri', '2025-10-31', '2025-10-31T23:00:00.000Z', 'Fri', '2025-10-31', '2025-10-31T23:00:00.000Z'],
  ['Sat', '2026-10-31', '2026-10-31T23:00:00.000Z', 'Mon', '2026-11-02', '2026-11-02T23:00:00.000Z'],
  ['Sun', '2027-10-31', '2027-10-31T23:00:00.000Z', 'Tue', '2027-11-02', '2027-11-02T23:00:00.000Z'],
  ['Tue', '2028-10-31', '2028-10-31T23:00:00.000Z', 'Tue', '2028-10-31', '2028-10-31T23:00:00.000Z'],
  ['Wed', '2029-10-31', '2029-10-31T23:00:00.000Z', 'Wed', '2029-10-31', '2029-10-31T23:00:00.000Z'],
  ['Thu', '2030-10-31', '2030-10-31T23:00:00.000Z', 'Thu', '2030-10-31', '2030-10-31T23:00:00.000Z'],
  ['Fri', '2031-10-31', '2031-10-31T23:00:00.000Z', 'Fri', '2031-10-31', '2031-10-31T23:00:00.000Z'],
  ['Sun', '2032-10-31', '2032-10-31T23:00:00.000Z', 'Tue', '2032-11-02', '2032-11-02T23:00:00.000Z'],
  ['Mon', '2033-10-31', '2033-10-31T23:00:00.000Z', 'Mon', '2033-10-31', '2033-10-31T23:00:00.000Z'],
  ['Tue', '2034-10-31', '2034-10-31T23:00:00.000Z', 'Tue', '2034-10-31', '2034-10-31T23:00:00.000Z'],
  ['Wed', '2035-10-31', '2035-10-31T23:00:00.000Z', 'Wed', '2035-10-31', '2035-10-31T23:00:00.000Z'],
  ['Fri', '2036-10-31', '2036-10-31T23:00:00.000Z', 'Fri', '2036-10-31', '2036-10-31T23:00:00.000Z'],
  ['Sat', '2037-10-31', '2037-10-31T23:00:00.000Z', 'Mon', '2037-11-02', '2037-11-02T23:00:00.000Z'],
  ['Sun', '2038-10-31', '2038-10-31T23:00:00.000Z', 'Tue', '2038-11-02', '2038-11-02T23:00:00.000Z'],
  ['Mon', '2039-10-31', '2039-10-31T23:00:00.000Z', 'Mon', '2039-10-31', '2039-10-31T23:00:00.000Z'],
  ['Wed', '2040-10-31', '2040-10-31T23:00:00.000Z', 'Wed', '2040-10-31', '2040-10-31T23:00:00.000Z'],
] as const;

describe.each(TABLE)('%s', (_weekday, day, fixed, _rolledWeekday, rolled, moved) => {
  test(`closes at ${fixed} when the day is fixed`, () => {
    expect(cutOff(day, 'fixed').value).toBe(fixed);
  });

  test(`closes at the end of ${rolled} when it moves to the next working day`, () => {
    const { value, because } = cutOff(day, 'nextWorkingDay');
    expect(value).toBe(moved);
    expect(because.de).toMatch(new RegExp(`${rolled.split('-').toReversed().join('\\.')}, 24:00 Uhr$`));
  });
});

describe('the derivation says why', () => {
  test.each([
    ['2026-10-31', '31.10.2026, Samstag, dann Allerheiligen, daher Mo 02.11.2026, 24:00 Uhr',
      '31 Oct 2026, Saturday, then All Saints\' Day, therefore Mon 2 Nov 2026, 24:00'],
    ['2027-10-31', '31.10.2027, Sonntag, dann Allerheiligen, daher Di 02.11.2027, 24:00 Uhr',
      '31 Oct 2027, Sunday, then All Saints\' Day, therefore Tue 2 Nov 2027, 24:00'],
    ['2032-10-31', '31.10.2032, Sonntag, dann Allerheiligen, daher Di 02.11.2032, 24:00 Uhr',
      '31 Oct 2032, Sunday, then All Saints\' Day, therefore Tue 2 Nov 2032, 24:00'],
    ['2017-10-31', '31.10.2017, Reformationstag, dann Allerheiligen, daher Do 02.11.2017, 24:00 Uhr',
      '31 Oct 2017, Reformation Day, then All Saints\' Day, therefore Thu 2 Nov 2017, 24:00'],
    ['2028-10-31', '31.10.2028, 24:00 Uhr', '31 Oct 2028, 24:00'],
  ])('%s', (day, de, en) => {
    expect(cutOff(day, 'nextWorkingDay').because).toEqual({ de, en });
  });

  test('a fixed day says that it is one', () => {
    expect(cutOff('2026-10-31', 'fixed').because).toEqual({ de: 'fester Tag 31.10.2026, 24:00 Uhr', en: 'fixed day 31 Oct 2026, 24:00' });
  });
});

describe('half-open: the last millisecond before belongs to the last day, the instant itself to the next', () => {
  test.each([
    ['2026-10-31', 'fixed', '2026-10-31T22:59:59.999Z', '2026-11-01'],
    ['2026-10-31', 'nextWorkingDay', '2026-11-02T22:59:59.999Z', '2026-11-03'],
    ['2027-10-31', 'fixed', '2027-10-31T22:59:59.999Z', '2027-11-01'],
    ['2027-10-31', 'nextWorkingDay', '2027-11-02T22:59:59.999Z', '2027-11-03'],
  ] as const)('%s %s', (day, policy, lastMoment, dayAfter) => {
    const { value } = cutOff(day, policy);
    expect(lastMoment < value).toBe(true);
    expect(dayOf(lastMoment) < dayAfter).toBe(true);
    expect(dayOf(value)).toBe(dayAfter);
  });
});
