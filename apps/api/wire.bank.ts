import { z } from 'zod';
import { cents, day, id, instant, page, pageQuery, text, word } from './wire.ts';

/** The shapes of what the bank says: files, their entries, and how a person resolves those that fit no payment. */
const kind = z.enum(['pain.002', 'camt.053', 'camt.054']);
const counts = z.strictObject({ entries: z.int(), matched: z.int(), duplicates: z.int(), exceptions: z.int() })
  .meta({ description: 'Each entry is matched to an order, known before, or left to a person' });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const bankImport = z.strictObject({
  id, kind, messageId: z.string(), sha256, counts,
  duplicateOf: id.nullable().meta({ description: 'The first import of the same bytes or message; then this one has done nothing' }),
}).meta({ id: 'BankImport' });

export const bankFile = z.strictObject({
  id, kind, version: z.string(), messageId: z.string(), messageCreatedAt: z.string().nullable().meta({ description: 'As the bank wrote it' }),
  account: z.string().nullable(), sha256, importedBy: z.string(), at: instant, counts,
}).meta({ id: 'BankFile' });

export const bankFiles = page(bankFile).meta({ id: 'BankFiles' });

const verdict = z.enum(['sent', 'applied', 'known', 'recorded', 'duplicate', 'exception', 'resolved'])
  .meta({ description: 'On its way to its instalment, has moved it, said what was known there, only informs, said before, waits for a person, resolved by one' });
const action = z.enum(['retry', 'done', 'ignore']).meta({ description: 'Try again; done by hand; nothing is to be done' });

export const bankEntry = z.strictObject({
  id, file: id, kind, index: z.int(), answer: z.enum(['accepted', 'rejected', 'settled', 'returned', 'unreadable']),
  endToEndId: z.string().nullable(), amountCents: cents.nullable(), bookedOn: day.nullable(), valueOn: day.nullable(),
  reason: z.string().nullable().meta({ description: 'ISO 20022 code of a rejection or return' }), bankReference: z.string().nullable(),
  case: id.nullable(), order: z.strictObject({ endToEndId: z.string(), amountCents: cents }).nullable(),
  verdict, problem: z.strictObject({ code: z.string(), text, remedy: text, suggestedAction: action }).nullable(),
  resolution: z.strictObject({ action, reason: z.string(), account: z.string(), at: instant }).nullable(),
  toldBefore: id.nullable().meta({ description: 'The entry of an earlier file that seems to tell of the same booking' }),
  at: instant, ageDays: z.int().min(0),
}).meta({ id: 'BankEntry' });

export const bankEntries = page(bankEntry).meta({ id: 'BankEntries' });

export const bankEntryQuery = pageQuery.extend({ verdict: verdict.optional(), file: word });

export const resolveOrder = z.strictObject({ action, reason: z.string().trim().min(1).max(500) }).meta({ id: 'ResolveBankEntry' });
