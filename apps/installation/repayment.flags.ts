import { dayOf, formatDay } from '#calendar';
import type { Programmes } from '#cases';
import { SYSTEM, type Instant, type Text } from '#kernel';
import { cents, formatEur } from '#money';
import { saidOf } from '#payments';
import type { Runner, Store } from '#store';
import { flagsBeside, type PayeeFlag } from './payee.flags.ts';

/** That an instalment is paid once more, since what was paid or ordered before came back: by whose word. It stops nothing. */
export interface RepaymentFlag {
  readonly code: 'paidAgain';
  readonly text: Text;
}

interface Row {
  readonly caseId: string;
  readonly amountCents: number;
  readonly account: string;
  readonly at: Instant;
  readonly importedBy: string | null;
}

/** Of each case ($1) the return that nothing was said after: the last of what was settled ($2), returned ($3) or withdrawn ($4); and who imported the bank's word for it. */
const ROWS = `
  with said as (
    select distinct on (case_id) case_id, seq, event, account, at, (data ->> 'amountCents')::bigint as cents
    from journal where case_id = any($1) and event = any($2::text[] || $3::text[] || $4::text[]) order by case_id, seq desc)
  select said.case_id as "caseId", said.cents as "amountCents", said.account, said.at,
    (select string_agg(distinct f.imported_by, ', ') from payment_orders o cross join lateral (select b.file_id from ${saidOf('o', ['returned', 'rejected'])} and x.result = 'applied') told
      join bank_files f on f.id = told.file_id
      where o.case_id = said.case_id and o.sequence = (
        select max(n.sequence) from payment_orders n join outbox y on y.id = n.effect_id where n.case_id = said.case_id and y.journal_seq < said.seq)) as "importedBy"
  from said where event = any($3)`;

/** A flag as it is told beside a payment. */
export type PaymentFlag = RepaymentFlag | Pick<PayeeFlag, 'code' | 'text'>;

/** What stands out about the payments of these cases, by case: that it is paid once more, and its payees. */
export async function paymentFlags(store: Store, programmes: Programmes, caseIds: readonly string[]): Promise<(caseId: string) => readonly PaymentFlag[]> {
  const [again, payees] = [await repaymentsAmong(store, programmes, caseIds), await flagsBeside(store, programmes, caseIds)];
  return (caseId) => [again.get(caseId) ?? [], payees(caseId)].flat();
}

/** By case, those of these that are paid once more. */
async function repaymentsAmong(runner: Runner, { list }: Programmes, caseIds: readonly string[]): Promise<ReadonlyMap<string, RepaymentFlag>> {
  const answers = list.flatMap(({ payment }) => payment?.answer ?? []);
  const rows = await runner.query<Row>(ROWS, [caseIds, answers.map(({ settled }) => settled), answers.map(({ returned }) => returned), answers.flatMap(({ withdrawn }) => withdrawn ?? [])]);
  return new Map(rows.map((row) => [row.caseId, flagOf(row)]));
}

function flagOf({ amountCents, account, at, importedBy }: Row): RepaymentFlag {
  const amount = cents(amountCents);
  const byBank = account === SYSTEM.account;
  const [by, who] = byBank ? [`laut Bankdatei, eingelesen von ${importedBy ?? '–'}`, `by a file of the bank that ${importedBy ?? '–'} imported`] : [`von Hand gemeldet von ${account}`, `reported by hand by ${account}`];
  return {
    code: 'paidAgain',
    text: {
      de: `Wird noch einmal gezahlt: ${formatEur(amount, 'de')} kamen zurück oder wurden nicht ausgeführt, gemeldet am ${formatDay(dayOf(at), 'de')} (${by}).`,
      en: `Is paid once more: ${formatEur(amount, 'en')} came back or were not carried out, told on ${formatDay(dayOf(at), 'en')} (${who}).`,
    },
  };
}
