import { dayOf, formatDay } from '#calendar';
import type { Programmes } from '#cases';
import { SYSTEM, type Instant, type Text } from '#kernel';
import { cents, formatEur } from '#money';
import { saidOf } from '#payments';
import type { Runner, Store } from '#store';
import { flagsBeside, type PayeeFlag } from './payee.flags.ts';

/**
 * That an instalment is paid once more, since what was paid or ordered before came back, or that money of the other one did,
 * which a change of the award may have moved here: by whose word. It stops nothing.
 */
export interface RepaymentFlag {
  readonly code: 'paidAgain' | 'otherReturned';
  readonly text: Text;
}

interface Row {
  readonly caseId: string;
  readonly askedId: string;
  readonly number: number;
  readonly amountCents: number;
  readonly account: string;
  readonly at: Instant;
  readonly importedBy: string | null;
}

/** Of each case of the families of these ($1) the return that nothing was said after: the last of what was settled ($2), returned ($3) or withdrawn ($4); and who imported the bank's word for it. */
const ROWS = `
  with said as (
    select distinct on (case_id) case_id, seq, event, account, at, (data ->> 'amountCents')::bigint as cents
    from journal where root_id in (select root_id from cases where id = any($1)) and event = any($2::text[] || $3::text[] || $4::text[]) order by case_id, seq desc)
  select said.case_id as "caseId", asked.id as "askedId", returned.number, said.cents as "amountCents", said.account, said.at,
    (select string_agg(distinct f.imported_by, ', ') from payment_orders o cross join lateral (select b.file_id from ${saidOf('o', ['returned', 'rejected'])} and x.result = 'applied') told
      join bank_files f on f.id = told.file_id
      where o.case_id = said.case_id and o.sequence = (
        select max(n.sequence) from payment_orders n join outbox y on y.id = n.effect_id where n.case_id = said.case_id and y.journal_seq < said.seq)) as "importedBy"
  from said join cases returned on returned.id = said.case_id join cases asked on asked.root_id = returned.root_id and asked.id = any($1)
  where said.event = any($3) order by asked.id, asked.id <> said.case_id, said.case_id`;

/** A flag as it is told beside a payment. */
export type PaymentFlag = RepaymentFlag | Pick<PayeeFlag, 'code' | 'text'>;

/** What stands out about the payments of these cases, by case: that it is paid once more, and its payees. */
export async function paymentFlags(store: Store, programmes: Programmes, caseIds: readonly string[]): Promise<(caseId: string) => readonly PaymentFlag[]> {
  const [again, payees] = [await repaymentsAmong(store, programmes, caseIds), await flagsBeside(store, programmes, caseIds)];
  return (caseId) => [...again(caseId), ...payees(caseId)];
}

/** By case, what of its family came back and was not paid since. */
async function repaymentsAmong(runner: Runner, { list }: Programmes, caseIds: readonly string[]): Promise<(caseId: string) => readonly RepaymentFlag[]> {
  const answers = list.flatMap(({ payment }) => payment?.answer ?? []);
  const rows = await runner.query<Row>(ROWS, [caseIds, answers.map(({ settled }) => settled), answers.map(({ returned }) => returned), answers.flatMap(({ withdrawn }) => withdrawn ?? [])]);
  return (caseId) => rows.filter(({ askedId }) => askedId === caseId).map(flagOf);
}

function flagOf({ caseId, askedId, number, amountCents, account, at, importedBy }: Row): RepaymentFlag {
  const amount = cents(amountCents);
  const byBank = account === SYSTEM.account;
  const [by, who] = byBank ? [`laut Bankdatei, eingelesen von ${importedBy ?? '–'}`, `by a file of the bank that ${importedBy ?? '–'} imported`] : [`von Hand gemeldet von ${account}`, `reported by hand by ${account}`];
  if (caseId !== askedId) {
    return {
      code: 'otherReturned',
      text: {
        de: `Von Rate ${number} kamen ${formatEur(amount, 'de')} zurück oder wurden nicht ausgeführt, gemeldet am ${formatDay(dayOf(at), 'de')} (${by}); seither ist dort nichts gezahlt. Wurde die Bewilligung geändert, zahlt diese Rate das mit.`,
        en: `Of instalment ${number} ${formatEur(amount, 'en')} came back or were not carried out, told on ${formatDay(dayOf(at), 'en')} (${who}); nothing has been paid there since. If the award was changed, this instalment pays that as well.`,
      },
    };
  }
  return {
    code: 'paidAgain',
    text: {
      de: `Wird noch einmal gezahlt: ${formatEur(amount, 'de')} kamen zurück oder wurden nicht ausgeführt, gemeldet am ${formatDay(dayOf(at), 'de')} (${by}).`,
      en: `Is paid once more: ${formatEur(amount, 'en')} came back or were not carried out, told on ${formatDay(dayOf(at), 'en')} (${who}).`,
    },
  };
}
