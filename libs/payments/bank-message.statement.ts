import { amountOf, dayOf, isNoDay, type Amount } from './bank-message.amount.ts';
import type { BankEntry } from './bank-message.ts';
import type { Part } from './bank-message.part.ts';
import { referenceOf } from './bank-message.status.ts';
import type { EntryFault } from './bank-words.ts';

type Answered = Omit<BankEntry, 'index'>;

/** A booking before its parts: what all of them share. */
interface Booking {
  readonly entry: Part;
  readonly account: string | null;
  readonly amount: Amount;
  readonly status: string | null;
  readonly direction: string | null;
  readonly reversal: boolean;
  readonly bookedOn: string | null;
  readonly valueOn: string | null;
  readonly bankReference: string | null;
}

/** Reads account statements or notifications. A batch booking is one entry for each payment in it. */
export function readStatement(body: Part, name: 'Stmt' | 'Ntfctn'): { readonly account: string | null; readonly entries: readonly Answered[] } {
  const statements = body.all(name);
  const accounts = new Set(statements.map(accountOf));
  const [account = null] = accounts;
  return { account: accounts.size === 1 ? account : null, entries: statements.flatMap((statement) => entriesOf(statement, accountOf(statement))) };
}

/** Most banks name an account by its IBAN, some by a number of their own. */
const accountOf = (statement: Part): string | null => (statement.text(34, 'Acct', 'Id', 'IBAN') ?? statement.text(34, 'Acct', 'Id', 'Othr', 'Id'))?.replaceAll(' ', '') ?? null;

function entriesOf(statement: Part, account: string | null): readonly Answered[] {
  const entries = Array.from(statement.each('Ntry'), (entry) => booked(entry, account)).flat();
  return account === null ? entries.map((entry) => ({ ...entry, answer: 'unreadable', why: entry.why ?? 'accountGiven' })) : entries;
}

function booked(entry: Part, account: string | null): readonly Answered[] {
  const booking: Booking = {
    entry, account, amount: amountOf(entry.one('Amt')),
    // Until version 06 the status is a word, later an element of its own.
    status: entry.text(35, 'Sts', 'Cd') ?? entry.text(35, 'Sts'),
    direction: entry.text(4, 'CdtDbtInd'), reversal: ['true', '1'].includes(entry.text(5, 'RvslInd') ?? ''),
    bookedOn: dayOf(entry.one('BookgDt')), valueOn: dayOf(entry.one('ValDt')), bankReference: entry.text(35, 'AcctSvcrRef'),
  };
  const details = entry.all('NtryDtls');
  const payments = details.flatMap((detail) => detail.all('TxDtls'));
  if (payments.length === 0) return [answered(booking, null, { amount: booking.amount, original: batchOf(details[0]?.one('Btch') ?? null) })];
  const amounts = payments.map((payment) => amountOfPart(payment, booking, payments.length));
  const mismatch = sumFault(booking, payments, amounts);
  return payments.map((payment, index) => {
    const amount = amounts[index] as Amount;
    const reference = payment.one('Refs');
    return answered(booking, payment, { amount: mismatch === null ? amount : { cents: null, why: amount.why ?? mismatch }, original: batchOf(reference) });
  });
}

/** A part without an amount has the booking's, if it is the only part. */
function amountOfPart(payment: Part, { amount }: Booking, parts: number): Amount {
  const own = payment.one('Amt') ?? payment.one('AmtDtls', 'TxAmt', 'Amt');
  return own === null && parts === 1 ? amount : amountOf(own);
}

const directionOf = (payment: Part | null, booking: Booking): string | null => payment?.text(4, 'CdtDbtInd') ?? booking.direction;

/** Money that is in the sum and in no part, or the other way round, is for a person. Parts that are unreadable anyway say so themselves. */
function sumFault(booking: Booking, payments: readonly Part[], amounts: readonly Amount[]): EntryFault | null {
  if (booking.amount.cents === null) return booking.amount.why;
  if (amounts.some(({ cents }) => cents === null)) return null;
  const total = payments.reduce((sum, payment, index) => sum + (directionOf(payment, booking) === booking.direction ? 1 : -1) * (amounts[index]?.cents ?? 0), 0);
  return total === booking.amount.cents ? null : 'batchSumMatches';
}

function answered(booking: Booking, payment: Part | null, { amount, original }: { amount: Amount; original: BankEntry['original'] }): Answered {
  const { bookedOn, valueOn, entry, account } = booking;
  const endToEndId = referenceOf(payment?.text(35, 'Refs', 'EndToEndId') ?? null);
  const judged = judge(booking, payment);
  const why = judged.why ?? amount.why ?? ([entry.one('BookgDt'), entry.one('ValDt')].some(isNoDay) ? 'dayReadable' : null);
  return {
    answer: why === null ? judged.answer : 'unreadable', why, account, endToEndId, original: endToEndId === null ? original : null,
    amountCents: amount.cents, bookedOn, valueOn,
    reason: returnReason(payment ?? entry),
    bankReference: payment?.text(35, 'Refs', 'AcctSvcrRef') ?? booking.bankReference,
  };
}

/** What a booking says of the payment behind it: money out is settled, money back is returned, and only what is booked is money. */
function judge(booking: Booking, payment: Part | null): Pick<Answered, 'answer' | 'why'> {
  const { status, entry } = booking;
  if (status === null || !['BOOK', 'PDNG', 'INFO', 'FUTR'].includes(status)) return { answer: 'unreadable', why: 'statusKnown' };
  if (status !== 'BOOK') return { answer: 'accepted', why: null };
  const direction = directionOf(payment, booking);
  const comesBack = payment?.one('RtrInf') != null || isReturn(payment?.one('BkTxCd') ?? null) || isReturn(entry.one('BkTxCd'));
  if (direction === 'CRDT') return comesBack || booking.reversal ? { answer: 'returned', why: null } : { answer: 'unreadable', why: 'returnRecognised' };
  // A debit that takes back a credit is no payment of ours.
  return direction === 'DBIT' && !booking.reversal && !comesBack ? { answer: 'settled', why: null } : { answer: 'unreadable', why: 'directionKnown' };
}

/** By the domain code of a returned credit transfer, or by the German transaction code 159 in the bank's own code. */
const isReturn = (code: Part | null): boolean =>
  code?.text(4, 'Domn', 'Fmly', 'SubFmlyCd') === 'RRTN' || (code?.text(35, 'Prtry', 'Cd') ?? '').split('+').includes('159');

const returnReason = (part: Part): string | null => part.text(35, 'RtrInf', 'Rsn', 'Cd') ?? part.text(35, 'RtrInf', 'Rsn', 'Prtry');

function batchOf(reference: Part | null): BankEntry['original'] {
  const batchId = referenceOf(reference?.text(35, 'PmtInfId') ?? null);
  const messageId = referenceOf(reference?.text(35, 'MsgId') ?? null) ?? batchId;
  return messageId === null ? null : { messageId, batchId };
}
