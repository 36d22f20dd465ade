import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cents } from '#money';
import type { Member } from '#kernel';
import { claimedCents, recovered, sharesOf, takenCents } from './change.ts';
import { instalmentIn, type Application, type Share } from './context.ts';
import { amountsOf, defaultCycle } from './cycle.ts';
import { changeStories } from './stories/change.ts';
import { play } from './stories/script.ts';

const AMOUNTS = amountsOf(defaultCycle(2028));

const child = (number: number, state: string, { amountCents, paidCents }: Pick<Share, 'amountCents' | 'paidCents'>): Member =>
  ({ id: `c-${number}`, machine: 'instalment', number, state, context: { number, amountCents, paidCents, openCents: amountCents - paidCents } });

const total = (shares: readonly Share[], of: keyof Share): number => shares.reduce((sum, share) => sum + share[of], 0);
const become = (children: readonly Member[], shares: readonly Share[]): readonly Member[] =>
  children.map(({ state }, index) => child(index + 1, state, shares[index] as Share));

const award = fc.integer({ min: 1, max: 20_000_000 });

/** Two instalments of an award as they may stand: the first settled or not, the second after it or not. */
const standing = fc.record({ award, first: fc.constantFrom('planned', 'due', 'returned', 'settled'), second: fc.constantFrom('planned', 'due', 'settled'), part: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ award: all, first, second, part }) => {
    const half = Math.floor(all / 2);
    const paidFirst = first === 'settled' ? half : first === 'returned' ? Math.floor(half * part) : 0;
    return [
      child(1, first, { amountCents: half, paidCents: paidFirst }),
      child(2, second, { amountCents: all - half, paidCents: second === 'settled' ? all - half : 0 }),
    ];
  });

describe('the shares of a changed award', () => {
  test('are the award, keep what was received, and take from the budget only what is still to be paid', () => {
    fc.assert(fc.property(standing, award, award, (children, next, last) => {
      const receivedCents = children.reduce((sum, { context }) => sum + Number(context['paidCents']), 0);
      const shares = sharesOf(cents(next), children, {}, AMOUNTS);
      const again = sharesOf(cents(last), become(children, shares), { claims: shares.map(({ claimedCents: claim }) => claim) }, AMOUNTS);
      for (const [wanted, found] of [[next, shares], [last, again]] as const) {
        expect(total(found, 'amountCents')).toBe(wanted);
        expect(total(found, 'paidCents') + total(found, 'claimedCents')).toBe(receivedCents);
        expect(total(found, 'claimedCents')).toBe(Math.max(0, receivedCents - wanted));
        for (const { amountCents, paidCents } of found) expect(paidCents).toBeLessThanOrEqual(amountCents);
      }
      expect(takenCents(shares, children)).toBe(next - total(shares, 'paidCents') - children.reduce((sum, { context }) => sum + Number(context['openCents']), 0));
    }));
  });

  test('reduced and raised to where they were they are what they were, as long as nothing was paid back', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 20_000_000 }), award, (before, between) => {
      const half = Math.floor(before / 2);
      const children = [child(1, 'settled', { amountCents: half, paidCents: half }), child(2, 'planned', { amountCents: before - half, paidCents: 0 })];
      const reduced = sharesOf(cents(between), children, {}, AMOUNTS);
      const restored = sharesOf(cents(before), become(children, reduced), { claims: reduced.map(({ claimedCents: claim }) => claim) }, AMOUNTS);
      expect(restored).toEqual([{ amountCents: half, paidCents: half, claimedCents: 0 }, { amountCents: before - half, paidCents: 0, claimedCents: 0 }]);
    }));
  });

  test.each([
    ['before anything is paid it is split anew, the odd cent on the last', 1_000_001, 'planned', [0, 0], [500_000, 500_001], 0],
    ['after the first was paid the last one takes the difference', 9_000_000, 'settled', [5_000_000, 0], [5_000_000, 4_000_000], 0],
    ['below what was paid the last one is nothing and the rest is claimed', 4_000_000, 'settled', [5_000_000, 0], [4_000_000, 0], 1_000_000],
    ['below what was paid twice both are claimed, the last one first', 4_000_000, 'settled', [5_000_000, 5_000_000], [4_000_000, 0], 6_000_000],
    ['what is away of the first is not paid again while the second has it', 6_000_000, 'returned', [0, 5_000_000], [1_000_000, 5_000_000], 0],
  ] as const)('%s', (_, next, first, [paidFirst, paidSecond], amounts, claim) => {
    const children = [
      child(1, first, { amountCents: 5_000_000, paidCents: paidFirst }),
      child(2, paidSecond > 0 ? 'settled' : 'planned', { amountCents: 5_000_000, paidCents: paidSecond }),
    ];
    const shares = sharesOf(cents(next), children, {}, AMOUNTS);
    expect(shares.map(({ amountCents }) => amountCents)).toEqual(amounts);
    expect(total(shares, 'claimedCents')).toBe(claim);
  });
});

test('what is paid back is taken off the claims, the last instalment first', () => {
  expect([recovered([100, 50], 30), recovered([100, 50], 70), recovered([100, 50], 150)]).toEqual([[100, 20], [80, 0], [0, 0]]);
  expect([claimedCents({ claims: [80, 0] }), claimedCents({ claims: null }), claimedCents({})]).toEqual([80, 0, 0]);
});

test.each(Object.entries(changeStories))('after the story “%s” the ledger says what the case says', (_, script) => {
  const { ledger, head, children } = play(script).family;
  const all = (of: 'paidCents' | 'openCents' | 'orderedCents', among: readonly Member[] = children): number => among.map(instalmentIn).reduce((sum, instalment) => sum + (instalment[of] ?? 0), 0);
  expect(ledger.claimed).toBe(claimedCents(head.context as unknown as Application));
  expect(ledger.paid).toBe(all('paidCents'));
  expect(ledger.committed + ledger.ordered).toBe(all('openCents', children.filter(({ state }) => state !== 'cancelled')));
  expect(ledger.ordered).toBe(all('orderedCents', children.filter(({ state }) => state === 'exported')));
});
