import { XmlDocument, XmlElement, type XmlNode } from 'libxml2-wasm';

/** One payment that the bank is told to make. Cents are the bank's own reading of the amount. */
export interface Instruction {
  readonly messageId: string;
  readonly batchId: string;
  readonly executionOn: string;
  readonly debtorIban: string;
  readonly endToEndId: string;
  readonly cents: bigint;
  readonly name: string;
  readonly iban: string;
}

/** A pain.001 as the bank reads it, or why it refuses the whole of it. */
export type OrderFile = { readonly messageId: string; readonly instructions: readonly Instruction[] } | { readonly messageId: string | null; readonly refused: string };

const NAMESPACES = { p: 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09' };

/** Reads a pain.001.001.09 as a strict bank would: what its counts and sums do not confirm is refused. */
export function readOrderFile(xml: string | Uint8Array): OrderFile {
  const document = typeof xml === 'string' ? XmlDocument.fromString(xml) : XmlDocument.fromBuffer(xml);
  try {
    const root = document.get('/p:Document/p:CstmrCdtTrfInitn', NAMESPACES);
    if (root === null) return { messageId: null, refused: 'no pain.001.001.09' };
    const messageId = text(root, 'p:GrpHdr/p:MsgId');
    if (messageId === null) return { messageId, refused: 'no message id' };
    const instructions = root.find('p:PmtInf', NAMESPACES).flatMap((batch) => instructionsOf(messageId, batch));
    const wrong = instructions.map(fault).find((found) => found !== null) ?? controlFault(root, instructions);
    return wrong === null ? { messageId, instructions } : { messageId, refused: wrong };
  } finally {
    document.dispose();
  }
}

const text = (node: XmlNode, path: string): string | null => node.get(path, NAMESPACES)?.content.trim() || null;

/** Euros with at most two decimals as cents; a negative number where it is no such amount. */
export function centsOf(amount: string | null): bigint {
  const [, euros, decimals = ''] = /^(\d{1,15})(?:\.(\d{1,2}))?$/.exec(amount ?? '') ?? [];
  return euros === undefined ? -1n : BigInt(euros) * 100n + BigInt(decimals.padEnd(2, '0'));
}

function instructionsOf(messageId: string, batch: XmlNode): readonly Instruction[] {
  const common = {
    messageId, batchId: text(batch, 'p:PmtInfId') ?? '', debtorIban: text(batch, 'p:DbtrAcct/p:Id/p:IBAN') ?? '',
    executionOn: text(batch, 'p:ReqdExctnDt/p:Dt') ?? text(batch, 'p:ReqdExctnDt/p:DtTm')?.slice(0, 'yyyy-mm-dd'.length) ?? '',
  };
  return batch.find('p:CdtTrfTxInf', NAMESPACES).map((payment) => {
    const amount = payment.get('p:Amt/p:InstdAmt', NAMESPACES);
    const inEuro = amount instanceof XmlElement && amount.attr('Ccy')?.content === 'EUR';
    return {
      ...common, endToEndId: text(payment, 'p:PmtId/p:EndToEndId') ?? '', cents: inEuro ? centsOf(amount.content.trim()) : -1n,
      name: text(payment, 'p:Cdtr/p:Nm') ?? '', iban: text(payment, 'p:CdtrAcct/p:Id/p:IBAN') ?? '',
    };
  });
}

function controlFault(root: XmlNode, instructions: readonly Instruction[]): string | null {
  if (instructions.length === 0) return 'no payments';
  if (text(root, 'p:GrpHdr/p:NbOfTxs') !== String(instructions.length)) return 'the number of payments is not the one announced';
  const sum = text(root, 'p:GrpHdr/p:CtrlSum');
  return sum !== null && centsOf(sum) !== instructions.reduce((total, { cents }) => total + cents, 0n) ? 'the sum of the payments is not the one announced' : null;
}

function fault({ endToEndId, cents, iban, name, debtorIban, executionOn }: Instruction): string | null {
  if (endToEndId === '' || name === '' || executionOn === '') return 'a payment lacks its reference, payee or day';
  if (cents <= 0n) return `${endToEndId}: no amount in euros and cents`;
  return isIban(iban) && isIban(debtorIban) ? null : `${endToEndId}: no IBAN`;
}

/** The check digits of an IBAN (ISO 7064, modulo 97). */
function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(iban)) return false;
  const digits = (iban.slice('XX00'.length) + iban.slice(0, 'XX00'.length)).replaceAll(/[A-Z]/g, (letter) => String(Number.parseInt(letter, 36)));
  return BigInt(digits) % 97n === 1n;
}
