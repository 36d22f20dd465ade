import { describe, expect, test } from '@jest/globals';
import {
  addDays, addWorkingDays, dayOf, endOfDay, finality, isHoliday, isWorkingDay, nextWeekdayFrom, rollBackward, rollForward, startOfDay,
} from './index.ts';

/**
 * A second calendar, written differently and slowly: days are counted one by one from a known Saturday, Easter comes
 * from Oudin's formula, and Berlin's summer time from the European rule. It shares no code and no library with ours.
 */
interface OracleDay {
  readonly day: string;
  readonly weekday: number;
  readonly holiday: boolean;
  readonly start: string;
}

const two = (number: number) => String(number).padStart(2, '0');
const isLeap = (year: number) => (year % 100 === 0 ? year % 400 : year % 4) === 0;
const lengths = (year: number) => [0, 31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function easter(year: number): [number, number] {
  const century = Math.floor(year / 100);
  const golden = year % 19;
  const moon = (century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 19 * golden + 15) % 30;
  const full = moon - Math.floor(moon / 28) * (1 - Math.floor(29 / (moon + 1)) * Math.floor((21 - golden) / 11));
  const weekday = (year + Math.floor(year / 4) + full + 2 - century + Math.floor(century / 4)) % 7;
  const month = 3 + Math.floor((full - weekday + 40) / 44);
  return [month, full - weekday + 28 - 31 * Math.floor(month / 4)];
}

/** All days from 1 January 2000, which was a Saturday, to 31 December 2101. */
function oracle(): OracleDay[] {
  const days: OracleDay[] = [];
  let weekday = 6;
  for (let year = 2000; year <= 2101; year += 1) {
    const fixed = new Set(['1-1', '5-1', '10-3', '11-1', '12-25', '12-26', ...(year === 2017 ? ['10-31'] : [])]);
    const [easterMonth, easterDay] = easter(year);
    const easterOrdinal = lengths(year).slice(0, easterMonth).reduce((sum, length) => sum + length, 0) + easterDay;
    const aroundEaster = new Set([-2, 1, 39, 50, 60].map((offset) => easterOrdinal + offset));
    let ordinal = 0;
    let summer = false;
    let yesterday = { year: year - 1, month: 12, day: 31 };
    for (let month = 1; month <= 12; month += 1) {
      const length = lengths(year)[month] ?? 0;
      for (let day = 1; day <= length; day += 1) {
        ordinal += 1;
        const start = `${yesterday.year}-${two(yesterday.month)}-${two(yesterday.day)}T${summer ? '22' : '23'}:00:00.000Z`;
        const holiday = fixed.has(`${month}-${day}`) || aroundEaster.has(ordinal);
        days.push({ day: `${year}-${two(month)}-${two(day)}`, weekday, holiday, start });
        const lastSunday = weekday === 7 && day + 7 > length;
        if (lastSunday && month === 3) summer = true;
        if (lastSunday && month === 10) summer = false;
        weekday = (weekday % 7) + 1;
        yesterday = { year, month, day };
      }
    }
  }
  return days;
}

const days = oracle();
const century = days.filter(({ day }) => day < '2101-01-01');
const free = ({ weekday, holiday }: OracleDay) => weekday > 5 || holiday;
const at = (place: number): OracleDay => days[place] ?? { day: '', weekday: 0, holiday: false, start: '' };
const placeOf = new Map(days.map(({ day }, place) => [day, place]));

function working(place: number, step: 1 | -1): number {
  let found = place;
  while (free(at(found))) found += step;
  return found;
}

/** Where the two differ on every 13th day, which meets every weekday, and on all days around the changes of summer time. */
const differing = (ours: (each: OracleDay) => unknown, oracles: (each: OracleDay, place: number) => unknown) =>
  century.filter((each, place) => (place % 13 === 2 || /-(03|10)-(2[4-9]|3)/.test(each.day)) && ours(each) !== oracles(each, place));

describe('the days from 2000 to 2100 agree with a second, slow calendar', () => {
  test('there are 36,890 of them', () => {
    expect(century).toHaveLength(36_890);
  });

  test('holidays and working days', () => {
    expect(differing(({ day }) => isHoliday(day), ({ holiday }) => holiday)).toEqual([]);
    expect(century.filter((each) => isWorkingDay(each.day) === free(each))).toEqual([]);
  });

  test('rolling forward and backward', () => {
    expect(differing(({ day }) => rollForward(day), (_, place) => at(working(place, 1)).day)).toEqual([]);
    expect(differing(({ day }) => rollBackward(day), (_, place) => at(working(place, -1)).day)).toEqual([]);
  });

  test('the next day, the next working day and the next Wednesday', () => {
    expect(differing(({ day }) => addDays(day, 1), (_, place) => at(place + 1).day)).toEqual([]);
    expect(differing(({ day }) => addWorkingDays(day, 1), (_, place) => at(working(place + 1, 1)).day)).toEqual([]);
    expect(differing(({ day }) => nextWeekdayFrom(day, 3), ({ weekday }, place) => at(place + ((10 - weekday) % 7)).day)).toEqual([]);
  });

  test('first and last instants, in winter, in summer and in the nights between', () => {
    expect(differing(({ day }) => startOfDay(day), ({ start }) => start)).toEqual([]);
    expect(differing(({ day }) => endOfDay(day), (_, place) => at(place + 1).start)).toEqual([]);
    expect(differing(({ start }) => dayOf(start), ({ day }) => day)).toEqual([]);
    expect(differing(({ day }) => dayOf(justBefore(at((placeOf.get(day) ?? 0) + 1).start)), ({ day }) => day)).toEqual([]);
  });

  test('a notice becomes final on the later of the two readings', () => {
    expect(differing(({ day }) => finality(day).value, ({ day }, place) => {
      const announced = place + (day < '2025-01-01' ? 3 : 4);
      const readings = [announced, working(announced, 1)].map((start) => working(monthLater(start), 1));
      return at(Math.max(...readings) + 1).start;
    })).toEqual([]);
  });
});

/** A Berlin day starts at 22:00 or 23:00 UTC of the day before. */
const justBefore = (start: string) => start.replace('T22:00:00.000', 'T21:59:59.999').replace('T23:00:00.000', 'T22:59:59.999');

function monthLater(place: number): number {
  const [year = 0, month = 0, day = 0] = at(place).day.split('-').map(Number);
  const [toYear, toMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return placeOf.get(`${toYear}-${two(toMonth)}-${two(Math.min(day, lengths(toYear)[toMonth] ?? 0))}`) ?? Number.NaN;
}
