import type { Programme } from '#kernel';
import { creditedFor, creditsOf, debitsOf, saidOf, valueDateOf } from '#payments';
import type { Doubt } from './payment-answers.words.ts';

/** The events and states by which programmes speak of payments, each as an array in SQL. */
type Sayings = { readonly [saying in 'settled' | 'returned' | 'withdrawn' | 'borneOut' | 'valued' | 'recovered' | 'state' | 'certified' | 'fromParent']: string };

const texts = (values: readonly string[]): string => `array[${[...new Set(values)].map((value) => `'${value}'`).join(', ')}]::text[]`;

function sayingsOf(programmes: readonly Programme[]): Sayings {
  const payments = programmes.flatMap(({ payment }) => payment ?? []);
  const answers = payments.map(({ answer }) => answer);
  const named = (which: 'settled' | 'returned' | 'withdrawn' | 'borneOut' | 'valued' | 'recovered' | 'state'): string => texts(answers.flatMap((answer) => answer[which] ?? []));
  return {
    settled: named('settled'), returned: named('returned'), withdrawn: named('withdrawn'), borneOut: named('borneOut'), valued: named('valued'), recovered: named('recovered'),
    state: named('state'), certified: texts(payments.flatMap(({ certify }) => certify.acts)), fromParent: texts(programmes.flatMap(({ links }) => Object.values(links.down))),
  };
}

/** The cases of the families that are asked about ($1); all of them where none is named. */
const FAMILIES = `looked_at as (select id from cases where root_id in (select root_id from cases where id = any($1)))`;
const lookedAt = (caseId: string): string => `($1::text[] is null or ${caseId} in (select id from looked_at))`;

const inFile = (order: string): string => `exists (select 1 from payment_run_rows r join payment_files f on f.run_id = r.run_id where r.order_id = ${order}.id)`;
/** What went out before a restore has its file elsewhere. */
const wentOutBefore = (order: string): string => `exists (select 1 from payments_gone_out g where g.end_to_end_id = ${order}.end_to_end_id)`;

/** Orders that no file carries, in rounds that write files; a round that has no file at all is paid in another way. */
const UNSENT = `
  filing as (select distinct cycle_id from payment_runs p join payment_files f on f.run_id = p.id),
  unsent as (select case_id from payment_orders o where cycle_id in (select cycle_id from filing) and not ${inFile('o')} and not ${wentOutBefore('o')})`;

/**
 * What a file of the bank told of as back, where nobody else imported the same and whoever did has certified since in the
 * family: by order and amount, with the newest of their certifications. It ends once as much has gone out
 * again for the instalment before that: then others have answered for it, or it was borne out.
 */
const APART = ({ certified }: Sayings): string => `
  certifying as (select root_id, account, max(seq) as seq from journal where event = any(${certified}) and ${lookedAt('case_id')} group by root_id, account),
  apart as (
    select o.id as order_id, o.case_id, back.cents, c.account, c.seq from certifying c join cases k on k.root_id = c.root_id join payment_orders o on o.case_id = k.id
    cross join lateral (
      select coalesce(b.amount_cents, o.amount_cents) as cents, b.answer from ${saidOf('o', ['returned', 'rejected'])} and x.result = 'applied'
        and exists (select 1 from bank_files f where f.id = b.file_id and f.imported_by = c.account)) back
    where not exists (select 1 from bank_entries e join bank_files f on f.id = e.file_id where e.order_id = o.id and e.answer = back.answer
        and (e.verdict = 'duplicate' or exists (select 1 from bank_outcomes x where x.entry_id = e.id and x.result = 'known'))
        and coalesce(e.amount_cents, o.amount_cents) = back.cents and f.imported_by <> c.account)
      and back.cents > (select coalesce(sum(later.amount_cents), 0) from payment_orders later join outbox y on y.id = later.effect_id
        where later.case_id = o.case_id and later.sequence > o.sequence and y.journal_seq < c.seq and (${inFile('later')} or ${wentOutBefore('later')})))`;

/** Instalments of which a person said it, that were settled although no file carries them, of which the bank told a debit that fits nothing, or whose return only their certifier imported. */
const ASKED = ({ settled, returned }: Sayings): string => `
  asked as (
    select case_id from journal where event = any(${settled} || ${returned}) and role <> 'system' and ${lookedAt('case_id')}
    union select case_id from unsent where ${lookedAt('case_id')}
    union select o.case_id from bank_entries e join payment_orders o on o.id = e.order_id where e.answer = 'settled' and e.verdict = 'exception' and ${lookedAt('o.case_id')}
    union select case_id from apart)`;

/** What was said of each order, one row for each saying. A return that was withdrawn before anything else was said counts as never said. */
const TOLD = ({ settled, returned, withdrawn, state }: Sayings): string => `
  told as (
    select j.root_id, j.seq, j.case_id, j.at, j.event = any(${settled}) as settles, j.event = any(${withdrawn}) as withdraws, j.role <> 'system' as by_hand,
      j.data ->> 'valueDate' as value_date, j.account, o.*,
      case when j.event = any(${returned}) then (j.data ->> 'amountCents')::bigint else 0 end as back_cents, j.from_state = any(${state}) as was_awaited,
      ${inFile('o')} or ${wentOutBefore('o')} as sent,
      exists (select 1 from ${saidOf('o', ['settled', 'returned', 'rejected'])}) or exists (select 1 from ${debitsOf('o')})
        or exists (select 1 from payment_confirmations c where c.order_id = o.id and c.code = 'settledFromFile') as known
    from asked join journal j on j.case_id = asked.case_id and j.event = any(${settled} || ${returned} || ${withdrawn})
      and not coalesce(j.event = any(${returned}) and (select n.event = any(${withdrawn}) from journal n
        where n.case_id = j.case_id and n.seq > j.seq and n.event = any(${settled} || ${returned} || ${withdrawn}) order by n.seq limit 1), false)
    cross join lateral (
      select o.id, o.end_to_end_id, o.amount_cents, o.cycle_id in (select cycle_id from filing) as by_files from payment_orders o join outbox x on x.id = o.effect_id
      where o.case_id = j.case_id and x.journal_seq < j.seq order by o.sequence desc limit 1) o)`;

/**
 * Whoever reports more of an order that never went out, and that nobody said to be paid, than it holds says something of the
 * orders before it: that is its `excess`. What the bank has told of it counts only from files that somebody else imported.
 */
const WEIGHED = `
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
        and exists (select 1 from bank_files f where f.id = b.file_id and f.imported_by <> w.account)) as bank_told,
      (select coalesce(sum(coalesce(b.amount_cents, w.amount_cents)), 0) from ${saidOf('w', ['returned', 'rejected'])} and x.result = 'known') as told_to_anybody
    from weighed w)`;

/** A statement comes on every banking day: what a person said to be paid and the bank has not told by then is asked about. */
const DAYS_TO_TELL = 7;

const AWAITS_THE_BANK = 'by_hand and excess > 0 and by_hand_so_far > bank_told';
/** Another person has seen that the money is back: whoever imports what the bank says of it then. */
const BORNE_OUT = `exists (select 1 from payment_confirmations c where c.root_id = t.root_id and c.seq = t.seq and c.code = 'returnTold')`;
const STAYS_PAID = 'back_in_all < amount_cents';

/** When each doubt stands, of a saying `t`. What a municipality paid back is no saying of an order and stands below. */
const DOUBTED = ({ returned, valued }: Sayings): { readonly [code in Exclude<Doubt, 'recoveryTold'>]: string } => ({
  settledFromFile: `pays and by_files and not sent and ${STAYS_PAID}`,
  settlementTold: `pays and by_hand and sent and ${STAYS_PAID} and at < tranche_now() - interval '${DAYS_TO_TELL} days' and not exists (select 1 from ${saidOf('t', ['settled'])})`,
  // The value date of an order is the one that was said or noted last, before the next order.
  valueDateTold: `settles and by_hand and ${STAYS_PAID} and ${valueDateOf('t')} <> coalesce((select n.data ->> 'valueDate' from journal n
    where n.case_id = t.case_id and n.seq > t.seq and n.event = any(${valued}) and not exists (select 1 from payment_orders l join outbox x on x.id = l.effect_id
      where l.case_id = t.case_id and l.id > t.id and x.journal_seq < n.seq) order by n.seq desc limit 1), t.value_date)`,
  returnTold: `${AWAITS_THE_BANK} and not exists (select 1 from ${debitsOf('t')} and e.at > t.at)`,
  executedTold: `${AWAITS_THE_BANK} and exists (select 1 from ${debitsOf('t')} and e.at > t.at) and not (by_hand_so_far <= told_to_anybody and ${BORNE_OUT})
    or back_cents > 0 and not by_hand and exists (select 1 from ${debitsOf('t')}) and exists (select 1 from ${saidOf('t', ['rejected'])}) and not exists (select 1 from ${saidOf('t', ['returned'])})`,
  noReturnTold: `withdraws and exists (select 1 from ${creditsOf('t')}) and not exists (select 1 from journal n where n.case_id = t.case_id and n.seq > t.seq and n.event = any(${returned}))`,
  importerApart: 'back_cents > 0 and not by_hand and exists (select 1 from apart p where p.order_id = t.id and p.cents = t.back_cents and p.seq > t.seq)',
});

/** The doubts with whose word and which amount each is about, and whether a return can still be withdrawn: while its instalment stands where it led and has heard nothing since. */
const SAID = (sayings: Sayings, withdrawing: string): string => `
  doubted as (
    select t.*, doubt.code from compared t
    cross join lateral (values ${Object.entries(DOUBTED(sayings)).map(([code, stands]) => `('${code}', ${stands})`).join(', ')}) doubt(code, stands) where doubt.stands),
  said as (
    select id, root_id, seq, case_id, end_to_end_id, code, at, case when code = 'importerApart' then (select min(p.account) from apart p where p.order_id = d.id and p.cents = d.back_cents) else account end as account,
      coalesce(by_hand_so_far, 0) as reported,
      case when withdraws then (
          select (p.data ->> 'amountCents')::bigint from journal p where p.case_id = d.case_id and p.seq < d.seq and p.event = any(${sayings.returned}) order by p.seq desc limit 1)
        when code in ('returnTold', 'executedTold', 'importerApart') then excess when settles then amount_cents else amount_cents - back_cents end as cents,
      by_hand and back_cents > 0 and exists (select 1 from cases c where c.id = d.case_id and c.programme || '@' || c.programme_version = any(${withdrawing}))
        and not exists (select 1 from journal n
          where n.case_id = d.case_id and n.seq > d.seq and (n.from_state is distinct from n.to_state or n.event = any(${sayings.borneOut} || ${sayings.fromParent}))) as withdrawable
    from doubted d
    union all
    select o.id, j.root_id, j.seq, j.case_id, o.end_to_end_id, 'recoveryTold', j.at, j.account, 0, (j.data ->> 'amountCents')::bigint, false
    from journal j cross join lateral (
      select o.id, o.end_to_end_id from payment_orders o join outbox x on x.id = o.effect_id where x.root_id = j.root_id and x.journal_seq < j.seq order by x.journal_seq desc limit 1) o
    where j.event = any(${sayings.recovered}) and j.role <> 'system' and ($1::text[] is null or j.root_id in (select root_id from cases where id = any($1))))`;

const instant = (at: string): string => `to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * What was said of payments that nothing else bears out, as a query: held against what the bank said, and what was sent to it.
 * Parameters: $1 the cases whose families are asked about, $2 whether confirmed, $3 and $4 the place before which, $5 an id,
 * $6 how many, $7 the codes; null: all.
 */
export function answersQuery(programmes: readonly Programme[]): string {
  const sayings = sayingsOf(programmes);
  const withdrawing = texts(programmes.flatMap(({ id, version, payment }) => (payment?.answer.withdrawn === undefined ? [] : [`${id}@${version}`])));
  const parts = [FAMILIES, UNSENT, APART(sayings), ASKED(sayings), TOLD(sayings), WEIGHED, SAID(sayings, withdrawing), `
  listed as (
    select 'answer-' || d.id || '-' || d.seq || '-' || d.code as id, d.id as "orderId", d.case_id as "caseId", d.root_id as "rootId", d.seq, d.end_to_end_id as "endToEndId",
      d.cents::bigint as "amountCents", d.reported::bigint as "reportedCents", (select coalesce(sum(e.amount_cents), 0)::bigint from ${creditedFor('d')}) as "creditedCents",
      d.code, d.withdrawable, d.account, d.at, extract(day from tranche_now() - d.at)::int as "ageDays",
      case when c.seq is null then null else jsonb_build_object('account', c.account, 'reason', c.reason, 'at', ${instant('c.at')}) end as confirmation
    from said d left join payment_confirmations c on c.root_id = d.root_id and c.seq = d.seq and c.code = d.code)`];
  return `with ${parts.join(',')}
  select * from listed
  where ($2::boolean is null or (confirmation is not null) = $2) and ($3::timestamptz is null or (at, id collate "C") < ($3, $4)) and ($5::text is null or id = $5)
    and ($7::text[] is null or code = any($7))
  order by at desc, id collate "C" desc limit $6`;
}
