/** A booking on an account of the bank's customer, or the bank's word about a payment. */
export interface Line {
  readonly endToEndId: string;
  readonly batchId: string;
  readonly cents: bigint;
  readonly on: string;
  readonly reference: string;
  readonly reason?: string;
}

/** A file that the bank sends. */
export interface AnswerFile {
  readonly name: string;
  readonly kind: 'pain.002' | 'camt.053' | 'camt.054';
  /** The day on which it is sent. */
  readonly on: string;
  readonly xml: string;
}

interface Head {
  readonly messageId: string;
  readonly on: string;
}

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const euros = (cents: bigint): string => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;
const document = (kind: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${kind}">${content}</Document>\n`;
const header = ({ messageId, on }: Head): string => element('GrpHdr', element('MsgId', escaped(messageId)) + element('CreDtTm', `${on}T18:00:00Z`));

/** A status report (pain.002.001.10): one status a payment, or one for the whole message. */
export function statusReport(head: Head, originalId: string, answers: readonly (Line & { readonly status: string })[] | { readonly status: string; readonly reason: string }): AnswerFile {
  const ofAll = 'reason' in answers ? answers : null;
  const group = element('OrgnlGrpInfAndSts', element('OrgnlMsgId', escaped(originalId)) + element('OrgnlMsgNmId', 'pain.001.001.09') + (ofAll === null ? '' : statusOf('GrpSts', ofAll)));
  const batches = ofAll === null ? [...grouped(answers as readonly (Line & { status: string })[], ({ batchId }) => batchId)] : [];
  const payments = batches.map(([batchId, lines]) => element('OrgnlPmtInfAndSts', element('OrgnlPmtInfId', escaped(batchId)) + lines.map((line) =>
    element('TxInfAndSts', element('OrgnlEndToEndId', escaped(line.endToEndId)) + statusOf('TxSts', line))).join('')));
  return { name: `${head.messageId}.pain002.xml`, kind: 'pain.002', on: head.on, xml: document('pain.002.001.10', element('CstmrPmtStsRpt', header(head) + group + payments.join(''))) };
}

/** Things by a word of theirs, in the order of coming. */
export function grouped<T>(things: readonly T[], wordOf: (thing: T) => string): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const thing of things) {
    const word = wordOf(thing);
    const group = found.get(word);
    if (group === undefined) found.set(word, [thing]);
    else group.push(thing);
  }
  return found;
}

const statusOf = (name: string, { status, reason }: { readonly status: string; readonly reason?: string }): string =>
  element(name, status) + (reason === undefined ? '' : element('StsRsnInf', element('Rsn', element('Cd', reason))));

/** An account statement (camt.053.001.08) or notification (camt.054.001.08): debits, and credits that return. */
export function bookings(kind: 'camt.053' | 'camt.054', head: Head, account: string, lines: readonly Line[], batch?: 'named' | 'unnamed'): AnswerFile {
  const sums = batch === undefined ? [] : [...grouped(lines.filter(({ reason }) => reason === undefined), ({ batchId, on }) => `${batchId} ${on}`).values()];
  const single = batch === undefined ? lines : lines.filter(({ reason }) => reason !== undefined);
  const [body, report] = kind === 'camt.053' ? ['BkToCstmrStmt', 'Stmt'] : ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'];
  const content = element('Id', escaped(head.messageId)) + element('CreDtTm', `${head.on}T18:00:00Z`) + element('Acct', element('Id', element('IBAN', account)))
    + (kind === 'camt.053' ? balance('OPBD', head.on) + balance('CLBD', head.on) : '') + single.map(entry).join('') + sums.map((parts) => sum(parts, batch === 'named')).join('');
  return { name: `${head.messageId}.${kind.replace('.', '')}.xml`, kind, on: head.on, xml: document(`${kind}.001.08`, element(body, header(head) + element(report, content))) };
}

const balance = (code: string, on: string): string =>
  element('Bal', element('Tp', element('CdOrPrtry', element('Cd', code))) + '<Amt Ccy="EUR">0.00</Amt>' + element('CdtDbtInd', 'CRDT') + element('Dt', element('Dt', on)));

const amountOf = (cents: bigint): string => `<Amt Ccy="EUR">${euros(cents)}</Amt>`;

function entry(line: Line): string {
  return booking(line, line.reason === undefined ? 'DBIT' : 'CRDT', payment(line));
}

/** One debit for a whole batch, as banks book it where the customer asks for it. */
function sum(parts: readonly Line[], named: boolean): string {
  const cents = parts.reduce((total, line) => total + line.cents, 0n);
  const [first] = parts as readonly [Line];
  return booking({ ...first, cents }, 'DBIT', named ? parts.map(payment).join('') : element('Btch', element('PmtInfId', escaped(first.batchId)) + element('NbOfTxs', String(parts.length))));
}

const booking = ({ cents, on, reference }: Line, direction: 'DBIT' | 'CRDT', details: string): string =>
  element('Ntry', amountOf(cents) + element('CdtDbtInd', direction) + element('Sts', element('Cd', 'BOOK')) + element('BookgDt', element('Dt', on)) + element('ValDt', element('Dt', on))
    + element('AcctSvcrRef', reference) + element('BkTxCd', element('Domn', element('Cd', 'PMNT') + element('Fmly', element('Cd', 'ICDT') + element('SubFmlyCd', direction === 'DBIT' ? 'ESCT' : 'RRTN'))))
    + element('NtryDtls', details));

const payment = ({ endToEndId, cents, reason }: Line): string => element('TxDtls', element('Refs', element('EndToEndId', escaped(endToEndId))) + amountOf(cents)
  + element('CdtDbtInd', reason === undefined ? 'DBIT' : 'CRDT') + (reason === undefined ? '' : element('RtrInf', element('Rsn', element('Cd', reason)))));
