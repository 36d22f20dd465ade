import { z } from 'zod';
import { MAX_CENTS } from '#money';

/** NUL and lone surrogates cannot be stored as text anywhere. */
const storable = (text: string): boolean => !/[\u0000\p{Surrogate}]/u.test(text);

const STORABLE = { error: 'not storable', params: { de: 'Der Text enthält Zeichen, die kein Text sind.', en: 'The text contains characters that are no text.' } };

/** Text in a field of a draft: may still be empty, is bounded, and can be stored. */
export const entry = (longest: number) => z.string().max(longest).refine(storable, STORABLE);

/** What a person writes to explain an act: trimmed, not empty, at most `longest` characters. */
export const words = (longest = 2_000) => z.string().trim().min(1).max(longest).refine(storable, STORABLE);

/** A calendar day that exists, in a century that this house may ever see. */
export const day = z.iso.date({ abort: true }).refine((value) => value >= '1990-01-01' && value < '2200-01-01', {
  error: 'not a day of this time', params: { de: 'Das Jahr muss zwischen 1990 und 2199 liegen.', en: 'The year must lie between 1990 and 2199.' },
});

/** An amount of money in whole cents. */
export const money = z.int().min(0).max(MAX_CENTS);

/** An instant as the house writes it. */
export const instant = z.iso.datetime({ precision: 3 });
