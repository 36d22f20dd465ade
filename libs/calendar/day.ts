import { Temporal } from 'temporal-polyfill';
import { remembered } from './remembered.ts';

/** A calendar day in Berlin: `YYYY-MM-DD`. */
export type Day = string;

/** An instant: RFC 3339, UTC, milliseconds, `Z`. One fixed width, so that text order is time order. */
export type Instant = string;

/** All days of the house are days in this zone, wherever the process runs. */
export const ZONE = 'Europe/Berlin';

/** The day as a date. Throws a RangeError unless it is written `YYYY-MM-DD` and exists. */
export const dateOf = remembered((day: Day): Temporal.PlainDate =>
  read('a day', /^\d{4}-\d{2}-\d{2}$/, day, (text) => Temporal.PlainDate.from(text)));

/** The moment of an instant, whatever its offset. Throws a RangeError unless it is written as RFC 3339 says and exists. */
export const momentOf = (instant: Instant): Temporal.Instant =>
  read('an instant', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/, instant, (text) => Temporal.Instant.from(text));

function read<T>(what: string, shape: RegExp, text: string, parse: (text: string) => T): T {
  try {
    if (shape.test(text)) return parse(text);
  } catch (refusal) {
    if (!(refusal instanceof RangeError)) throw refusal;
  }
  throw new RangeError(`not ${what}: ${text}`);
}

/** Days and instants have years of four digits, or their order as text would not be the order of time. */
function written(text: string): string {
  if (!/^\d/.test(text)) throw new RangeError(`no year of four digits: ${text}`);
  return text;
}

const instantIn = (time: Temporal.ZonedDateTime): Instant => written(time.toInstant().toString({ smallestUnit: 'millisecond' }));

/** The first instant of the day. */
export const startOfDay = remembered((day: Day): Instant => instantIn(dateOf(day).toZonedDateTime(ZONE)));

/** 24:00 of the day, which is the first instant of the next: whatever is before it was in time. */
export const endOfDay = (day: Day): Instant => startOfDay(dayAfter(day));

/**
 * A wall clock's time on the day: `HH:MM`, and if need be `:SS` and `.mmm`; never 24:00. On change days an hour that is
 * skipped means the one after, so that 02:30 is 03:30; a double one means the first, in summer time. Throws a RangeError
 * for anything but a time.
 */
export function atTime(day: Day, time: string): Instant {
  if (!/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{3})?)?$/.test(time)) throw new RangeError(`not a time of day: ${time}`);
  return onClocks(`${dateOf(day).toString()}T${time}`);
}

const onClocks = remembered((local: string): Instant => instantIn(Temporal.PlainDateTime.from(local).toZonedDateTime(ZONE)));

/** The Berlin day to which an instant belongs. Throws a RangeError for anything but an instant. */
export const dayOf = remembered((instant: Instant): Day =>
  dayIn(momentOf(instant).toZonedDateTimeISO(ZONE)));

/** The day on the calendar of a time's zone. */
export const dayIn = (time: Temporal.ZonedDateTime): Day => written(time.toPlainDate().toString());

/** Some centuries: whoever counts further has miscounted. */
const LONGEST = 100_000;

/** The number itself. Throws a RangeError unless it is whole and within the centuries that days are counted over. */
export function counted(number: number): number {
  if (!Number.isSafeInteger(number) || Math.abs(number) > LONGEST) throw new RangeError(`not a number of days or months: ${number}`);
  return number;
}

/** So many calendar days later, or earlier for a negative number. Throws a RangeError for half a day, or beyond the year 9999. */
export const addDays = (day: Day, days: number): Day => written(dateOf(day).add({ days: counted(days) }).toString());

/** The next day. */
export const dayAfter = remembered((day: Day): Day => addDays(day, 1));

/** The previous day. */
export const dayBefore = remembered((day: Day): Day => addDays(day, -1));

/** The same day so many months later, or earlier; the last day of that month where it has no such day (§ 188(3) BGB). */
export const addMonths = (day: Day, months: number): Day => written(dateOf(day).add({ months: counted(months) }).toString());

/** The first day from this one on, itself included, that is the weekday (1 = Monday … 7 = Sunday). */
export function nextWeekdayFrom(day: Day, isoWeekday: number): Day {
  if (![1, 2, 3, 4, 5, 6, 7].includes(isoWeekday)) throw new RangeError(`not a weekday: ${isoWeekday}`);
  return addDays(day, (isoWeekday - dateOf(day).dayOfWeek + 7) % 7);
}
