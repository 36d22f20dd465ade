import { cents, split, type Cents } from '#money';
import type { GrantLine, Member } from '#kernel';
import { instalmentIn, instalmentsAmong, type Application, type Share } from './context.ts';
import type { Amounts } from './cycle.ts';

/** What a change says about one line. */
export interface LineChange {
  readonly line: string;
  readonly grantedCents: number;
}

const decisionOf = (grantedCents: number, maximumCents: number): GrantLine['decision'] =>
  (grantedCents === 0 ? 'refuse' : grantedCents < maximumCents ? 'cut' : 'approve');

/** The lines with a change; lines that it does not name stay as they were decided. */
export const changedLines = (lines: readonly GrantLine[], changes: readonly LineChange[], reason: string): readonly GrantLine[] => lines.map((line) => {
  const change = changes.find((candidate) => candidate.line === line.line);
  if (change === undefined || change.grantedCents === line.grantedCents) return line;
  const decision = decisionOf(change.grantedCents, line.maximumCents);
  return { ...line, grantedCents: change.grantedCents, decision, reason: decision === 'approve' ? null : reason };
});

/** A claim that nobody has is none. */
export const claimsOf = ({ claims }: Pick<Application, 'claims'>): readonly number[] => claims ?? [];

/** What the municipality still has to pay back. */
export const claimedCents = (application: Pick<Application, 'claims'>): number => claimsOf(application).reduce((sum, claim) => sum + claim, 0);

const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));

/**
 * A changed award over the two instalments. What the municipality has received stays where it was paid as far as the award
 * reaches; what lies beyond is a claim. A first instalment that is still to be paid keeps its part by the round's weights,
 * the last one takes the rest. The shares are the award, and paid and claimed are together what was received.
 */
export function sharesOf(award: Cents, children: readonly Member[], application: Pick<Application, 'claims'>, { instalmentWeights }: Amounts): readonly Share[] {
  const [first, second] = instalmentsAmong(children).toSorted((a, b) => a.number - b.number);
  if (first === undefined || second === undefined) throw new Error('an award is changed that has no instalments');
  const [firstReceived, secondReceived] = [first, second].map((child, index) => instalmentIn(child).paidCents + (claimsOf(application)[index] ?? 0)) as [number, number];
  const least = Math.min(award, firstReceived);
  const planned = ['settled', 'skipped'].includes(first.state) ? least : within(split(award, instalmentWeights)[0] ?? 0, least, Math.max(least, award - secondReceived));
  return [shareOf(planned, firstReceived), shareOf(award - planned, secondReceived)];
}

function shareOf(amountCents: number, receivedCents: number): Share {
  const paidCents = Math.min(amountCents, receivedCents);
  return { amountCents: cents(amountCents), paidCents: cents(paidCents), claimedCents: cents(receivedCents - paidCents) };
}

/** What a change takes from the budget; below zero: what it gives back. Claims do not give anything back before they are paid. */
export const takenCents = (shares: readonly Share[], children: readonly Member[]): number => {
  const open = (of: readonly { readonly amountCents: number; readonly paidCents: number }[]): number => of.reduce((sum, { amountCents, paidCents }) => sum + amountCents - paidCents, 0);
  return open(shares) - open(instalmentsAmong(children).map(instalmentIn));
};

/** The claims after part of them was paid back: the last instalment's first. */
export function recovered(claims: readonly number[], amountCents: number): readonly number[] {
  const left = claims.toReversed().reduce<{ readonly rest: number; readonly claims: readonly number[] }>(({ rest, claims: done }, claim) => {
    const back = Math.min(claim, rest);
    return { rest: rest - back, claims: [claim - back, ...done] };
  }, { rest: amountCents, claims: [] });
  return left.claims;
}
