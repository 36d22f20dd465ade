import { putEffects, type Tx } from '#store';
import { judgeAnswer, type EarlierAnswer, type Verdict } from './bank-judgement.ts';
import type { BankEntry, BankMessage } from './bank-message.ts';
import { knownOrders, ordersOf, type OrderPlace } from './bank-orders.ts';

/** What a bank entry asks of the worker: tell its instalment. The house's own effect, which no programme can ask for. */
export interface BankEntryEffect {
  readonly type: 'bankEntry';
  readonly entryId: number;
  /** 0 at first; each retry by a person is another one. */
  readonly round: number;
}

/** Where its effects wait. */
export const BANK_QUEUE = 'bank';

/** What an import did. */
export interface BankImport {
  readonly id: string;
  readonly kind: BankMessage['kind'];
  readonly messageId: string;
  readonly sha256: string;
  /** The first import of the same file or message, if this one did nothing. */
  readonly duplicateOf: string | null;
  readonly counts: BankCounts;
}

/** Entries of a file by what was done with them: each is matched to an order, known before, or left to a person. */
export interface BankCounts {
  readonly entries: number;
  readonly matched: number;
  readonly duplicates: number;
  readonly exceptions: number;
}

interface Arrived {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly importedBy: string;
}

interface Judged extends BankEntry {
  readonly part: number;
  readonly order: OrderPlace | null;
  readonly judgement: Verdict;
}

/**
 * Imports a file in one transaction: all of it or nothing. Imports take turns, so that what one knows of an order is all
 * there is to know. The same bytes, or the same message of the same account, do nothing again.
 */
export async function importBankFile(tx: Tx, message: BankMessage, arrived: Arrived): Promise<BankImport> {
  const { kind, messageId } = message;
  await takeTurns(tx);
  const [known] = await tx.query<{ id: string }>(
    'select id from bank_files where sha256 = $1 or (kind = $2 and message_id = $3 and account = $4) order by at limit 1',
    [arrived.sha256, kind, messageId, message.account ?? '']);
  if (known !== undefined) {
    const entries = message.entries.length;
    return { id: known.id, kind, messageId, sha256: arrived.sha256, duplicateOf: known.id, counts: { entries, matched: 0, duplicates: entries, exceptions: 0 } };
  }
  const id = await keepFile(tx, message, arrived);
  const judged = await judgeAll(tx, message);
  await send(tx, judged, await keepEntries(tx, id, judged));
  return { id, kind, messageId, sha256: arrived.sha256, duplicateOf: null, counts: countsOf(judged) };
}

/** Imports and resolutions happen one after the other: each judges by all that was said before. */
export async function takeTurns(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('bank', 0))`);
}

async function keepFile(tx: Tx, { kind, version, messageId, createdAt, account }: BankMessage, { bytes, sha256, importedBy }: Arrived): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `insert into bank_files (id, sha256, kind, version, message_id, message_created_at, account, bytes, imported_by, at)
     values (gen_random_uuid()::text, $1, $2, $3, $4, $5, $6, $7, $8, tranche_now()) returning id`,
    [sha256, kind, version, messageId, createdAt, account ?? '', bytes, importedBy]);
  return (row as { id: string }).id;
}

/** Judges the entries one after the other: what one says counts for the next. */
async function judgeAll(tx: Tx, { entries }: BankMessage): Promise<readonly Judged[]> {
  const known = await knownOrders(tx, entries);
  const earlier = await earlierAnswers(tx, [...known.byReference.values(), ...[...known.byMessage.values()].flat()].map(({ id }) => id));
  const soFar = (order: OrderPlace | null): readonly EarlierAnswer[] => (order === null ? [] : earlier.get(order.id) ?? []);
  return entries.flatMap((entry) => {
    const orders = ordersOf(entry, known);
    const parts = entry.endToEndId === null && orders.length > 0 ? partsOf(entry, orders, soFar) : [{ entry, order: orders[0] ?? null }];
    return parts.map(({ entry: answer, order }, part): Judged => {
      const judgement = judgeAnswer(answer, order, soFar(order), known.alike);
      if (order !== null && judgement.verdict !== 'exception') earlier.set(order.id, [...soFar(order), { ...answer, sent: judgement.verdict === 'sent' }]);
      return { ...answer, part, order, judgement };
    });
  });
}

/**
 * What an answer to a whole file says of each of its orders. Money that is booked as one sum is that of the orders that
 * were not rejected before; where it is another sum nobody can say whose money is missing, so it moves none of them.
 */
function partsOf(entry: BankEntry, orders: readonly OrderPlace[], soFar: (order: OrderPlace) => readonly EarlierAnswer[]): readonly { readonly entry: BankEntry; readonly order: OrderPlace | null }[] {
  if (entry.amountCents === null) return orders.map((order) => ({ entry, order }));
  const meant = orders.filter((order) => !soFar(order).some(({ answer, sent }) => answer === 'rejected' && sent));
  const total = meant.reduce((sum, { amountCents }) => sum + amountCents, 0);
  if (total !== entry.amountCents) return [{ entry: { ...entry, answer: 'unreadable', why: entry.why ?? 'batchSumMatches' }, order: null }];
  return meant.map((order) => ({ entry: { ...entry, amountCents: order.amountCents }, order }));
}

/**
 * What the bank has said before about these orders, or before one of its entries, and was believed. What waits or waited
 * for a person is none of it, nor is a debit that a person has put aside: the same said properly later must not pass for a repetition.
 */
export async function earlierAnswers(tx: Tx, orderIds: readonly number[], beforeEntry: number | null = null): Promise<Map<number, readonly EarlierAnswer[]>> {
  const rows = orderIds.length === 0 ? [] : await tx.query<EarlierAnswer & { orderId: number }>(
    `select coalesce(r.order_id, e.order_id) as "orderId", answer, amount_cents as "amountCents", booked_on as "bookedOn", value_on as "valueOn", bank_reference as "bankReference",
       case when f.kind <> 'pain.002' then f.account end as account, verdict = 'sent' or r.order_id is not null as sent
     from bank_entries e join bank_files f on f.id = e.file_id left join (select distinct entry_id, order_id from bank_resolutions where action = 'retry') r on r.entry_id = e.id
     where (e.order_id = any($1) or r.order_id = any($1)) and (verdict <> 'exception' or r.order_id is not null) and not (e.answer = 'settled' and exists (select 1 from bank_resolutions c where c.entry_id = e.id and c.action in ('done', 'ignore')))
       and ($2::bigint is null or e.id < $2) order by e.id`, [orderIds, beforeEntry]);
  const found = new Map<number, EarlierAnswer[]>();
  for (const { orderId, ...answer } of rows) found.set(orderId, [...found.get(orderId) ?? [], answer]);
  return found;
}

/** Writes all entries at once; their ids come back by place. */
async function keepEntries(tx: Tx, fileId: string, judged: readonly Judged[]): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ id: number; position: number; part: number }>(
    `insert into bank_entries (file_id, position, part, answer, end_to_end_id, original_message_id, original_batch_id, amount_cents, booked_on, value_on, reason, bank_reference,
       order_id, verdict, code, at)
     select $1, position, part, answer, "endToEndId", "originalMessageId", "originalBatchId", "amountCents", "bookedOn", "valueOn", reason, "bankReference", "orderId", verdict, code, tranche_now()
     from jsonb_to_recordset($2::jsonb) as e(position int, part int, answer text, "endToEndId" text, "originalMessageId" text, "originalBatchId" text, "amountCents" bigint,
       "bookedOn" date, "valueOn" date, reason text, "bankReference" text, "orderId" bigint, verdict text, code text)
     order by position, part returning id, position, part`,
    [fileId, JSON.stringify(judged.map(({ index, part, order, judgement, original, ...entry }) => ({
      ...entry, position: index, part, orderId: order?.id ?? null, originalMessageId: original?.messageId ?? null, originalBatchId: original?.batchId ?? null, ...judgement,
    })))]);
  return new Map(rows.map(({ id, position, part }) => [`${position}.${part}`, id]));
}

/** A repetition that tells the day of a settlement moves nothing, but its instalment hears of the day. */
async function send(tx: Tx, judged: readonly Judged[], ids: ReadonlyMap<string, number>): Promise<void> {
  await putEffects(tx, judged.flatMap(({ index, part, order, judgement }) =>
    ((judgement.verdict === 'sent' || (judgement.code === null && judgement.dayNew)) && order !== null ? [effectOf(order, { type: 'bankEntry', entryId: ids.get(`${index}.${part}`) as number, round: 0 })] : [])));
}

/** An entry's way to its instalment. It hangs on the journal entry that ordered the payment: the bank answers that. */
export const effectOf = ({ caseId, rootId, journalSeq }: OrderPlace, payload: BankEntryEffect) => ({ queue: BANK_QUEUE, caseId, rootId, journalSeq, payload } as const);

function countsOf(judged: readonly Judged[]): BankCounts {
  const count = (verdict: Verdict['verdict']): number => judged.filter(({ judgement }) => judgement.verdict === verdict).length;
  return { entries: judged.length, matched: count('sent') + count('recorded'), duplicates: count('duplicate'), exceptions: count('exception') };
}
