import { describe, expect, test } from '@jest/globals';
import { atTime } from '#calendar';
import type { Instant, Json } from '#kernel';
import { instalmentClocks } from './clocks.ts';
import { instalmentIn, type Instalment } from './context.ts';
import { defaultCycle, type Cycle } from './cycle.ts';
import { kim, kim1, kim2 } from './index.ts';
import { caseOf } from './stories/family.ts';
import { play, until } from './stories/script.ts';

/** An instalment of 55,950 € that was to be paid on 2 May 2028, a Tuesday. */
const paidOn = (more: Partial<Instalment> = {}): Instalment => ({ ...instalmentIn(caseOf(play(until('1.fallDue')).family, 1).stored), ...more });

/** Its reminders: when each goes out, after how many working days and since when it lies. */
const reminded = (state: string, since: Instant, { context = paidOn(), round = {} }: { readonly context?: Instalment; readonly round?: Partial<Cycle> } = {}) =>
  instalmentClocks({ state, context }, { cycle: { ...defaultCycle(2028), ...round } as unknown as Json, since })
    .filter(({ event }) => event === 'remindPayment').map(({ at, data }) => [at, data['days'], data['since']]);

const MOVED = atTime('2028-05-10', '17:30');

describe('an instalment that nobody moves', () => {
  test.each(['due', 'certified', 'authorised', 'exported', 'returned'])('%s: finance is reminded after five and fifteen working days, counted from its last move', (state) => {
    // Ascension Day, 25 May, is none.
    expect(reminded(state, MOVED)).toEqual([[atTime('2028-05-17', '08:00'), 5, '2028-05-10'], [atTime('2028-06-01', '08:00'), 15, '2028-05-10']]);
  });

  test('is not counted from before its pay date', () => {
    expect(reminded('due', atTime('2028-04-20', '09:00'))).toEqual([[atTime('2028-05-09', '08:00'), 5, '2028-05-02'], [atTime('2028-05-23', '08:00'), 15, '2028-05-02']]);
    expect(reminded('due', atTime('2028-05-02', '00:00'))).toEqual(reminded('due', atTime('2028-04-20', '09:00')));
  });

  test('the round says after how many working days and at what time, or never', () => {
    expect(reminded('certified', MOVED, { round: { paymentUnattendedWorkingDays: [2], reminderTime: '07:15' } })).toEqual([[atTime('2028-05-12', '07:15'), 2, '2028-05-10']]);
    expect(['due', 'certified', 'authorised', 'exported', 'returned'].flatMap((state) => reminded(state, MOVED, { round: { paymentUnattendedWorkingDays: [] } }))).toEqual([]);
  });

  test('a round of earlier days, which does not say, is read as five and fifteen', () => {
    const { paymentUnattendedWorkingDays: _, ...earlier } = defaultCycle(2028);
    expect(instalmentClocks({ state: 'due', context: paidOn() }, { cycle: earlier as unknown as Json, since: MOVED }).map(({ data }) => data['days'])).toEqual([5, 15]);
  });

  test.each(['planned', 'settled', 'skipped', 'cancelled'])('%s: none', (state) => {
    expect(reminded(state, MOVED)).toEqual([]);
  });

  test.each(['due', 'certified', 'authorised', 'exported', 'returned'])('%s, but with nothing to pay: none', (state) => {
    expect(reminded(state, MOVED, { context: paidOn({ openCents: 0 }) })).toEqual([]);
  });

  test('each move makes other reminders of it, so that what was sent before stops none', () => {
    const names = (since: Instant) => instalmentClocks({ state: 'due', context: paidOn() }, { cycle: defaultCycle(2028) as unknown as Json, since }).map(({ name }) => name);
    expect(names(MOVED)).toEqual(['remindPayment-5-2028-05-10', 'remindPayment-15-2028-05-10']);
    expect(names(atTime('2028-05-11', '09:00'))).toEqual(['remindPayment-5-2028-05-11', 'remindPayment-15-2028-05-11']);
  });

  test('earlier versions know nothing of it', () => {
    const clocks = [kim1, kim2, kim].map(({ machines }) => machines['instalment']?.clocks({ state: 'due', context: paidOn() } as never,
      { cycle: defaultCycle(2028) as unknown as Json, parent: null, children: [], since: MOVED }).map(({ event }) => event));
    expect(clocks).toEqual([[], [], ['remindPayment', 'remindPayment']]);
  });
});
