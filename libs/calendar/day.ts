import { Temporal } from 'temporal-polyfill';
import { remembered } from './remembered.ts';

/** A calendar day in Berlin: `YYYY-MM-DD`. */
export type Day = string;

/** An instant: RFC 3339, UTC, milliseconds, `Z`. One fixed width, so that text order is time order. */
export type Instant = string;

/** All days of the house are days in this zone, wherever the process runs. */
export const ZONE = 'Europe/Berlin';

/** The day as a date. Throws a RangeError unless it is written `YYYY-MM-DD` and exists. */
export function dateOf(day: Day): Temporal.PlainDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`not a day: ${day}`);
  return Temporal.PlainDate.from(day);
}

/** The first instant of the day. */
export const startOfDay = remembered((day: Day): Instant =>
  dateOf(day).toZonedDateTime(ZONE).toInstant().toString({ smallestUnit: 'millisecond' }));

/** 24:00 of the day, which is the first instant of the next: whatever is before it was in time. */
export const endOfDay = (day: Day): Instant => startOfDay(dayAfter(day));

/** A wall clock's time (`HH:MM`) on the day. On change days: an hour that is skipped means the one after, a double one the first. */
export const atTime = (day: Day, time: string): Instant => wallClock(`${dateOf(day).toString()}T${time}`);

const wallClock = remembered((local: string): Instant =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(ZONE).toInstant().toString({ smallestUnit: 'millisecond' }));

/** The Berlin day to which an instant belongs. Throws a RangeError for anything but an instant. */
export const dayOf = remembered((instant: Instant): Day =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE).toPlainDate().toString());

/** So many calendar days later, or earlier for a negative number. */
export const addDays = (day: Day, days: number): Day => dateOf(day).add({ days }).toString();

/** The next day. */
export const dayAfter = remembered((day: Day): Day => addDays(day, 1));

/** The previous day. */
export const dayBefore = remembered((day: Day): Day => addDays(day, -1));

/** The same day so many months later; the last day of that month where it has no such day. */
export const addMonths = (day: Day, months: number): Day => dateOf(day).add({ months }).toString();

/** The first day from this one on, itself included, that is the weekday (1 = Monday … 7 = Sunday). */
export function nextWeekdayFrom(day: Day, isoWeekday: number): Day {
  if (![1, 2, 3, 4, 5, 6, 7].includes(isoWeekday)) throw new RangeError(`not a weekday: ${isoWeekday}`);
  return addDays(day, (isoWeekday - dateOf(day).dayOfWeek + 7) % 7);
}
