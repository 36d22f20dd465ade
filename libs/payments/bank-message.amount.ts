import { MAX_CENTS } from '#money';
import type { Part } from './bank-message.part.ts';
import type { EntryFault } from './bank-words.ts';

/** An amount as the bank gave it: cents, or why it is none. */
export type Amount = { readonly cents: number; readonly why: null } | { readonly cents: null; readonly why: EntryFault };

const none = (why: EntryFault): Amount => ({ cents: null, why });

/** The amount of an element such as `Amt`. Nothing is rounded: what is not whole cents is no amount of ours. */
export function amountOf(part: Part | null): Amount {
  const [, whole, decimals = ''] = /^(\d{1,18})(?:\.(\d{0,18}))?$/.exec(part?.text(40) ?? '') ?? [];
  if (part === null || whole === undefined) return none('amountReadable');
  if (part.attribute('Ccy') !== 'EUR') return none('currencyEuro');
  if (decimals.length > 2) return none('amountInCents');
  const cents = Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
  if (cents > MAX_CENTS) return none('amountWithinLimit');
  return cents === 0 ? none('amountPositive') : { cents, why: null };
}

const writtenDay = (part: Part | null): string | null => part?.text(40, 'Dt') ?? part?.text(40, 'DtTm') ?? null;

/** Whether an element gives a day that there is not. */
export const isNoDay = (part: Part | null): boolean => writtenDay(part) !== null && dayOf(part) === null;

/** A day of an element that holds a date or a date and time; null where it holds none. */
export function dayOf(part: Part | null): string | null {
  const [day, month, of] = /^\d{4}-(\d\d)-(\d\d)/.exec(writtenDay(part) ?? '') ?? [];
  if (day === undefined) return null;
  const last = new Date(`${day}T00:00:00.000Z`);
  return Number.isNaN(last.getTime()) || last.getUTCMonth() + 1 !== Number(month) || last.getUTCDate() !== Number(of) ? null : day;
}
