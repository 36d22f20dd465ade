import { formatDay } from '#calendar';
import type { Clock, ClockFacts, Stored, Text } from '#kernel';
import { cycleOf } from './cycle.ts';
import { goingOn } from './reminders.ts';
import type { PaymentRun } from './run.context.ts';

/** What a run is reminded of in each state that is not its end: it pays nobody before. */
const REMINDED: { readonly [state: string]: { readonly event: string; readonly what: Text } } = {
  prepared: { event: 'remindRelease', what: { de: 'nicht freigegebener Lauf', en: 'unreleased run' } },
  releasing: { event: 'remindFile', what: { de: 'freigegebener Lauf ohne Zahlungsdatei', en: 'released run without a payment file' } },
};

/** A run that nobody releases, or whose rows wait, pays nobody: finance is reminded around its execution day, and again and again until there is a file or it is recalled. */
export function runClocks({ state, context: { executionOn, preparedAt, releasedAt } }: Stored<PaymentRun>, { cycle: stored, at }: Pick<ClockFacts, 'cycle' | 'at'>): readonly Clock[] {
  const reminded = REMINDED[state];
  if (reminded === undefined) return [];
  const [{ event, what }, cycle] = [reminded, cycleOf(stored)];
  const because = (): Text => ({ de: `${what.de} mit Ausführungstag ${formatDay(executionOn, 'de')}`, en: `${what.en} with execution day ${formatDay(executionOn, 'en')}` });
  return goingOn({ event, from: executionOn, because }, cycle.runReminderWorkingDays, {
    cycle, at, beginsAt: releasedAt ?? preparedAt, data: ({ step, nth }) => ({ name: `${event}${step}`, data: { step, nth } }),
  });
}
