import Holidays from 'date-holidays';
import { addDays, dateOf } from './day.ts';
import type { Day } from './day.ts';
import type { Text } from './words.ts';

const northRhineWestphalia = new Holidays('DE', 'NW', { types: ['public'] });

/** Holidays by year: computing one takes milliseconds. Emptied when full, so that wild years cannot fill the memory. */
const years = new Map<number, ReadonlyMap<Day, Text>>();
const YEARS_KEPT = 300;

/** The name of the public holiday in North Rhine-Westphalia that falls on the day, if one does. */
export function holidayOn(day: Day): Text | undefined {
  const { year } = dateOf(day);
  const known = years.get(year);
  if (known !== undefined) return known.get(day);

  if (years.size >= YEARS_KEPT) years.clear();
  const computed = holidaysOf(year);
  years.set(year, computed);
  return computed.get(day);
}

function holidaysOf(year: number): ReadonlyMap<Day, Text> {
  const english = new Map(northRhineWestphalia.getHolidays(year, 'en').map(({ rule, name }) => [rule, name]));
  return new Map(northRhineWestphalia.getHolidays(year, 'de').map(({ date, rule, name }) =>
    [date.slice(0, 'YYYY-MM-DD'.length), { de: name, en: english.get(rule) ?? name }]));
}

/** Whether the day is a public holiday in North Rhine-Westphalia. */
export const isHoliday = (day: Day): boolean => holidayOn(day) !== undefined;

/** Monday to Friday and no public holiday. */
export const isWorkingDay = (day: Day): boolean => dateOf(day).dayOfWeek <= 5 && !isHoliday(day);

/** The day itself if it is a working day, else the next one (§ 31(3) VwVfG NRW). */
export const rollForward = (day: Day): Day => roll(day, 1);

/** The day itself if it is a working day, else the one before. */
export const rollBackward = (day: Day): Day => roll(day, -1);

function roll(day: Day, direction: 1 | -1): Day {
  let candidate = day;
  while (!isWorkingDay(candidate)) candidate = addDays(candidate, direction);
  return candidate;
}

/** The n-th working day after the day, before it for a negative n; the day itself for zero, even on a Sunday. */
export function addWorkingDays(day: Day, n: number): Day {
  if (!Number.isSafeInteger(n)) throw new RangeError(`not a number of days: ${n}`);
  const direction = n < 0 ? -1 : 1;
  let reached = addDays(day, 0);
  for (let step = 0; step < Math.abs(n); step += 1) reached = roll(addDays(reached, direction), direction);
  return reached;
}
