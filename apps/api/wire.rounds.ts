import { z } from 'zod';
import { cents, day, id, instant, json, page, pageQuery, reason, someInstant, text, word } from './wire.ts';

/** The shapes of funding rounds: what an administrator writes, and what everybody may read. */
const cycle = z.strictObject({
  id: z.string(), programme: z.string(), fundingYear: z.int(), opensAt: instant, cutOffAt: instant, lateClaimsUntil: instant,
  payDates: z.array(day), budgetCents: cents, figures: json, because: z.strictObject({ cutOffAt: text, payDates: text }),
});

export const cycles = z.strictObject({ items: z.array(cycle) }).meta({ id: 'Cycles' });

export const cycleDetail = cycle.extend({
  revision: z.int(), revisedAt: instant,
  dates: z.array(z.strictObject({
    name: z.string(), label: text, at: instant, berlin: text.meta({ description: 'The same instant in Berlin time; what ends something at midnight ends at 24:00' }), because: text, reminder: z.boolean(),
    end: z.boolean().meta({ description: 'Whether it ends something: then midnight is the 24:00 of the day before' }),
  })).meta({ description: 'Every date that follows from the round, in the order of time, with its derivation' }),
  round: json.meta({ description: 'The round as it is stored: every setting' }),
}).meta({ id: 'Cycle' });

const moved = z.array(z.strictObject({ date: z.string(), from: instant.nullable(), to: instant.nullable() }));

export const revisions = page(z.strictObject({
  revision: z.int(), createdAt: instant, account: z.string(), reason: z.string().nullable(),
  changed: z.array(z.strictObject({ path: z.string(), from: json, to: json })), moved,
})).meta({ id: 'Revisions' });

export const roundPreview = z.strictObject({
  moved, families: z.int().meta({ description: 'How many applications would follow' }), reasons: z.array(reason),
}).meta({ id: 'RoundPreview' });

const fields = z.record(z.string(), z.json());

/** What comes in. */
export const roundOrder = z.strictObject({
  programme: z.string().max(100), round: z.looseObject({ fundingYear: z.int().min(2000).max(2200) }).meta({ description: 'The programme\'s default of that year, with what is to be otherwise' }),
}).meta({ id: 'RoundOrder' });

export const revisionOrder = z.strictObject({
  changes: fields.meta({ description: 'Fields of the round and their new values' }), reason: z.string().trim().min(1).max(2_000),
}).meta({ id: 'RevisionOrder' });

export const previewOrder = z.strictObject({ changes: fields }).meta({ id: 'PreviewOrder' });

/** Letters that are to come. */
export const comingLetters = page(z.strictObject({
  at: instant, case: id, fileNumber: z.string(), applicant: z.strictObject({ key: z.string(), name: z.string() }),
  event: z.string(), kind: z.string(), subject: text, optional: z.boolean(),
  recipients: z.array(z.strictObject({ account: z.string(), name: z.string(), role: z.string() })),
})).meta({ id: 'ComingLetters', description: 'Pages are pages of applications; within a page letters stand by date' });

export const comingQuery = pageQuery.extend({ cycle: word, case: word, until: someInstant.optional() });

/** One event for many cases. */
export const bulkOrder = z.strictObject({
  event: z.string().max(100), cases: z.array(z.string().max(100)).min(1).max(200), fields: fields.default({}),
}).meta({ id: 'BulkOrder' });

export const bulkAnswer = z.strictObject({
  items: z.array(z.strictObject({ case: id, ok: z.boolean(), state: z.string().nullable(), code: z.string().nullable(), reasons: z.array(reason) })),
}).meta({ id: 'BulkAnswer', description: 'One result for each case, in the order asked' });
