import { addDays, addMonths, counted, endOfDay } from './day.ts';
import type { Day, Instant } from './day.ts';
import { continued, on, rolled } from './derived.ts';
import type { Derived } from './derived.ts';
import { inBoth, phrase, steps } from './words.ts';
import type { Text } from './words.ts';
import { remembered } from './remembered.ts';
import { rollBackward, rollForward } from './working-days.ts';

/** A period of calendar days, of weeks or of months: a whole number of them, at least one. */
export type Length = { readonly days: number } | { readonly weeks: number } | { readonly months: number };

/**
 * A last day that the authority names. Like any other end it moves to a working day, unless it was communicated with
 * reference to § 31(3) sentence 2 VwVfG NRW: then it is `fixed`.
 */
export interface LastDay {
  readonly until: Day;
  readonly fixed?: boolean;
}

/**
 * When a round closes: 24:00 of its last day, half-open, so that the instant itself is late. `nextWorkingDay` moves a
 * last day on a Saturday, Sunday or public holiday to the next working day (§ 31(3) VwVfG NRW); `fixed` never moves it.
 */
export const cutOff = (day: Day, policy: 'nextWorkingDay' | 'fixed'): Derived<Instant> => closing[policy](day);

const closing = {
  nextWorkingDay: remembered((day: Day) => atMidnight(rolled(day, rollForward(day)))),
  fixed: remembered((day: Day) => atMidnight({ value: day, because: phrase(FIXED, on(day)) })),
};

const atMidnight = ({ value, because }: Derived<Day>): Derived<Instant> => ({ value: endOfDay(value), because: steps(because, MIDNIGHT) });

/**
 * The last day of a period set by the authority: it begins the day after the notification and an end on a Saturday,
 * Sunday or public holiday moves to the next working day (§ 31 VwVfG NRW). Throws a RangeError for a last day that does
 * not come after the notification.
 */
export function periodEnd(notifiedOn: Day, period: Length | LastDay): Derived<Day> {
  const end = 'until' in period ? named(period) : lapse(notifiedOn, period);
  const derived = continued(phrase(NOTIFIED, on(notifiedOn)), end);
  if ('until' in period && period.until <= notifiedOn) throw new RangeError(`a period notified on ${notifiedOn} cannot end on ${period.until}`);
  return derived;
}

/** The day money moves: the pay date, or the next or previous working day if it is none. */
export const payDate = (day: Day, roll: 'forward' | 'backward'): Derived<Day> =>
  rolled(day, roll === 'forward' ? rollForward(day) : rollBackward(day));

/** The end of a period that begins the day after `day`, moved to a working day. Throws a RangeError for a length below one. */
export function lapse(day: Day, length: Length): Derived<Day> {
  const [unit, number] = measured(length);
  if (counted(number) < 1) throw new RangeError(`not the length of a period: ${number} ${unit}`);
  const end = UNITS[unit].later(day, number);
  return phrased(inWords(length), rolled(end, rollForward(end)));
}

/** "ein Monat", "14 Tage". */
export function inWords(length: Length): Text {
  const [unit, number] = measured(length);
  const { one, many } = UNITS[unit];
  return number === 1 ? one : inBoth((language) => `${number} ${many[language]}`);
}

const measured = (length: Length): [unit: keyof typeof UNITS, number: number] =>
  ('days' in length ? ['days', length.days] : 'weeks' in length ? ['weeks', length.weeks] : ['months', length.months]);

const named = ({ until, fixed = false }: LastDay): Derived<Day> =>
  phrased(UNTIL, fixed ? { value: until, because: steps(on(until), FIXED_BY_LAW) } : rolled(until, rollForward(until)));
const phrased = (before: Text, { value, because }: Derived<Day>): Derived<Day> => ({ value, because: phrase(before, because) });

const UNITS = {
  days: { later: addDays, one: { de: 'ein Tag', en: 'one day' }, many: { de: 'Tage', en: 'days' } },
  weeks: { later: (day: Day, weeks: number) => addDays(day, 7 * weeks), one: { de: 'eine Woche', en: 'one week' }, many: { de: 'Wochen', en: 'weeks' } },
  months: { later: addMonths, one: { de: 'ein Monat', en: 'one month' }, many: { de: 'Monate', en: 'months' } },
};
const NOTIFIED: Text = { de: 'zugegangen', en: 'notified' };
const UNTIL: Text = { de: 'bis', en: 'until' };
const FIXED: Text = { de: 'fester Tag', en: 'fixed day' };
const FIXED_BY_LAW: Text = { de: 'fester Tag nach § 31 Abs. 3 Satz 2 VwVfG NRW', en: 'fixed day by § 31(3) sentence 2 VwVfG NRW' };
const MIDNIGHT: Text = { de: '24:00 Uhr', en: '24:00' };
