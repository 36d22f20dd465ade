import { formatEur, type Cents } from '#money';

/** What goes with a file to whoever signs for it. Days as `YYYY-MM-DD`, the sum in cents, the hash SHA-256 in hex. */
export interface CoverSheet {
  readonly messageId: string;
  readonly executionOn: string;
  readonly payer: { readonly name: string; readonly iban: string; readonly bic: string };
  readonly count: number;
  readonly sumCents: Cents;
  readonly sha256: string;
  readonly preparedBy: string;
  readonly releasedBy: string;
  readonly refused: number;
}

/** The paper beside a payment file: whoever hands it over compares count, sum and hash with what the bank shows, and the two persons of the run sign it. German, as the treasury reads it. */
export function coverSheetText(sheet: CoverSheet): string {
  const rows: readonly (readonly [string, string])[] = [
    ['Nachricht (MsgId)', sheet.messageId],
    ['Format', 'ISO 20022 pain.001.001.09, SEPA-Überweisung'],
    ['Zahlendes Konto', `${sheet.payer.name}, ${grouped(sheet.payer.iban)}, ${sheet.payer.bic}`],
    ['Ausführungstag', sheet.executionOn.split('-').toReversed().join('.')],
    ['Anzahl Zahlungen', String(sheet.count)],
    ['Summe', formatEur(sheet.sumCents, 'de')],
    ['Abgelehnte Raten', `${sheet.refused} (nicht in der Datei)`],
    ['SHA-256', grouped(sheet.sha256).replace(/(.{39}) /, '$1\n                     ')],
  ];
  return [
    'BEGLEITZETTEL ZUR ZAHLUNGSDATEI',
    '',
    ...rows.map(inColumns),
    '',
    'Die Datei ist unverändert, wenn ihr SHA-256 mit dem hier genannten übereinstimmt (sha256sum DATEI).',
    '',
    ...signature('Vorbereitet von', sheet.preparedBy),
    ...signature('Freigegeben von', sheet.releasedBy),
  ].join('\n');
}

const inColumns = ([name, value]: readonly [name: string, value: string]): string => `${name.padEnd(21)}${value}`;

/** Where one of the two persons signs: the line is below the name, so that it stands in its place however long that is. */
const signature = (deed: string, account: string): readonly string[] => [inColumns([deed, account]), '', inColumns(['', `am ____________________   Unterschrift ${'_'.repeat(30)}`]), ''];

const grouped = (text: string): string => text.replaceAll(/(.{4})(?=.)/g, '$1 ');
