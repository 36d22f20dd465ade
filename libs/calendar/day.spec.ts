import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  addDays, addMonths, addWorkingDays, atTime, dayOf, endOfDay, formatDay, formatEnd, formatInstant, HOLIDAY_REGIONS,
  isWorkingDay, nextWeekdayFrom, rollBackward, rollForward, startOfDay,
} from './index.ts';

const day = fc.integer({ min: 0, max: 10_957 }).map((number) => addDays('2020-01-01', number));
const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString({ smallestUnit: 'millisecond' });

describe('Berlin days', () => {
  test.each([
    ['2026-07-01', '2026-06-30T22:00:00.000Z', '2026-07-01T22:00:00.000Z', 24],
    ['2026-01-01', '2025-12-31T23:00:00.000Z', '2026-01-01T23:00:00.000Z', 24],
    ['2027-03-28', '2027-03-27T23:00:00.000Z', '2027-03-28T22:00:00.000Z', 23],
    ['2027-10-31', '2027-10-30T22:00:00.000Z', '2027-10-31T23:00:00.000Z', 25],
    ['2032-10-31', '2032-10-30T22:00:00.000Z', '2032-10-31T23:00:00.000Z', 25],
    ['2028-02-29', '2028-02-28T23:00:00.000Z', '2028-02-29T23:00:00.000Z', 24],
  ])('%s runs from %s to %s, %d hours', (of, start, end, hours) => {
    expect([startOfDay(of), endOfDay(of)]).toEqual([start, end]);
    expect(Date.parse(end) - Date.parse(start)).toBe(hours * 3_600_000);
  });

  test('in the night of the change 02:30 happens twice in October and never in March', () => {
    expect(formatInstant('2027-10-31T00:30:00.000Z', 'de')).toBe('31.10.2027 02:30 MESZ');
    expect(formatInstant('2027-10-31T01:30:00.000Z', 'de')).toBe('31.10.2027 02:30 MEZ');
    expect(formatInstant('2027-10-31T00:30:00.000Z', 'en')).toBe('31 Oct 2027 02:30 CEST');
    expect(formatInstant('2027-10-31T01:30:00.000Z', 'en')).toBe('31 Oct 2027 02:30 CET');
    expect(formatInstant('2027-03-28T00:59:59.999Z', 'de')).toBe('28.03.2027 01:59:59');
    expect(formatInstant('2027-03-28T01:00:00.000Z', 'de')).toBe('28.03.2027 03:00');
    expect(['2027-10-31T00:30:00.000Z', '2027-10-31T01:30:00.000Z'].map(dayOf)).toEqual(['2027-10-31', '2027-10-31']);
  });

  test('the last millisecond of a day is still that day, its end is the next', () => {
    fc.assert(fc.property(day, fc.nat({ max: 23 * 3_600_000 - 1 }), (of, elapsed) => {
      const inside = instant(Date.parse(startOfDay(of)) + elapsed);
      expect(dayOf(inside)).toBe(of);
      expect(dayOf(endOfDay(of))).toBe(addDays(of, 1));
      expect(endOfDay(of)).toHaveLength('2026-10-31T23:00:00.000Z'.length);
    }));
  });

  test('a wall clock\'s time in the night of the change: the first of two, the one after none', () => {
    const nights = ['2027-10-31', '2027-03-28'].map((of) => ['01:59', '02:00', '02:30', '02:59', '03:00'].map((time) => atTime(of, time).slice(11, 16)));
    expect(nights).toEqual([['23:59', '00:00', '00:30', '00:59', '02:00'], ['00:59', '01:00', '01:30', '01:59', '01:00']]);
    expect(formatInstant(atTime('2027-10-31', '02:30'), 'de')).toBe('31.10.2027 02:30 MESZ');
    expect(formatInstant(atTime('2027-03-28', '02:30'), 'de')).toBe('28.03.2027 03:30');
  });

  test.each([
    ['2026-07-01', '08:00', '2026-07-01T06:00:00.000Z'],
    ['2026-12-01', '08:00', '2026-12-01T07:00:00.000Z'],
    ['2027-10-31', '02:30', '2027-10-31T00:30:00.000Z'],
    ['2027-03-28', '02:30', '2027-03-28T01:30:00.000Z'],
    ['2027-03-28', '08:00', '2027-03-28T06:00:00.000Z'],
    ['2027-10-31', '23:59:59.999', '2027-10-31T22:59:59.999Z'],
    ['2027-03-28', '02:30:15', '2027-03-28T01:30:15.000Z'],
  ])('%s at %s is %s', (of, time, at) => {
    expect(atTime(of, time)).toBe(at);
  });

  test.each([
    ['2027-01-31', 1, '2027-02-28'], ['2028-01-31', 1, '2028-02-29'], ['2027-03-31', -1, '2027-02-28'],
    ['2027-12-31', 2, '2028-02-29'], ['2028-02-29', 12, '2029-02-28'], ['2027-05-15', 0, '2027-05-15'],
  ])('%s and %d months is %s', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  test.each(['2027-02-29', '2026-13-01', '2026-1-1', '20261031', '2026-10-31T00:00', ' 2026-10-31', '', 'heute'])('%j is no day', (text) => {
    expect(() => startOfDay(text)).toThrow(RangeError);
    expect(() => isWorkingDay(text)).toThrow(RangeError);
  });

  test.each(['2026-10-31', '2026-10-31T12:00:00', 'now', ''])('%j is no instant', (text) => {
    expect(() => dayOf(text)).toThrow(RangeError);
  });
});

describe('working days of North Rhine-Westphalia', () => {
  test('no other region is known', () => {
    expect(HOLIDAY_REGIONS).toEqual(['DE-NW']);
  });

  test.each([
    ['2026-10-31', -1, '2026-10-30'], ['2026-11-02', -30, '2026-09-21'], ['2026-11-02', -14, '2026-10-13'],
    ['2026-11-02', -7, '2026-10-22'], ['2026-11-02', -3, '2026-10-28'], ['2026-11-02', -1, '2026-10-30'],
    ['2026-10-31', 0, '2026-10-31'], ['2026-10-30', 1, '2026-11-02'], ['2026-12-23', 3, '2026-12-29'],
  ])('%s and %d working days is %s', (from, n, to) => {
    expect(addWorkingDays(from, n)).toBe(to);
  });

  test('there and back again from any working day', () => {
    fc.assert(fc.property(day, fc.integer({ min: -40, max: 40 }), (of, n) => {
      const from = rollForward(of);
      expect(addWorkingDays(addWorkingDays(from, n), -n)).toBe(from);
    }));
  });

  test('rolling ends on the nearest working day and then stays', () => {
    fc.assert(fc.property(day, (of) => {
      const [back, forward] = [rollBackward(of), rollForward(of)];
      expect([isWorkingDay(back), isWorkingDay(forward)]).toEqual([true, true]);
      expect(back <= of && of <= forward).toBe(true);
      expect(addWorkingDays(back, 1) >= forward).toBe(true);
      expect([rollBackward(back), rollForward(forward)]).toEqual([back, forward]);
    }));
  });

  test('the weekly run: the day itself if it is a Wednesday, else the next', () => {
    expect(nextWeekdayFrom('2027-05-05', 3)).toBe('2027-05-05');
    expect(nextWeekdayFrom('2027-05-06', 3)).toBe('2027-05-12');
    expect(nextWeekdayFrom('2027-05-04', 3)).toBe('2027-05-05');
    expect(() => nextWeekdayFrom('2027-05-04', 0)).toThrow(RangeError);
  });

  test('half a day is no number of working days', () => {
    expect(() => addWorkingDays('2027-05-04', 0.5)).toThrow(RangeError);
  });
});

test('days are written as people read them', () => {
  expect(formatDay('2027-03-01', 'de')).toBe('01.03.2027');
  expect(formatDay('2027-03-01', 'en')).toBe('1 Mar 2027');
  expect(formatInstant('2026-10-31T22:59:59.999Z', 'de')).toBe('31.10.2026 23:59:59');
  expect(formatInstant('2026-10-31T23:00:00.000Z', 'en')).toBe('1 Nov 2026 00:00');
});

test.each([
  ['2027-11-02T23:00:00.000Z', '02.11.2027 24:00', '2 Nov 2027 24:00'],
  ['2027-06-30T22:00:00.000Z', '30.06.2027 24:00', '30 Jun 2027 24:00'],
  ['2027-12-31T23:00:00.000Z', '31.12.2027 24:00', '31 Dec 2027 24:00'],
  ['2027-03-28T22:00:00.000Z', '28.03.2027 24:00', '28 Mar 2027 24:00'],
  ['2027-11-02T22:59:59.999Z', '02.11.2027 23:59:59', '2 Nov 2027 23:59:59'],
  ['2027-11-02T23:00:00.001Z', '03.11.2027 00:00', '3 Nov 2027 00:00'],
  ['2028-01-10T11:00:00.000Z', '10.01.2028 12:00', '10 Jan 2028 12:00'],
  ['2027-10-31T00:30:00.000Z', '31.10.2027 02:30 MESZ', '31 Oct 2027 02:30 CEST'],
  ['2027-10-31T01:30:00.000Z', '31.10.2027 02:30 MEZ', '31 Oct 2027 02:30 CET'],
])('%s as an end: %s', (end, de, en) => {
  expect([formatEnd(end, 'de'), formatEnd(end, 'en')]).toEqual([de, en]);
});
