import { z } from 'zod';
import { paymentFlags as flags } from './wire.payees.ts';
import { cents, day, format, id, instant, page, pageQuery, someDay, text, word } from './wire.ts';

/** The shapes of payment runs. */
const rowReason = z.strictObject({ code: z.string(), text, remedy: text });

const frozen = {
  case: id, fileNumber: z.string(), applicant: z.string(), endToEndId: z.string(), amountCents: cents, holder: z.string(),
  holderAtBank: z.string().meta({ description: 'The name in the characters that banks write: what the file has' }), iban: z.string(),
  version: z.int().nullable().meta({ description: 'The instalment\'s version that was seen; null for one that had been ordered before' }),
  verdict: z.enum(['ok', 'blocked']), reasons: z.array(rowReason), flags,
};

const previewRow = z.strictObject(frozen);

const rowsHash = z.string().regex(/^[0-9a-f]{64}$/).meta({ description: 'SHA-256 over every row without its flags and the bank\'s spelling; whoever prepares says which preview they saw' });

export const runPreview = z.strictObject({
  cycle: z.string(), rows: z.array(previewRow), count: z.int(), sumCents: cents, blocked: z.int(), rowsHash, certifiers: z.array(z.string()),
}).meta({ id: 'RunPreview', description: 'Every instalment of a round that is due: payable, or blocked with its reasons' });

export const runRows = page(z.strictObject({
  position: z.int(), ...frozen, result: z.enum(['ordered', 'refused', 'dropped', 'recalled']).nullable(), decidedAt: instant.nullable(),
})).meta({ id: 'RunRows' });

const deed = z.strictObject({ account: z.string(), at: instant });

const overdue = z.boolean().meta({ description: 'Its execution day has passed and there is no file: it can only be recalled' });

const count = z.int().meta({ description: 'Rows to be paid, without those that were dropped' });

export const paymentRun = z.strictObject({
  id, fileNumber: z.string(), cycle: z.string(), state: z.string(), version: z.int(), executionOn: day,
  payer: z.strictObject({ name: z.string(), iban: z.string(), bic: z.string() }),
  prepared: deed, released: deed.nullable(),
  recalled: deed.extend({ text }).nullable().meta({ description: 'By whom and, in a sentence of the journal, why' }),
  overdue, rowsHash, count, sumCents: cents, blocked: z.int(),
  results: z.strictObject({ undecided: z.int(), ordered: z.int(), refused: z.int().meta({ description: 'Also rows that were ordered and let go again, with their reasons, before there was a file' }), orderedCents: cents }),
  file: z.strictObject({ messageId: z.string(), count: z.int(), sumCents: cents, sha256: z.string(), createdAt: instant }).nullable(),
}).meta({ id: 'PaymentRun' });

export const paymentRuns = page(z.strictObject({
  id, fileNumber: z.string(), cycle: z.string(), state: z.string(), executionOn: day, overdue, count, sumCents: cents, createdAt: instant,
})).meta({ id: 'PaymentRuns' });

/** What comes in. */
export const runQuery = pageQuery.extend({ cycle: word, state: word });

export const rowQuery = pageQuery.extend({ format });

export const previewRunOrder = z.strictObject({ cycle: z.string().max(100) }).meta({ id: 'PreviewRunOrder' });

export const runOrder = z.strictObject({ cycle: z.string().max(100), executionOn: someDay, rowsHash }).meta({ id: 'RunOrder' });

export const dropOrder = z.strictObject({ reason: z.string().trim().min(1).max(2_000) }).meta({ id: 'DropOrder' });

/** All payments stand still. */
export const freezeView = z.strictObject({
  frozen: z.boolean(),
  freeze: z.strictObject({ reason: z.string(), account: z.string().meta({ description: '`system` when a restore was noticed' }), at: instant }).nullable(),
}).meta({ id: 'Freeze' });

const why = z.string().trim().min(1).max(2_000);

export const freezeOrder = z.strictObject({ reason: why }).meta({ id: 'FreezeOrder' });

export const liftOrder = z.strictObject({
  reason: why,
  goneOut: z.array(z.string().regex(/^[A-Za-z0-9-]{1,35}$/)).max(10_000).meta({ description: 'EndToEndIds of payments that went to the bank and are unknown or unpaid here; empty when there are none' }),
  strangers: z.literal(true).optional().meta({ description: 'Takes references that no instalment here can have, too: of cases that the backup does not know' }),
}).meta({ id: 'LiftOrder' });
