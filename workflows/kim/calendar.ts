import { addDays, addWorkingDays, atTime, cutOff, dayOf, endOfDay, finality, formatDay, formatInstant, nextWeekdayFrom, payDate, rollForward, startOfDay, type Derived } from '#calendar';
import type { Clock, Day, Facts, Instant, Stored, Text } from '#kernel';
import type { Application, Instalment } from './context.ts';
import { cycleOf, type Cycle } from './cycle.ts';

/** When the window opens. */
export const opensAt = ({ opensOn }: Cycle): Instant => startOfDay(opensOn);

/** When the window closes: what arrives at this instant is late. */
export const cutOffAt = ({ cutOffOn, cutOffRule }: Cycle): Derived<Instant> => cutOff(cutOffOn, cutOffRule);

const daysAfterCutOff = (cycle: Cycle, days: number): Instant => startOfDay(addDays(dayOf(cutOffAt(cycle).value), days));

/** Until when an application counts as received in time. */
export const inTimeUntil = (cycle: Cycle): Instant => daysAfterCutOff(cycle, cycle.graceDays);

/** Until when a draft can still be filed, as late; then it lapses. */
export const lateClaimsUntil = (cycle: Cycle): Instant => daysAfterCutOff(cycle, cycle.lateClaimDays);

/** The days on which the round pays. */
export const payDates = ({ payOn, payRule }: Cycle): readonly Derived<Day>[] => payOn.map((day) => payDate(day, payRule));

/** From when the notice is final; null before it is out. */
export function finalFrom({ notice }: Pick<Application, 'notice'>, { appealMonths }: Cycle): Derived<Instant> | null {
  return notice?.postedOn && notice.channel ? finality(notice.postedOn, notice.channel, appealMonths) : null;
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

type Plan<C> = { readonly [state: string]: (context: C, cycle: Cycle) => readonly Clock[] };

const clock = (name: string, at: Instant, because: Text, data: Clock['data'] = {}): Clock => ({ name, at, event: name, data, because });

function lapse(cycle: Cycle): Clock {
  const { value, because } = cutOffAt(cycle);
  const at = lateClaimsUntil(cycle);
  return clock('lapse', at, {
    de: `Antragsschluss ${formatInstant(value, 'de')} (${because.de}); verspätete Anträge noch ${cycle.lateClaimDays} Tage, bis ${formatInstant(at, 'de')}`,
    en: `cut-off ${formatInstant(value, 'en')} (${because.en}); late claims for another ${cycle.lateClaimDays} days, until ${formatInstant(at, 'en')}`,
  });
}

/** The reminders of a round's drafts. */
function reminders(cycle: Cycle): readonly Clock[] {
  const lastDay = addDays(dayOf(cutOffAt(cycle).value), -1);
  return cycle.reminderWorkingDays.map((days) => {
    const at = atTime(addWorkingDays(lastDay, -days), cycle.reminderTime);
    const because = {
      de: `${days} Arbeitstage vor dem ${formatDay(lastDay, 'de')}, dem letzten Tag der Antragsfrist`,
      en: `${days} working days before ${formatDay(lastDay, 'en')}, the last day of the window`,
    };
    return { ...clock(`draftReminder-${days}`, at, because, { step: days }), event: 'remind', reminder: true as const };
  });
}

/** The end of the window changes nothing by itself; whoever still has a draft is told how it can be filed as late. */
function cutOffPasses(cycle: Cycle): Clock {
  return { ...clock('cutOff', inTimeUntil(cycle), cutOffAt(cycle).because, { step: 0 }), event: 'remind' };
}

const plans = new WeakMap<Cycle, readonly Clock[]>();

/** The same for every draft of a round, and asked for at every move: made once. A reminder planned before a draft was opened is none. */
function drafting({ openedAt }: Application, cycle: Cycle): readonly Clock[] {
  const plan = plans.get(cycle) ?? [...reminders(cycle), cutOffPasses(cycle), lapse(cycle)];
  plans.set(cycle, plan);
  return plan.filter(({ reminder, at }) => !reminder || at > openedAt);
}

const applicationPlan: Plan<Application> = {
  'drafting.editing': drafting,
  'drafting.awaitingSignature': drafting,
  'submitted.returned': ({ completion }) =>
    (completion === null ? [] : [clock('completionPassed', endOfDay(completion.until), completion.because)]),
  'appealPeriod.running': (context, cycle) => {
    const final = finalFrom(context, cycle);
    return final === null ? [] : [clock('finality', final.value, final.because)];
  },
};

const instalmentPlan: Plan<Instalment> = {
  planned: ({ openCents, payOn, because }) => [clock(openCents > 0 ? 'fallDue' : 'skip', startOfDay(payOn), because)],
};

/** The deadlines of an application in its state. */
export const applicationClocks = ({ state, context }: Stored<Application>, { cycle }: Pick<Facts, 'cycle'>): readonly Clock[] =>
  applicationPlan[state]?.(context, cycleOf(cycle)) ?? [];

/** The deadlines of an instalment in its state. */
export const instalmentClocks = ({ state, context }: Stored<Instalment>, { cycle }: Pick<Facts, 'cycle'>): readonly Clock[] =>
  instalmentPlan[state]?.(context, cycleOf(cycle)) ?? [];
