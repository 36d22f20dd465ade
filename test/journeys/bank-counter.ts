import { randomUUID } from 'node:crypto';
import type { AnswerFile } from '#apps/bank';
import type { Store } from '#store';
import { must, type Answer } from './client.ts';
import type { Office } from './office.ts';

/** What an import answers. */
export interface Imported {
  readonly id: string;
  readonly kind: string;
  readonly duplicateOf: string | null;
  readonly counts: { readonly entries: number; readonly matched: number; readonly duplicates: number; readonly exceptions: number };
}

/** An entry as its route shows it; what the journeys read of it. */
export interface Entry {
  readonly id: string;
  readonly answer: string;
  readonly endToEndId: string | null;
  readonly amountCents: number | null;
  readonly case: string | null;
  readonly verdict: string;
  readonly problem: { readonly code: string; readonly suggestedAction: string } | null;
}

/** The agency's account at the bank. */
export const OURS = 'DE02120300000000202051';

/** A pain.001 over the orders of a database, as a test writes it: only what the simulated bank reads. */
export async function paymentFile(store: Store, { messageId, executionOn }: { readonly messageId: string; readonly executionOn: string }, endToEndIds?: readonly string[]): Promise<string> {
  const orders = await store.query<{ endToEndId: string; cents: number; holder: string; iban: string }>(
    `select end_to_end_id as "endToEndId", amount_cents as cents, holder, iban from payment_orders where $1::text[] is null or end_to_end_id = any($1) order by id`, [endToEndIds ?? null]);
  const euros = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
  const payments = orders.map(({ endToEndId, cents, holder, iban }) => `<CdtTrfTxInf><PmtId><EndToEndId>${endToEndId}</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">${euros(cents)}</InstdAmt></Amt>
    <Cdtr><Nm>${holder}</Nm></Cdtr><CdtrAcct><Id><IBAN>${iban}</IBAN></Id></CdtrAcct></CdtTrfTxInf>`);
  return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn><GrpHdr><MsgId>${messageId}</MsgId><NbOfTxs>${orders.length}</NbOfTxs>
    <CtrlSum>${euros(orders.reduce((sum, { cents }) => sum + cents, 0))}</CtrlSum></GrpHdr><PmtInf><PmtInfId>${messageId}-1</PmtInfId><ReqdExctnDt><Dt>${executionOn}</Dt></ReqdExctnDt>
    <DbtrAcct><Id><IBAN>${OURS}</IBAN></Id></DbtrAcct>${payments.join('')}</PmtInf></CstmrCdtTrfInitn></Document>`;
}

/** Where files go to the bank and its answers come back, as finance would carry them. */
export class BankCounter {
  constructor(readonly office: Office) {}

  /** A payment file over these orders, all of them of the office unless some are named. */
  file(messageId: string, executionOn: string, endToEndIds?: readonly string[]): Promise<string> {
    return paymentFile(this.office.store, { messageId, executionOn }, endToEndIds);
  }

  /** Uploads a file as a form does. */
  async upload<T = Imported>(account: string, xml: string, key: string = randomUUID()): Promise<Answer<T>> {
    const body = new FormData();
    body.append('file', new Blob([xml], { type: 'application/xml' }), 'bank.xml');
    return this.office.client.ask<T>(account, 'POST', '/bank-files', { body, headers: { 'idempotency-key': key } });
  }

  /** Imports a file that must be taken, and waits until its answers have arrived everywhere. */
  async take({ xml }: Pick<AnswerFile, 'xml'>, account = 'certifier1'): Promise<Imported> {
    const imported = must('bank file', await this.upload(account, xml));
    await this.office.rest();
    return imported;
  }

  async entries(file: string): Promise<readonly Entry[]> {
    return (await this.office.client.get<{ items: readonly Entry[] }>('auditor1', `/bank-files/${file}/entries?limit=200`)).items;
  }

  /** Entries that wait for a person. */
  async open(): Promise<readonly Entry[]> {
    return (await this.office.client.get<{ items: readonly Entry[] }>('auditor1', '/bank-entries?verdict=exception&limit=200')).items;
  }

  resolve(account: string, id: string, action: 'retry' | 'done' | 'ignore'): Promise<Answer<Entry>> {
    return this.office.client.ask(account, 'POST', `/bank-entries/${id}/resolve`, { body: { action, reason: 'mit der Bank geklärt' }, headers: { 'idempotency-key': randomUUID() } });
  }
}
