import { ParseOption, XmlDocument, XmlValidateError, XsdValidator, type ErrorDetail } from 'libxml2-wasm';
import { PAIN_001 } from './credit-transfer.ts';

/** What the check found, and in which line of the file. */
export interface ProfileFault {
  readonly line: number;
  readonly message: string;
}

const element = (name: string, type: string): string => `<xs:element name="${name}" type="${type}"/>`;
const complex = (name: string, ...parts: readonly string[]): string => `<xs:complexType name="${name}"><xs:sequence>${parts.join('')}</xs:sequence></xs:complexType>`;
const text = (name: string, pattern: string): string => `<xs:simpleType name="${name}"><xs:restriction base="xs:string"><xs:pattern value="${pattern}"/></xs:restriction></xs:simpleType>`;
/** Euros with exactly two decimals, however many zeros a number may have for XML Schema. */
const amount = (name: string, digits: number): string =>
  `<xs:simpleType name="${name}"><xs:restriction base="xs:decimal"><xs:minInclusive value="0.01"/><xs:pattern value="[0-9]{1,${digits - 2}}\\.[0-9]{2}"/></xs:restriction></xs:simpleType>`;
const only = (name: string, value: string): string => `<xs:simpleType name="${name}"><xs:restriction base="xs:string"><xs:enumeration value="${value}"/></xs:restriction></xs:simpleType>`;
const nested = (name: string, type: string): string => `<xs:element name="${name}"><xs:complexType><xs:sequence>${type}</xs:sequence></xs:complexType></xs:element>`;

/** Characters of the SEPA set, as a pattern of XML Schema. */
const SEPA = '[a-zA-Z0-9/\\-?:().,\'+ ]';
/** The same without spaces, and slashes only between others. */
const WORD = '[a-zA-Z0-9\\-?:().,\'+]+';
const reference = (name: string): string =>
  `<xs:simpleType name="${name}"><xs:restriction base="xs:string"><xs:maxLength value="35"/><xs:pattern value="${WORD}(/${WORD})*"/></xs:restriction></xs:simpleType>`;
/** An instant that exists, in UTC. */
const instant = (name: string): string => `<xs:simpleType name="${name}"><xs:restriction base="xs:dateTime"><xs:pattern value=".*Z"/></xs:restriction></xs:simpleType>`;

/** Nothing is fetched, and lines are counted beyond 65,535: a file has one for each payment. */
const READING = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_BIG_LINES;

/**
 * The part of pain.001.001.09 that leaves this house, in our own words and narrower than the message allows: SEPA, euros,
 * shared costs, an IBAN on both sides, no addresses, references and texts in the SEPA character set.
 */
const PROFILE = `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="${PAIN_001}" targetNamespace="${PAIN_001}" elementFormDefault="qualified">
${nested('Document', nested('CstmrCdtTrfInitn', element('GrpHdr', 'Header') + element('PmtInf', 'Batch')))}
${complex('Header', element('MsgId', 'Reference'), element('CreDtTm', 'Instant'), element('NbOfTxs', 'Count'), element('CtrlSum', 'Sum'), element('InitgPty', 'Party'))}
${complex('Batch', element('PmtInfId', 'Reference'), element('PmtMtd', 'Transfer'), element('BtchBookg', 'Whole'), element('NbOfTxs', 'Count'), element('CtrlSum', 'Sum'),
  nested('PmtTpInf', nested('SvcLvl', element('Cd', 'Sepa'))), nested('ReqdExctnDt', element('Dt', 'xs:date')), element('Dbtr', 'Party'), element('DbtrAcct', 'Account'),
  nested('DbtrAgt', nested('FinInstnId', element('BICFI', 'Bic'))), element('ChrgBr', 'Shared'), '<xs:element name="CdtTrfTxInf" type="Payment" maxOccurs="unbounded"/>')}
${complex('Payment', nested('PmtId', element('EndToEndId', 'Reference')), nested('Amt', element('InstdAmt', 'Euros')), element('Cdtr', 'Party'), element('CdtrAcct', 'Account'),
  nested('RmtInf', element('Ustrd', 'Remittance')))}
${complex('Party', element('Nm', 'Name'))}
${complex('Account', nested('Id', element('IBAN', 'Iban')))}
<xs:complexType name="Euros"><xs:simpleContent><xs:extension base="Amount"><xs:attribute name="Ccy" type="Currency" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
${only('Transfer', 'TRF')}${only('Whole', 'true')}${only('Sepa', 'SEPA')}${only('Shared', 'SLEV')}${only('Currency', 'EUR')}
${amount('Amount', 11)}${amount('Sum', 18)}
${reference('Reference')}${text('Name', `${SEPA}{1,70}`)}${text('Remittance', `${SEPA}{1,140}`)}
${text('Iban', '[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}')}${text('Bic', '[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?')}
${text('Count', '[0-9]{1,15}')}${instant('Instant')}
</xs:schema>`;

/** Checks a written file against the house's own schema, as a second pair of eyes; empty when it may leave. Nothing is fetched. */
export function checkCreditTransferXml(bytes: Uint8Array): readonly ProfileFault[] {
  using schema = XmlDocument.fromString(PROFILE);
  using validator = XsdValidator.fromDoc(schema);
  try {
    using document = XmlDocument.fromBuffer(bytes, { option: READING });
    validator.validate(document);
    return figures(document);
  } catch (error) {
    if (error instanceof XmlValidateError) return error.details.map(fault);
    return [{ line: 0, message: (error as Error).message }];
  }
}

/** What a schema cannot say: that header and batch count and add up what is there, and that no reference comes twice. */
function figures(document: XmlDocument): readonly ProfileFault[] {
  const all = (path: string): readonly string[] => document.root.find(path, { p: PAIN_001 }).map(({ content }) => content);
  const amounts = all('//p:InstdAmt').map(cents);
  const total = amounts.reduce((sum, each) => sum + each, 0n);
  const references = all('//p:EndToEndId');
  return [
    ...all('//p:NbOfTxs').filter((count) => Number(count) !== amounts.length).map((count) => ({ line: 0, message: `NbOfTxs says ${count}, there are ${amounts.length} payments` })),
    ...all('//p:CtrlSum').filter((sum) => cents(sum) !== total).map((sum) => ({ line: 0, message: `CtrlSum says ${sum}, the payments add up to ${total} cents` })),
    ...(new Set(references).size === references.length ? [] : [{ line: 0, message: 'an EndToEndId comes twice' }]),
  ];
}

/** An amount that the schema has let through, in cents. */
const cents = (amount: string): bigint => BigInt(amount.replace('.', ''));

const fault = ({ line, message }: ErrorDetail): ProfileFault => ({ line, message: message.trim() });
