import { addDays, cutOff, dayOf, endOfDay, finality, formatDay, nextWeekdayFrom, payDate, rollForward, startOfDay, type Delivery, type Derived } from '#calendar';
import type { Day, Instant } from '#kernel';
import type { Application, Notice } from './context.ts';
import type { Cycle } from './cycle.ts';

/** When the window opens. */
export const opensAt = ({ opensOn }: Cycle): Instant => startOfDay(opensOn);

/** When the window of a round closes: what arrives at this instant is late. */
export const cutOffAt = ({ cutOffOn, cutOffRule }: Cycle): Derived<Instant> => cutOff(cutOffOn, cutOffRule);

/** When the window closes for one application: for everybody, or later where the agency gave this applicant more time. */
export function cutOffFor({ extension }: Pick<Application, 'extension'>, cycle: Cycle): Derived<Instant> {
  const forAll = cutOffAt(cycle);
  const given = extension ?? null;
  if (given === null || endOfDay(given.until) <= forAll.value) return forAll;
  return {
    value: endOfDay(given.until),
    because: {
      de: `für alle ${forAll.because.de}; für diesen Antrag verlängert bis ${formatDay(given.until, 'de')}, 24:00 Uhr (${given.reason})`,
      en: `for all ${forAll.because.en}; extended for this application until ${formatDay(given.until, 'en')}, 24:00 (${given.reason})`,
    },
  };
}

/** The last day of the window of one application. */
export const lastDayFor = (application: Pick<Application, 'extension'>, cycle: Cycle): Day => addDays(dayOf(cutOffFor(application, cycle).value), -1);

const daysAfter = (instant: Instant, days: number): Instant => startOfDay(addDays(dayOf(instant), days));

/** Until when an application counts as received in time. */
export const inTimeUntil = (application: Pick<Application, 'extension'>, cycle: Cycle): Instant => daysAfter(cutOffFor(application, cycle).value, cycle.graceDays);

/** Until when a draft can still be filed, as late; then it lapses. */
export const lateClaimsUntil = (application: Pick<Application, 'extension'>, cycle: Cycle): Instant =>
  daysAfter(cutOffFor(application, cycle).value, cycle.lateClaimDays);

/** What holds for everybody: no extension. */
export const EVERYBODY: Pick<Application, 'extension'> = { extension: null };

/** The days on which the round pays. */
export const payDates = ({ payOn, payRule }: Cycle): readonly Derived<Day>[] => payOn.map((day) => payDate(day, payRule));

/** From when the notice is final; null before it is out, and while it counts as announced by nothing: nobody has retrieved it in time. */
export function finalFrom({ notice }: Pick<Application, 'notice'>, { appealMonths: months }: Cycle): Derived<Instant> | null {
  if (notice === null || notice.postedOn === null || notice.channel === null) return null;
  const { value, because } = finality(deliveryOf({ ...notice, postedOn: notice.postedOn, channel: notice.channel }), { months });
  return value === null ? null : { value, because };
}

/** The arrival that the agency records is the retrieval where the notice lies in the portal. */
function deliveryOf({ channel, postedOn, arrivedOn }: Pick<Notice, 'arrivedOn'> & { readonly channel: 'post' | 'electronic' | 'portal'; readonly postedOn: Day }): Delivery {
  if (channel === 'portal') return { channel, notifiedOn: postedOn, ...(arrivedOn !== undefined && { retrievedOn: arrivedOn }) };
  return { channel, postedOn, ...(arrivedOn !== undefined && { arrivedOn }) };
}

/** When an instalment is paid: on its pay date, or with the next weekly run where the notice became final only after it. */
export function payDay(due: Derived<Day>, finalAt: Instant, { runWeekday }: Cycle): Derived<Day> {
  const finalOn = dayOf(finalAt);
  if (finalOn <= due.value) return due;
  const value = rollForward(nextWeekdayFrom(addDays(finalOn, 1), runWeekday));
  return {
    value,
    because: {
      de: `Zahltag war der ${formatDay(due.value, 'de')}; bestandskräftig am ${formatDay(finalOn, 'de')}, daher nächster Zahllauf am ${formatDay(value, 'de')}`,
      en: `the pay date was ${formatDay(due.value, 'en')}; final on ${formatDay(finalOn, 'en')}, therefore the next payment run on ${formatDay(value, 'en')}`,
    },
  };
}
