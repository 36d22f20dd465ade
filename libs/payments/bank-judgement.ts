import type { BankEntry } from './bank-message.ts';
import type { ExceptionCode } from './bank-words.ts';

/** What a bank's answer is compared with: the order it is about. */
export interface AnsweredOrder {
  readonly id: number;
  readonly amountCents: number;
  /** The account that the order's run pays from; null where it was ordered without a run. */
  readonly paidFrom: string | null;
  /** The first and the last day on which the bank can have booked it, as of now; no first one where that is not known. */
  readonly bookableFrom: string | null;
  readonly bookableUntil: string;
}

/** An earlier answer about the same order that was believed. */
export interface EarlierAnswer extends Pick<BankEntry, 'answer' | 'account' | 'amountCents' | 'bookedOn' | 'valueOn' | 'bankReference'> {
  /** Whether it was sent to the instalment; others were only written down. */
  readonly sent: boolean;
}

/** What is done with an entry: sent to its instalment, only written down, recognised, or left to a person. */
export type Verdict =
  | { readonly verdict: 'sent' | 'recorded' | 'duplicate'; readonly code: null; /** Of a repetition: it is the first to tell the day. */ readonly dayNew?: true }
  | { readonly verdict: 'exception'; readonly code: ExceptionCode };

const exception = (code: ExceptionCode): Verdict => ({ verdict: 'exception', code });
const plain = (verdict: 'sent' | 'recorded' | 'duplicate'): Verdict => ({ verdict, code: null });

type Answer = Pick<BankEntry, 'answer' | 'why' | 'reason' | 'account' | 'endToEndId' | 'amountCents' | 'bookedOn' | 'valueOn' | 'bankReference'>;

/** Judges an answer by the facts alone, in this order; `alike`: references without an order that look like ours. How the instalment stands is asked when the entry gets there. */
export function judgeAnswer(entry: Answer, order: AnsweredOrder | null, earlier: readonly EarlierAnswer[], alike: ReadonlySet<string>): Verdict {
  if (entry.why !== null) return exception(entry.why);
  if (order === null) return exception(entry.endToEndId === null ? 'referenceGiven' : alike.has(entry.endToEndId) ? 'orderWritten' : 'orderKnown');
  if (entry.account !== null && order.paidFrom !== null && entry.account !== order.paidFrom) return exception('accountOurs');
  if (earlier.some((before) => isSame(before, entry, order))) return { ...plain('duplicate'), ...(tellsDay(entry, order, earlier) ? { dayNew: true } : {}) };
  const untimely = untimelyIn(entry, order);
  if (untimely !== null) return exception(untimely);
  const sent = earlier.filter((before) => before.sent);
  switch (entry.answer) {
    case 'accepted': return plain('recorded');
    case 'settled': return judgeSettlement(entry, order, sent);
    case 'rejected': return judgeRejection(entry, order, sent);
    case 'returned': return judgeReturn(entry, order, sent);
    case 'unreadable': throw new Error('an unreadable entry says why');
  }
}

/** How sure the day of a settlement is: nobody knows it from a status report, and a value date counts before a booking day. */
const certaintyOf = ({ account, bookedOn, valueOn }: Pick<Answer, 'account' | 'bookedOn' | 'valueOn'>): number => (account === null ? 0 : valueOn !== null ? 2 : bookedOn !== null ? 1 : 0);

/** Whether a settlement that the bank tells again is the first to give its day, or the first to give its value date. */
function tellsDay(entry: Answer, order: AnsweredOrder, earlier: readonly EarlierAnswer[]): boolean {
  if (entry.answer !== 'settled' || untimelyIn(entry, order) !== null || (entry.amountCents ?? order.amountCents) !== order.amountCents) return false;
  return earlier.every((before) => before.answer !== 'settled' || certaintyOf(before) < certaintyOf(entry));
}

/** What a statement has booked on a day on which that cannot have been. */
function untimelyIn({ answer, account, bookedOn, valueOn }: Answer, { bookableFrom, bookableUntil }: AnsweredOrder): ExceptionCode | null {
  if (account === null || (answer !== 'settled' && answer !== 'returned')) return null;
  const valued = valueOn ?? bookedOn;
  if (valued !== null && bookableFrom !== null && valued < bookableFrom) return 'bookedSinceExecution';
  return [bookedOn, valued].some((day) => day !== null && day > bookableUntil) ? 'bookedByNow' : null;
}

function judgeSettlement({ amountCents }: Answer, order: AnsweredOrder, sent: readonly EarlierAnswer[]): Verdict {
  if (has(sent, 'rejected')) return exception('noContradiction');
  if (has(sent, 'settled')) return exception('settledOnce');
  return plainIf(amountCents === null || amountCents === order.amountCents, 'amountMatches');
}

/** Codes by which banks reject what they already have: nothing is said of the first submission. */
const REPETITIONS: readonly string[] = ['AM05', 'DU01', 'DU02', 'DU03', 'DU04', 'DU05'];

function judgeRejection({ amountCents, reason }: Answer, order: AnsweredOrder, sent: readonly EarlierAnswer[]): Verdict {
  if (reason !== null && REPETITIONS.includes(reason)) return exception('notOnlyRepeated');
  if (has(sent, 'settled') || has(sent, 'returned')) return exception('noContradiction');
  return plainIf(amountCents === null || amountCents === order.amountCents, 'amountMatches');
}

function judgeReturn({ amountCents }: Answer, order: AnsweredOrder, sent: readonly EarlierAnswer[]): Verdict {
  const backBefore = sent.reduce((sum, before) => sum + (before.answer === 'rejected' ? order.amountCents : before.answer === 'returned' ? before.amountCents ?? order.amountCents : 0), 0);
  return plainIf(backBefore + (amountCents ?? order.amountCents) <= order.amountCents, 'returnWithinPayment');
}

const plainIf = (holds: boolean, code: ExceptionCode): Verdict => (holds ? plain('sent') : exception(code));
const has = (answers: readonly EarlierAnswer[], answer: BankEntry['answer']): boolean => answers.some((before) => before.answer === answer);

/**
 * Whether the bank says the same again, in another file or message. Where it gives no amount it means all of the order;
 * references are compared where both are given. Parts of a payment may come back one by one, in equal amounts: those are told apart by reference, else by day.
 */
function isSame(before: EarlierAnswer, entry: Answer, { amountCents: whole }: AnsweredOrder): boolean {
  if (before.answer !== entry.answer) return false;
  if (entry.answer === 'accepted' || entry.answer === 'rejected') return true;
  if ((before.amountCents ?? whole) !== (entry.amountCents ?? whole)) return false;
  const referenced = before.bankReference !== null && entry.bankReference !== null;
  if (referenced) return before.bankReference === entry.bankReference;
  return entry.answer === 'settled' || before.bookedOn === entry.bookedOn;
}
