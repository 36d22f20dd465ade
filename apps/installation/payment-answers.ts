import type { Programmes } from '#cases';
import type { Instant, Text } from '#kernel';
import { creditedFor, creditsOf, debitsOf, saidOf, valueDateOf } from '#payments';
import { claimKey, keepAnswer, type RequestKey, type Runner, type Store } from '#store';
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
  | { readonly ok: false; readonly code: 'notFound' | 'notPossibleHere' | 'keyReused' | 'keyInFlight'; readonly replayed: boolean };

/** A statement comes on every banking day: what a person said to be paid and the bank has not told by then is asked about. */
const DAYS_TO_TELL = 7;

/**
 * What was said of orders ($1: paid, $2: came back), beside what the bank said and what was sent to it. Looked at are
 * instalments of which a person said it, those that were settled although no file carries them, and those of which the bank
 * has told a debit that fits nothing; what went out before a restore has its file elsewhere, and a round that has no file at
 * all is paid in another way. Whoever reports more of an order that never went out, and that nobody said to be paid, than it
 * holds says something of the orders before it: that is its `excess`. A return that was withdrawn ($11) before anything else
 * was said counts as never said, unless the bank has told of one; it can be withdrawn in the programmes $14 while its
 * instalment stands where it led, and nothing of $15 has happened there. The value date of an order is the one that was said
 * or noted ($12) last. What a municipality paid back ($13) is a matter of the whole family: it is told by its newest order. A
 * file is the bank's word for everybody but whoever imported it: it bears out no report of theirs, and where they certify
 * ($16) what it lets be paid again, somebody else has to have seen the money.
 */
const ANSWERS = `
  with filing as (select distinct cycle_id from payment_runs p join payment_files f on f.run_id = p.id),
  looked_at as (select id from cases where root_id in (select root_id from cases where id = any($3))),
  unsent as (
    select case_id from payment_orders o where cycle_id in (select cycle_id from filing)
      and not exists (select 1 from payment_run_rows r join payment_files f on f.run_id = r.run_id where r.order_id = o.id)
      and not exists (select 1 from payments_gone_out g where g.end_to_end_id = o.end_to_end_id)),
  certified as (
    select distinct on (case_id, event) case_id, account, seq from journal
    where event = any($16::text[]) and ($3::text[] is null or case_id in (select id from looked_at)) order by case_id, event, seq desc),
  apart as (
    select distinct on (o.id) o.id as order_id, c.case_id, c.account, c.seq from certified c join payment_orders o on o.case_id = c.case_id
    where exists (select 1 from ${saidOf('o', ['returned', 'rejected'])} and x.result = 'applied' and exists (select 1 from bank_files f where f.id = b.file_id and f.imported_by = c.account))
      and not exists (select 1 from payment_orders later join outbox y on y.id = later.effect_id where later.case_id = o.case_id and later.sequence > o.sequence and y.journal_seq < c.seq)
    order by o.id, c.seq desc),
  asked as (
    select case_id from journal where event = any($1::text[] || $2::text[]) and role <> 'system' and ($3::text[] is null or case_id in (select id from looked_at))
    union select case_id from unsent where $3::text[] is null or case_id in (select id from looked_at)
    union select o.case_id from bank_entries e join payment_orders o on o.id = e.order_id where e.answer = 'settled' and e.verdict = 'exception' and ($3::text[] is null or o.case_id in (select id from looked_at))
    union select case_id from apart),
  told as (
    select j.root_id, j.seq, j.case_id, j.at, j.event = any($1::text[]) as settles, j.event = any($11::text[]) as withdraws, j.role <> 'system' as by_hand, j.data ->> 'valueDate' as value_date, j.account, o.*,
      case when j.event = any($2::text[]) then (j.data ->> 'amountCents')::bigint else 0 end as back_cents, j.from_state = any($9::text[]) as was_awaited,
      exists (select 1 from payment_run_rows r join payment_files f on f.run_id = r.run_id where r.order_id = o.id)
        or exists (select 1 from payments_gone_out g where g.end_to_end_id = o.end_to_end_id) as sent,
      exists (select 1 from ${saidOf('o', ['settled', 'returned', 'rejected'])}) or exists (select 1 from ${debitsOf('o')})
        or exists (select 1 from payment_confirmations c where c.order_id = o.id and c.code = 'settledFromFile') as known
    from asked join journal j on j.case_id = asked.case_id and j.event = any($1::text[] || $2::text[] || $11::text[])
      and not coalesce(j.event = any($2::text[]) and (select n.event = any($11::text[]) from journal n
        where n.case_id = j.case_id and n.seq > j.seq and n.event = any($1::text[] || $2::text[] || $11::text[]) order by n.seq limit 1), false)
    cross join lateral (
      select o.id, o.end_to_end_id, o.amount_cents, o.cycle_id in (select cycle_id from filing) as by_files from payment_orders o join outbox x on x.id = o.effect_id
      where o.case_id = j.case_id and x.journal_seq < j.seq order by o.sequence desc limit 1) o),
  added as (
    select t.*, coalesce(sum(back_cents) over before, 0) as back_before, sum(back_cents) over (partition by id) as back_in_all, coalesce(bool_or(settles) over before, false) as settled_before
    from told t window before as (partition by id order by seq rows between unbounded preceding and 1 preceding)),
  weighed as (
    select a.*, case when sent or known or settled_before then back_cents else greatest(0, back_cents - greatest(0, amount_cents - back_before)) end as excess,
      settles or (was_awaited and back_cents > 0 and back_cents < amount_cents and not settled_before) as pays
    from added a),
  compared as (
    select w.*, sum(excess) filter (where by_hand) over (partition by id order by seq) as by_hand_so_far,
      (select coalesce(sum(coalesce(b.amount_cents, w.amount_cents)), 0) from ${saidOf('w', ['returned', 'rejected'])} and x.result = 'known'
        and exists (select 1 from bank_files f where f.id = b.file_id and f.imported_by <> w.account)) as bank_told
    from weighed w),
  doubted as (
    select t.*, code from compared t cross join lateral unnest(array[
      case when pays and by_files and not sent and back_in_all < amount_cents then 'settledFromFile' end,
      case when by_hand and excess > 0 and by_hand_so_far > bank_told then
        case when exists (select 1 from ${debitsOf('t')} and e.at > t.at) then 'executedTold' else 'returnTold' end
        when back_cents > 0 and not by_hand and exists (select 1 from ${saidOf('t', ['rejected'])}) and not exists (select 1 from ${saidOf('t', ['returned'])}) and exists (select 1 from ${debitsOf('t')}) then 'executedTold' end,
      case when pays and by_hand and sent and back_in_all < amount_cents and at < tranche_now() - interval '${DAYS_TO_TELL} days' and not exists (select 1 from ${saidOf('t', ['settled'])}) then 'settlementTold' end,
      case when settles and by_hand and back_in_all < amount_cents and ${valueDateOf('t')} <> coalesce((select n.data ->> 'valueDate' from journal n
        where n.case_id = t.case_id and n.seq > t.seq and n.event = any($12::text[]) and not exists (select 1 from payment_orders l join outbox x on x.id = l.effect_id
          where l.case_id = t.case_id and l.id > t.id and x.journal_seq < n.seq) order by n.seq desc limit 1), t.value_date) then 'valueDateTold' end,
      case when withdraws and exists (select 1 from ${creditsOf('t')}) and not exists (select 1 from journal n
        where n.case_id = t.case_id and n.seq > t.seq and n.event = any($2::text[])) then 'noReturnTold' end,
      case when back_cents > 0 and not by_hand and exists (select 1 from apart p where p.order_id = t.id and p.seq > t.seq) then 'importerApart' end]) as code
    where code is not null),
  said as (
    select id, root_id, seq, case_id, end_to_end_id, code, at, case when code = 'importerApart' then (select p.account from apart p where p.order_id = d.id) else account end as account,
      coalesce(by_hand_so_far, 0) as reported,
      case when withdraws then (select (p.data ->> 'amountCents')::bigint from journal p where p.case_id = d.case_id and p.seq < d.seq and p.event = any($2::text[]) order by p.seq desc limit 1)
        when code in ('returnTold', 'executedTold', 'importerApart') then excess when settles then amount_cents else amount_cents - back_cents end as cents,
      by_hand and back_cents > 0 and exists (select 1 from cases c where c.id = d.case_id and c.programme || '@' || c.programme_version = any($14::text[]))
        and not exists (select 1 from journal n where n.case_id = d.case_id and n.seq > d.seq and (n.from_state is distinct from n.to_state or n.event = any($15::text[]))) as withdrawable
    from doubted d
    union all
    select o.id, j.root_id, j.seq, j.case_id, o.end_to_end_id, 'recoveryTold', j.at, j.account, 0, (j.data ->> 'amountCents')::bigint, false
    from journal j cross join lateral (
      select o.id, o.end_to_end_id from payment_orders o join outbox x on x.id = o.effect_id where x.root_id = j.root_id and x.journal_seq < j.seq order by x.journal_seq desc limit 1) o
    where j.event = any($13::text[]) and j.role <> 'system' and ($3::text[] is null or j.root_id in (select root_id from cases where id = any($3)))),
  listed as (
    select 'answer-' || d.id || '-' || d.seq || '-' || d.code as id, d.id as "orderId", d.case_id as "caseId", d.root_id as "rootId", d.seq, d.end_to_end_id as "endToEndId",
      d.cents::bigint as "amountCents", d.reported::bigint as "reportedCents", (select coalesce(sum(e.amount_cents), 0)::bigint from ${creditedFor('d')}) as "creditedCents",
      d.code, d.withdrawable, d.account, d.at, extract(day from tranche_now() - d.at)::int as "ageDays",
      case when c.seq is null then null else jsonb_build_object('account', c.account, 'reason', c.reason, 'at', to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end as confirmation
    from said d left join payment_confirmations c on c.root_id = d.root_id and c.seq = d.seq and c.code = d.code)
  select * from listed
  where ($4::boolean is null or (confirmation is not null) = $4) and ($5::timestamptz is null or (at, id collate "C") < ($5, $6)) and ($7::text is null or id = $7)
    and ($10::text[] is null or code = any($10))
  order by at desc, id collate "C" desc limit $8`;

/**
 * What persons say of payments, held against the bank's files. One person is enough to say it, since the work must go on; it
 * takes the bank or another person to bear it out, and until then it is an exception, and what was said to have come back is
 * not paid again. Computed from the journal, the orders and the bank's entries whenever it is asked for.
 */
export class PaymentAnswers {
  constructor(private readonly store: Store, private readonly programmes: Programmes) {}

  /** The newest first. */
  list({ confirmed, before, caseIds, id, codes, limit }: AnswerFilter, runner: Runner = this.store): Promise<PaymentAnswer[]> {
    const { list } = this.programmes;
    const payments = list.flatMap(({ payment }) => payment ?? []);
    const answers = payments.map(({ answer }) => answer);
    const named = (which: 'settled' | 'returned' | 'withdrawn' | 'borneOut' | 'valued' | 'recovered' | 'state') => [...new Set(answers.flatMap((answer) => answer[which] ?? []))];
    return runner.query<PaymentAnswer>(ANSWERS, [
      named('settled'), named('returned'), caseIds ?? null, confirmed ?? null, before?.at ?? null, before?.id ?? null, id ?? null, limit ?? null, named('state'), codes ?? null, named('withdrawn'), named('valued'),
      named('recovered'), list.flatMap(({ id: programme, version, payment }) => (payment?.answer.withdrawn === undefined ? [] : [`${programme}@${version}`])),
      [...named('borneOut'), ...list.flatMap(({ links }) => Object.values(links.down))], [...new Set(payments.flatMap(({ certify }) => certify.acts))]]);
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
}

/** In words: what is doubted of an answer, and what to do. */
export const doubtOf = ({ endToEndId: reference, code, ...answer }: PaymentAnswer): { readonly text: Text; readonly remedy: Text } => DOUBTS[code]({ ...answer, reference });
