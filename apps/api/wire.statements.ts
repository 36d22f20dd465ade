import { z } from 'zod';
import { cents, day, format, id, instant, pageQuery, someInstant, text, word } from './wire.ts';

/** The shapes of statements. */
const signed = z.int().meta({ description: 'Euro cents; of a part of a round `budget` is what it took, below zero' });
const ACCOUNT_NAMES = ['budget', 'reserved', 'committed', 'ordered', 'paid', 'claimed', 'recovered'] as const;

const figures = { appropriatedCents: cents, balances: z.strictObject(Object.fromEntries(ACCOUNT_NAMES.map((name) => [name, signed])) as Record<(typeof ACCOUNT_NAMES)[number], typeof signed>) };

export const statementAnswer = z.strictObject({
  cycle: z.string(), case: id.nullable(), fileNumber: z.string().nullable(), budgetLine: z.string().nullable(), at: instant,
  openingCents: z.literal(0).meta({ description: 'Nothing: every cent has come by an entry' }),
  ...figures,
  lines: z.array(z.strictObject({ budgetLine: z.string(), ...figures })),
  checks: z.array(z.strictObject({ code: z.enum(['balancesAddUp', 'nothingOverdrawn']), ok: z.boolean(), text })),
  unbooked: z.strictObject({
    sumCents: cents, items: z.array(z.strictObject({ case: id, fileNumber: z.string(), endToEndId: z.string(), amountCents: cents })),
  }).nullable().meta({ description: 'What the bank reports as executed and these books do not show as paid, as things are now: `/exceptions` says why. Null for an applicant, of an earlier instant, and of one budget line' }),
  items: z.array(z.strictObject({
    id, at: instant, case: id.nullable(), fileNumber: z.string().nullable(), applicant: z.string().nullable(), posting: z.string(), budgetLine: z.string(),
    from: z.enum(['appropriation', ...ACCOUNT_NAMES]), to: z.enum(ACCOUNT_NAMES), amountCents: cents, fromBalanceCents: signed.nullable(), toBalanceCents: signed,
    valueDate: day.nullable().meta({ description: 'Of what was settled or paid back: the day of value that the bank, or whoever told it, has said' }),
  })),
  next: z.string().nullable(),
}).meta({ id: 'Statement' });

export const statementQuery = pageQuery.extend({
  at: someInstant.optional().meta({ description: 'As of this instant, itself included; now where absent; the future is refused' }),
  budgetLine: word.meta({ description: 'One line of the budget; all where absent' }),
  format,
});
