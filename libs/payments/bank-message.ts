import { ParseOption, XmlDocument, XmlLibError } from 'libxml2-wasm';
import { faultOfBytes, looksCutOff } from './bank-message.bytes.ts';
import { Part } from './bank-message.part.ts';
import { readStatement } from './bank-message.statement.ts';
import { readStatus } from './bank-message.status.ts';
import { FILE_WORDS, type EntryFault, type FileFault, type Words } from './bank-words.ts';

/** What the bank says of one payment. `accepted` is no money yet; an `unreadable` entry says why and waits for a person. */
export type BankAnswer = 'accepted' | 'rejected' | 'settled' | 'returned' | 'unreadable';

/** One answer of a bank file, whatever message it came in. */
export interface BankEntry {
  /** Its place in the file, from 0. */
  readonly index: number;
  readonly answer: BankAnswer;
  /** Of the statement that it stands in, as far as that is known. */
  readonly account: string | null;
  /** In capitals, as every reference of ours is. */
  readonly endToEndId: string | null;
  /** The message and batch that it answers as a whole, where it names no single payment. */
  readonly original: { readonly messageId: string; readonly batchId: string | null } | null;
  readonly amountCents: number | null;
  /** `YYYY-MM-DD`; of a status report the day of its word. The value day only where the bank gives one. */
  readonly bookedOn: string | null;
  readonly valueOn: string | null;
  /** ISO 20022 code of a rejection or return, such as AC04. */
  readonly reason: string | null;
  readonly bankReference: string | null;
  readonly why: EntryFault | null;
}

export type BankMessageKind = 'pain.002' | 'camt.053' | 'camt.054';

/** A bank file in the house's terms. */
export interface BankMessage {
  readonly kind: BankMessageKind;
  /** The variant of the schema, such as `08`. */
  readonly version: string;
  readonly messageId: string;
  /** As the bank wrote it, or null. */
  readonly createdAt: string | null;
  /** The account of the statement; null where the message names none, or several. */
  readonly account: string | null;
  readonly entries: readonly BankEntry[];
}

/** Why a file is refused as a whole. */
export interface BankFileRefusal {
  readonly code: FileFault;
  readonly text: Words;
  readonly remedy: Words;
  /** Where reading broke off. */
  readonly line?: number;
}

export type BankReading = { readonly ok: true; readonly message: BankMessage } | { readonly ok: false; readonly refusal: BankFileRefusal };

const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:(pain\.002|camt\.053|camt\.054)\.001\.(\d\d)$/;
const BODIES = { 'pain.002': 'CstmrPmtStsRpt', 'camt.053': 'BkToCstmrStmt', 'camt.054': 'BkToCstmrDbtCdtNtfctn' } as const;
const VERSIONS = { 'pain.002': ['03', '12'], 'camt.053': ['02', '08'], 'camt.054': ['02', '08'] } as const;
/** Nothing is loaded, replaced or mended; sizes and depth have the library's limits (256 levels, 10 MB a text). */
const OPTIONS = { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_COMPACT };

const refused = (code: FileFault, line?: number): BankReading => ({ ok: false, refusal: { code, ...FILE_WORDS[code], ...(line === undefined ? {} : { line }) } });

/**
 * Reads a pain.002, camt.053 or camt.054. The bytes are judged before any parser sees them; elements that nobody here
 * knows are skipped; an entry that cannot be read with certainty is kept as `unreadable` and spoils nothing else.
 */
export function readBankMessage(bytes: Uint8Array): BankReading {
  const fault = faultOfBytes(bytes);
  if (fault !== null) return refused(fault);
  const document = parsed(bytes);
  if (!(document instanceof XmlDocument)) return document;
  try {
    return understood(document);
  } finally {
    document.dispose();
  }
}

function parsed(bytes: Uint8Array): XmlDocument | BankReading {
  try {
    return XmlDocument.fromBuffer(bytes, OPTIONS);
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    return refused(looksCutOff(bytes) ? 'fileComplete' : 'wellFormed', error.details[0]?.line);
  }
}

function understood({ root }: XmlDocument): BankReading {
  const [, kind, version] = NAMESPACE.exec(root.namespaceUri) ?? [];
  if (kind === undefined || version === undefined || root.name !== 'Document') return refused('namespaceKnown');
  const known = kind as BankMessageKind;
  const [oldest, newest] = VERSIONS[known];
  if (version < oldest || version > newest) return refused('versionKnown');
  const body = new Part(root, root.namespaceUri).one(BODIES[known]);
  if (body === null) return refused('namespaceKnown');
  const messageId = body.text(35, 'GrpHdr', 'MsgId');
  if (messageId === null) return refused('messageIdGiven');
  const createdAt = /^\d{4}-\d\d-\d\dT[\d:.]{8,20}(?:Z|[+-]\d\d:\d\d)?$/.exec(body.text(40, 'GrpHdr', 'CreDtTm') ?? '')?.[0] ?? null;
  const content = known === 'pain.002' ? readStatus(body) : readStatement(body, known === 'camt.053' ? 'Stmt' : 'Ntfctn');
  return { ok: true, message: { kind: known, version, messageId, createdAt, account: content.account, entries: content.entries.map((entry, index) => ({ index, ...entry })) } };
}
