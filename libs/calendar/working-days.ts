import Holidays from 'date-holidays';
import { addDays, dateOf, dayAfter, dayBefore } from './day.ts';
import type { Day } from './day.ts';
import { remembered } from './remembered.ts';
import type { Text } from './words.ts';

const northRhineWestphalia = new Holidays('DE', 'NW', { types: ['public'] });

/** The name of the public holiday in North Rhine-Westphalia that falls on the day, if one does. */
export const holidayOn = (day: Day): Text | undefined => holidaysOf(dateOf(day).year).get(day);

const holidaysOf = remembered((year: number): ReadonlyMap<Day, Text> => {
  const english = new Map(northRhineWestphalia.getHolidays(year, 'en').map(({ rule, name }) => [rule, name]));
  return new Map(northRhineWestphalia.getHolidays(year, 'de').map(({ date, rule, name }) =>
    [date.slice(0, 'YYYY-MM-DD'.length), { de: name, en: english.get(rule) ?? name }]));
});

/** Whether the day is a public holiday in North Rhine-Westphalia. */
export const isHoliday = (day: Day): boolean => holidayOn(day) !== undefined;

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

/** The n-th working day after the day, before it for a negative n; the day itself for zero, even on a Sunday. */
export function addWorkingDays(day: Day, n: number): Day {
  if (!Number.isSafeInteger(n)) throw new RangeError(`not a number of days: ${n}`);
  const onward = n < 0 ? dayBefore : dayAfter;
  let reached = addDays(day, 0);
  for (let step = 0; step < Math.abs(n); step += 1) reached = roll(onward(reached), onward);
  return reached;
}
