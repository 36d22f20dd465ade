import { dayOf } from '#calendar';
import type { Clock, ClockFacts, Day, Instant, Stored } from '#kernel';
import { cycleOf, type Cycle } from './cycle.ts';
import { stillPays } from './payee.guards.ts';
import { coolingDownUntil, UNAPPROVED, type Payee } from './payee.ts';
import { goingOn, untouched } from './reminders.ts';

const UNCHECKED = { de: 'ohne weitere Prüfung der Bankverbindung', en: 'without any further check of the bank data' };

/** A change that nobody checks any further holds up every payment, so whoever has to act is reminded again and again. */
const unchecked = (from: Day, cycle: Cycle, at: Instant): readonly Clock[] =>
  goingOn({ event: 'remindPayee', from, because: untouched(from, UNCHECKED) }, cycle.payeeUnattendedWorkingDays === null ? [] : [cycle.payeeUnattendedWorkingDays], {
    cycle, at, data: ({ step, nth }) => ({ name: `remindPayee-${step}-${from}`, data: { days: step, since: from, nth } }),
  });

/** The deadlines of a change of the payee's data: whoever has to act on it is reminded. Where the application pays nothing any more, nobody is, and no version comes into force by itself. */
export function payeeClocks({ state, context }: Stored<Payee>, { cycle: stored, parent, since, at }: Pick<ClockFacts, 'cycle' | 'parent' | 'since' | 'at'>): readonly Clock[] {
  if (!stillPays({ parent })) return [];
  const cycle = cycleOf(stored);
  if (UNAPPROVED.includes(state)) return unchecked(dayOf(since), cycle, at);
  const until = state === 'coolingDown' ? coolingDownUntil(context, cycle) : null;
  return until === null ? [] : [{ name: 'cooledDown', at: until.value, event: 'cooledDown', data: {}, because: until.because }];
}
