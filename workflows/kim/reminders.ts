import { addWorkingDays, atTime, formatDay } from '#calendar';
import type { Clock, Day, Instant, Text } from '#kernel';
import type { Cycle } from './cycle.ts';
import { span } from './spans.ts';

/** Of a plan without end so many coming reminders are known: after an outage several are due at once, and only the last goes out. */
const AHEAD = 4;

/** Superiors hear of what lies from this reminder on. */
export const ESCALATES_FROM = 3;

/** What somebody is reminded of that waits for them: by which event, and since or around which day. */
export interface Waiting {
  readonly event: string;
  readonly from: Day;
  readonly because: (step: number) => Text;
}

/** Which reminder of its plan it is, counted from one, and how many working days after the day it counts from. */
interface Step {
  readonly step: number;
  readonly nth: number;
}

/** A clock that only reminds. */
export const reminder = (name: string, event: string, at: Instant, because: Text, data: Clock['data'] = {}): Clock => ({ name, at, event, data, because, reminder: true });

/** What nobody has touched since a day. */
export const untouched = (from: Day, what: Text = { de: 'ohne Bearbeitung', en: 'untouched' }) => (step: number): Text => ({
  de: `${span(step).de} ${what.de} seit dem ${formatDay(from, 'de')}`,
  en: `${span(step).en} ${what.en} since ${formatDay(from, 'en')}`,
});

const workingDayAt = (from: Day, step: number, { reminderTime }: Cycle): Instant => atTime(step === 0 ? from : addWorkingDays(from, step), reminderTime);

/** One reminder after so many working days; none where the round has none. */
export const waited = ({ event, from, because }: Waiting, days: number | null, cycle: Cycle): readonly Clock[] =>
  (days === null ? [] : [reminder(event, event, workingDayAt(from, days, cycle), because(days), { days, since: from })]);

/**
 * Reminders that go on until somebody acts: the steps that the round names, and after the last of them one every
 * `reminderRepeatWorkingDays`, up to the next few after `at`. Those up to `beginsAt` are none of the plan. No steps, no reminders.
 */
export function goingOn({ event, from, because }: Waiting, steps: readonly number[], { cycle, at, beginsAt = '', data }: {
  readonly cycle: Cycle; readonly at: Instant; readonly beginsAt?: Instant; readonly data: (step: Step) => { readonly name: string; readonly data: Clock['data'] };
}): readonly Clock[] {
  return stepsUntil(steps, { from, cycle, at }).filter((due) => due.at > beginsAt).map(({ step, at: dueAt }, index) => {
    const { name, data: said } = data({ step, nth: index + 1 });
    return reminder(name, event, dueAt, because(step), said);
  });
}

interface Due {
  readonly step: number;
  readonly at: Instant;
}

function stepsUntil(steps: readonly number[], { from, cycle, at }: { readonly from: Day; readonly cycle: Cycle; readonly at: Instant }): readonly Due[] {
  const named = steps.toSorted((a, b) => a - b);
  const last = named.at(-1);
  if (last === undefined) return [];
  const due = (step: number): Due => ({ step, at: workingDayAt(from, step, cycle) });
  const found = named.map(due);
  // Each day is counted on from the one before it: a payment may lie for years, and this is asked at every move.
  let [step, day] = [last, addWorkingDays(from, last)];
  for (let ahead = found.filter((each) => each.at > at).length; ahead < AHEAD;) {
    step += cycle.reminderRepeatWorkingDays;
    day = addWorkingDays(day, cycle.reminderRepeatWorkingDays);
    const next: Due = { step, at: atTime(day, cycle.reminderTime) };
    if (next.at > at) ahead += 1;
    found.push(next);
  }
  return found;
}
