import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cents } from '#money';
import { amountsOf, defaultCycle, type Amounts } from './cycle.ts';
import type { Form, Post } from './form.ts';
import { amountOf, awardOf, decide, instalmentsOf, linesOf, postCap, postMaximum, undecided, type Verdict } from './money.ts';
import { cityForm } from './stories/script.ts';

const byMonths = amountsOf(defaultCycle(2027));
const byDays: Amounts = { ...byMonths, figures: { ...byMonths.figures, proRata: 'days' } };
const post = (change: Post = {}): Post => ({ id: 'p', kind: 'coordination', fteThousandths: 1_000, from: '2027-01-01', to: '2027-12-31', ...change });

describe('the cap of a post', () => {
  test.each<[string, Post, Amounts, number]>([
    ['a full post for a full year', {}, byMonths, 5_700_000],
    ['half a post', { fteThousandths: 500 }, byMonths, 2_850_000],
    ['0.65 from 16 June: seven months', { fteThousandths: 650, from: '2027-06-16' }, byMonths, 2_161_250],
    ['0.65 from 16 June by days: 199/365', { fteThousandths: 650, from: '2027-06-16' }, byDays, 2_019_986],
    ['from the 15th of a month with 31 days the month counts', { from: '2027-12-15' }, byMonths, 475_000],
    ['from the 18th it does not', { from: '2027-12-18' }, byMonths, 0],
    ['an assistant is flat from half a post on', { kind: 'adminAssistant', fteThousandths: 500 }, byMonths, 2_250_000],
    ['more than half an assistant is not more money', { kind: 'adminAssistant', fteThousandths: 800 }, byMonths, 2_250_000],
    ['half a year of an assistant', { kind: 'adminAssistant', fteThousandths: 500, to: '2027-06-30' }, byMonths, 1_125_000],
    ['case management', { kind: 'caseManagement' }, byMonths, 5_700_000],
    ['an authority post as coordination', { kind: 'authority', fteThousandths: 750 }, byMonths, 4_275_000],
    ['less than half a post', { fteThousandths: 499 }, byMonths, 0],
    ['more than a full post counts as one', { fteThousandths: 1_001 }, byMonths, 5_700_000],
    ['only what lies in the funding year', { from: '2026-07-01', to: '2028-06-30' }, byMonths, 5_700_000],
    ['a period outside of it', { from: '2028-01-01', to: '2028-12-31' }, byMonths, 0],
    ['a period that ends before it begins', { from: '2027-07-01', to: '2027-06-30' }, byMonths, 0],
    ['nothing said yet', { kind: undefined }, byMonths, 0],
  ])('%s', (_, change, amounts, expected) => {
    expect(postCap(post(change), amounts)).toBe(expected);
  });

  test('what is asked for is granted at most, and never more than the cap', () => {
    expect([1, 5_699_999, 5_700_000, 5_700_001].map((requestedCents) => postMaximum(post({ requestedCents }), byMonths))).toEqual([1, 5_699_999, 5_700_000, 5_700_000]);
  });
});

test('workplaces are paid once for each post, events and interfaces once for the application', () => {
  const form: Form = { ...cityForm(), workplaces: 9, eventsCents: 900_000, interfacesCents: 2_000_000 };
  expect(linesOf(form, amountsOf(defaultCycle(2028))).slice(2)).toEqual([
    { line: 'workplaces', maximumCents: 1_140_000 }, { line: 'events', maximumCents: 500_000 }, { line: 'interfaces', maximumCents: 1_000_000 },
  ]);
  expect(linesOf({}, byMonths)).toEqual([]);
});

describe('refusing a post refuses its workplace', () => {
  const amounts = amountsOf(defaultCycle(2028));
  const lines = undecided(linesOf(cityForm(), amounts));
  const verdicts = (refused: readonly string[]): readonly Verdict[] => lines.map(({ line }) =>
    (refused.includes(line) ? { line, decision: 'refuse', reason: 'kein Bedarf' } : { line, decision: 'approve' }));
  const workplaces = (refused: readonly string[], form = cityForm()) =>
    decide(lines, verdicts(refused), form, amounts).find(({ line }) => line === 'workplaces');

  test.each<[string, readonly string[], string, number]>([
    ['no post refused', [], 'approve', 1_140_000],
    ['one of two', ['case-1'], 'cut', 570_000],
    ['both', ['coord', 'case-1'], 'refuse', 0],
    ['the workplaces themselves', ['workplaces'], 'refuse', 0],
  ])('%s', (_, refused, decision, grantedCents) => {
    expect(workplaces(refused)).toMatchObject({ decision, grantedCents });
  });

  test('a workplace that another funded post can have stays', () => {
    const form = { ...cityForm(), workplaces: 1 };
    const one = undecided(linesOf(form, amounts));
    expect(decide(one, verdicts(['case-1']), form, amounts).find(({ line }) => line === 'workplaces')).toMatchObject({ decision: 'approve', grantedCents: 570_000 });
  });

  test('the reason is given', () => {
    expect(workplaces(['case-1'])?.reason).toMatch(/abgelehnte Stelle/);
  });
});

describe('an award', () => {
  test('an odd cent goes to the last instalment', () => {
    expect(instalmentsOf(cents(2_019_987), byMonths)).toEqual([1_009_993, 1_009_994]);
    expect(instalmentsOf(cents(1), byMonths)).toEqual([0, 1]);
  });

  test('that grants more than a line has cannot be constructed', () => {
    expect(() => awardOf([{ line: 'a', maximumCents: 100, grantedCents: 101, decision: 'cut', reason: 'x' }])).toThrow('grants more');
  });

  test('is the sum of its lines and of its instalments, whatever is asked for and decided', () => {
    const amount = fc.integer({ min: 0, max: 9_000_000 });
    const anyPost = fc.record({
      kind: fc.constantFrom('coordination', 'adminAssistant', 'caseManagement', 'authority'), fteThousandths: fc.integer({ min: 0, max: 1_200 }),
      from: fc.constantFrom('2027-01-01', '2027-03-15', '2027-06-16'), to: fc.constantFrom('2027-02-14', '2027-06-30', '2027-12-31'), requestedCents: amount,
    });
    const anyForm = fc.record({ posts: fc.array(anyPost, { maxLength: 12 }), workplaces: fc.nat(14), eventsCents: amount, interfacesCents: amount });
    const decisions = fc.array(fc.record({ decision: fc.constantFrom('approve', 'cut', 'refuse'), part: fc.double({ min: 0, max: 1, noNaN: true }) }), { minLength: 15, maxLength: 15 });
    const weights = fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 100 }));
    fc.assert(fc.property(anyForm, decisions, weights, fc.boolean(), ({ posts, ...rest }, verdicts, instalmentWeights, days) => {
      const form = { ...rest, posts: posts.map((each, index) => ({ ...each, id: `p${index}` })) } as Form;
      const amounts = { ...(days ? byDays : byMonths), instalmentWeights };
      const lines = undecided(linesOf(form, amounts));
      const decided = decide(lines, lines.map(({ line, maximumCents }, index): Verdict => {
        const { decision, part } = verdicts[index] ?? { decision: 'approve', part: 0 };
        return { line, decision: decision as Verdict['decision'], grantedCents: Math.floor(maximumCents * part), reason: 'x' };
      }), form, amounts);
      const award = awardOf(decided);
      expect(decided.reduce((total, { grantedCents }) => total + (grantedCents ?? 0), 0)).toBe(award);
      expect(instalmentsOf(award, amounts).reduce((total, part) => total + part, 0)).toBe(award);
      expect(award).toBeLessThanOrEqual(amountOf(lines));
    }), { numRuns: 300 });
  });
});
