import type { Temporal } from 'temporal-polyfill';
import { ZONE, dayIn, momentOf } from './day.ts';
import type { Day, Instant } from './day.ts';
import { remembered } from './remembered.ts';

/** What the clocks in Berlin show at an instant: `HH:MM:SS` of a day. `twice`: they show it again, or already did, in the autumn hour. */
export interface WallClock {
  readonly day: Day;
  readonly time: string;
  readonly twice: boolean;
}

/** The wall clock at an instant; fractions of a second are cut off. Throws a RangeError for anything but an instant. */
export const wallClock = remembered((instant: Instant): WallClock => {
  const moment = momentOf(instant).toZonedDateTimeISO(ZONE);
  return { day: dayIn(moment), time: moment.toPlainTime().toString({ smallestUnit: 'second', roundingMode: 'trunc' }), twice: happensTwice(moment) };
});

/** Whether this wall clock's time belongs to two instants. */
export function happensTwice(time: Temporal.ZonedDateTime): boolean {
  const wall = time.toPlainDateTime();
  const [first, second] = (['earlier', 'later'] as const).map((disambiguation) => wall.toZonedDateTime(ZONE, { disambiguation }).offset);
  return first !== second;
}
