import { dayOf } from '#calendar';
import type { Clock, ClockFacts, Stored } from '#kernel';
import { cycleOf } from './cycle.ts';
import { stillPays } from './payee.guards.ts';
import { coolingDownUntil, UNAPPROVED, type Payee } from './payee.ts';
import { untouched, waited } from './reminders.ts';

const UNCHECKED = { de: 'ohne weitere Prüfung der Bankverbindung', en: 'without any further check of the bank data' };

/** The deadlines of a change of the payee's data: whoever has to act on it is reminded. Where the application pays nothing any more, nobody is, and no version comes into force by itself. */
export function payeeClocks({ state, context }: Stored<Payee>, { cycle: stored, parent, since }: Pick<ClockFacts, 'cycle' | 'parent' | 'since'>): readonly Clock[] {
  if (!stillPays({ parent })) return [];
  const cycle = cycleOf(stored);
  const from = dayOf(since);
  if (UNAPPROVED.includes(state)) return waited({ event: 'remindPayee', from, because: untouched(from, UNCHECKED) }, cycle.payeeUnattendedWorkingDays, cycle);
  const until = state === 'coolingDown' ? coolingDownUntil(context, cycle) : null;
  return until === null ? [] : [{ name: 'cooledDown', at: until.value, event: 'cooledDown', data: {}, because: until.because }];
}
