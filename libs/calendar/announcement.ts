import { addDays, dayAfter, endOfDay } from './day.ts';
import type { Day, Instant } from './day.ts';
import { continued, obstacles, on, onWeekday } from './derived.ts';
import type { Derived } from './derived.ts';
import { inWords, lapse } from './periods.ts';
import { clauses, phrase, steps } from './words.ts';
import type { Text } from './words.ts';
import { rollForward } from './working-days.ts';

/** How a letter goes out. */
export type Channel = 'post' | 'electronic';

/** A letter that went out, and when it really arrived, where that is known. */
export interface Sending {
  readonly channel: Channel;
  readonly postedOn: Day;
  readonly arrivedOn?: Day;
}

/** A notice that lies in the portal: when the notification of it went out, and when it was retrieved, if it was. */
export interface Provision {
  readonly channel: 'portal';
  readonly notifiedOn: Day;
  readonly retrievedOn?: Day;
}

/** How an administrative act reaches whom it concerns. */
export type Delivery = Sending | Provision;

/** An act that nobody has retrieved in time: it has no effect, and may be provided anew or sent in another way. */
export interface NotAnnounced extends Derived<null> {
  /** The last day on which retrieving it announces it. */
  readonly retrievableUntil: Day;
}

/** How long one may sue: `months`, one if not said; a year where no remedy instruction, or a wrong one, came with the act. */
export interface Appeal {
  readonly months?: number;
  readonly instructed?: boolean;
}

/** From when a notice is final in one reading of the law. */
export interface Reading extends Derived<Instant> {
  readonly announcedOn: Day;
  /** The last day to sue. */
  readonly lastDay: Day;
}

/** From when a notice is final: the last of its readings, of which there are two only where they end differently. */
export interface Finality extends Derived<Instant> {
  readonly readings: readonly Reading[];
}

/**
 * When an administrative act counts as announced (§ 41(2), (2a) VwVfG NRW). A letter: on the fourth day after posting or
 * electronic sending, on the third if it was sent before 2025; later if it arrived later, never earlier. In the portal:
 * on the day after its retrieval, if that came within ten days of the notification. A weekend does not move this day;
 * `finality` takes care of that dispute. Throws a RangeError where it arrived before it went out.
 */
export function announcement(postedOn: Day, channel: Channel): Derived<Day>;
export function announcement(sending: Sending): Derived<Day>;
export function announcement(delivery: Delivery): Derived<Day> | NotAnnounced;
export function announcement(what: Day | Delivery, channel: Channel = 'post'): Derived<Day> | NotAnnounced {
  const announced = announcements(typeof what === 'string' ? { channel, postedOn: what } : what);
  return 'value' in announced ? announced : announced.asItFalls;
}

/** The last day to sue: so many months after the announcement, moved to a working day (§ 222(2) ZPO). */
export const appealPeriodEnd = (announcedOn: Day, months = 1): Derived<Day> =>
  continued(phrase(ANNOUNCED, on(announcedOn)), lapse(announcedOn, { months }));

/**
 * From when a notice is final: 00:00 of the day after the last day to sue, a month after its announcement, a year
 * without a correct remedy instruction (§ 58(2) VwGO). Whether an announcement day on a weekend or holiday moves to
 * the next working day is disputed: both readings are computed and shown where they differ, and the later date counts.
 */
export function finality(postedOn: Day, channel?: Channel, months?: number): Finality;
export function finality(sending: Sending, appeal?: Appeal): Finality;
export function finality(delivery: Delivery, appeal?: Appeal): Finality | NotAnnounced;
export function finality(what: Day | Delivery, how: Channel | Appeal = {}, months = 1): Finality | NotAnnounced {
  const [channel, appeal] = typeof how === 'string' ? [how, {}] : ['post' as const, how];
  const announced = announcements(typeof what === 'string' ? { channel, postedOn: what } : what);
  if ('value' in announced) return announced;

  const { asItFalls, asItMoves } = announced;
  const [earlier, later] = [finalIn(asItFalls, { months, ...appeal }), finalIn(asItMoves, { months, ...appeal })];
  if (earlier.value === later.value) return { value: earlier.value, because: earlier.because, readings: [earlier] };
  const because = clauses(later.because, phrase(EARLIER_READING, on(dayAfter(earlier.lastDay)), ZERO_HOURS));
  return { value: later.value, because, readings: [earlier, later] };
}

function finalIn({ value: announcedOn, because: announced }: Derived<Day>, { months = 1, instructed = true }: Appeal): Reading {
  const { value: lastDay, because } = lapse(announcedOn, { months: instructed ? months : A_YEAR });
  const derived = steps(announced, instructed ? because : phrase(NOT_INSTRUCTED, because));
  return { announcedOn, lastDay, value: endOfDay(lastDay), because: clauses(derived, phrase(FINAL, on(dayAfter(lastDay)), ZERO_HOURS)) };
}

/** The announcement in both readings of a day that the law assumes: it stands where it falls, or moves to a working day. */
interface Announced {
  readonly asItFalls: Derived<Day>;
  readonly asItMoves: Derived<Day>;
}

const announcements = (delivery: Delivery): Announced | NotAnnounced => (delivery.channel === 'portal' ? provided(delivery) : sent(delivery));

/** An arrival after the assumed day is a fact, so no reading moves it; each reading has its own assumed day to compare it with. */
function sent({ channel, postedOn, arrivedOn }: Sending): Announced {
  const posted = phrase(SENT[channel], on(postedOn));
  const [days, nth] = postedOn < '2025-01-01' ? [3, THIRD_DAY] : [4, FOURTH_DAY];
  const day = addDays(postedOn, days);
  if (arrivedOn === undefined) return assumed(posted, nth, day);

  const arrived = { value: arrivedOn, because: steps(posted, phrase(nth, on(day)), phrase(ARRIVED_ONLY, on(arrivedOn))) };
  if (arrivedOn < postedOn) throw new RangeError(`sent on ${postedOn}, it cannot have arrived on ${arrivedOn}`);
  const { asItFalls, asItMoves } = assumed(steps(posted, phrase(ARRIVED, on(arrivedOn))), nth, day);
  return { asItFalls: arrivedOn > asItFalls.value ? arrived : asItFalls, asItMoves: arrivedOn > asItMoves.value ? arrived : asItMoves };
}

/**
 * The last day on which retrieving an act from the portal announces it, ten days after the notification (§ 41(2a) VwVfG
 * NRW). It never moves to a working day: whoever retrieves later is served anew, so that no period runs too early.
 */
export function retrievalEnd(notifiedOn: Day): Derived<Day> {
  const value = addDays(notifiedOn, RETRIEVAL.days);
  return { value, because: steps(phrase(NOTIFICATION, on(notifiedOn)), phrase(inWords(RETRIEVAL), on(value))) };
}

function provided({ notifiedOn, retrievedOn }: Provision): Announced | NotAnnounced {
  const { value: retrievableUntil, because: tenDays } = retrievalEnd(notifiedOn);
  if (retrievedOn === undefined) return { value: null, retrievableUntil, because: clauses(tenDays, UNLESS_RETRIEVED) };

  const announcedOn = dayAfter(retrievedOn);
  if (retrievedOn < notifiedOn) throw new RangeError(`notified on ${notifiedOn}, it cannot have been retrieved on ${retrievedOn}`);
  if (retrievedOn <= retrievableUntil) return assumed(steps(phrase(NOTIFICATION, on(notifiedOn)), phrase(RETRIEVED, on(retrievedOn))), DAY_AFTER, announcedOn);
  return { value: null, retrievableUntil, because: clauses(tenDays, steps(phrase(RETRIEVED_ONLY, on(retrievedOn)), NOT_ANNOUNCED)) };
}

function assumed(before: Text, nth: Text, day: Day): Announced {
  const asItFalls = { value: day, because: steps(before, phrase(nth, on(day))) };
  const value = rollForward(day);
  if (value === day) return { asItFalls, asItMoves: asItFalls };
  return { asItFalls, asItMoves: { value, because: steps(asItFalls.because, ...obstacles(day, value), phrase(LATER_READING, onWeekday(value))) } };
}

const A_YEAR = 12;
const RETRIEVAL = { days: 10 };

const SENT: { readonly [channel in Channel]: Text } = {
  post: { de: 'zur Post', en: 'posted' },
  electronic: { de: 'elektronisch versandt', en: 'sent electronically' },
};
const ANNOUNCED: Text = { de: 'bekannt gegeben', en: 'announced' };
const THIRD_DAY: Text = { de: 'dritter Tag', en: 'third day' };
const FOURTH_DAY: Text = { de: 'vierter Tag', en: 'fourth day' };
const ARRIVED: Text = { de: 'zugegangen', en: 'arrived' };
const ARRIVED_ONLY: Text = { de: 'zugegangen erst', en: 'arrived only' };
const NOTIFICATION: Text = { de: 'Benachrichtigung', en: 'notification' };
const RETRIEVED: Text = { de: 'abgerufen', en: 'retrieved' };
const RETRIEVED_ONLY: Text = { de: 'abgerufen erst', en: 'retrieved only' };
const DAY_AFTER: Text = { de: 'Tag danach', en: 'day after' };
const UNLESS_RETRIEVED: Text = { de: 'ohne Abruf bis dahin nicht bekannt gegeben', en: 'without retrieval by then not announced' };
const NOT_ANNOUNCED: Text = { de: 'daher nicht bekannt gegeben', en: 'therefore not announced' };
const LATER_READING: Text = { de: 'nach der späteren Lesart daher', en: 'in the later reading therefore' };
const EARLIER_READING: Text = { de: 'nach der früheren Lesart ab', en: 'in the earlier reading from' };
const NOT_INSTRUCTED: Text = { de: 'ohne richtige Rechtsbehelfsbelehrung', en: 'without a correct remedy instruction' };
const FINAL: Text = { de: 'bestandskräftig ab', en: 'final from' };
const ZERO_HOURS: Text = { de: '00:00', en: '00:00' };
