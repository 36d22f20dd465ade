import type { ICalLuxonDateTimeStub, ICalTimezone } from 'ical-generator';
import { wallClock } from '#calendar';
import type { Instant } from '#kernel';

/** The zone of all deadlines. */
export const BERLIN = 'Europe/Berlin';

/** Summer time since 1996: from the last Sunday in March, 01:00 UTC, to the last in October, 01:00 UTC (directive 2000/84/EC). */
const VTIMEZONE = `
BEGIN:VTIMEZONE
TZID:${BERLIN}
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE`;

/** Brings the zone's rule into a calendar. It has no name there: with one the writer would put stamps into local time. */
export const berlinZone: ICalTimezone = { name: null, generator: () => VTIMEZONE };

/** The years in which all readers know Berlin's time: the rule above begins in 1996, zone tables of readers in use end with 2035. */
const KNOWN_FROM = '1997-01-01';
const UNKNOWN_FROM = '2036-01-01';

/** Whether a wall clock's time tells every reader which instants are meant. In the autumn hour that happens twice it does not. */
export const isTold = (...instants: readonly Instant[]): boolean => instants.every((instant) => {
  const { day, twice } = wallClock(instant);
  return !twice && day >= KNOWN_FROM && day < UNKNOWN_FROM;
});

/** An instant as the wall clock in Berlin shows it, in the one form in which the writer asks for that: Luxon's. */
export function berlinTime(instant: Instant): ICalLuxonDateTimeStub {
  const { day, time } = wallClock(instant);
  const asked: { readonly [format: string]: string } = { yyyyLLdd: day.replaceAll('-', ''), HHmmss: time.replaceAll(':', '') };
  const berlin: ICalLuxonDateTimeStub = {
    isValid: true,
    zone: { type: 'iana' },
    setZone: () => berlin,
    toFormat: (format) => asked[format] ?? instant,
    toJSDate: () => new Date(instant),
    toJSON: () => instant,
  };
  return berlin;
}
