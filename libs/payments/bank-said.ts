import type { BankAnswer } from './bank-message.ts';

/**
 * What the bank has said of an order and was taken, as the `from` and `where` of a query: entries `b` with their outcomes
 * `x`, matched by reference or by the person who had them tried again. `order` is the alias of the order's row.
 */
export const saidOf = (order: string, answers: readonly BankAnswer[]): string => `
  (select id from bank_entries where order_id = ${order}.id union select entry_id from bank_resolutions where order_id = ${order}.id) named
  join bank_entries b on b.id = named.id join bank_outcomes x on x.entry_id = b.id and x.result <> 'exception'
  left join bank_resolutions r on r.entry_id = b.id and r.round = x.round - 1
  where coalesce(r.order_id, b.order_id) = ${order}.id and b.answer in (${answers.map((answer) => `'${answer}'`).join(', ')})`;

/**
 * What the bank may have debited for an order, whatever became of the message, as the `from` and `where` of a query: entries
 * `e` that name it or were matched to it. What cannot be read may be a debit, unless it is a credit for certain.
 */
export const debitsOf = (order: string): string => `
  bank_entries e where (e.order_id = ${order}.id or e.end_to_end_id = ${order}.end_to_end_id) and ${DEBIT}`;

/**
 * What the bank has told of an order that may be money which came back, and moved nothing, whatever a person made of it: as
 * the `from` and `where` of a query over entries `e`. What cannot be read may be such; a repetition that was rejected is none.
 */
export const creditsOf = (order: string): string => `
  bank_entries e where (e.order_id = ${order}.id or e.end_to_end_id = ${order}.end_to_end_id) and e.verdict <> 'duplicate' and e.answer in ('returned', 'rejected', 'unreadable')
  and e.code is distinct from 'notOnlyRepeated' and not exists (select 1 from bank_outcomes x where x.entry_id = e.id and x.result <> 'exception')`;

/**
 * The day on which the bank says that it has paid an order, as a scalar query: a value date before a booking day, and of
 * these the first. Also from debits that fitted the order and that the instalment could not use; a status report knows none.
 */
export const valueDateOf = (order: string): string => `
  (select coalesce(b.value_on, b.booked_on)::text from (select id from bank_entries where order_id = ${order}.id and verdict in ('sent', 'duplicate') union select entry_id from bank_resolutions where order_id = ${order}.id) named
  join bank_entries b on b.id = named.id join bank_files f on f.id = b.file_id
  where f.kind <> 'pain.002' and b.answer = 'settled' and coalesce(b.value_on, b.booked_on) is not null order by b.value_on is null, b.id limit 1)`;

/** An entry `e` that is a debit, or may be one. */
export const DEBIT = `e.verdict <> 'duplicate' and (e.answer = 'settled' or e.answer = 'unreadable' and e.code <> 'returnRecognised')`;

/** The entries `p` of earlier files that seem to tell of the same booking as an entry, as the `from` and `where` of a query: by the bank's reference, else by day. */
export const toldBefore = (entry: string): string => `
  bank_entries p join bank_files pf on pf.id = p.file_id
  where p.id < ${entry}.id and p.file_id <> ${entry}.file_id and pf.account = (select account from bank_files where id = ${entry}.file_id)
    and p.answer = ${entry}.answer and p.amount_cents = ${entry}.amount_cents and p.end_to_end_id is not distinct from ${entry}.end_to_end_id
    and coalesce(p.bank_reference = ${entry}.bank_reference, p.end_to_end_id is not null and p.booked_on = ${entry}.booked_on)`;

/** What the bank has credited for an order, also where it does not say that it is a return, as the `from` and `where` of a query: entries `e`, each booking once. */
export const creditedFor = (order: string): string => `
  bank_entries e where (e.order_id = ${order}.id or e.end_to_end_id = ${order}.end_to_end_id) and e.verdict <> 'duplicate' and (e.answer = 'returned' or e.code = 'returnRecognised')
    and not exists (select 1 from ${toldBefore('e')})`;
