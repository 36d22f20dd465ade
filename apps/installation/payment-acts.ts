import type { Programmes, RegisterCursor, RegisterEntry, RegisterFilter } from '#cases';
import type { Runner, Store } from '#store';
import { actTold, type ActWords } from './payment-acts.words.ts';

/** An entry of the register with its place in it. */
export interface PlacedEntry {
  readonly entry: RegisterEntry;
  readonly place: RegisterCursor;
}

type Row = Omit<RegisterEntry, 'text' | 'seq' | 'from' | 'to' | 'event' | 'reason'> & RegisterCursor & ActWords;

/** Who did it, and as what: of the functions that may, the first that the person holds. */
const ROLE = `case when a.account = 'system' then 'system' else coalesce(
  (select r.role from unnest(array['financeAuthoriser', 'financeCertifier', 'administrator']) with ordinality r(role, rank) join people p on p.account = a.account and r.role = any(p.roles) order by r.rank limit 1),
  'financeCertifier') end`;

/**
 * Confirmations of what was said of payments, and resolutions of what the bank said of them, on the case whose payment it was.
 * Freezes only where one family is asked for ($1): on each instalment that waited to be paid, or for the bank, while one stood
 * ($2: machines, $3: states); over all families they would be one line for every payment. Beside an order's journal row
 * each has a place of its own: confirmations that of the row they bear out, resolutions the number of their entry below zero.
 */
const ACTS = `
  with frozen as (
    select id, 'freezePayments' as event, at, account, reason, at as begun, lifted_at as ended from payment_freezes
    union all select id, 'liftFreeze', lifted_at, lifted_by, lift_reason, at, lifted_at from payment_freezes where lifted_at is not null),
  acts as (
    select 'confirmPaymentAnswer' as event, c.root_id, o.case_id, c.seq as seq, c.at, c.account, c.reason, c.code as what, o.end_to_end_id as reference
    from payment_confirmations c join payment_orders o on o.id = c.order_id where $1::text is null or c.root_id = $1
    union all
    select 'resolveBankEntry', k.root_id, k.id, -e.id::int, r.at, r.account, r.reason, r.action, coalesce(e.end_to_end_id, o.end_to_end_id)
    from bank_resolutions r join bank_entries e on e.id = r.entry_id join payment_orders o on o.id = coalesce(r.order_id, e.order_id) join cases k on k.id = o.case_id
    where $1::text is null or k.root_id = $1
    union all
    select f.event, w.root_id, w.case_id, 0, f.at, f.account, f.reason, null, null
    from frozen f cross join lateral (
      select distinct j.root_id, j.case_id from journal j
      where j.root_id = $1 and j.machine = any($2) and j.to_state = any($3) and j.at < coalesce(f.ended, 'infinity')
        and not exists (select 1 from journal n where n.root_id = j.root_id and n.case_id = j.case_id and n.seq > j.seq and n.at <= f.begun)) w)
  select a.event, a.root_id as "rootId", a.case_id as "case", a.seq, a.at, a.reason, a.what, a.reference, json_build_object('account', a.account, 'role', ${ROLE}) as actor,
    k.file_number as "fileNumber", json_build_object('key', h.applicant_key, 'name', h.applicant_name) as applicant, h.cycle_id as cycle
  from acts a join cases k on k.id = a.case_id join cases h on h.id = a.root_id
  where ($4::text is null or h.cycle_id = $4) and (a.at, a.root_id, a.seq) < ($5, $6, $7)
  order by a.at desc, a.root_id desc, a.seq desc, a.case_id desc limit $8`;

/** What people did about payments that no lifecycle knows of: it stands in the history of the case whose payment it was. */
export class PaymentActs {
  constructor(private readonly store: Store, private readonly programmes: Programmes) {}

  /** Those of one family, or of all; the newest first, beginning after `after`. */
  async list({ cycle, case: caseId, limit, after }: Omit<RegisterFilter, 'limit'> & { readonly limit: number | null }, runner: Runner = this.store): Promise<readonly PlacedEntry[]> {
    const [family] = caseId === undefined ? [] : await runner.query<{ rootId: string }>('select root_id as "rootId" from cases where id = $1', [caseId]);
    if (caseId !== undefined && family === undefined) return [];
    const courses = this.programmes.list.flatMap(({ payment }) => payment ?? []);
    const states = courses.flatMap(({ certify, authorise, order, answer }) => [certify, authorise, order, answer].map(({ state }) => state));
    const rows = await runner.query<Row>(ACTS, [
      family?.rootId ?? null, courses.map(({ machine }) => machine), [...new Set(states)], cycle ?? null, after?.at ?? 'infinity', after?.rootId ?? '', after?.seq ?? 0, limit]);
    return rows.map(({ rootId, seq, what, reference, ...row }) => ({
      place: { at: row.at, rootId, seq }, entry: { ...row, seq: null, from: null, to: null, text: actTold({ ...row, what, reference }) },
    }));
  }
}
