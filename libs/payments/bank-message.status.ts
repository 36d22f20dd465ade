import { amountOf } from './bank-message.amount.ts';
import type { BankAnswer, BankEntry } from './bank-message.ts';
import type { Part } from './bank-message.part.ts';

type Answered = Omit<BankEntry, 'index'>;

/**
 * What the statuses of ISO 20022 mean for a payment. Settled is only what left the account; everything on the way there
 * is `accepted` and moves nothing. A partial or unknown status is for a person.
 */
const ANSWERS: { readonly [status: string]: BankAnswer } = {
  RJCT: 'rejected', CANC: 'rejected',
  ACSC: 'settled', ACCC: 'settled',
  ACCP: 'accepted', ACSP: 'accepted', ACTC: 'accepted', ACWC: 'accepted', ACWP: 'accepted', ACFC: 'accepted', PATC: 'accepted', PDNG: 'accepted', RCVD: 'accepted', PRES: 'accepted',
};

/** Reads a payment status report: a status of a single payment, or where it names none of a batch or the whole message. */
export function readStatus(body: Part): { readonly account: null; readonly entries: readonly Answered[] } {
  const group = body.one('OrgnlGrpInfAndSts');
  const messageId = referenceOf(group?.text(35, 'OrgnlMsgId') ?? null);
  const batches = body.all('OrgnlPmtInfAndSts');
  const ofGroup: Level = { status: group?.text(35, 'GrpSts') ?? null, reason: reasonOf(group) };
  if (batches.length === 0) return { account: null, entries: ofGroup.status === null ? [] : [whole(ofGroup, messageId, null)] };
  const entries = batches.flatMap((batch): readonly Answered[] => {
    const ofBatch: Level = { status: batch.text(35, 'PmtInfSts') ?? ofGroup.status, reason: reasonOf(batch) ?? ofGroup.reason };
    const payments = Array.from(batch.each('TxInfAndSts'), (payment) => single(payment, ofBatch));
    if (payments.length > 0) return payments;
    return ofBatch.status === null ? [] : [whole(ofBatch, messageId, referenceOf(batch.text(35, 'OrgnlPmtInfId')))];
  });
  return { account: null, entries };
}

interface Level {
  readonly status: string | null;
  readonly reason: string | null;
}

const answerOf = (status: string | null): Pick<Answered, 'answer' | 'why'> => {
  const answer = status !== null && Object.hasOwn(ANSWERS, status) ? ANSWERS[status] : undefined;
  return answer === undefined ? { answer: 'unreadable', why: 'statusKnown' } : { answer, why: null };
};

function whole({ status, reason }: Level, messageId: string | null, batchId: string | null): Answered {
  return {
    ...answerOf(status), account: null, endToEndId: null, original: messageId === null ? null : { messageId, batchId },
    amountCents: null, bookedOn: null, valueOn: null, reason, bankReference: null,
  };
}

function single(payment: Part, batch: Level): Answered {
  const given = payment.one('OrgnlTxRef', 'Amt', 'InstdAmt');
  const amount = given === null ? null : amountOf(given);
  const day = /^\d{4}-\d\d-\d\d/.exec(payment.text(40, 'AccptncDtTm') ?? '')?.[0] ?? null;
  const { answer, why } = answerOf(payment.text(35, 'TxSts') ?? batch.status);
  const unsure = why ?? amount?.why ?? null;
  return {
    answer: unsure === null ? answer : 'unreadable', why: unsure, account: null,
    endToEndId: referenceOf(payment.text(35, 'OrgnlEndToEndId')), original: null,
    amountCents: amount?.cents ?? null, bookedOn: day, valueOn: null,
    reason: reasonOf(payment) ?? batch.reason, bankReference: payment.text(35, 'AcctSvcrRef'),
  };
}

/** The first reason of a level: a code, or the bank's own word. */
const reasonOf = (part: Part | null): string | null => part?.text(35, 'StsRsnInf', 'Rsn', 'Cd') ?? part?.text(35, 'StsRsnInf', 'Rsn', 'Prtry') ?? null;

/** In capitals, as every reference of ours is: some banks give them back in small letters. `NOTPROVIDED` is the standard's word for none. */
export const referenceOf = (text: string | null): string | null => (text?.toUpperCase() === 'NOTPROVIDED' ? null : text?.toUpperCase() ?? null);
