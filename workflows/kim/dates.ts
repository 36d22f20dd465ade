import { addWorkingDays, atTime, formatDay, startOfDay } from '#calendar';
import type { CycleDate, Instant, Json, Text } from '#kernel';
import { cutOffAt, EVERYBODY, inTimeUntil, lastDayFor, lateClaimsUntil, opensAt, payDates } from './calendar.ts';
import { cycleOf, reminderDays, type Cycle } from './cycle.ts';

const date = (name: string, label: Text, at: Instant, because: Text): CycleDate => ({ name, label, at, because });
const days = (count: number, de: string, en: string): Text => ({ de: `${count} Tage nach ${de}`, en: `${count} days after ${en}` });

function window(cycle: Cycle): readonly CycleDate[] {
  const { value, because } = cutOffAt(cycle);
  return [
    date('opensAt', { de: 'Antragsfenster öffnet', en: 'Window opens' }, opensAt(cycle),
      { de: `${formatDay(cycle.opensOn, 'de')}, 00:00 Uhr`, en: `${formatDay(cycle.opensOn, 'en')}, 00:00` }),
    date('cutOffAt', { de: 'Antragsschluss', en: 'Cut-off' }, value, because),
    ...(cycle.graceDays === 0 ? [] : [date('inTimeUntil', { de: 'Als fristgerecht angenommen bis', en: 'Accepted as in time until' }, inTimeUntil(EVERYBODY, cycle),
      days(cycle.graceDays, 'Antragsschluss (Karenz)', 'the cut-off (grace)'))]),
    date('lateClaimsUntil', { de: 'Verspätete Anträge bis', en: 'Late claims until' }, lateClaimsUntil(EVERYBODY, cycle),
      days(cycle.lateClaimDays, 'Antragsschluss', 'the cut-off')),
  ];
}

function reminders(cycle: Cycle): readonly CycleDate[] {
  const lastDay = lastDayFor(EVERYBODY, cycle);
  return reminderDays(cycle, lastDay).map(({ day, step, unit }) => {
    const kind = unit === 'days' ? { de: 'Tage', en: 'days' } : { de: 'Arbeitstage', en: 'working days' };
    return { ...date(`draftReminder-${step}${unit === 'days' ? 'd' : ''}`,
      { de: `Erinnerung ${step} ${kind.de} vorher`, en: `Reminder ${step} ${kind.en} before` }, atTime(day, cycle.reminderTime),
      { de: `${step} ${kind.de} vor dem ${formatDay(lastDay, 'de')}, um ${cycle.reminderTime} Uhr`, en: `${step} ${kind.en} before ${formatDay(lastDay, 'en')}, at ${cycle.reminderTime}` }), reminder: true as const };
  });
}

function payments(cycle: Cycle): readonly CycleDate[] {
  return payDates(cycle).flatMap(({ value, because }, index) => [
    ...(cycle.dueSoonWorkingDays === null ? [] : [{ ...date(`dueSoon-${index + 1}`,
      { de: `Ankündigung der Rate ${index + 1}`, en: `Instalment ${index + 1} announced` },
      atTime(addWorkingDays(value, -cycle.dueSoonWorkingDays), cycle.reminderTime),
      { de: `${cycle.dueSoonWorkingDays} Arbeitstage vor dem ${formatDay(value, 'de')}`, en: `${cycle.dueSoonWorkingDays} working days before ${formatDay(value, 'en')}` }), reminder: true as const }]),
    date(`payDate-${index + 1}`, { de: `Zahltag der Rate ${index + 1}`, en: `Pay date of instalment ${index + 1}` }, startOfDay(value), because),
  ]);
}

/** Every date that follows from a round, in the order of time, each with its derivation. */
export function dates(stored: Json): readonly CycleDate[] {
  const cycle = cycleOf(stored);
  return [...window(cycle), ...reminders(cycle), ...payments(cycle)].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
