import { Injectable } from '@nestjs/common';
import { claimKey, crashPoint, keepAnswer, putEffects, Store, type RequestKey, type Tx } from '#store';
import { earlierAnswers, effectOf, importBankFile, takeTurns, type BankImport } from './bank-import.ts';
import { judgeAnswer } from './bank-judgement.ts';
import type { BankAnswer, BankMessage } from './bank-message.ts';
import { alikeTo, orderById, ordersByReference, type OrderPlace } from './bank-orders.ts';
import { saidOf } from './bank-said.ts';
import { BankList, type ListedEntry } from './bank.list.ts';
import type { ExceptionCode, ResolveAction } from './bank-words.ts';

/** What a command of a person became; a refusal's code is the wire's. */
export type BankOutcome<T> =
  | { readonly ok: true; readonly done: T; readonly replayed: boolean }
  | { readonly ok: false; readonly code: 'keyReused' | 'keyInFlight' | 'notFound' | 'notPossibleHere' | ExceptionCode; readonly replayed: boolean };

/** How an exception is resolved, by whom and why. */
export interface Resolution {
  readonly entryId: number;
  readonly action: ResolveAction;
  readonly reason: string;
  readonly account: string;
}

/** An entry on its way to its instalment, with what only the moment of arrival can tell. */
export interface EntryWork {
  readonly answer: BankAnswer;
  readonly order: OrderPlace;
  /** Of the entry, or the order's where the bank gave none. */
  readonly amountCents: number;
  /** Value day, booking day, or today in Berlin. */
  readonly valueOn: string;
  /** Whether the bank has told the same before: then it can at most tell the day of it. */
  readonly repeats: boolean;
  /** The value day of a statement, or its booking day; null where it gives none or one far ahead; a status report knows none. */
  readonly valuedOn: string | null;
  readonly reason: string | null;
  readonly reference: string;
  /** The row of the family's journal that the instalment's next order came from; null for the newest one. */
  readonly nextSeq: number | null;
  /** Whether the bank has said of this order, with effect, that money came back. */
  readonly cameBack: boolean;
  /** How much it has told of the order that came back although a person had said so before, in cents. */
  readonly heardCents: number;
}

/** What came of an entry: it moved its instalment, said what was known, or waits for a person. */
export type EntryResult = { readonly result: 'applied' | 'known' } | { readonly result: 'exception'; readonly code: ExceptionCode };

/** A value day further ahead corrects nothing by itself: a person looks at it. */
const DAYS_TO_VALUE = 10;

/** Both say that a payment is not, or no longer, with its payee. */
const BACK = ['returned', 'rejected'] as const;

/** The one writer of what the bank says. */
@Injectable()
export class BankService {
  readonly #store: Store;
  readonly #list: BankList;

  constructor(store: Store, list: BankList) {
    this.#store = store;
    this.#list = list;
  }

  /**
   * Imports a bank file that has been read, in one transaction with its key's answer. Whoever refused the file before
   * asked nothing of the database, and its key may be used again.
   */
  async import({ message, bytes, sha256 }: { readonly message: BankMessage; readonly bytes: Uint8Array; readonly sha256: string }, key: RequestKey): Promise<BankOutcome<BankImport>> {
    return this.#once(key, async (tx) => ({ ok: true, done: await importBankFile(tx, message, { bytes, sha256, importedBy: key.actor }), replayed: false }));
  }

  /**
   * Resolves an exception: a person says that nothing is to be done, or has it tried again. A retry is judged anew by the
   * facts of now; what would only fail again is refused.
   */
  resolve(resolution: Resolution, key: RequestKey): Promise<BankOutcome<ListedEntry>> {
    return this.#once(key, async (tx) => {
      await takeTurns(tx);
      const entry = await this.#list.entry(resolution.entryId, tx);
      if (entry === null) return refused('notFound');
      if (entry.verdict !== 'exception') return refused('notPossibleHere');
      const order = resolution.action === 'retry' ? await this.#retried(tx, entry) : null;
      if (typeof order === 'string') return refused(order);
      await tx.query(
        'insert into bank_resolutions (entry_id, round, action, reason, account, order_id, at) values ($1, $2, $3, $4, $5, $6, tranche_now())',
        [entry.id, entry.round, resolution.action, resolution.reason, resolution.account, order?.id ?? null]);
      if (order !== null) await putEffects(tx, [effectOf(order, { type: 'bankEntry', entryId: entry.id, round: entry.round + 1 })]);
      const done = await this.#list.entry(entry.id, tx);
      return { ok: true, done: done as ListedEntry, replayed: false };
    });
  }

  /** What the worker needs of an entry, read in its transaction and under the family's lock; null for one that is done or does not exist. */
  async work(tx: Tx, entryId: number, round: number): Promise<EntryWork | null> {
    const [row] = await tx.query<Omit<EntryWork, 'order' | 'reference' | 'amountCents'> & { orderId: number; amountCents: number | null; bankReference: string | null }>(
      `select e.answer, e.amount_cents as "amountCents", e.reason, e.bank_reference as "bankReference", o.id as "orderId", e.verdict = 'duplicate' as repeats,
         case when f.kind <> 'pain.002' and coalesce(e.value_on, e.booked_on) <= tranche_now()::date + ${DAYS_TO_VALUE} then coalesce(e.value_on, e.booked_on) end as "valuedOn", coalesce(e.value_on, e.booked_on, (tranche_now() at time zone 'Europe/Berlin')::date) as "valueOn",
         (select min(x.journal_seq) from payment_orders later join outbox x on x.id = later.effect_id where later.case_id = o.case_id and later.sequence > o.sequence) as "nextSeq",
         exists (select 1 from ${saidOf('o', BACK)}) as "cameBack",
         (select coalesce(sum(coalesce(b.amount_cents, o.amount_cents)), 0)::bigint from ${saidOf('o', BACK)} and x.result = 'known') as "heardCents"
       from bank_entries e join bank_files f on f.id = e.file_id
       left join bank_resolutions r on r.entry_id = e.id and r.round = $2 - 1
       join payment_orders o on o.id = coalesce(r.order_id, e.order_id)
       where e.id = $1 and not exists (select 1 from bank_outcomes d where d.entry_id = e.id and d.round = $2)`, [entryId, round]);
    const order = row === undefined ? null : await orderById(tx, row.orderId);
    if (row === undefined || order === null) return null;
    const { orderId: _, bankReference, ...work } = row;
    return { ...work, order, amountCents: row.amountCents ?? order.amountCents, reference: bankReference ?? order.endToEndId };
  }

  /** Writes down what came of an entry, in the transaction that did it. */
  async conclude(tx: Tx, { entryId, round, effectId }: { readonly entryId: number; readonly round: number; readonly effectId: number }, result: EntryResult): Promise<void> {
    await tx.query('insert into bank_outcomes (entry_id, round, effect_id, result, code, at) values ($1, $2, $3, $4, $5, tranche_now())',
      [entryId, round, effectId, result.result, 'code' in result ? result.code : null]);
  }

  /** The order of an entry that is to be tried again, or why that cannot help. */
  async #retried(tx: Tx, entry: ListedEntry): Promise<OrderPlace | ExceptionCode> {
    const named = entry.endToEndId === null ? undefined : (await ordersByReference(tx, [entry.endToEndId])).get(entry.endToEndId);
    const order = named ?? (entry.order === null ? null : await orderById(tx, entry.order.id));
    const earlier = order === null ? [] : (await earlierAnswers(tx, [order.id], entry.id)).get(order.id) ?? [];
    const alike = order === null && entry.endToEndId !== null ? await alikeTo(tx, [entry.endToEndId]) : new Set<string>();
    const verdict = judgeAnswer(entry, order, earlier, alike);
    if (verdict.verdict === 'exception') return verdict.code;
    return order === null || verdict.verdict !== 'sent' ? 'settledOnce' : order;
  }

  /** One command, once: the same key gives the same answer. */
  async #once<T>(key: RequestKey, work: (tx: Tx) => Promise<BankOutcome<T>>): Promise<BankOutcome<T>> {
    const outcome = await this.#store.transaction(async (tx): Promise<BankOutcome<T>> => {
      const claimed = await claimKey(tx, key);
      if (claimed.kind === 'replay') return { ...(claimed.answer as BankOutcome<T>), replayed: true };
      if (claimed.kind !== 'new') return refused(claimed.kind === 'reused' ? 'keyReused' : 'keyInFlight');
      const done = await work(tx);
      if (done.ok) await keepAnswer(tx, key, done);
      crashPoint('before-commit');
      return done;
    });
    crashPoint('after-commit');
    this.#store.committed();
    return outcome;
  }
}

const refused = (code: Extract<BankOutcome<unknown>, { ok: false }>['code']) => ({ ok: false, code, replayed: false } as const);
