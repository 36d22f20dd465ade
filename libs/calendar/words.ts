import type { Temporal } from 'temporal-polyfill';
import { ZONE, dateOf, dayBefore, dayIn, momentOf } from './day.ts';
import type { Day, Instant } from './day.ts';
import { remembered } from './remembered.ts';
import { happensTwice } from './wall-clock.ts';

/** Every sentence a person may read exists twice. */
export interface Text {
  readonly de: string;
  readonly en: string;
}

/** The languages of the house. */
export type Language = keyof Text;

/** A text from what each language says. */
export const inBoth = (say: (language: Language) => string): Text => ({ de: say('de'), en: say('en') });

/** Texts one after the other, a space between them. */
export const phrase = (...texts: readonly Text[]): Text => inBoth((language) => texts.map((text) => text[language]).join(' '));

/** Texts as the steps of a derivation, a comma between them. */
export const steps = (...texts: readonly Text[]): Text => inBoth((language) => texts.map((text) => text[language]).join(', '));

/** Derivations one after the other, a semicolon between them. */
export const clauses = (...texts: readonly Text[]): Text => inBoth((language) => texts.map((text) => text[language]).join('; '));

const WEEKDAYS = {
  de: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The day's weekday, `Montag` or `Monday`. */
export const weekday = (day: Day, language: Language): string => WEEKDAYS[language][dateOf(day).dayOfWeek - 1] ?? '';

/** `01.03.2027` in German, `1 Mar 2027` in English. */
export function formatDay(day: Day, language: Language): string {
  const { year, month, day: number } = dateOf(day);
  return language === 'de' ? `${two(number)}.${two(month)}.${year}` : `${number} ${MONTHS[month - 1] ?? ''} ${year}`;
}

/** `Mo 01.03.2027` in German, `Mon 1 Mar 2027` in English. */
export const formatWeekday = (day: Day, language: Language): string =>
  `${weekday(day, language).slice(0, language === 'de' ? 2 : 3)} ${formatDay(day, language)}`;

/**
 * Berlin time: `31.10.2027 23:59:59` or `31 Oct 2027 23:59:59`, without seconds on the full minute. In the autumn hour
 * that happens twice the zone is added, `MESZ` or `MEZ`.
 */
export const formatInstant = (instant: Instant, language: Language): string => inWords[language](instant);

const inWords = { de: remembered((instant: Instant) => write(instant, 'de')), en: remembered((instant: Instant) => write(instant, 'en')) };

function write(instant: Instant, language: Language): string {
  const time = momentOf(instant).toZonedDateTimeISO(ZONE);
  return `${formatDay(dayIn(time), language)} ${clock(time)}${zoneWhereDouble(time, language)}`;
}

/** The end of a period in Berlin time. Ends are half-open: 00:00 is written as 24:00 of the day that it ends. */
export function formatEnd(instant: Instant, language: Language): string {
  const time = momentOf(instant).toZonedDateTimeISO(ZONE);
  return time.equals(time.startOfDay()) ? `${formatDay(dayBefore(dayIn(time)), language)} 24:00` : formatInstant(instant, language);
}

const clock = ({ hour, minute, second }: Temporal.ZonedDateTime): string => `${two(hour)}:${two(minute)}${second === 0 ? '' : `:${two(second)}`}`;

const zoneWhereDouble = (time: Temporal.ZonedDateTime, language: Language): string =>
  (happensTwice(time) ? ` ${ZONES[language][time.offset === '+02:00' ? 0 : 1]}` : '');

const ZONES = { de: ['MESZ', 'MEZ'], en: ['CEST', 'CET'] } as const;

const two = (number: number): string => String(number).padStart(2, '0');
