import type { Clock, ClockFacts, Stored } from '#kernel';
import { cycleOf } from './cycle.ts';
import { stillPays } from './payee.guards.ts';
import { coolingDownUntil, type Payee } from './payee.ts';

/** The deadline of an approved payee. Where the application pays nothing any more, no version comes into force by itself. */
export function payeeClocks({ state, context }: Stored<Payee>, { cycle, parent }: Pick<ClockFacts, 'cycle' | 'parent'>): readonly Clock[] {
  const until = state === 'coolingDown' && stillPays({ parent }) ? coolingDownUntil(context, cycleOf(cycle)) : null;
  return until === null ? [] : [{ name: 'cooledDown', at: until.value, event: 'cooledDown', data: {}, because: until.because }];
}
