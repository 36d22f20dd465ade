import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays, addMonths, addWorkingDays, announcement, appealPeriodEnd, atTime, cutOff, dayOf, endOfDay, finality, formatDay, formatEnd,
  formatInstant, isBankingDay, isHoliday, isWorkingDay, nextWeekdayFrom, payDate, periodEnd, retrievalEnd, rollBackward, rollForward, startOfDay, wallClock,
} from './index.ts';

/** Every exported function of a day, alone or with an argument that is in order. */
const ofDay: { readonly [name: string]: (day: string) => unknown } = {
  startOfDay, endOfDay, isBankingDay, isHoliday, isWorkingDay, rollForward, rollBackward, appealPeriodEnd, retrievalEnd, finality,
  addDays: (day) => addDays(day, 1),
  addMonths: (day) => addMonths(day, -1),
  addWorkingDays: (day) => addWorkingDays(day, 3),
  atTime: (day) => atTime(day, '02:30'),
  nextWeekdayFrom: (day) => nextWeekdayFrom(day, 7),
  formatDay: (day) => formatDay(day, 'de'),
  cutOffFixed: (day) => cutOff(day, 'fixed'),
  cutOffRolled: (day) => cutOff(day, 'nextWorkingDay'),
  payDateForward: (day) => payDate(day, 'forward'),
  payDateBackward: (day) => payDate(day, 'backward'),
  posted: (day) => announcement(day, 'post'),
  arrived: (day) => announcement({ channel: 'post', postedOn: '2000-01-01', arrivedOn: day }),
  notified: (day) => announcement({ channel: 'portal', notifiedOn: day }),
  retrieved: (day) => announcement({ channel: 'portal', notifiedOn: '2000-01-01', retrievedOn: day }),
  withoutInstruction: (day) => finality({ channel: 'electronic', postedOn: day }, { instructed: false }),
  periodBegins: (day) => periodEnd(day, { weeks: 2 }),
  periodEnds: (day) => periodEnd('1999-12-31', { until: day }),
};

const ofInstant: { readonly [name: string]: (instant: string) => unknown } = {
  dayOf, wallClock,
  formatInstant: (instant) => formatInstant(instant, 'en'),
  formatEnd: (instant) => formatEnd(instant, 'de'),
};

const day = fc.integer({ min: 0, max: 36_889 }).map((number) => addDays('2000-01-01', number));
const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }).map((date) => date.toISOString());
const noDay = fc.oneof(fc.string(), fc.constantFrom('2027-02-29', '2026-13-01', '2026-1-1', '20261031', '2026-10-31T00:00', ' 2026-10-31', '-002026-01-01', '٢٠٢٦-١٠-٣١'));
const noInstant = fc.oneof(fc.string(), day, fc.constantFrom('2026-10-31T12:00:00', '2026-10-31T25:00:00.000Z', '2026-02-30T12:00:00.000Z', 'now', '2026-10-31T12:00:00.000Z[Europe/Berlin]'));

describe.each(Object.entries(ofDay))('%s', (_name, ask) => {
  test('answers for every day from 2000 to 2100, and refuses what is no day', () => {
    fc.assert(fc.property(day, (of) => void expect(ask(of)).toBeDefined()), { numRuns: 40, examples: [['2000-01-01'], ['2100-12-31'], ['2028-02-29']] });
    fc.assert(fc.property(noDay, (text) => void expect(() => ask(text)).toThrow(new RangeError(`not a day: ${text}`))), { numRuns: 20 });
  });
});

describe.each(Object.entries(ofInstant))('%s', (_name, ask) => {
  test('answers for every instant from 2000 to 2100, and refuses what is none', () => {
    fc.assert(fc.property(instant, (at) => void expect(ask(at)).toBeDefined()), { numRuns: 40 });
    fc.assert(fc.property(noInstant, (text) => void expect(() => ask(text)).toThrow(new RangeError(`not an instant: ${text}`))), { numRuns: 30 });
  });
});

describe('numbers and times', () => {
  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e15, -100_001])('%d is no number of days, months or working days', (number) => {
    const message = new RangeError(`not a number of days or months: ${number}`);
    for (const shift of [addDays, addMonths, addWorkingDays]) expect(() => shift('2027-05-04', number)).toThrow(message);
    expect(() => periodEnd('2027-05-04', { months: number })).toThrow(message);
    expect(() => finality('2027-05-04', 'post', number)).toThrow(message);
  });

  test.each(['24:00', '8:00', '08:60', '0800', '08:00:60', '08:00:00.5', '08:00Z', '08', ''])('%j is no time of day', (time) => {
    expect(() => atTime('2027-05-04', time)).toThrow(new RangeError(`not a time of day: ${time}`));
  });

  test.each([0, 8, 1.5, Number.NaN])('%d is no weekday', (weekday) => {
    expect(() => nextWeekdayFrom('2027-05-04', weekday)).toThrow(new RangeError(`not a weekday: ${weekday}`));
  });
});

test('what cannot be written as a day, an instant or a working day is refused', () => {
  expect(() => addDays('9999-12-31', 1)).toThrow(new RangeError('no year of four digits: +010000-01-01'));
  expect(() => addMonths('0000-01-31', -1)).toThrow(new RangeError('no year of four digits: -000001-12-31'));
  expect(() => startOfDay('0000-01-01')).toThrow(RangeError);
  expect(() => dayOf('9999-12-31T23:30:00.000Z')).toThrow(RangeError);
  expect(() => isHoliday('1899-12-25')).toThrow(new RangeError('no public holidays are known in 1899'));
});
