import { z } from 'zod';
import { MOST_BULK_ROWS } from '#cases';
import { caseQuery, cents, format, id, instant, json, reason, word } from './wire.ts';

/** The shapes of selections: one event for many cases, shown first, then confirmed. */
const row = z.strictObject({
  case: id, fileNumber: z.string().nullable().meta({ description: 'Null for a case that is not there for this person' }),
  version: z.int().nullable().meta({ description: 'The version that was seen: a case that has changed since is refused alone' }),
  amountCents: cents, allowed: z.boolean(), reasons: z.array(reason),
  result: z.enum(['done', 'refused', 'pending']).nullable().meta({ description: 'Null before the confirmation; what is pending is done by confirming again' }),
  code: z.string().nullable(), state: z.string().nullable(), decidedAt: instant.nullable(),
});

export const bulkSelection = z.strictObject({
  token: z.string(), event: z.string(), createdAt: instant, confirmedAt: instant.nullable(), rows: z.array(row),
  ok: z.int(), refused: z.int().meta({ description: 'By the preview' }),
  sumCents: z.int().min(0).meta({ description: 'Euro cents of the rows that the preview allowed' }),
  results: z.strictObject({ done: z.int(), refused: z.int(), pending: z.int(), doneCents: z.int().min(0) }),
}).meta({ id: 'BulkSelection' });

/** What comes in. */
export const bulkPreviewOrder = z.strictObject({
  event: z.string().max(100),
  data: z.record(z.string(), json).default({}).meta({ description: 'The event\'s fields, the same for every case' }),
  cases: z.array(z.string().max(100)).min(1).max(MOST_BULK_ROWS).optional(),
  filter: z.strictObject({ machine: caseQuery.shape.machine.unwrap(), state: word, cycle: word, applicant: word }).optional(),
}).refine(({ cases, filter }) => (cases === undefined) !== (filter === undefined), {
  path: ['cases'], params: { code: 'missing', de: 'Nennen Sie entweder Vorgänge (cases) oder einen Filter (filter).', en: 'Name either cases or a filter.' },
}).meta({ id: 'BulkPreviewOrder', description: `\`cases\` or \`filter\`: at most ${MOST_BULK_ROWS} cases` });

export const bulkQuery = z.strictObject({ format });
