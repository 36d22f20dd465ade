import { Injectable } from '@nestjs/common';
import { Store, type Instant, type Runner } from '#store';
import type { BankCounts } from './bank-import.ts';
import { DEBIT, toldBefore } from './bank-said.ts';
import type { BankAnswer, BankMessageKind } from './bank-message.ts';
import { EXCEPTION_WORDS, type EntryFault, type ExceptionCode, type ResolveAction } from './bank-words.ts';

/** How an entry stands: on its way, done, or waiting; computed from the facts, stored nowhere. */
export type EntryStanding = 'sent' | 'applied' | 'known' | 'recorded' | 'duplicate' | 'exception' | 'resolved';

/** An entry with everything that came of it. */
export interface ListedEntry {
  readonly id: number;
  readonly fileId: string;
  readonly kind: BankMessageKind;
  readonly account: string | null;
  /** Who imported its file. */
  readonly importedBy: string;
  readonly index: number;
  readonly answer: BankAnswer;
  readonly endToEndId: string | null;
  readonly amountCents: number | null;
  readonly bookedOn: string | null;
  readonly valueOn: string | null;
  readonly reason: string | null;
  readonly bankReference: string | null;
  readonly order: { readonly id: number; readonly caseId: string; readonly endToEndId: string; readonly amountCents: number } | null;
  readonly verdict: EntryStanding;
  /** Of an exception, also of a resolved one: what does not hold. */
  readonly code: ExceptionCode | null;
  readonly why: EntryFault | null;
  readonly round: number;
  readonly resolution: { readonly action: ResolveAction; readonly reason: string; readonly account: string; readonly at: Instant } | null;
  /** The first entry of another file that tells of the same booking, as far as reference, amount and day can say so. */
  readonly toldBefore: { readonly id: number; readonly at: Instant; readonly resolution: Pick<NonNullable<ListedEntry['resolution']>, 'reason' | 'account'> | null } | null;
  /** When it was imported, or became an exception. */
  readonly at: Instant;
  readonly ageDays: number;
}

/** A file with what was done with its entries. */
export interface ListedFile {
  readonly id: string;
  readonly kind: BankMessageKind;
  readonly version: string;
  readonly messageId: string;
  readonly messageCreatedAt: string | null;
  readonly account: string | null;
  readonly sha256: string;
  readonly importedBy: string;
  readonly at: Instant;
  readonly counts: BankCounts;
}

/** A place in a list, newest first. */
export interface BankPlace {
  readonly at: Instant;
  readonly id: string;
}

type Row = Omit<ListedEntry, 'order' | 'resolution' | 'why'> & {
  readonly orderId: number | null; readonly caseId: string; readonly orderReference: string; readonly orderCents: number;
  readonly action: ResolveAction | null; readonly resolvedBecause: string; readonly resolvedBy: string; readonly resolvedAt: Instant;
};

/** The last resolution decides which round counts; its outcome decides how the entry stands. */
const STANDING = `
  select e.id, e.file_id as "fileId", f.kind, nullif(f.account, '') as account, f.imported_by as "importedBy", e.position as index, e.answer, e.end_to_end_id as "endToEndId", e.amount_cents as "amountCents",
    e.booked_on as "bookedOn", e.value_on as "valueOn", e.reason, e.bank_reference as "bankReference",
    o.id as "orderId", o.case_id as "caseId", o.end_to_end_id as "orderReference", o.amount_cents as "orderCents",
    case when r.action in ('done', 'ignore') then 'resolved' when x.result is not null then x.result when r.action = 'retry' then 'sent' else e.verdict end as verdict,
    coalesce(x.code, e.code) as code,
    case when r.action = 'retry' then r.round + 1 else coalesce(r.round, 0) end as round,
    r.action, r.reason as "resolvedBecause", r.account as "resolvedBy", r.at as "resolvedAt",
    (select jsonb_build_object('id', p.id, 'at', to_char(p.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'resolution',
        (select jsonb_build_object('reason', q.reason, 'account', q.account) from bank_resolutions q where q.entry_id = p.id order by q.round desc limit 1))
      from ${toldBefore('e')} order by p.id limit 1) as "toldBefore",
    coalesce(x.at, e.at) as at, extract(day from tranche_now() - coalesce(x.at, e.at))::int as "ageDays"
  from bank_entries e
  join bank_files f on f.id = e.file_id
  left join lateral (select * from bank_resolutions where entry_id = e.id order by round desc limit 1) r on true
  left join bank_outcomes x on x.entry_id = e.id and x.round = case when r.action = 'retry' then r.round + 1 else coalesce(r.round, 0) end
  left join payment_orders o on o.id = coalesce(r.order_id, e.order_id)`;

/** Entries that ever were exceptions: only among them can one be open. */
const EVER_EXCEPTIONS = `e.id in (select id from bank_entries where verdict = 'exception' union all select entry_id from bank_outcomes where result = 'exception')`;

const FILES = `
  select f.id, f.kind, f.version, f.message_id as "messageId", f.message_created_at as "messageCreatedAt", nullif(f.account, '') as account, f.sha256, f.imported_by as "importedBy", f.at,
    (select jsonb_build_object('entries', count(*), 'matched', count(*) filter (where verdict in ('sent', 'recorded')), 'duplicates', count(*) filter (where verdict = 'duplicate'),
      'exceptions', count(*) filter (where verdict = 'exception')) from bank_entries e where e.file_id = f.id) as counts
  from bank_files f`;

/** Reads what the bank has said and how that stands. */
@Injectable()
export class BankList {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Files, the newest first, older than `before`. */
  files({ before, limit }: { readonly before?: BankPlace; readonly limit: number }): Promise<ListedFile[]> {
    return this.#store.query<ListedFile>(`${FILES} where $1::timestamptz is null or (f.at, f.id) < ($1, $2) order by f.at desc, f.id desc limit $3`,
      [before?.at ?? null, before?.id ?? null, limit]);
  }

  async file(id: string): Promise<ListedFile | null> {
    const [found] = await this.#store.query<ListedFile>(`${FILES} where f.id = $1`, [id]);
    return found ?? null;
  }

  /** A file as it came. */
  async bytes(id: string): Promise<Buffer | null> {
    const [found] = await this.#store.query<{ bytes: Buffer }>('select bytes from bank_files where id = $1', [id]);
    return found?.bytes ?? null;
  }

  /** Entries in the order in which they were imported, after the entry `after`, of one file or of all. */
  async entries({ file, verdict, after, limit }: { readonly file?: string; readonly verdict?: EntryStanding; readonly after?: number; readonly limit: number }): Promise<ListedEntry[]> {
    const rows = await this.#store.query<Row>(
      `select * from (${STANDING} where ($1::text is null or e.file_id = $1) and e.id > $2 ${verdict === 'exception' ? `and ${EVER_EXCEPTIONS}` : ''}) listed
       where $3::text is null or verdict = $3 order by id limit $4`,
      [file ?? null, after ?? 0, verdict ?? null, limit]);
    return rows.map(listed);
  }

  async entry(id: number, runner: Runner = this.#store): Promise<ListedEntry | null> {
    const [row] = await runner.query<Row>(`${STANDING} where e.id = $1`, [id]);
    return row === undefined ? null : listed(row);
  }

  /** Which of these instalments and references the bank has spoken of without effect so far: the message waits for a person, or is on its way. */
  async waiting({ caseIds, references }: { readonly caseIds: readonly string[]; readonly references: readonly string[] }, runner: Runner = this.#store): Promise<ReadonlySet<string>> {
    const rows = await runner.query<{ about: string }>(
      `select unnest(array_remove(array["caseId", named.case_id, listed."endToEndId"], null)) as about from (${STANDING} where ${EVER_EXCEPTIONS}) listed
         left join payment_orders named on named.end_to_end_id = listed."endToEndId"
         where verdict in ('exception', 'sent') and ("caseId" = any($1) or named.case_id = any($1) or listed."endToEndId" = any($2))
       union select o.case_id from payment_orders o join bank_entries e on e.order_id = o.id and e.verdict = 'sent'
         where o.case_id = any($1) and not exists (select 1 from bank_outcomes x where x.entry_id = e.id)`, [caseIds, references]);
    return new Set(rows.map(({ about }) => about));
  }

  /** Those of these references that the bank has ever debited, whatever became of its message: nothing goes out under them. */
  async debited(references: readonly string[], runner: Runner = this.#store): Promise<readonly string[]> {
    const rows = await runner.query<{ reference: string }>(
      `select e.end_to_end_id as reference from bank_entries e where e.end_to_end_id = any($1) and ${DEBIT}
       union select o.end_to_end_id from payment_orders o join bank_entries e on e.order_id = o.id where o.end_to_end_id = any($1) and ${DEBIT}`, [references]);
    return rows.map(({ reference }) => reference);
  }

  /** What waits for a person, newest first, older than `before`. There entries are called `bank-ID`, and that is how they are ordered. */
  async exceptions({ before, limit }: { readonly before?: BankPlace; readonly limit: number }): Promise<ListedEntry[]> {
    const rows = await this.#store.query<Row>(
      `select * from (${STANDING} where ${EVER_EXCEPTIONS}) listed
       where verdict = 'exception' and ($1::timestamptz is null or (at, ('bank-' || id) collate "C") < ($1, $2))
       order by at desc, ('bank-' || id) collate "C" desc limit $3`, [before?.at ?? null, before?.id ?? null, limit]);
    return rows.map(listed);
  }
}

function listed({ orderId, caseId, orderReference, orderCents, action, resolvedBecause, resolvedBy, resolvedAt, ...row }: Row): ListedEntry {
  const known = row.code !== null && Object.hasOwn(EXCEPTION_WORDS, row.code);
  return {
    ...row, code: known ? row.code : null, why: row.answer === 'unreadable' ? row.code as EntryFault : null,
    order: orderId === null ? null : { id: orderId, caseId, endToEndId: orderReference, amountCents: orderCents },
    resolution: action === null ? null : { action, reason: resolvedBecause, account: resolvedBy, at: resolvedAt },
  };
}
