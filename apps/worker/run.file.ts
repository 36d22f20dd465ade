import { createHash } from 'node:crypto';
import { checkCreditTransferXml, checkTransfers, creditTransferXml, faultLine, type PaymentOrder, type PreparedRun, type StoredFile } from '#payments';
import { sum } from '#money';
import type { Instant } from '#store';

/** A run's file before it is kept, or why there can be none: then a person has to look at the named payment. */
export type WrittenFile = Pick<StoredFile, 'messageId' | 'count' | 'sumCents' | 'sha256' | 'bytes'> | { readonly why: string };

/** Writes the file of a run from its orders, and checks it as the bank will: what it names as wrong never leaves the house. */
export function fileOfRun({ messageId, executionOn, payer }: PreparedRun, orders: readonly PaymentOrder[], createdAt: Instant): WrittenFile {
  const transfers = orders.map(({ endToEndId, amountCents, holder, iban, purpose }) => ({ endToEndId, amountCents, creditor: { name: holder, iban }, purpose }));
  const file = { messageId, createdAt, executionOn, debtor: payer, transfers };
  const [wrong] = checkTransfers(file);
  if (wrong) return { why: faultLine(wrong) };
  const bytes = Buffer.from(creditTransferXml(file));
  const [fault] = checkCreditTransferXml(bytes);
  if (fault) throw new Error(`the file of ${messageId} does not satisfy its own schema: ${JSON.stringify(fault)}`);
  return { messageId, count: transfers.length, sumCents: sum(transfers.map(({ amountCents }) => amountCents)), sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
}
