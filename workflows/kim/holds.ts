import type { Json, Member, Text } from '#kernel';
import type { Application, Hold, Instalment } from './context.ts';

/** Why payments are held: the list an officer is offered; a reason of one's own words is a reason too. */
export const HOLD_REASONS = {
  payeeUnclear: { de: 'Zahlungsempfänger ungeklärt', en: 'payee unclear' },
  conditionNotMet: { de: 'Auflage nicht erfüllt', en: 'condition not met' },
  postVacant: { de: 'Stelle unbesetzt', en: 'post vacant' },
  proofOverdue: { de: 'Verwendungsnachweis überfällig', en: 'proof of use overdue' },
  doubleFunding: { de: 'Verdacht auf Doppelförderung', en: 'suspected double funding' },
  audit: { de: 'Prüfung', en: 'audit' },
  court: { de: 'Gerichtliche Anordnung', en: 'court order' },
  other: { de: 'Sonstiger Grund', en: 'other reason' },
} as const satisfies { readonly [reason: string]: Text };

/** A reason for a hold in words: those of the list, or one's own. */
export const holdWords = (reason: Json | undefined): Text => HOLD_REASONS[reason as keyof typeof HOLD_REASONS] ?? { de: String(reason), en: String(reason) };

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

/** What a hold cannot stop any more, by the state of every instalment in its scope; it counts again where a payment comes back. */
const GONE: { readonly [state: string]: Text } = {
  settled: {
    de: 'Was diese Sperre betrifft, ist schon ausgezahlt: Sie hält davon nichts auf. Kommt die Zahlung zurück, wird sie mit der Sperre nicht erneut gezahlt.',
    en: 'What this hold concerns has already been paid: it stops nothing of that. If the payment comes back, the hold keeps it from being paid again.',
  },
  exported: {
    de: 'Was diese Sperre betrifft, ist schon zur Zahlung angeordnet: Solange es in keiner Zahlungsdatei steht, hält die Sperre es auf, danach nicht mehr.',
    en: 'What this hold concerns has already been ordered: as long as it is in no payment file the hold stops it, afterwards no longer.',
  },
};

/** What is to be known of a hold whose instalments have all gone out; nothing where it still stops one. */
export function holdNote({ scope }: Pick<Hold, 'scope'>, instalments: readonly Pick<Member, 'number' | 'state'>[]): { readonly note?: Text } {
  const states = instalments.filter(({ number }) => scope === 'all' || scope === String(number)).map(({ state }) => state);
  const note = states.every((state) => Object.hasOwn(GONE, state)) ? GONE[states.includes('exported') ? 'exported' : 'settled'] : undefined;
  return note === undefined || states.length === 0 ? {} : { note };
}
