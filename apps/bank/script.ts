import { createHash } from 'node:crypto';
import type { Instruction } from './order-file.ts';

/** What becomes of one payment. */
export interface Fate {
  /** Rejected before any money moves, with this reason. */
  readonly rejected?: string;
  /** Days after the execution date on which it is debited. */
  readonly delayDays?: number;
  /** Parts that come back, each so many days after the debit; no cents: everything that is left. */
  readonly returns?: readonly { readonly cents?: bigint; readonly afterDays: number; readonly reason: string }[];
}

/** How a bank behaves. What the script does not say is drawn from the seed, the same for the same payment. */
export interface Script {
  readonly fates?: { readonly [endToEndId: string]: Fate };
  /** Fate of every payment without one of its own; absent: drawn. */
  readonly otherwise?: Fate;
  /** Every booking is also notified (camt.054) before its statement. */
  readonly notify?: boolean;
  /** Files, and lines within the next file, are told twice. */
  readonly repeat?: boolean;
  /** Debits of one file and day are booked as one sum, with its payments or without naming any. */
  readonly batch?: 'named' | 'unnamed';
  /** The files arrive in another order than they were written. */
  readonly shuffle?: boolean;
}

/** A number from 0 up to 1 that follows from the words. */
export const drawn = (...words: readonly (string | number)[]): number =>
  createHash('sha256').update(words.join('\n')).digest().readUInt32BE() / 2 ** 32;

const REASONS = ['AC01', 'AC04', 'AC06', 'MD07', 'MS03'] as const;

/** The fate of a payment: most settle on their day, some late; a few are rejected, and a few come back whole or in part. */
export function fateOf(seed: number, { fates = {}, otherwise }: Script, { endToEndId, cents }: Instruction): Fate {
  const given = fates[endToEndId] ?? otherwise;
  if (given !== undefined) return given;
  const chance = drawn(seed, endToEndId, 'fate');
  const reason = REASONS[Math.floor(drawn(seed, endToEndId, 'reason') * REASONS.length)] ?? 'MS03';
  if (chance < 0.08) return { rejected: reason };
  const delayDays = drawn(seed, endToEndId, 'delay') < 0.2 ? 2 : 0;
  const afterDays = 1 + Math.floor(drawn(seed, endToEndId, 'after') * 90);
  if (chance < 0.14) return { delayDays, returns: [{ afterDays, reason }] };
  if (chance < 0.18 && cents > 1n) return { delayDays, returns: [{ cents: 1n + BigInt(Math.floor(drawn(seed, endToEndId, 'part') * Number(cents - 1n))), afterDays, reason }] };
  return { delayDays };
}

/** The same things in an order that follows from the words. */
export const shuffled = <T>(things: readonly T[], ...words: readonly (string | number)[]): readonly T[] =>
  things.map((thing, index) => ({ thing, rank: drawn(...words, index) })).toSorted((a, b) => a.rank - b.rank).map(({ thing }) => thing);
