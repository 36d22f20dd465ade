import type { Programmes } from '#cases';
import type { Instant, Text } from '#kernel';
import { claimKey, keepAnswer, type RequestKey, type Runner, type Store, type Tx } from '#store';
import { answersQuery } from './payment-answers.sql.ts';
import { DOUBTS, KEEPING_OUT, type Doubt } from './payment-answers.words.ts';

/** What was said of a payment that nothing else bears out: by whom, and what another person has to confirm. Money in cents. */
export interface PaymentAnswer {
  /** `answer-ORDER-SEQ-CODE`: the order's row, the place in its family's journal, and what is doubted of it. */
  readonly id: string;
  readonly orderId: number;
  readonly caseId: string;
  readonly rootId: string;
  readonly seq: number;
  readonly endToEndId: string;
  readonly amountCents: number;
  readonly code: Doubt;
  /** How much of the order persons have said to be back, this included, and how much the bank has credited for it, also unmarked. */
  readonly reportedCents: number;
  readonly creditedCents: number;
  /** Of what a person said came back: whether another one can still withdraw it. */
  readonly withdrawable: boolean;
  readonly account: string;
  readonly at: Instant;
  readonly ageDays: number;
  readonly confirmation: { readonly account: string; readonly reason: string; readonly at: Instant } | null;
}

/** A place in a list, newest first. */
export interface AnswerPlace {
  readonly at: Instant;
  readonly id: string;
}

export interface AnswerFilter {
  /** Only those that nobody has confirmed, or only those that somebody has; absent: all. */
  readonly confirmed?: boolean;
  readonly before?: AnswerPlace;
  /** In the families of these cases. */
  readonly caseIds?: readonly string[];
  readonly id?: string;
  readonly codes?: readonly Doubt[];
  /** Absent: all there are. */
  readonly limit?: number;
}

export interface ConfirmAnswer {
  readonly id: string;
  readonly reason: string;
  readonly account: string;
}

export type ConfirmOutcome =
  | { readonly ok: true; readonly done: PaymentAnswer; readonly replayed: boolean }
  | { readonly ok: false; readonly code: 'notFound' | 'notPossibleHere' | 'differentPerson' | 'keyReused' | 'keyInFlight'; readonly replayed: boolean };

/**
 * What persons say of payments, held against the bank's files. One person is enough to say it, since the work must go on; it
 * takes the bank or another person to bear it out, and until then it is an exception, and what was said to have come back is
 * not paid again. Computed from the journal, the orders and the bank's entries whenever it is asked for.
 */
export class PaymentAnswers {
  readonly #query: string;

  constructor(private readonly store: Store, programmes: Programmes) {
    this.#query = answersQuery(programmes.list);
  }

  /** The newest first. */
  list({ confirmed, before, caseIds, id, codes, limit }: AnswerFilter, runner: Runner = this.store): Promise<PaymentAnswer[]> {
    return runner.query<PaymentAnswer>(this.#query, [caseIds ?? null, confirmed ?? null, before?.at ?? null, before?.id ?? null, id ?? null, limit ?? null, codes ?? null]);
  }

  /** What one person alone said came back or was no return, in the families of these cases: no case of such a family is paid. By case. */
  async returnedUntold(caseIds: readonly string[], runner: Runner = this.store): Promise<ReadonlyMap<string, PaymentAnswer>> {
    if (caseIds.length === 0) return new Map();
    const open = await this.list({ confirmed: false, caseIds, codes: KEEPING_OUT }, runner);
    if (open.length === 0) return new Map();
    const ofFamily = new Map(open.map((answer) => [answer.rootId, answer]));
    const places = await runner.query<{ id: string; rootId: string }>('select id, root_id as "rootId" from cases where id = any($1) and root_id = any($2)', [caseIds, [...ofFamily.keys()]]);
    return new Map(places.map(({ id, rootId }) => [id, ofFamily.get(rootId) as PaymentAnswer]));
  }

  /** Those of these references that two persons have said to be paid although no file carried them. */
  async paidUnsent(references: readonly string[], runner: Runner = this.store): Promise<readonly string[]> {
    const rows = await runner.query<{ reference: string }>(
      `select o.end_to_end_id as reference from payment_confirmations c join payment_orders o on o.id = c.order_id where c.code = 'settledFromFile' and o.end_to_end_id = any($1)`, [references]);
    return rows.map(({ reference }) => reference);
  }

  async one(id: string, runner: Runner = this.store): Promise<PaymentAnswer | null> {
    return !/^answer-[\w-]{1,60}$/.test(id) ? null : (await this.list({ id, limit: 1 }, runner))[0] ?? null;
  }

  /** Another person bears an answer out, once. */
  async confirm({ id, reason, account }: ConfirmAnswer, key: RequestKey): Promise<ConfirmOutcome> {
    const outcome = await this.#byAnother(async (tx): Promise<ConfirmOutcome> => {
      const claimed = await claimKey(tx, key);
      if (claimed.kind === 'replay') return { ...(claimed.answer as unknown as ConfirmOutcome), replayed: true };
      if (claimed.kind !== 'new') return { ok: false, code: claimed.kind === 'reused' ? 'keyReused' : 'keyInFlight', replayed: false };
      const answer = await this.one(id, tx);
      if (answer === null) return { ok: false, code: 'notFound', replayed: false };
      const written = await tx.query(
        'insert into payment_confirmations (root_id, seq, code, order_id, account, reason, at) values ($1, $2, $3, $4, $5, $6, tranche_now()) on conflict do nothing returning seq',
        [answer.rootId, answer.seq, answer.code, answer.orderId, account, reason]);
      if (written.length === 0) return { ok: false, code: 'notPossibleHere', replayed: false };
      const done: ConfirmOutcome = { ok: true, done: (await this.one(id, tx)) as PaymentAnswer, replayed: false };
      await keepAnswer(tx, key, done);
      return done;
    });
    this.store.committed();
    return outcome;
  }

  /** The database knows everybody who said it, also where an answer names one of them. */
  async #byAnother(work: (tx: Tx) => Promise<ConfirmOutcome>): Promise<ConfirmOutcome> {
    try {
      return await this.store.transaction(work);
    } catch (error) {
      if ((error as { constraint?: unknown }).constraint === 'payment_confirmations_by_another') return { ok: false, code: 'differentPerson', replayed: false };
      throw error;
    }
  }
}

/** In words: what is doubted of an answer, and what to do. */
export const doubtOf = ({ endToEndId: reference, code, ...answer }: PaymentAnswer): { readonly text: Text; readonly remedy: Text } => DOUBTS[code]({ ...answer, reference });
