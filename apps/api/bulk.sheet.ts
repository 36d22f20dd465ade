import type { z } from 'zod';
import type { Text } from '#kernel';
import type { Sheet, SheetCell, SheetColumn } from './sheet.ts';
import type { bulkSelection } from './wire.bulk.ts';

type Selection = z.output<typeof bulkSelection>;

const COLUMNS: readonly SheetColumn[] = [
  { title: { de: 'Aktenzeichen', en: 'File number' }, kind: 'text', width: 20 },
  { title: { de: 'Vorgang', en: 'Case' }, kind: 'text', width: 40 },
  { title: { de: 'Betrag in EUR', en: 'Amount in EUR' }, kind: 'cents', width: 18 },
  { title: { de: 'Vorschau', en: 'Preview' }, kind: 'text', width: 12 },
  { title: { de: 'Ergebnis', en: 'Result' }, kind: 'text', width: 12 },
  { title: { de: 'Stand', en: 'State' }, kind: 'text', width: 26 },
  { title: { de: 'Code', en: 'Code' }, kind: 'text', width: 20 },
  { title: { de: 'Grund', en: 'Reason' }, kind: 'text', width: 60 },
  { title: { de: 'entschieden', en: 'Decided' }, kind: 'instant', width: 20 },
];

const RESULTS: { readonly [result in 'possible' | NonNullable<Selection['rows'][number]['result']>]: Text } = {
  possible: { de: 'möglich', en: 'possible' }, done: { de: 'erledigt', en: 'done' }, refused: { de: 'abgelehnt', en: 'refused' }, pending: { de: 'offen', en: 'pending' },
};

/** What the state of a case of the selection is called. */
export type StateNames = (caseId: string, state: string) => Text;

/** A selection as a table: every row with its one result, and why. */
export function bulkSheet({ event, rows }: Selection, states: StateNames, language: keyof Text): Sheet {
  async function* written(): AsyncGenerator<readonly SheetCell[]> {
    for (const row of rows) {
      yield [
        row.fileNumber, row.case, row.amountCents, RESULTS[row.allowed ? 'possible' : 'refused'][language], row.result === null ? null : RESULTS[row.result][language],
        row.state === null ? null : states(row.case, row.state)[language], row.code, row.reasons.map(({ text, remedy }) => `${text[language]} ${remedy[language]}`).join(' ') || null, row.decidedAt,
      ];
    }
  }
  return { name: `${language === 'de' ? 'auswahl' : 'selection'}-${event}`, columns: COLUMNS, rows: written() };
}
