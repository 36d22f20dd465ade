import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays, addWorkingDays, announcement, cutOff, dayOf, endOfDay, finality, isWorkingDay, payDate, periodEnd, rollBackward, rollForward, startOfDay,
  type Length,
} from './index.ts';

const day = fc.integer({ min: 0, max: 10_957 }).map((number) => addDays('2020-01-01', number));
/** Around the turns of months, of 2025 and of holidays, where order is easily lost. */
const near = fc.oneof(day, fc.integer({ min: -8, max: 8 }).map((number) => addDays('2024-12-31', number)));
const few = fc.nat({ max: 45 });
const number = fc.integer({ min: 1, max: 60 });
const channel = fc.constantFrom('post' as const, 'electronic' as const);
const lengths: readonly ((number: number) => Length)[] = [(days) => ({ days }), (weeks) => ({ weeks }), (months) => ({ months })];

describe('later never makes earlier', () => {
  test('a later posting, a later arrival or a longer period: never earlier final', () => {
    fc.assert(fc.property(near, few, channel, fc.integer({ min: 1, max: 12 }), (postedOn, later, how, months) => {
      const { value } = finality({ channel: how, postedOn }, { months });
      expect(finality({ channel: how, postedOn: addDays(postedOn, later) }, { months }).value >= value).toBe(true);
      expect(finality({ channel: how, postedOn, arrivedOn: addDays(postedOn, later) }, { months }).value >= value).toBe(true);
      expect(finality({ channel: how, postedOn }, { months: months + 1 }).value >= value).toBe(true);
      expect(finality({ channel: how, postedOn }, { months, instructed: false }).value >= value).toBe(true);
    }));
  });

  test('a later arrival is never announced earlier than an earlier one', () => {
    fc.assert(fc.property(near, few, few, (postedOn, one, more) => {
      const [arrivedOn, laterOn] = [addDays(postedOn, one), addDays(postedOn, one + more)];
      const announced = announcement({ channel: 'post', postedOn, arrivedOn }).value;
      expect(announcement({ channel: 'post', postedOn, arrivedOn: laterOn }).value >= announced).toBe(true);
      expect(announced >= arrivedOn && announced >= announcement(postedOn, 'post').value).toBe(true);
    }));
  });

  test('a later retrieval, within the ten days, is never earlier final', () => {
    fc.assert(fc.property(day, fc.nat({ max: 9 }), (notifiedOn, after) => {
      const [one, next] = [after, after + 1].map((days) => finality({ channel: 'portal', notifiedOn, retrievedOn: addDays(notifiedOn, days) }).value);
      expect(one !== null && next !== null && one !== undefined && next !== undefined && one <= next).toBe(true);
    }));
  });

  test('a later notification or a longer period never ends earlier', () => {
    fc.assert(fc.property(near, few, number, fc.constantFrom(...lengths), (notifiedOn, later, length, of) => {
      const { value } = periodEnd(notifiedOn, of(length));
      expect(periodEnd(addDays(notifiedOn, later), of(length)).value >= value).toBe(true);
      expect(periodEnd(notifiedOn, of(length + 1)).value >= value).toBe(true);
    }));
  });
});

describe('ends', () => {
  test('every period ends on a working day, and a fixed day where it was fixed', () => {
    fc.assert(fc.property(day, number, fc.constantFrom(...lengths), (notifiedOn, length, of) => {
      const { value } = periodEnd(notifiedOn, of(length));
      expect(isWorkingDay(value)).toBe(true);
      expect(rollForward(value)).toBe(value);
      const until = addDays(notifiedOn, length);
      expect(periodEnd(notifiedOn, { until, fixed: true }).value).toBe(until);
      expect(periodEnd(notifiedOn, { until }).value).toBe(periodEnd(notifiedOn, { days: length }).value);
    }));
  });

  test('weeks are seven days', () => {
    fc.assert(fc.property(day, number, (notifiedOn, weeks) => {
      expect(periodEnd(notifiedOn, { weeks }).value).toBe(periodEnd(notifiedOn, { days: 7 * weeks }).value);
    }));
  });

  test('rolling twice is rolling once, also through a pay date and a cut-off', () => {
    fc.assert(fc.property(day, (of) => {
      for (const roll of [rollForward, rollBackward]) expect(roll(roll(of))).toBe(roll(of));
      for (const rule of ['forward', 'backward'] as const) expect(payDate(payDate(of, rule).value, rule).value).toBe(payDate(of, rule).value);
      expect(cutOff(rollForward(of), 'nextWorkingDay').value).toBe(cutOff(of, 'nextWorkingDay').value);
      expect(addWorkingDays(rollBackward(of), 0)).toBe(rollBackward(of));
    }));
  });

  test('ends are half-open: one day ends where the next begins, and the end itself is no longer part of it', () => {
    fc.assert(fc.property(day, (of) => {
      const next = addDays(of, 1);
      expect(endOfDay(of)).toBe(startOfDay(next));
      for (const end of [cutOff(of, 'fixed').value, cutOff(of, 'nextWorkingDay').value, finality(of).value]) {
        expect(end).toBe(startOfDay(dayOf(end)));
        expect(dayOf(new Date(Date.parse(end) - 1).toISOString())).toBe(addDays(dayOf(end), -1));
      }
    }));
  });
});
