import { z } from 'zod';
import { ROLES } from '#kernel';

/** The shapes of the wire contract. Handlers are typed by the capabilities; these make the document and its tests. */
export const text = z.strictObject({ de: z.string(), en: z.string() }).meta({ id: 'Text', description: 'A sentence in both languages of the house.' });
export const instant = z.string().meta({ format: 'date-time', description: 'RFC 3339, UTC, milliseconds, Z' });
export const day = z.string().meta({ format: 'date', description: 'A calendar day in Berlin' });
export const cents = z.int().min(0).max(9_999_999_999_999).meta({ description: 'Euro cents' });
export const id = z.string().meta({ description: 'Opaque' });
export const json = z.unknown();

const finding = z.strictObject({ code: z.string(), path: z.string(), actual: json, required: json, text }).meta({ id: 'Finding' });

const candidate = z.strictObject({ account: z.string(), name: z.string(), role: z.enum(ROLES) });

export const reason = z.strictObject({
  code: z.string(), text, remedy: text, who: z.array(candidate).optional(), from: instant.optional(),
}).meta({ id: 'Reason', description: 'Why not; who could do it instead; from when.' });

const line = z.strictObject({
  line: z.string(), maximumCents: cents, grantedCents: cents.nullable(), decision: z.enum(['approve', 'cut', 'refuse']).nullable(), reason: z.string().nullable(),
});

export const caseView = z.strictObject({
  id, fileNumber: z.string(), machine: z.string(), parent: id.nullable(),
  programme: z.string(), programmeVersion: z.int(), definitionHash: z.string(), cycle: z.string(),
  applicant: z.strictObject({ key: z.string(), name: z.string() }),
  version: z.int(), state: z.string().meta({ description: 'One dotted path down to the leaf' }),
  outcome: z.enum(['approved', 'partlyApproved', 'rejected']).nullable(),
  milestones: z.array(z.strictObject({ name: z.string(), reachedAt: instant.nullable() })),
  receivedAt: instant.nullable(), receiptNumber: z.string().nullable(),
  nextDeadline: z.strictObject({ name: z.string(), at: instant, because: text }).nullable(),
  form: json.optional(), findings: z.array(finding).optional(),
  lines: z.array(line), requestedCents: cents, grantedCents: cents.nullable(), paidCents: cents,
  instalments: z.array(z.strictObject({ id, number: z.int(), amountCents: cents, payOn: day, state: z.string() })),
  holds: z.array(z.strictObject({ id, reason: z.string(), reasonText: text.meta({ description: 'The reason in words' }), scope: z.string(), since: instant, amountCents: cents.optional(), bypassedFor: z.int().optional(),
    note: text.optional().meta({ description: 'What the hold cannot stop any more, because it has gone out' }) })),
  claimedCents: cents.optional().meta({ description: 'Paid beyond a reduced award and not paid back' }),
  payees: z.array(z.strictObject({
    id, number: z.int(), version: z.int(), holder: z.string(), holderAtBank: z.string().meta({ description: 'The name in the characters that banks write: what the bank will get' }), iban: z.string(), bic: z.string().nullable(), reason: z.string(), proposedAt: instant,
    checked: z.strictObject({ document: z.string(), at: instant }).nullable(), callBack: z.strictObject({ spokenTo: z.string(), at: instant }).nullable(),
    approvedAt: instant.nullable(), state: z.string(),
  })).optional().meta({ description: 'Versions of the payee data after that of the form, each a case of its own' }),
  payeeVerification: z.strictObject({ answer: z.string(), name: z.string().nullable(), reason: z.string().nullable(), at: instant }).nullable().optional(),
  createdAt: instant, updatedAt: instant,
}).meta({ id: 'Case' });

export const page = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item), next: z.string().nullable() });
export const list = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item) });

export const casePage = page(caseView);

export const formAnswer = z.strictObject({
  form: json, findings: z.array(finding), lines: z.array(z.strictObject({ line: z.string(), maximumCents: cents })), amountCents: cents,
}).meta({ id: 'FormAnswer' });

export const document = z.strictObject({ id, kind: z.string(), name: z.string(), bytes: z.int(), sha256: z.string() }).meta({ id: 'Document' });

export const actions = list(z.strictObject({
  event: z.string(), label: text, allowed: z.boolean(), reasons: z.array(reason), fields: json.meta({ description: 'JSON Schema of the body' }),
  notes: z.array(z.strictObject({ code: z.string(), text, remedy: text })).optional().meta({ description: 'What it will come to although nothing stands against it: payments are frozen, so that it waits; nothing went to the bank, so that nothing comes back' }),
})).meta({ id: 'Actions' });

export const timelineItem = z.strictObject({
  seq: z.int().nullable().meta({ description: 'Its place in the journal of the family; null for what was done about a payment beside it' }), at: instant, case: id,
  fileNumber: z.string().meta({ description: 'Of the case: the application, or which of its instalments or versions of payee data' }),
  event: z.string(), actor: z.strictObject({ account: z.string(), role: z.string() }),
  from: z.string().nullable(), to: z.string().nullable().meta({ description: 'Null where no case has moved' }), text,
});

export const timeline = list(timelineItem).meta({ id: 'Timeline' });

export const programmes = list(z.strictObject({ id: z.string(), version: z.int(), title: text })).meta({ id: 'Programmes' });

export const matches = list(z.strictObject({
  programme: z.string(), cycle: z.string().nullable(), verdict: z.enum(['fits', 'doesNotFit', 'unknown']), applyThrough: z.enum(['self', 'district']),
  reasons: z.array(z.strictObject({ code: z.string(), text })), maximumCents: cents.nullable(),
})).meta({ id: 'Matches' });

export const token = z.strictObject({ token: z.string(), expiresAt: instant });
export const clock = z.strictObject({ now: instant });

export const inboxPage = page(z.strictObject({
  id, case: id, kind: z.string(), to: z.string(), language: z.enum(['de', 'en']), subject: z.string(), text: z.string(), sentAt: instant,
}));

export const exceptions = page(z.strictObject({
  id, kind: z.enum(['effect', 'clock', 'bounce', 'suppressed', 'bank', 'payment', 'returned', 'lying', 'freeze']), case: id.nullable().meta({ description: 'Null where it is known of no case' }), fileNumber: z.string().nullable(), name: z.string(), at: instant, text,
  owner: z.array(z.enum(ROLES)).optional().meta({ description: 'Whose roles it waits for' }),
  ageDays: z.int().min(0).meta({ description: 'Whole days since then, or since the case has not moved' }),
  suggestedAction: z.string().optional().meta({ description: 'What `POST /bank-entries/{id}/resolve` takes, or `confirm` for `POST /payment-answers/{id}/confirm`; the text says why' }),
})).meta({ id: 'Exceptions' });

export const health = z.strictObject({ status: z.literal('ok') });

export const problem = z.strictObject({
  type: z.string(), title: z.string(), status: z.int(), detail: z.string(), code: z.string(),
  reasons: z.array(reason).optional(),
  errors: z.array(z.strictObject({ path: z.string(), code: z.string(), text })).optional(),
  current: z.int().optional(),
  changed: z.array(z.strictObject({ path: z.string(), from: json, to: json })).optional(),
  requestId: z.string(),
}).meta({ id: 'Problem', description: 'RFC 9457. `title` and `detail` follow Accept-Language, German by default.' });

/** What comes in. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional().meta({ description: '`next` of the page before' }),
});

export const word = z.string().max(100).optional();

/** A table may be had as a file of all its rows. */
export const format = z.enum(['json', 'csv', 'xlsx']).default('json').meta({ description: '`csv` and `xlsx` answer a file with every row, as a German Excel reads it; `limit` and `cursor` are for `json`' });

export const caseQuery = pageQuery.extend({
  format,
  machine: z.enum(['application', 'instalment', 'payee', 'paymentRun']).optional(), state: word, cycle: word, applicant: word, parent: word,
  q: z.string().max(100).optional().meta({ description: 'Looked for in file numbers and names' }),
});

export const inboxQuery = pageQuery.extend({ to: z.string().max(254).optional(), case: word });

const thisAge = (given: string): boolean => /^(19[7-9]\d|20\d\d|21\d\d)-/.test(given);

const OTHER_AGE = { params: { de: 'Das Jahr muss zwischen 1970 und 2199 liegen.', en: 'The year must lie between 1970 and 2199.' } };

/** Any RFC 3339 instant of this age, brought to the one form that the house compares. What is none is told that, and no more. */
export const someInstant = z.iso.datetime({ offset: true, abort: true }).refine(thisAge, OTHER_AGE)
  .transform((given) => new Date(given).toISOString());

/** A day of this age. */
export const someDay = z.iso.date({ abort: true }).refine(thisAge, OTHER_AGE);

export const atQuery = z.strictObject({ at: someInstant.optional() });

export const opening = z.strictObject({ programme: z.string().max(100), cycle: z.string().max(100), applicant: z.string().max(100) }).meta({ id: 'Opening' });

export const tokenOrder = z.strictObject({ account: z.string().max(100) }).meta({ id: 'TokenOrder' });

export const clockOrder = z.strictObject({ now: someInstant }).meta({ id: 'ClockOrder' });

export const upload = z.strictObject({ kind: z.enum(['concept']) });
