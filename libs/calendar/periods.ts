import { addDays, addMonths, dayAfter, dayBefore, endOfDay } from './day.ts';
import type { Day, Instant } from './day.ts';
import { formatDay, formatWeekday, inBoth, phrase, steps, weekday } from './words.ts';
import type { Text } from './words.ts';
import { remembered } from './remembered.ts';
import { holidayOn, rollBackward, rollForward } from './working-days.ts';

/** A date of the law with the words that derive it. */
export interface Derived<T> {
  readonly value: T;
  readonly because: Text;
}

/** How a letter goes out. */
export type Channel = 'post' | 'electronic';

/** A period of calendar days or of months. */
export type Length = { readonly days: number } | { readonly months: number };

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
 * When a letter counts as announced: on the fourth day after posting or electronic sending, on the third if it was sent
 * before 2025 (§ 41(2) VwVfG NRW). A weekend does not move this day; `finality` takes care of that dispute.
 */
export function announcement(postedOn: Day, channel: Channel): Derived<Day> {
  const [days, nth] = postedOn < '2025-01-01' ? [3, THIRD_DAY] : [4, FOURTH_DAY];
  const value = addDays(postedOn, days);
  return { value, because: steps(phrase(SENT[channel], on(postedOn)), phrase(nth, on(value))) };
}

/** The last day to sue: so many months after the announcement, moved to a working day (§ 222(2) ZPO). */
export const appealPeriodEnd = (announcedOn: Day, months = 1): Derived<Day> =>
  continued(phrase(ANNOUNCED, on(announcedOn)), lapse(announcedOn, { months }));

/**
 * From when a notice is final: 00:00 of the day after the last day to sue. Whether an announcement day on a weekend or
 * holiday moves to the next working day is disputed: both readings are computed and the later date counts.
 */
export function finality(postedOn: Day, channel: Channel = 'post', months = 1): Derived<Instant> {
  const announced = announcement(postedOn, channel);
  const moved = rollForward(announced.value);
  const asItFell = lapse(announced.value, { months });
  const asItMoved = lapse(moved, { months });
  const last = asItMoved.value > asItFell.value
    ? continued(steps(announced.because, ...obstacles(announced.value, moved), phrase(LATER_READING, onWeekday(moved))), asItMoved)
    : continued(announced.because, asItFell);
  const final = phrase(FINAL, on(dayAfter(last.value)), ZERO_HOURS);
  return { value: endOfDay(last.value), because: inBoth((language) => `${last.because[language]}; ${final[language]}`) };
}

/**
 * The last day of a period set by the authority: it begins the day after the notification and an end on a Saturday,
 * Sunday or public holiday moves to the next working day (§ 31 VwVfG NRW).
 */
export const periodEnd = (notifiedOn: Day, length: Length): Derived<Day> =>
  continued(phrase(NOTIFIED, on(notifiedOn)), lapse(notifiedOn, length));

/** The day money moves: the pay date, or the next or previous working day if it is none. */
export const payDate = (day: Day, roll: 'forward' | 'backward'): Derived<Day> =>
  rolled(day, roll === 'forward' ? rollForward(day) : rollBackward(day));

/** The end of a period that begins the day after `day`, moved to a working day. */
function lapse(day: Day, length: Length): Derived<Day> {
  const end = 'days' in length ? addDays(day, length.days) : addMonths(day, length.months);
  const { value, because } = rolled(end, rollForward(end));
  return { value, because: phrase(inWords(length), because) };
}

/** "28.02.2027, Sonntag, daher Mo 01.03.2027", or just the day if it did not move. */
const rolled = (day: Day, value: Day): Derived<Day> =>
  ({ value, because: day === value ? on(day) : steps(on(day), ...obstacles(day, value), phrase(THEREFORE, onWeekday(value))) });

/** Why the days from the first one up to the working day `to` do not count: "Sonntag", "dann Allerheiligen". */
function obstacles(from: Day, to: Day): Text[] {
  const reasons: Text[] = [];
  const onward = from < to ? dayAfter : dayBefore;
  for (let day = from; day !== to; day = onward(day)) {
    const reason = holidayOn(day) ?? inBoth((language) => weekday(day, language));
    reasons.push(reasons.length === 0 ? reason : phrase(THEN, reason));
  }
  return reasons;
}

const continued = (before: Text, { value, because }: Derived<Day>): Derived<Day> => ({ value, because: steps(before, because) });

const on = (day: Day): Text => inBoth((language) => formatDay(day, language));
const onWeekday = (day: Day): Text => inBoth((language) => formatWeekday(day, language));

function inWords(length: Length): Text {
  const [n, de, en] = 'days' in length ? [length.days, 'Tag', 'day'] : [length.months, 'Monat', 'month'];
  return n === 1 ? { de: `ein ${de}`, en: `one ${en}` } : { de: `${n} ${de}e`, en: `${n} ${en}s` };
}

const SENT: { readonly [channel in Channel]: Text } = {
  post: { de: 'zur Post', en: 'posted' },
  electronic: { de: 'elektronisch versandt', en: 'sent electronically' },
};
const NOTIFIED: Text = { de: 'zugegangen', en: 'notified' };
const ANNOUNCED: Text = { de: 'bekannt gegeben', en: 'announced' };
const THIRD_DAY: Text = { de: 'dritter Tag', en: 'third day' };
const FOURTH_DAY: Text = { de: 'vierter Tag', en: 'fourth day' };
const THEN: Text = { de: 'dann', en: 'then' };
const THEREFORE: Text = { de: 'daher', en: 'therefore' };
const LATER_READING: Text = { de: 'nach der späteren Lesart daher', en: 'in the later reading therefore' };
const FIXED: Text = { de: 'fester Tag', en: 'fixed day' };
const MIDNIGHT: Text = { de: '24:00 Uhr', en: '24:00' };
const FINAL: Text = { de: 'bestandskräftig ab', en: 'final from' };
const ZERO_HOURS: Text = { de: '00:00', en: '00:00' };
