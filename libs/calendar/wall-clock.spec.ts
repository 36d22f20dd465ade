import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { atTime, wallClock } from './index.ts';

test.each([
  ['2027-10-30T22:00:00.000Z', '2027-10-31', '00:00:00', false],
  ['2027-10-31T00:30:00.000Z', '2027-10-31', '02:30:00', true],
  ['2027-10-31T01:30:00.999Z', '2027-10-31', '02:30:00', true],
  ['2027-10-31T02:00:00.000Z', '2027-10-31', '03:00:00', false],
  ['2027-03-28T00:59:59.000Z', '2027-03-28', '01:59:59', false],
  ['2027-03-28T01:00:00.000Z', '2027-03-28', '03:00:00', false],
])('%s shows %s %s in Berlin', (instant, day, time, twice) => {
  expect(wallClock(instant)).toEqual({ day, time, twice });
});

test('what is shown once stands for its instant', () => {
  fc.assert(fc.property(fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
    const minute = `${date.toISOString().slice(0, 16)}:00.000Z`;
    const { day, time, twice } = wallClock(minute);
    expect(twice || atTime(day, time.slice(0, 5)) === minute).toBe(true);
  }));
});
