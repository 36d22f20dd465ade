import { describe, expect, test } from '@jest/globals';
import type { Json } from '#kernel';
import { cycleSchema, defaultCycle, type Cycle } from './cycle.ts';
import { sheet } from './figures.ts';

const issues = (change: object): readonly string[] =>
  (cycleSchema.safeParse({ ...defaultCycle(2028), ...change }).error?.issues ?? []).map(({ path, code }) => `${path.join('.')} ${code}`);

test.each([2021, 2026, 2027, 2028, 2032, 2040])('the default round of %i is a round', (year) => {
  expect(cycleSchema.parse(defaultCycle(year))).toEqual(defaultCycle(year));
});

test('a round as clients see it: instants, days and their derivation', () => {
  const { figures, because, ...dates } = sheet(defaultCycle(2028) as unknown as Json);
  expect(dates).toEqual({
    fundingYear: 2028, opensAt: '2027-07-31T22:00:00.000Z', cutOffAt: '2027-11-02T23:00:00.000Z', lateClaimsUntil: '2027-11-16T23:00:00.000Z',
    payDates: ['2028-05-02', '2028-10-02'], budgetCents: 6_000_000_000,
  });
  expect(figures).toMatchObject({ workplaceCents: 570_000, eventsCents: 500_000, interfacesCents: 1_000_000, posts: { coordination: { annualCents: 5_700_000 } } });
  expect(because.cutOffAt.de).toContain('Allerheiligen');
  expect(because.payDates.de).toMatch(/01\.05\.2028.*02\.05\.2028.*02\.10\.2028/);
});

test('the demo opens on the day of the first start', () => {
  expect(sheet(defaultCycle(2028, '2027-09-03') as unknown as Json).opensAt).toBe('2027-09-02T22:00:00.000Z');
});

describe('a round that contradicts itself is refused', () => {
  test.each<[string, Partial<Record<keyof Cycle, unknown>> & { readonly surplus?: unknown }, string]>([
    ['another year in its id', { id: 'kim-2029' }, 'id custom'],
    ['closes before it opens', { opensOn: '2027-11-01' }, 'cutOffOn custom'],
    ['late claims end within the grace days', { graceDays: 20 }, 'lateClaimDays custom'],
    ['pay dates in the wrong order', { payOn: ['2028-10-01', '2028-05-01'] }, 'payOn custom'],
    ['a pay date of another year', { payOn: ['2028-05-01', '2029-05-01'] }, 'payOn custom'],
    ['no weights', { instalmentWeights: [0, 0] }, 'instalmentWeights custom'],
    ['a payer that no bank file can name', { payer: { ...defaultCycle(2028).payer, name: 'ü'.repeat(36) } }, 'payer custom'],
    ['a payment run on a Sunday', { runWeekday: 7 }, 'runWeekday too_big'],
    ['a negative budget', { budgetCents: -1 }, 'budgetCents too_small'],
    ['an unknown rule', { cutOffRule: 'sometimes' }, 'cutOffRule invalid_value'],
    ['a field nobody knows', { surplus: 1 }, ' unrecognized_keys'],
    ['a day that does not exist', { opensOn: '2027-02-29' }, 'opensOn invalid_format'],
  ])('%s', (_, change, expected) => {
    expect(issues(change)).toEqual([expected]);
  });
});
