import { type Programmes, verifyAll } from '#cases';
import type { Store } from '#store';

/** A promise of the system that a database does not keep, and where. */
export interface Breach {
  readonly code: string;
  readonly where: string;
  readonly what: string;
}

interface Vow {
  readonly code: string;
  readonly what: string;
  /** Rows are breaches; their column `where` says which case, cycle or effect. */
  readonly sql: string;
}

/** Everyone who ever sent one of these acts, by family. */
const SIGNATURES = `select root_id, event, account from journal where event in ('recommend', 'countersign', 'certifyFactually', 'certify', 'authorise')`;

/**
 * Asked of the tables and of nothing else: whoever wrote them, by whatever code. The journal's own chain and its replay
 * are checked by `verifyAll`.
 */
const PROMISES: readonly Vow[] = [
  {
    code: 'I1', what: 'an instalment was ordered more often than it was planned, came back and was paid in part or raised',
    sql: `select case_id as where from payment_orders o group by case_id
          having count(*) > 1 + (select count(*) from journal j where j.case_id = o.case_id
            and (j.event = 'reopen' or (j.from_state in ('exported', 'settled') and j.to_state = 'due')))`,
  },
  {
    code: 'I1', what: 'a payment file holds an order that another one had replaced',
    sql: `select o.end_to_end_id as where from payment_files f join payment_run_rows r on r.run_id = f.run_id and r.result = 'ordered' join payment_orders o on o.id = r.order_id
          where exists (select 1 from payment_orders later where later.case_id = o.case_id and later.sequence > o.sequence and later.created_at < f.created_at)`,
  },
  {
    code: 'I1', what: 'the second instalment was authorised before the first was settled or skipped',
    sql: `select a.case_id as where from journal a join cases c on c.id = a.case_id and c.number = 2 where a.event = 'authorise'
          and not exists (select 1 from journal s join cases f on f.id = s.case_id and f.number = 1
            where s.root_id = a.root_id and s.seq < a.seq and s.to_state in ('settled', 'skipped'))`,
  },
  {
    code: 'I2', what: 'an account of the budget is overdrawn',
    sql: `select b.cycle_id || ' ' || account as where from budget_lines b, unnest(array['budget', 'reserved', 'committed', 'ordered', 'paid', 'claimed', 'recovered']) as account
          where ledger_balance(b.cycle_id, account) < 0`,
  },
  {
    code: 'I2', what: 'more was paid than granted',
    sql: `select c.root_id as where from ledger_entries e join cases c on c.id = e.case_id group by c.root_id
          having sum(case when e.to_account = 'paid' then e.cents when e.from_account = 'paid' then -e.cents else 0 end)
               > sum(case when e.to_account = 'committed' and e.from_account in ('budget', 'reserved') then e.cents
                          when e.from_account = 'committed' and e.to_account in ('budget', 'reserved') then -e.cents else 0 end)`,
  },
  {
    code: 'I2', what: 'a family holds less than nothing in an account',
    sql: `select e.root_id || ' ' || account as where from ledger_entries e, unnest(array['reserved', 'committed', 'ordered', 'paid', 'claimed', 'recovered']) as account
          where e.root_id is not null and account in (e.from_account, e.to_account) group by e.cycle_id, e.root_id, account
          having sum(case when e.to_account = account then e.cents else -e.cents end) < 0`,
  },
  {
    code: 'I2', what: 'more is granted, ordered, paid and claimed than was ever appropriated',
    sql: `select cycle_id as where from ledger_entries where 'appropriation' = from_account or 'budget' in (from_account, to_account) group by cycle_id
          having sum(case when from_account = 'budget' then cents when from_account <> 'appropriation' then -cents else 0 end)
               > sum(case when from_account = 'appropriation' then cents else 0 end)`,
  },
  {
    code: 'I2', what: 'an entry has no cause in the journal, or another family than its case',
    sql: `select 'entry ' || e.id as where from ledger_entries e left join journal j on j.root_id = e.root_id and j.seq = e.journal_seq
          where e.case_id is not null and j.case_id is distinct from e.case_id`,
  },
  {
    code: 'I2', what: 'the ledger ordered more than the payment orders say',
    // Where a return is withdrawn its order stands again: it is no further one.
    sql: `select e.case_id as where from ledger_entries e left join journal j on j.root_id = e.root_id and j.seq = e.journal_seq
          where e.from_account = 'committed' and e.to_account = 'ordered' and j.event is distinct from 'withdrawReturn' group by e.case_id
          having sum(e.cents) > (select coalesce(sum(o.amount_cents), 0) from payment_orders o where o.case_id = e.case_id)`,
  },
  {
    code: 'I2', what: 'more is ordered in the books than the newest order says',
    sql: `select e.case_id as where from ledger_entries e where 'ordered' in (e.from_account, e.to_account) group by e.case_id
          having sum(case when e.to_account = 'ordered' then e.cents else -e.cents end)
               > coalesce((select o.amount_cents from payment_orders o where o.case_id = e.case_id order by o.sequence desc limit 1), 0)`,
  },
  {
    code: 'I3', what: 'a payment was authorised without a final notice',
    sql: `select a.case_id as where from journal a where a.event = 'authorise' and not exists (
            select 1 from journal f where f.root_id = a.root_id and f.seq < a.seq and f.to_state like 'active.%' and f.event in ('finality', 'waive', 'suitEnded'))`,
  },
  {
    code: 'I3', what: 'a notice was issued without a recommendation and a countersignature',
    sql: `select n.case_id as where from journal n where n.event = 'issueNotice' and 2 <> (
            select count(distinct event) from journal r where r.root_id = n.root_id and r.seq < n.seq and r.event in ('recommend', 'countersign'))`,
  },
  {
    code: 'I3', what: 'an application was reviewed that was neither received in time nor admitted',
    sql: `select r.case_id as where from journal r where r.event = 'recommend' and not exists (
            select 1 from journal s where s.root_id = r.root_id and s.seq < r.seq
              and (s.event, s.to_state) in (('sign', 'submitted.receiptCheck'), ('confirmLate', 'submitted.receiptCheck')))`,
  },
  {
    code: 'I4', what: 'one person holds two of the signatures behind a payment',
    sql: `select a.root_id || ' ' || a.account as where from (${SIGNATURES}) a join (${SIGNATURES}) b using (root_id, account)
          where a.event < b.event group by a.root_id, a.account`,
  },
  {
    code: 'I4', what: 'a trigger that keeps signatures apart, or what went out known, is gone or switched off',
    sql: `select wall as where from unnest(array['journal_is_append_only', 'journal_separates_duties', 'separated_duties_kept', 'journal_takes_back_of_others', 'taken_back_by_another_kept', 'cases_keep_their_place', 'cases_stay',
            'payment_orders_append_only', 'payment_orders_signed', 'payment_signatures_kept',
            'payment_freezes_kept', 'payment_freezes_whole', 'payments_gone_out_kept']) as wall
          where not exists (select 1 from pg_trigger t where t.tgname = wall and t.tgenabled = 'A')`,
  },
  {
    code: 'I4', what: 'who reported a return withdrew it',
    sql: `select w.case_id as where from journal w where w.event = 'withdrawReturn' and w.account is not distinct from (
            select r.account from journal r where r.case_id = w.case_id and r.event = 'reportReturn' and r.seq < w.seq order by r.seq desc limit 1)`,
  },
  {
    code: 'I4', what: 'who prepared or changed a payment run released it',
    sql: `select r.root_id || ' ' || r.account as where from journal r where r.machine = 'paymentRun' and r.event = 'release' and exists (
            select 1 from journal p where p.root_id = r.root_id and p.account = r.account and p.event in ('open', 'dropRow'))`,
  },
  {
    code: 'I12', what: 'a payment file is not what its orders say',
    sql: `select f.run_id as where from payment_files f left join (
            select r.run_id, count(*) as count, sum(o.amount_cents) as cents from payment_run_rows r join payment_orders o on o.id = r.order_id where r.result = 'ordered' group by r.run_id) s
            on s.run_id = f.run_id where s.count is distinct from f.count or s.cents is distinct from f.sum_cents or f.sha256 <> encode(sha256(f.bytes), 'hex')`,
  },
  {
    code: 'I4', what: 'somebody who had a hand in the bank data certified or authorised',
    sql: `select a.root_id || ' ' || a.account as where from journal a join journal b using (root_id, account)
          where a.event in ('proposePayee', 'checkPayeeDocument', 'noteCallBack', 'approvePayee') and b.event in ('certifyFactually', 'certify', 'authorise') group by a.root_id, a.account`,
  },
  {
    code: 'I5', what: 'money was ordered for an account that was not the approved one when it was authorised',
    sql: `select o.id::text as where from payment_orders o join outbox e on e.id = o.effect_id join cases head on head.id = e.root_id
          left join lateral (select p.context from journal j join cases p on p.id = j.case_id
            where j.root_id = e.root_id and j.event = 'cooledDown' and j.seq < e.journal_seq order by j.seq desc limit 1) newest on true
          where o.iban <> upper(regexp_replace(coalesce(newest.context->>'iban', head.context->'form'->'payee'->>'iban'), '[^A-Za-z0-9]', '', 'g'))`,
  },
  {
    code: 'I6', what: 'an effect belongs to no journal row, and is no word of a freeze',
    sql: `select o.id::text as where from outbox o left join journal j on j.root_id = o.root_id and j.seq = o.journal_seq
          left join payment_freezes f on o.payload ->> 'type' = 'freezeTold' and f.id = (o.payload ->> 'freezeId')::bigint
          where f.id is null and (j.seq is null or j.case_id <> o.case_id)`,
  },
  {
    code: 'I6', what: 'a letter or a payment order belongs to no effect',
    sql: `select 'letter ' || l.id as where from letters l left join outbox o on o.id = l.effect_id where o.id is null
          union all select 'order ' || p.id from payment_orders p left join outbox o on o.id = p.effect_id where o.id is null`,
  },
  {
    code: 'I6', what: 'an answer of the bank was matched and is on its way nowhere',
    sql: `select 'entry ' || e.id as where from bank_entries e where e.verdict = 'sent'
          and e.id not in (select (payload ->> 'entryId')::bigint from outbox where queue = 'bank')`,
  },
  {
    code: 'I12', what: 'the bank has settled another amount than was ordered',
    sql: `select o.end_to_end_id as where from bank_entries e join bank_outcomes x on x.entry_id = e.id and x.result = 'applied'
          join payment_orders o on o.id = e.order_id where e.answer = 'settled' and e.amount_cents <> o.amount_cents`,
  },
  {
    code: 'I12', what: 'more has come back for an order than was ordered',
    sql: `select o.end_to_end_id as where from bank_entries e join bank_outcomes x on x.entry_id = e.id and x.result = 'applied'
          join payment_orders o on o.id = e.order_id where e.answer in ('returned', 'rejected') group by o.id having sum(coalesce(e.amount_cents, o.amount_cents)) > o.amount_cents`,
  },
  {
    code: 'I9', what: 'a clock is overdue by more than a minute',
    sql: `select id as where from clocks where settled_at is null and due_at < tranche_now() - interval '1 minute'`,
  },
];

/** Every invariant that can be asked of a database at rest, over everything in it. Empty when all of them hold. */
export async function breaches(store: Store, programmes: Programmes): Promise<readonly Breach[]> {
  const found: Breach[] = [];
  for (const { code, what, sql } of PROMISES) {
    found.push(...(await store.query<{ where: string }>(sql)).map(({ where }) => ({ code, where, what })));
  }
  const { violations } = await verifyAll(store, programmes);
  return [...found, ...violations.map(({ rootId, fileNumber, what }) => ({ code: 'I7/I8', where: `${fileNumber} (${rootId})`, what }))];
}
