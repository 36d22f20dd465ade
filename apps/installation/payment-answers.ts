import type { Programmes } from '#cases';
import type { Instant, Text } from '#kernel';
import { saidOf } from '#payments';
import { claimKey, keepAnswer, type RequestKey, type Runner, type Store } from '#store';
import { DOUBTS, type Doubt } from './payment-answers.words.ts';

/** What was said of a payment that nothing else bears out: by whom, and what another person has to confirm. Money in cents. */
export interface PaymentAnswer {
  /** `answer-ORDER-SEQ`: the order's row, and the place in its family's journal. */
  readonly id: string;
  readonly caseId: string;
  readonly rootId: string;
  readonly seq: number;
  readonly endToEndId: string;
  readonly amountCents: number;
  readonly code: Doubt;
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
  readonly caseIds?: readonly string[];
  readonly id?: string;
  readonly limit: number;
}

export interface ConfirmAnswer {
  readonly id: string;
  readonly reason: string;
  readonly account: string;
}

export type ConfirmOutcome =
  | { readonly ok: true; readonly done: PaymentAnswer; readonly replayed: boolean }
  | { readonly ok: false; readonly code: 'notFound' | 'notPossibleHere' | 'keyReused' | 'keyInFlight'; readonly replayed: boolean };

/** A statement comes on every banking day: what a person said to be paid and the bank has not told by then is asked about. */
const DAYS_TO_TELL = 7;

/**
 * What was said of an order ($1: that it was paid, $2: that it came back), beside what the bank said and what was sent to it.
 * Looked at are families where a person said it, and orders that were settled although no file carries them; what went out
 * before a restore has its file elsewhere, and a round that has no file at all is paid in another way. What came back as a
 * whole was not paid, whoever said so. A return that was withdrawn ($9) before anything else was said counts as never said.
 */
const ANSWERS = `
  with filing as (select distinct cycle_id from payment_runs p join payment_files f on f.run_id = p.id),
  unsent as (
    select case_id from payment_orders o where cycle_id in (select cycle_id from filing) and not exists (select 1 from payment_run_rows r join payment_files f on f.run_id = r.run_id where r.order_id = o.id)
      and not exists (select 1 from payments_gone_out g where g.end_to_end_id = o.end_to_end_id)),
  asked as (
    select case_id from journal where event = any($1::text[] || $2::text[]) and role <> 'system' and ($3::text[] is null or case_id = any($3))
    union select case_id from unsent where $3::text[] is null or case_id = any($3)),
  told as (
    select j.root_id, j.seq, j.case_id, j.at, j.event = any($1::text[]) as paid, j.role <> 'system' as by_hand, j.data ->> 'valueDate' as value_date, j.account, o.*,
      case when j.event = any($2::text[]) then (j.data ->> 'amountCents')::bigint end as back_cents
    from asked join journal j on j.case_id = asked.case_id and j.event = any($1::text[] || $2::text[])
      and not coalesce(j.event = any($2::text[]) and (select n.event = any($9::text[]) from journal n
        where n.case_id = j.case_id and n.seq > j.seq and n.event = any($1::text[] || $2::text[] || $9::text[]) order by n.seq limit 1), false)
    cross join lateral (
      select o.id, o.end_to_end_id, o.amount_cents, o.cycle_id in (select cycle_id from filing) as by_files from payment_orders o join outbox x on x.id = o.effect_id
      where o.case_id = j.case_id and x.journal_seq < j.seq order by o.sequence desc limit 1) o),
  compared as (
    select t.*, coalesce(sum(back_cents) over (partition by id order by seq), 0) as back_so_far, coalesce(sum(back_cents) over (partition by id), 0) as back_cents_all,
      exists (select 1 from payment_run_rows r join payment_files f on f.run_id = r.run_id where r.order_id = t.id)
        or exists (select 1 from payments_gone_out g where g.end_to_end_id = t.end_to_end_id) as sent
    from told t),
  doubted as (
    select 'answer-' || id || '-' || seq as id, case_id as "caseId", root_id as "rootId", seq, end_to_end_id as "endToEndId", coalesce(back_cents, amount_cents) as "amountCents",
      account, at, extract(day from tranche_now() - at)::int as "ageDays",
      case
        when paid and back_cents_all - back_so_far >= amount_cents then null
        when paid and by_files and not sent then 'settledFromFile'
        when paid and by_hand and sent and at < tranche_now() - interval '${DAYS_TO_TELL} days' and not exists (select 1 from ${saidOf('t', ['settled'])}) then 'settlementTold'
        when paid and by_hand and exists (select 1 from ${saidOf('t', ['settled'])} and coalesce(b.value_on, b.booked_on)::text <> t.value_date) then 'valueDateTold'
        when by_hand and not paid and (sent or exists (select 1 from ${saidOf('t', ['settled'])}))
          and (select coalesce(sum(coalesce(b.amount_cents, t.amount_cents)), 0) from ${saidOf('t', ['returned', 'rejected'])}) < back_so_far then 'returnTold'
      end as code
    from compared t)
  select d.*, case when c.seq is null then null else jsonb_build_object('account', c.account, 'reason', c.reason, 'at', to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end as confirmation
  from doubted d left join payment_confirmations c on c.root_id = d."rootId" and c.seq = d.seq
  where d.code is not null and ($4::boolean is null or (c.seq is not null) = $4)
    and ($5::timestamptz is null or (d.at, d.id collate "C") < ($5, $6)) and ($7::text is null or d.id = $7)
  order by d.at desc, d.id collate "C" desc limit $8`;

/**
 * What persons say of payments, held against the bank's files. One person is enough to say it, since the work must go on; it
 * takes the bank or another person to bear it out, and until then it is an exception, and what was said to have come back is
 * not paid again. Computed from the journal, the orders and the bank's entries whenever it is asked for.
 */
export class PaymentAnswers {
  constructor(private readonly store: Store, private readonly programmes: Programmes) {}

  /** The newest first. */
  list({ confirmed, before, caseIds, id, limit }: AnswerFilter, runner: Runner = this.store): Promise<PaymentAnswer[]> {
    const courses = this.programmes.list.flatMap(({ payment }) => payment ?? []);
    const events = (which: 'settled' | 'returned' | 'withdrawn') => [...new Set(courses.flatMap(({ answer }) => answer[which] ?? []))];
    return runner.query<PaymentAnswer>(ANSWERS, [
      events('settled'), events('returned'), caseIds ?? null, confirmed ?? null, before?.at ?? null, before?.id ?? null, id ?? null, limit, events('withdrawn')]);
  }

  /** Of these instalments, those that were said to have come back, by one person alone: the references, by case. */
  async returnedUntold(caseIds: readonly string[]): Promise<ReadonlyMap<string, PaymentAnswer>> {
    if (caseIds.length === 0) return new Map();
    const open = await this.list({ confirmed: false, caseIds, limit: caseIds.length * Object.keys(DOUBTS).length });
    return new Map(open.filter(({ code }) => code === 'returnTold').map((answer) => [answer.caseId, answer]));
  }

  async one(id: string, runner: Runner = this.store): Promise<PaymentAnswer | null> {
    return (await this.list({ id, limit: 1 }, runner))[0] ?? null;
  }

  /** Another person bears an answer out, once. Throws 23514 where it is the same person: whoever sends this has asked before. */
  async confirm({ id, reason, account }: ConfirmAnswer, key: RequestKey): Promise<ConfirmOutcome> {
    const outcome = await this.store.transaction(async (tx): Promise<ConfirmOutcome> => {
      const claimed = await claimKey(tx, key);
      if (claimed.kind === 'replay') return { ...(claimed.answer as unknown as ConfirmOutcome), replayed: true };
      if (claimed.kind !== 'new') return { ok: false, code: claimed.kind === 'reused' ? 'keyReused' : 'keyInFlight', replayed: false };
      const answer = await this.one(id, tx);
      if (answer === null) return { ok: false, code: 'notFound', replayed: false };
      const written = await tx.query(
        'insert into payment_confirmations (root_id, seq, account, reason, at) values ($1, $2, $3, $4, tranche_now()) on conflict do nothing returning seq', [answer.rootId, answer.seq, account, reason]);
      if (written.length === 0) return { ok: false, code: 'notPossibleHere', replayed: false };
      const done: ConfirmOutcome = { ok: true, done: (await this.one(id, tx)) as PaymentAnswer, replayed: false };
      await keepAnswer(tx, key, done);
      return done;
    });
    this.store.committed();
    return outcome;
  }
}

/** In words: what is doubted of an answer, and what to do. */
export const doubtOf = ({ code, endToEndId, account }: PaymentAnswer): { readonly text: Text; readonly remedy: Text } => DOUBTS[code](endToEndId, account);
