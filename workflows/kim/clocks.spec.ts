import { describe, expect, test } from '@jest/globals';
import { atTime } from '#calendar';
import type { Instant, Json, Stored } from '#kernel';
import { instalmentClocks } from './clocks.ts';
import { instalmentIn, type Instalment } from './context.ts';
import { defaultCycle, type Cycle } from './cycle.ts';
import { kim, kim1, kim2 } from './index.ts';
import { payeeClocks } from './payee.clocks.ts';
import type { Payee } from './payee.ts';
import { caseOf } from './stories/family.ts';
import { play, until } from './stories/script.ts';

/** An instalment of 55,950 € that was to be paid on 2 May 2028, a Tuesday. */
const paidOn = (more: Partial<Instalment> = {}): Instalment => ({ ...instalmentIn(caseOf(play(until('1.fallDue')).family, 1).stored), ...more });

/** Its reminders, as known at an instant: when each goes out, after how many working days and since when it lies. */
const reminded = (state: string, since: Instant, { context = paidOn(), round = {}, at = since }: { readonly context?: Instalment; readonly round?: Partial<Cycle>; readonly at?: Instant } = {}) =>
  instalmentClocks({ state, context }, { cycle: { ...defaultCycle(2028), ...round } as unknown as Json, since, at })
    .filter(({ event }) => event === 'remindPayment').map(({ at: due, data }) => [due, data['days'], data['since']]);

const MOVED = atTime('2028-05-10', '17:30');

describe('a change of the payee that nobody checks any further', () => {
  const known = (at: Instant, round: Partial<Cycle> = {}) => {
    const { stored } = caseOf(play(`${until('finality')}
      2028-04-03 09:00  signatory   proposePayee        →`).family, 11);
    const parent = { id: 'a', machine: 'application', number: 0, ...caseOf(play(until('finality')).family, 0).stored };
    return payeeClocks(stored as unknown as Stored<Payee>, { cycle: { ...defaultCycle(2028), ...round } as unknown as Json, parent, since: MOVED, at });
  };

  test('is brought to mind after five working days, and then every five for as long as it lies', () => {
    expect(known(MOVED).map(({ at, data }) => [at.slice(0, 10), data])).toEqual([
      ['2028-05-17', { days: 5, since: '2028-05-10', nth: 1 }], ['2028-05-24', { days: 10, since: '2028-05-10', nth: 2 }],
      ['2028-06-01', { days: 15, since: '2028-05-10', nth: 3 }], ['2028-06-09', { days: 20, since: '2028-05-10', nth: 4 }],
    ]);
    expect(known(atTime('2029-03-10', '08:00')).length).toBeGreaterThan(40);
  });

  test('as often as the round says, or never', () => {
    expect(known(MOVED, { payeeUnattendedWorkingDays: 2, reminderRepeatWorkingDays: 10 }).map(({ data }) => data['days'])).toEqual([2, 12, 22, 32]);
    expect(known(MOVED, { payeeUnattendedWorkingDays: null })).toEqual([]);
  });
});

describe('an instalment that nobody moves', () => {
  test.each(['due', 'certified', 'authorised', 'exported', 'returned'])('%s: finance is reminded after five and fifteen working days, counted from its last move', (state) => {
    // Ascension Day, 25 May, is none.
    expect(reminded(state, MOVED).slice(0, 2)).toEqual([[atTime('2028-05-17', '08:00'), 5, '2028-05-10'], [atTime('2028-06-01', '08:00'), 15, '2028-05-10']]);
  });

  test('is brought to mind again every five working days after that, for as long as it lies', () => {
    const days = (at: Instant, round: Partial<Cycle> = {}) => reminded('due', MOVED, { at, round }).map(([, after]) => after);
    expect(days(MOVED)).toEqual([5, 15, 20, 25]);
    expect(days(atTime('2028-06-09', '08:00'))).toEqual([5, 15, 20, 25, 30, 35, 40]);
    expect(days(atTime('2029-06-09', '08:00')).length).toBeGreaterThan(50);
    expect(days(MOVED, { reminderRepeatWorkingDays: 10 })).toEqual([5, 15, 25, 35]);
    // What is known at one instant stays so at every later one: nothing that is due is forgotten.
    const [earlier, later] = [reminded('due', MOVED), reminded('due', MOVED, { at: atTime('2028-06-09', '08:00') })];
    expect(later.slice(0, earlier.length)).toEqual(earlier);
  });

  test('says which reminder it is, so that the third one goes further', () => {
    const nth = instalmentClocks({ state: 'due', context: paidOn() }, { cycle: defaultCycle(2028) as unknown as Json, since: MOVED, at: MOVED }).filter(({ event }) => event === 'remindPayment').map(({ data }) => data['nth']);
    expect(nth).toEqual([1, 2, 3, 4]);
  });

  test.each(['planned', 'due', 'certified', 'authorised', 'exported', 'returned'])('%s: the end of the budget year is announced 20, 10 and 5 working days before, whenever that is', (state) => {
    const ends = (round: Partial<Cycle>, context = paidOn()) => instalmentClocks({ state, context }, { cycle: { ...defaultCycle(2028), ...round } as unknown as Json, since: MOVED, at: MOVED })
      .filter(({ event }) => event === 'remindBudgetEnd').map(({ at, data }) => [at, data['step']]);
    expect(ends({})).toEqual([[atTime('2028-11-30', '08:00'), 20], [atTime('2028-12-14', '08:00'), 10], [atTime('2028-12-21', '08:00'), 5]]);
    expect(ends({ budgetOpenUntil: '2029-01-31', budgetEndWorkingDays: [1] })).toEqual([[atTime('2029-01-30', '08:00'), 1]]);
    expect(ends({}, paidOn({ openCents: 0 }))).toEqual([]);
  });

  test('is not counted from before its pay date', () => {
    expect(reminded('due', atTime('2028-04-20', '09:00')).slice(0, 2)).toEqual([[atTime('2028-05-09', '08:00'), 5, '2028-05-02'], [atTime('2028-05-23', '08:00'), 15, '2028-05-02']]);
    expect(reminded('due', atTime('2028-05-02', '00:00')).slice(0, 2)).toEqual(reminded('due', atTime('2028-04-20', '09:00')).slice(0, 2));
  });

  test('the round says after how many working days and at what time, or never', () => {
    expect(reminded('certified', MOVED, { round: { paymentUnattendedWorkingDays: [2], reminderTime: '07:15' } })[0]).toEqual([atTime('2028-05-12', '07:15'), 2, '2028-05-10']);
    expect(['due', 'certified', 'authorised', 'exported', 'returned'].flatMap((state) => reminded(state, MOVED, { round: { paymentUnattendedWorkingDays: [] } }))).toEqual([]);
  });

  test('a round of earlier days, which does not say, is read as five and fifteen', () => {
    const { paymentUnattendedWorkingDays: _, ...earlier } = defaultCycle(2028);
    expect(instalmentClocks({ state: 'due', context: paidOn() }, { cycle: earlier as unknown as Json, since: MOVED, at: MOVED }).map(({ data }) => data['days']).slice(0, 2)).toEqual([5, 15]);
  });

  test.each(['planned', 'settled', 'skipped', 'cancelled'])('%s: none', (state) => {
    expect(reminded(state, MOVED)).toEqual([]);
  });

  test.each(['due', 'certified', 'authorised', 'exported', 'returned'])('%s, but with nothing to pay: none', (state) => {
    expect(reminded(state, MOVED, { context: paidOn({ openCents: 0 }) })).toEqual([]);
  });

  test('each move makes other reminders of it, so that what was sent before stops none', () => {
    const names = (since: Instant) => instalmentClocks({ state: 'due', context: paidOn() }, { cycle: defaultCycle(2028) as unknown as Json, since, at: since }).map(({ name }) => name).slice(0, 2);
    expect(names(MOVED)).toEqual(['remindPayment-5-2028-05-10', 'remindPayment-15-2028-05-10']);
    expect(names(atTime('2028-05-11', '09:00'))).toEqual(['remindPayment-5-2028-05-11', 'remindPayment-15-2028-05-11']);
  });

  test('earlier versions know nothing of it', () => {
    const clocks = [kim1, kim2, kim].map(({ machines }) => machines['instalment']?.clocks({ state: 'due', context: paidOn() } as never,
      { cycle: defaultCycle(2028) as unknown as Json, parent: null, children: [], since: MOVED, at: MOVED }).map(({ event }) => event));
    expect(clocks.map((events) => [...new Set(events)])).toEqual([[], [], ['remindPayment', 'remindBudgetEnd']]);
  });
});
