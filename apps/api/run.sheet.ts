import type { PaymentRuns } from '#apps/installation';
import type { Text } from '#kernel';
import type { Flags } from './run.views.ts';
import type { Sheet, SheetCell, SheetColumn } from './sheet.ts';

const PAGE = 500;

const COLUMNS: readonly SheetColumn[] = [
  { title: { de: 'Rate', en: 'Instalment' }, kind: 'text', width: 20 },
  { title: { de: 'Antragsteller', en: 'Applicant' }, kind: 'text', width: 32 },
  { title: { de: 'Referenz', en: 'Reference' }, kind: 'text', width: 26 },
  { title: { de: 'Betrag in EUR', en: 'Amount in EUR' }, kind: 'cents', width: 18 },
  { title: { de: 'Kontoinhaber', en: 'Account holder' }, kind: 'text', width: 32 },
  { title: { de: 'IBAN', en: 'IBAN' }, kind: 'text', width: 26 },
  { title: { de: 'Ergebnis', en: 'Result' }, kind: 'text', width: 14 },
  { title: { de: 'Grund und Abhilfe', en: 'Reason and remedy' }, kind: 'text', width: 60 },
  { title: { de: 'entschieden', en: 'Decided' }, kind: 'instant', width: 20 },
  { title: { de: 'auffällig', en: 'Stands out' }, kind: 'text', width: 60 },
];

const RESULTS: { readonly [result: string]: Text } = {
  ok: { de: 'offen', en: 'open' }, blocked: { de: 'gesperrt', en: 'blocked' }, ordered: { de: 'angeordnet', en: 'ordered' },
  refused: { de: 'abgelehnt', en: 'refused' }, dropped: { de: 'herausgenommen', en: 'dropped' }, recalled: { de: 'zurückgeholt', en: 'recalled' },
};

/** A run's rows as a table, each with what became of it and why, and with what stands out about its payee. */
export function runSheet(runs: PaymentRuns, { id, fileNumber }: { readonly id: string; readonly fileNumber: string }, flags: Flags, language: keyof Text): Sheet {
  async function* rows(): AsyncGenerator<readonly SheetCell[]> {
    for (let after = 0; ;) {
      const page = await runs.rows(id, { after, limit: PAGE });
      for (const { caseId, fileNumber: instalment, applicantName, endToEndId, amountCents, holder, iban, verdict, result, reasons, decidedAt } of page) {
        const told = (words: readonly { readonly text: Text; readonly remedy?: Text }[]): string | null =>
          words.map(({ text, remedy }) => [text[language], ...(remedy === undefined ? [] : [remedy[language]])].join(' ')).join(' ') || null;
        yield [instalment, applicantName, endToEndId, amountCents, holder, iban, RESULTS[result ?? verdict]?.[language] ?? verdict, told(reasons), decidedAt, told(flags(caseId))];
      }
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      after = last.position;
    }
  }
  return { name: fileNumber, columns: COLUMNS, rows: rows() };
}
