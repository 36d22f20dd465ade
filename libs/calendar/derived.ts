import { dayAfter, dayBefore } from './day.ts';
import type { Day } from './day.ts';
import { formatDay, formatWeekday, inBoth, phrase, steps, weekday } from './words.ts';
import type { Text } from './words.ts';
import { holidayOn } from './working-days.ts';

/** A date of the law with the words that derive it. */
export interface Derived<T> {
  readonly value: T;
  readonly because: Text;
}

/** The day in words. */
export const on = (day: Day): Text => inBoth((language) => formatDay(day, language));

/** The day in words, with its weekday. */
export const onWeekday = (day: Day): Text => inBoth((language) => formatWeekday(day, language));

/** What came before, then the derivation. */
export const continued = (before: Text, { value, because }: Derived<Day>): Derived<Day> => ({ value, because: steps(before, because) });

/** "28.02.2027, Sonntag, daher Mo 01.03.2027", or just the day if it did not move. */
export const rolled = (day: Day, value: Day): Derived<Day> =>
  ({ value, because: day === value ? on(day) : steps(on(day), ...obstacles(day, value), phrase(THEREFORE, onWeekday(value))) });

/** Why the days from the first one up to the working day `to` do not count: "Sonntag", "dann Allerheiligen". */
export function obstacles(from: Day, to: Day): Text[] {
  const reasons: Text[] = [];
  const onward = from < to ? dayAfter : dayBefore;
  for (let day = from; day !== to; day = onward(day)) {
    const reason = holidayOn(day) ?? inBoth((language) => weekday(day, language));
    reasons.push(reasons.length === 0 ? reason : phrase(THEN, reason));
  }
  return reasons;
}

const THEN: Text = { de: 'dann', en: 'then' };
const THEREFORE: Text = { de: 'daher', en: 'therefore' };
