import { addWorkingDays, atTime, dayOf, endOfDay, formatDay, formatEnd, retrievalEnd, startOfDay } from '#calendar';
import type { Clock, ClockFacts, Day, Instant, Stored, Text } from '#kernel';
import { cutOffFor, finalFrom, inTimeUntil, lastDayFor, lateClaimsUntil } from './calendar.ts';
import type { Application, Instalment } from './context.ts';
import { budgetOpenUntil, cycleOf, reminderDays, type Cycle } from './cycle.ts';
import { goingOn, reminder, untouched, waited } from './reminders.ts';
import { span } from './spans.ts';

/** What a plan is computed from: the round, since when the case waits, and when it is asked for. */
interface Frame {
  readonly cycle: Cycle;
  readonly since: Instant;
  readonly at: Instant;
}

type Plan<C> = { readonly [state: string]: (context: C, frame: Frame) => readonly Clock[] };

const clock = (name: string, at: Instant, because: Text, data: Clock['data'] = {}): Clock => ({ name, at, event: name, data, because });

function lapse(context: Application, cycle: Cycle): Clock {
  const { value, because } = cutOffFor(context, cycle);
  const at = lateClaimsUntil(context, cycle);
  return clock('lapse', at, {
    de: `Antragsschluss ${formatEnd(value, 'de')} (${because.de}); verspätete Anträge noch ${span(cycle.lateClaimDays, 'days').de}, bis ${formatEnd(at, 'de')}`,
    en: `cut-off ${formatEnd(value, 'en')} (${because.en}); late claims for another ${span(cycle.lateClaimDays, 'days').en}, until ${formatEnd(at, 'en')}`,
  });
}

/** Draft reminders, named by the last day of the window: each goes out once for it, even when the plan's hour is changed. */
function draftReminders(lastDay: Day, cycle: Cycle): readonly Clock[] {
  return reminderDays(cycle, lastDay).map(({ day, step, unit }) => ({
    ...reminder(`draftReminder-${step}${unit === 'days' ? 'd' : ''}-${lastDay}`, 'remind', atTime(day, cycle.reminderTime), {
      de: `${span(step, unit).de} vor dem ${formatDay(lastDay, 'de')}, dem letzten Tag der Antragsfrist`,
      en: `${span(step, unit).en} before ${formatDay(lastDay, 'en')}, the last day of the window`,
    }, unit === 'days' ? { step, unit } : { step }),
    once: true,
  }));
}

/** The end of the window changes nothing by itself; whoever still has a draft is told how it can be filed as late. */
const cutOffPasses = (context: Application, cycle: Cycle): Clock =>
  ({ ...clock('cutOff', inTimeUntil(context, cycle), cutOffFor(context, cycle).because, { step: 0 }), event: 'remind' });

const plans = new WeakMap<Cycle, Map<Day, readonly Clock[]>>();

/** The plan is the same for every draft with the same last day, and asked for at every move: made once. What lies before the draft is none of it. */
function drafting(context: Application, { cycle }: Frame): readonly Clock[] {
  const lastDay = lastDayFor(context, cycle);
  const known = plans.get(cycle) ?? new Map<Day, readonly Clock[]>();
  const plan = known.get(lastDay) ?? draftReminders(lastDay, cycle);
  plans.set(cycle, known.set(lastDay, plan));
  return [...plan.filter(({ at }) => at > context.openedAt), cutOffPasses(context, cycle), lapse(context, cycle)];
}

/** Reminders of a period that the applicant has: so many working days before its last day. */
const periodReminders = (event: string, until: Day, { periodReminderWorkingDays, reminderTime }: Cycle): readonly Clock[] =>
  periodReminderWorkingDays.map((days) => reminder(`${event}-${days}-${until}`, event, atTime(addWorkingDays(until, -days), reminderTime), {
    de: `${span(days).de} vor dem ${formatDay(until, 'de')}, dem letzten Tag der Frist`,
    en: `${span(days).en} before ${formatDay(until, 'en')}, the last day of the period`,
  }, { step: days }));

/** Nobody in the office has to move before the round has closed. */
const waitsFrom = (context: Application, { cycle, since }: Frame): Day => {
  const closed = cutOffFor(context, cycle).value;
  return dayOf(since > closed ? since : closed);
};

/** Whoever has the case is reminded when it lies, and later their superiors are. */
const inTheOffice = (days: 'unattendedWorkingDays' | 'noticeUnsentWorkingDays') => (context: Application, frame: Frame): readonly Clock[] => {
  const { cycle } = frame;
  const from = waitsFrom(context, frame);
  const because = untouched(from);
  return [...waited({ event: 'remindOffice', from, because }, cycle[days], cycle), ...waited({ event: 'escalate', from, because }, cycle.escalationWorkingDays, cycle)];
};
const atTheOffice = inTheOffice('unattendedWorkingDays');
const noticeToSend = inTheOffice('noticeUnsentWorkingDays');

/** What waits in the portal waits ten days. */
function retrieval({ notice }: Application): readonly Clock[] {
  if (notice?.channel !== 'portal' || notice.postedOn === null) return [];
  const { value, because } = retrievalEnd(notice.postedOn);
  return [clock('retrievalPassed', endOfDay(value), because)];
}

const applicationPlan: Plan<Application> = {
  'drafting.editing': drafting,
  'drafting.awaitingSignature': drafting,
  'submitted.lateClaim': atTheOffice,
  'submitted.lateProposed': atTheOffice,
  'submitted.receiptCheck': atTheOffice,
  'submitted.returned': ({ completion }, { cycle }) => (completion === null ? [] : [
    ...periodReminders('remindCompletion', completion.until, cycle),
    clock('completionPassed', endOfDay(completion.until), completion.because),
  ]),
  'submitted.inReview': atTheOffice,
  'submitted.hearing': ({ hearing }, { cycle }) => (hearing == null ? [] : [
    ...periodReminders('remindHearing', hearing.until, cycle),
    clock('hearingPassed', endOfDay(hearing.until), hearing.because),
  ]),
  'submitted.reviewed': atTheOffice,
  'decided.awaitingNotice': noticeToSend,
  'decided.noticeDrafted': noticeToSend,
  'appealPeriod.running': (context, { cycle }) => {
    const final = finalFrom(context, cycle);
    return final === null ? retrieval(context) : [clock('finality', final.value, final.because)];
  },
};

/** Finance hears some days before what will fall due. */
const dueSoon = ({ payOn, number }: Instalment, { dueSoonWorkingDays: days, reminderTime }: Cycle): readonly Clock[] => (days === null ? []
  : [reminder('remindFinance', 'remindFinance', atTime(addWorkingDays(payOn, -days), reminderTime), {
    de: `${span(days).de} vor dem Zahltag der Rate ${number}, dem ${formatDay(payOn, 'de')}`,
    en: `${span(days).en} before the pay date of instalment ${number}, ${formatDay(payOn, 'en')}`,
  })]);

/** What would stop a payment is said early, in steps: the later ones only to whom it still concerns. */
const warnings = ({ payOn, number }: Instalment, { paymentWarningWorkingDays, reminderTime }: Cycle): readonly Clock[] => paymentWarningWorkingDays.map((days) =>
  reminder(`warnPayment-${days}-${payOn}`, 'warnPayment', atTime(addWorkingDays(payOn, -days), reminderTime), {
    de: `${span(days).de} vor dem Zahltag der Rate ${number}, dem ${formatDay(payOn, 'de')}`,
    en: `${span(days).en} before the pay date of instalment ${number}, ${formatDay(payOn, 'en')}`,
  }, { step: days }));

/** A payment that nobody moves, counted anew from every move: a later day is another reminder, and never before its pay date. */
function unmoved({ openCents, payOn }: Instalment, { cycle, since, at }: Frame): readonly Clock[] {
  if (openCents === 0) return [];
  const from = dayOf(since) > payOn ? dayOf(since) : payOn;
  return goingOn({ event: 'remindPayment', from, because: untouched(from) }, cycle.paymentUnattendedWorkingDays, {
    cycle, at, data: ({ step, nth }) => ({ name: `remindPayment-${step}-${from}`, data: { days: step, since: from, nth } }),
  });
}

/** What is not paid when the budget year closes waits for another end of it: said while something can be done. */
function beforeTheYearEnds({ openCents }: Instalment, { cycle }: Frame): readonly Clock[] {
  if (openCents === 0) return [];
  const until = budgetOpenUntil(cycle);
  return cycle.budgetEndWorkingDays.map((step) => reminder(`remindBudgetEnd-${step}-${until}`, 'remindBudgetEnd', atTime(addWorkingDays(until, -step), cycle.reminderTime), {
    de: `${span(step).de} vor dem ${formatDay(until, 'de')}, dem letzten Tag des Haushaltsjahres`,
    en: `${span(step).en} before ${formatDay(until, 'en')}, the last day of the budget year`,
  }, { step }));
}

/**
 * On the working day after the pay date the municipality hears of what is open then: not of an order that is with the bank, nor
 * of what comes to be open later, which has a letter of its own.
 */
function notPaidInTime({ openCents, paidCents, payOn, number }: Instalment, { cycle, since }: Frame): readonly Clock[] {
  const at = atTime(addWorkingDays(payOn, 1), cycle.reminderTime);
  if (openCents === 0 || paidCents > 0 || at <= since) return [];
  return [{
    ...reminder(`tellUnpaid-${payOn}`, 'tellUnpaid', at, {
      de: `${span(1).de} nach dem Zahltag der Rate ${number}, dem ${formatDay(payOn, 'de')}`, en: `${span(1).en} after the pay date of instalment ${number}, ${formatDay(payOn, 'en')}`,
    }), once: true,
  }];
}

/** What is ordered waits for the bank; in every other state the agency has still something to do. */
const ordered = (context: Instalment, frame: Frame): readonly Clock[] => [...unmoved(context, frame), ...beforeTheYearEnds(context, frame)];
const unpaid = (context: Instalment, frame: Frame): readonly Clock[] => [...ordered(context, frame), ...notPaidInTime(context, frame)];

/** An instalment of nothing is skipped on its pay date. */
const skipping = ({ openCents, payOn, because }: Instalment): readonly Clock[] => (openCents === 0 ? [clock('skip', startOfDay(payOn), because)] : []);

const instalmentPlan: Plan<Instalment> = {
  due: (context, frame) => [...skipping(context), ...unpaid(context, frame)],
  certified: unpaid,
  authorised: unpaid,
  exported: ordered,
  returned: unpaid,
  planned: (context, frame) => (context.openCents === 0 ? skipping(context)
    : [...warnings(context, frame.cycle), ...dueSoon(context, frame.cycle), ...beforeTheYearEnds(context, frame), clock('fallDue', startOfDay(context.payOn), context.because)]),
};

/** The deadlines of an application in its state. */
export const applicationClocks = ({ state, context }: Stored<Application>, { cycle, since, at }: Pick<ClockFacts, 'cycle' | 'since' | 'at'>): readonly Clock[] =>
  applicationPlan[state]?.(context, { cycle: cycleOf(cycle), since, at }) ?? [];

/** The deadlines of an instalment in its state. */
export const instalmentClocks = ({ state, context }: Stored<Instalment>, { cycle, since, at }: Pick<ClockFacts, 'cycle' | 'since' | 'at'>): readonly Clock[] =>
  instalmentPlan[state]?.(context, { cycle: cycleOf(cycle), since, at }) ?? [];
