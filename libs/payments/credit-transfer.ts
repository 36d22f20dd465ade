import { isValidBIC } from 'ibantools';
import { holderFault, isLegible, lineFault, LONGEST, toSepa } from '#latin';
import { MAX_CENTS, sum, type Cents } from '#money';
import { normaliseIban } from './iban.ts';
import { TRANSFER_WORDS, type TransferCode, type TransferFault } from './transfer-words.ts';

/** One payment of a file. The creditor has no address: since November 2026 free text is not allowed, and none is needed. */
export interface Transfer {
  readonly endToEndId: string;
  readonly amountCents: Cents;
  readonly creditor: { readonly name: string; readonly iban: string };
  readonly purpose: string;
}

/** A file of credit transfers: `createdAt` is an instant in UTC, `executionOn` a calendar day. */
export interface CreditTransferFile {
  readonly messageId: string;
  readonly createdAt: string;
  readonly executionOn: string;
  readonly debtor: { readonly name: string; readonly iban: string; readonly bic: string };
  readonly transfers: readonly Transfer[];
}

/** A bank takes no more in one file, and no more in one payment (999,999,999.99 €). */
const MOST_TRANSFERS = 100_000;
const MOST_CENTS = 99_999_999_999;

/** Of references: the SEPA set without spaces, up to 35 characters, no slash at either end, no two of them together. */
const REFERENCE = /^(?!\/)(?!.*\/\/)[A-Za-z0-9/\-?:().,'+]{1,35}(?<!\/)$/;
/** Upper case, as the message wants it. */
const BIC = /^[A-Z0-9]{8}(?:[A-Z0-9]{3})?$/;
const INSTANT = /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;

/** Everything a bank would refuse about a file, before it is written; empty when it may go. */
export function checkTransfers({ messageId, createdAt, executionOn, debtor, transfers }: CreditTransferFile): readonly TransferFault[] {
  const seen = new Set<string>();
  const twice = (reference: string): boolean => seen.size === seen.add(reference).size;
  return [
    ...unless(REFERENCE.test(messageId), 'messageIdValid'),
    ...unless(isDay(INSTANT.exec(createdAt)?.[1] ?? '') && isDay(executionOn), 'datesValid'),
    ...unless(isLegible(debtor.name), 'debtorNamed'),
    ...unless(normaliseIban(debtor.iban) === debtor.iban && BIC.test(debtor.bic) && isValidBIC(debtor.bic), 'debtorValid'),
    ...unless(transfers.length > 0 && transfers.length <= MOST_TRANSFERS, 'countValid'),
    ...unless(transfers.reduce((total, { amountCents }) => total + amountCents, 0) <= MAX_CENTS, 'sumValid'),
    ...transfers.flatMap((transfer) => [...checkTransfer(transfer), ...unless(!twice(transfer.endToEndId), 'endToEndIdUnique', transfer.endToEndId)]),
  ];
}

/** Everything a bank would refuse about one payment, whatever file it goes with. */
function checkTransfer({ endToEndId: id, amountCents, creditor, purpose }: Transfer): readonly TransferFault[] {
  return [
    ...unless(REFERENCE.test(id), 'endToEndIdValid', id),
    ...unless(Number.isSafeInteger(amountCents) && amountCents > 0 && amountCents <= MOST_CENTS, 'amountValid', id),
    ...unless(normaliseIban(creditor.iban) === creditor.iban, 'ibanValid', id),
    ...unless(isLegible(creditor.name), 'holderValid', id),
    ...unless(lineFault(purpose, LONGEST.purpose) === null, 'purposeValid', id),
  ];
}

/** The same of a payment that is still to be ordered, with what its order would not carry: whoever prepares a run sees it before. */
export const checkOrder = (transfer: Transfer): readonly TransferFault[] =>
  [...checkTransfer(transfer), ...unless(!isLegible(transfer.creditor.name) || holderFault(transfer.creditor.name) === null, 'holderFits', transfer.endToEndId)];

const unless = (holds: boolean, code: TransferCode, endToEndId: string | null = null): readonly TransferFault[] => (holds ? [] : [{ code, endToEndId, ...TRANSFER_WORDS[code] }]);

/** Whether `YYYY-MM-DD` is a day of the calendar. */
function isDay(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0);
}

/** The namespace of the version that the German banks take (DK, since 2023). */
export const PAIN_001 = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';

/**
 * The file as pain.001.001.09, in UTF-8: one batch, SEPA, costs shared. Written from whole cents, never from fractions;
 * the same file gives the same bytes. What `checkTransfers` refuses must not come here.
 */
export function creditTransferXml(file: CreditTransferFile): Buffer {
  const { messageId, createdAt, executionOn, debtor, transfers } = file;
  const total = sum(transfers.map(({ amountCents }) => amountCents));
  const totals = `<NbOfTxs>${transfers.length}</NbOfTxs><CtrlSum>${decimal(total)}</CtrlSum>`;
  const payer = escaped(toSepa(debtor.name, LONGEST.holder));
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<Document xmlns="${PAIN_001}">`,
    '<CstmrCdtTrfInitn>',
    `<GrpHdr><MsgId>${escaped(messageId)}</MsgId><CreDtTm>${createdAt}</CreDtTm>${totals}<InitgPty><Nm>${payer}</Nm></InitgPty></GrpHdr>`,
    '<PmtInf>',
    `<PmtInfId>${escaped(messageId)}</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg>${totals}`,
    `<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf><ReqdExctnDt><Dt>${executionOn}</Dt></ReqdExctnDt>`,
    `<Dbtr><Nm>${payer}</Nm></Dbtr><DbtrAcct><Id><IBAN>${debtor.iban}</IBAN></Id></DbtrAcct>`,
    `<DbtrAgt><FinInstnId><BICFI>${debtor.bic}</BICFI></FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>`,
    ...transfers.map(transferXml),
    '</PmtInf>',
    '</CstmrCdtTrfInitn>',
    '</Document>',
    '',
  ];
  return Buffer.from(lines.join('\n'), 'utf8');
}

const transferXml = ({ endToEndId, amountCents, creditor, purpose }: Transfer): string =>
  `<CdtTrfTxInf><PmtId><EndToEndId>${escaped(endToEndId)}</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">${decimal(amountCents)}</InstdAmt></Amt>`
  + `<Cdtr><Nm>${escaped(toSepa(creditor.name, LONGEST.holder))}</Nm></Cdtr><CdtrAcct><Id><IBAN>${creditor.iban}</IBAN></Id></CdtrAcct>`
  + `<RmtInf><Ustrd>${escaped(toSepa(purpose, LONGEST.purpose))}</Ustrd></RmtInf></CdtTrfTxInf>`;

/** Cents as euros with two decimals, by their digits. */
const decimal = (amount: Cents): string => String(amount).padStart(3, '0').replace(/(\d\d)$/, '.$1');

/** The SEPA set has none of the characters that XML needs escaped but the apostrophe, which it does not need in text. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
