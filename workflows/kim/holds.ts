import type { Application, Hold, Instalment } from './context.ts';

/** The holds that concern an instalment: in whose scope it lies, unless two people let this one instalment pass. */
export const holdsOn = (number: number, { holds }: Pick<Application, 'holds'>): readonly Hold[] =>
  holds.filter(({ scope, bypassedFor }) => (scope === 'all' || scope === String(number)) && bypassedFor !== number);

/** What an order of an instalment pays: what is open without the amounts on hold. */
export function payableCents({ number, openCents }: Pick<Instalment, 'number' | 'openCents'>, application: Pick<Application, 'holds'>): number {
  const heldCents = holdsOn(number, application).reduce((sum, { amountCents }) => sum + (amountCents ?? 0), 0);
  return Math.max(0, openCents - heldCents);
}

/** Whether nothing of an instalment may be paid: a hold without an amount stands, or the amounts on hold leave nothing. */
export const isHeld = (instalment: Pick<Instalment, 'number' | 'openCents'>, application: Pick<Application, 'holds'>): boolean => {
  const holds = holdsOn(instalment.number, application);
  return holds.some(({ amountCents }) => amountCents === undefined) || (holds.length > 0 && payableCents(instalment, application) === 0);
};
