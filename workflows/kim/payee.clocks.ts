import { addWorkingDays, atTime, dayOf, formatDay } from '#calendar';
import type { Clock, ClockFacts, Instant, Stored } from '#kernel';
import { cycleOf, type Cycle } from './cycle.ts';
import { stillPays } from './payee.guards.ts';
import { coolingDownUntil, UNAPPROVED, type Payee } from './payee.ts';
import { span } from './spans.ts';

/** Whoever has to act on new bank data is reminded: until then nothing is paid. */
function reminders(since: Instant, { payeeUnattendedWorkingDays: days, reminderTime }: Cycle): readonly Clock[] {
  if (days === null) return [];
  const from = dayOf(since);
  return [{
    name: 'remindPayee', at: atTime(addWorkingDays(from, days), reminderTime), event: 'remindPayee', data: { days, since: from }, reminder: true,
    because: {
      de: `${span(days).de} ohne weitere Prüfung der Bankverbindung seit dem ${formatDay(from, 'de')}`,
      en: `${span(days).en} without any further check of the bank data since ${formatDay(from, 'en')}`,
    },
  }];
}

/** The deadlines of a change of the payee's data. Where the application pays nothing any more, nobody is reminded, and no version comes into force by itself. */
export function payeeClocks({ state, context }: Stored<Payee>, { cycle: stored, parent, since }: Pick<ClockFacts, 'cycle' | 'parent' | 'since'>): readonly Clock[] {
  if (!stillPays({ parent })) return [];
  const cycle = cycleOf(stored);
  if (UNAPPROVED.includes(state)) return reminders(since, cycle);
  const until = state === 'coolingDown' ? coolingDownUntil(context, cycle) : null;
  return until === null ? [] : [{ name: 'cooledDown', at: until.value, event: 'cooledDown', data: {}, because: until.because }];
}
