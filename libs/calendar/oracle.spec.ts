import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays, addWorkingDays, announcement, bankingDayFrom, cutOff, dayOf, endOfDay, finality, isBankingDay, isHoliday, isWorkingDay, nextWeekdayFrom, payDate, periodEnd,
  rollBackward, rollForward, startOfDay, workingDaysBetween, type Finality, type NotAnnounced,
} from './index.ts';

/**
 * A second calendar, written differently and slowly: days are counted one by one from a known Saturday, Easter comes
 * from Oudin's formula, and Berlin's summer time from the European rule. It shares no code and no library with ours.
 */
interface OracleDay {
  readonly day: string;
  readonly weekday: number;
  readonly holiday: boolean;
  /** Whether the euro area's payment system is closed. */
  readonly closed: boolean;
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

/** All days from 1 January 2000, which was a Saturday, to 31 December 2106. */
function oracle(): OracleDay[] {
  const days: OracleDay[] = [];
  let weekday = 6;
  for (let year = 2000; year <= 2106; year += 1) {
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
        const closed = weekday > 5 || ['1-1', '5-1', '12-25', '12-26'].includes(`${month}-${day}`) || [easterOrdinal - 2, easterOrdinal + 1].includes(ordinal);
        days.push({ day: `${year}-${two(month)}-${two(day)}`, weekday, holiday, closed, start });
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
const at = (place: number): OracleDay => days[place] ?? { day: '', weekday: 0, holiday: false, closed: false, start: '' };
const placeOf = new Map(days.map(({ day }, place) => [day, place]));

function working(place: number, step: 1 | -1): number {
  let found = place;
  while (free(at(found))) found += step;
  return found;
}

/** Every 29th day, which meets every weekday; and all days around the changes of summer time, with the 31 October. */
const sample = century.filter((_, place) => place % 29 === 2);
const changes = century.filter(({ day }) => /-(03|10)-(2[4-9]|3)/.test(day));

/** Where the two differ. */
const differing = (among: readonly OracleDay[], ours: (each: OracleDay) => unknown, oracles: (each: OracleDay, place: number) => unknown) =>
  among.filter((each) => ours(each) !== oracles(each, placeOf.get(each.day) ?? Number.NaN));

describe('the days from 2000 to 2100 agree with a second, slow calendar', () => {
  test('there are 36,890 of them', () => {
    expect(century).toHaveLength(36_890);
  });

  test('31 October is a holiday once', () => {
    const years = Array.from({ length: 101 }, (_, index) => 2000 + index);
    expect(years.filter((year) => isHoliday(`${year}-10-31`))).toEqual([2017]);
  });

  test('holidays and working days', () => {
    expect(differing([...sample, ...changes], ({ day }) => isHoliday(day), ({ holiday }) => holiday)).toEqual([]);
    expect(century.filter((each) => isWorkingDay(each.day) === free(each))).toEqual([]);
  });

  test('banking days', () => {
    expect(century.filter(({ day, closed }) => isBankingDay(day) === closed)).toEqual([]);
    expect(['2028-04-13', '2028-04-14', '2028-04-29', '2028-12-25'].map(bankingDayFrom)).toEqual(['2028-04-13', '2028-04-18', '2028-05-02', '2028-12-27']);
  });

  test('rolling forward and backward', () => {
    expect(differing(sample, ({ day }) => rollForward(day), (_, place) => at(working(place, 1)).day)).toEqual([]);
    expect(differing(sample, ({ day }) => rollBackward(day), (_, place) => at(working(place, -1)).day)).toEqual([]);
  });

  test('the next day, the next working day and the next Wednesday', () => {
    expect(differing(sample, ({ day }) => addDays(day, 1), (_, place) => at(place + 1).day)).toEqual([]);
    expect(differing(sample, ({ day }) => addWorkingDays(day, 1), (_, place) => at(working(place + 1, 1)).day)).toEqual([]);
    expect(differing(sample, ({ day }) => nextWeekdayFrom(day, 3), ({ weekday }, place) => at(place + ((10 - weekday) % 7)).day)).toEqual([]);
  });

  test('working days between two days are those that lead from one to the other', () => {
    expect(sample.slice(0, 500).filter(({ day }) => workingDaysBetween(day, addWorkingDays(day, 7)) !== 7)).toEqual([]);
    expect([workingDaysBetween('2028-05-05', '2028-05-07'), workingDaysBetween('2028-05-05', '2028-05-05'), workingDaysBetween('2028-05-05', '2028-05-01')]).toEqual([0, 0, 0]);
  });

  test('first and last instants, in winter, in summer and in the nights between', () => {
    const both = [...sample, ...changes];
    expect(differing(both, ({ day }) => startOfDay(day), ({ start }) => start)).toEqual([]);
    expect(differing(both, ({ day }) => endOfDay(day), (_, place) => at(place + 1).start)).toEqual([]);
    expect(differing(both, ({ start }) => dayOf(start), ({ day }) => day)).toEqual([]);
    expect(differing(both, ({ day }) => dayOf(justBefore(at((placeOf.get(day) ?? 0) + 1).start)), ({ day }) => day)).toEqual([]);
  });
});

describe('the law agrees with the slow calendar', () => {
  const place = fc.nat({ max: century.length - 1 });
  const number = fc.integer({ min: 1, max: 60 });

  test('periods of days, weeks and months', () => {
    fc.assert(fc.property(place, number, (begin, length) => {
      const notifiedOn = at(begin).day;
      expect(periodEnd(notifiedOn, { days: length }).value).toBe(at(working(begin + length, 1)).day);
      expect(periodEnd(notifiedOn, { weeks: length }).value).toBe(at(working(begin + 7 * length, 1)).day);
      expect(periodEnd(notifiedOn, { months: length }).value).toBe(at(working(monthsLater(begin, length), 1)).day);
      expect(periodEnd(notifiedOn, { until: at(begin + length).day }).value).toBe(at(working(begin + length, 1)).day);
    }), { numRuns: 300 });
  });

  test('pay dates and cut-offs, as they stand and as they roll', () => {
    fc.assert(fc.property(place.filter((begin) => begin > 3), (begin) => {
      const { day } = at(begin);
      expect([payDate(day, 'backward').value, payDate(day, 'forward').value]).toEqual([at(working(begin, -1)).day, at(working(begin, 1)).day]);
      expect([cutOff(day, 'fixed').value, cutOff(day, 'nextWorkingDay').value]).toEqual([at(begin + 1).start, at(working(begin, 1) + 1).start]);
    }), { numRuns: 300 });
  });

  test('a letter: announced and final, arrived or not, in one month, several, or the year', () => {
    const arrival = fc.option(fc.nat({ max: 20 }), { nil: undefined });
    fc.assert(fc.property(place, arrival, fc.integer({ min: 1, max: 12 }), fc.boolean(), (posted, after, months, instructed) => {
      const sending = { channel: 'post', postedOn: at(posted).day, arrivedOn: after === undefined ? undefined : at(posted + after).day } as const;
      const assumed = posted + (sending.postedOn < '2025-01-01' ? 3 : 4);
      const [falls = 0, moves = 0] = [assumed, working(assumed, 1)].map((day) => Math.max(day, posted + (after ?? 0)));
      expect(announcement(sending).value).toBe(at(falls).day);
      expect(inShort(finality(sending, { months, instructed }))).toEqual(finalIn([falls, moves], instructed ? months : 12));
    }), { numRuns: 400 });
  });

  test('the portal: retrieved within ten days, later, or never', () => {
    fc.assert(fc.property(place, fc.option(fc.nat({ max: 14 }), { nil: undefined }), (notified, after) => {
      const provision = { channel: 'portal', notifiedOn: at(notified).day, retrievedOn: after === undefined ? undefined : at(notified + after).day } as const;
      if (after === undefined || after > 10) {
        expect(finality(provision)).toMatchObject({ value: null, retrievableUntil: at(notified + 10).day });
        expect(announcement(provision)).toEqual(finality(provision));
        return;
      }
      const announced = notified + after + 1;
      expect(announcement(provision).value).toBe(at(announced).day);
      expect(inShort(finality(provision))).toEqual(finalIn([announced, working(announced, 1)], 1));
    }), { numRuns: 300 });
  });
});

/** The last days to sue in the readings, where they differ, and from when the notice is final. */
function finalIn(announced: readonly number[], months: number) {
  const ends = [...new Set(announced.map((begin) => working(monthsLater(begin, months), 1)))];
  return { lastDays: ends.map((end) => at(end).day), value: at(Math.max(...ends) + 1).start };
}

const inShort = (final: Finality | NotAnnounced) => (final.value === null ? final : { lastDays: final.readings.map(({ lastDay }) => lastDay), value: final.value });

/** A Berlin day starts at 22:00 or 23:00 UTC of the day before. */
const justBefore = (start: string) => start.replace('T22:00:00.000', 'T21:59:59.999').replace('T23:00:00.000', 'T22:59:59.999');

/** One month after the other, keeping the day of the first. */
function monthsLater(place: number, months: number): number {
  const [year = 0, month = 0, day = 0] = at(place).day.split('-').map(Number);
  let [toYear, toMonth] = [year, month];
  for (let passed = 0; passed < months; passed += 1) [toYear, toMonth] = toMonth === 12 ? [toYear + 1, 1] : [toYear, toMonth + 1];
  return placeOf.get(`${toYear}-${two(toMonth)}-${two(Math.min(day, lengths(toYear)[toMonth] ?? 0))}`) ?? Number.NaN;
}
