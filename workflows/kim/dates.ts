import { addWorkingDays, atTime, endOfDay, formatDay, startOfDay } from '#calendar';
import type { CycleDate, Instant, Json, Text } from '#kernel';
import { cutOffAt, EVERYBODY, inTimeUntil, lastDayFor, lateClaimsUntil, opensAt, payDates } from './calendar.ts';
import { budgetOpenUntil, cycleOf, reminderDays, type Cycle } from './cycle.ts';
import { DATE_NAMES } from './labels.ts';
import { span } from './spans.ts';

const date = (name: string, label: Text, at: Instant, because: Text): CycleDate => ({ name, label, at, because });
const named = (name: string, at: Instant, because: Text): CycleDate => date(name, DATE_NAMES[name] ?? { de: name, en: name }, at, because);
const ends = (ending: CycleDate): CycleDate => ({ ...ending, end: true });
const days = (count: number, de: string, en: string): Text => ({ de: `${span(count, 'days').de} nach ${de}`, en: `${span(count, 'days').en} after ${en}` });

function window(cycle: Cycle): readonly CycleDate[] {
  const { value, because } = cutOffAt(cycle);
  return [
    named('opensAt', opensAt(cycle),
      { de: `${formatDay(cycle.opensOn, 'de')}, 00:00 Uhr`, en: `${formatDay(cycle.opensOn, 'en')}, 00:00` }),
    ends(named('cutOffAt', value, because)),
    ...(cycle.graceDays === 0 ? [] : [ends(named('inTimeUntil', inTimeUntil(EVERYBODY, cycle),
      days(cycle.graceDays, 'Antragsschluss (Karenz)', 'the cut-off (grace)')))]),
    ends(named('lateClaimsUntil', lateClaimsUntil(EVERYBODY, cycle),
      days(cycle.lateClaimDays, 'Antragsschluss', 'the cut-off'))),
  ];
}

function reminders(cycle: Cycle): readonly CycleDate[] {
  const lastDay = lastDayFor(EVERYBODY, cycle);
  return reminderDays(cycle, lastDay).map(({ day, step, unit }) => {
    const { de, en } = span(step, unit);
    return { ...date(`draftReminder-${step}${unit === 'days' ? 'd' : ''}`,
      { de: `Erinnerung ${de} vorher`, en: `Reminder ${en} before` }, atTime(day, cycle.reminderTime),
      { de: `${de} vor dem ${formatDay(lastDay, 'de')}, um ${cycle.reminderTime} Uhr`, en: `${en} before ${formatDay(lastDay, 'en')}, at ${cycle.reminderTime}` }), reminder: true as const };
  });
}

function payments(cycle: Cycle): readonly CycleDate[] {
  return payDates(cycle).flatMap(({ value, because }, index) => [
    ...(cycle.dueSoonWorkingDays === null ? [] : [{ ...date(`dueSoon-${index + 1}`,
      { de: `Ankündigung der Rate ${index + 1}`, en: `Instalment ${index + 1} announced` },
      atTime(addWorkingDays(value, -cycle.dueSoonWorkingDays), cycle.reminderTime),
      { de: `${span(cycle.dueSoonWorkingDays).de} vor dem ${formatDay(value, 'de')}`, en: `${span(cycle.dueSoonWorkingDays).en} before ${formatDay(value, 'en')}` }), reminder: true as const }]),
    named(`payDate-${index + 1}`, startOfDay(value), because),
  ]);
}

/** The end of the budget year, after which nothing of the round is paid. */
function closing(cycle: Cycle): CycleDate {
  const until = budgetOpenUntil(cycle);
  return ends(named('budgetEnd', endOfDay(until), cycle.budgetOpenUntil === null
    ? { de: `Ende des Förderjahres, ${formatDay(until, 'de')}, 24:00 Uhr`, en: `end of the funding year, ${formatDay(until, 'en')}, 24:00` }
    : { de: `in der Förderrunde festgelegt: ${formatDay(until, 'de')}, 24:00 Uhr`, en: `set in the round: ${formatDay(until, 'en')}, 24:00` }));
}

/** Every date that follows from a round, in the order of time, each with its derivation. */
export function dates(stored: Json): readonly CycleDate[] {
  const cycle = cycleOf(stored);
  return [...window(cycle), ...reminders(cycle), ...payments(cycle), closing(cycle)].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
