import type { Application, Hold, Instalment } from './context.ts';

/** The holds that concern an instalment: in whose scope it lies, unless two people let this one instalment pass. */
export const holdsOn = (number: number, { holds }: Pick<Application, 'holds'>): readonly Hold[] =>
  holds.filter(({ scope, bypassedFor }) => (scope === 'all' || scope === String(number)) && bypassedFor !== number);

/** What can be paid of an instalment now: what is open without the amounts on hold; nothing while a hold without an amount stands. */
export function payableCents({ number, openCents }: Pick<Instalment, 'number' | 'openCents'>, application: Pick<Application, 'holds'>): number {
  const holds = holdsOn(number, application);
  const heldCents = holds.reduce((sum, { amountCents }) => sum + (amountCents ?? openCents), 0);
  return Math.max(0, openCents - heldCents);
}
