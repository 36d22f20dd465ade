import Holidays from 'date-holidays';
import { addDays, counted, dateOf, dayAfter, dayBefore } from './day.ts';
import type { Day } from './day.ts';
import { remembered } from './remembered.ts';
import type { Language, Text } from './words.ts';

/** The regions whose public holidays the calendar knows, as ISO 3166-2 writes them. */
export const HOLIDAY_REGIONS = ['DE-NW'] as const;

const northRhineWestphalia = new Holidays('DE', 'NW', { types: ['public'] });

/** The name of the public holiday in North Rhine-Westphalia that falls on the day, if one does. */
export function holidayOn(day: Day): Text | undefined {
  const [de, en] = [namesIn.de, namesIn.en].map((names) => names(dateOf(day).year).get(day));
  return de === undefined ? undefined : { de, en: en ?? de };
}

/** Whether the day is a public holiday in North Rhine-Westphalia. */
export const isHoliday = (day: Day): boolean => namesIn.de(dateOf(day).year).has(day);

const namesIn = { de: remembered((year: number) => names(year, 'de')), en: remembered((year: number) => names(year, 'en')) };

/** By the law as it has stood since 1995, whatever the year; the table misreads years before 1900. */
function names(year: number, language: Language): ReadonlyMap<Day, string> {
  if (year < 1900) throw new RangeError(`no public holidays are known in ${year}`);
  return new Map(northRhineWestphalia.getHolidays(year, language).map(({ date, name }) => [date.slice(0, 'YYYY-MM-DD'.length), name]));
}

/** The holidays on which T2, the Eurosystem's payment system, is closed, as the table writes its rules; all of them are public ones here. */
const CLOSING_DAYS: ReadonlySet<string> = new Set(['01-01', 'easter -2', 'easter 1', '05-01', '12-25', '12-26']);

const closedOn = remembered((year: number): ReadonlySet<Day> =>
  new Set(northRhineWestphalia.getHolidays(year).filter(({ rule }) => CLOSING_DAYS.has(rule)).map(({ date }) => date.slice(0, 'YYYY-MM-DD'.length))));

/** Whether banks in the euro area carry payments out: Monday to Friday, and no closing day of T2 (ECB Guideline (EU) 2022/912). */
export const isBankingDay = remembered((day: Day): boolean => dateOf(day).dayOfWeek <= 5 && !closedOn(dateOf(day).year).has(day));

/** The day itself if banks work on it, else the next one on which they do. */
export const bankingDayFrom = (day: Day): Day => (isBankingDay(day) ? day : bankingDayFrom(addDays(day, 1)));

/** Monday to Friday and no public holiday. */
export const isWorkingDay = remembered((day: Day): boolean => dateOf(day).dayOfWeek <= 5 && !isHoliday(day));

/** The day itself if it is a working day, else the next one (§ 31(3) VwVfG NRW). */
export const rollForward = (day: Day): Day => roll(day, dayAfter);

/** The day itself if it is a working day, else the one before. */
export const rollBackward = (day: Day): Day => roll(day, dayBefore);

function roll(day: Day, onward: (day: Day) => Day): Day {
  let candidate = day;
  while (!isWorkingDay(candidate)) candidate = onward(candidate);
  return candidate;
}

/** How many working days lie after a day up to another one, which counts; none where that is not later. */
export function workingDaysBetween(day: Day, until: Day): number {
  let found = 0;
  for (let next = addDays(day, 1); next <= until; next = addDays(next, 1)) if (isWorkingDay(next)) found += 1;
  return found;
}

/** The n-th working day after the day, before it for a negative n; the day itself for zero, even on a Sunday. */
export function addWorkingDays(day: Day, n: number): Day {
  counted(n);
  const onward = n < 0 ? dayBefore : dayAfter;
  let reached = addDays(day, 0);
  for (let step = 0; step < Math.abs(n); step += 1) reached = roll(onward(reached), onward);
  return reached;
}
