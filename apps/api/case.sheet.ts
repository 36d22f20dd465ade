import type { CaseCursor, CaseFilter, CaseList, CaseView } from '#cases';
import type { Actor, Text } from '#kernel';
import type { Sheet, SheetCell, SheetColumn } from './sheet.ts';

const PAGE = 200;

const COLUMNS: readonly SheetColumn[] = [
  { title: { de: 'Aktenzeichen', en: 'File number' }, kind: 'text', width: 18 },
  { title: { de: 'Art', en: 'Kind' }, kind: 'text', width: 12 },
  { title: { de: 'Antragsteller', en: 'Applicant' }, kind: 'text', width: 32 },
  { title: { de: 'Schlüssel', en: 'Key' }, kind: 'text', width: 10 },
  { title: { de: 'Förderrunde', en: 'Round' }, kind: 'text', width: 12 },
  { title: { de: 'Stand', en: 'State' }, kind: 'text', width: 26 },
  { title: { de: 'eingegangen', en: 'Received' }, kind: 'instant', width: 20 },
  { title: { de: 'nächste Frist', en: 'Next deadline' }, kind: 'text', width: 20 },
  { title: { de: 'bis', en: 'until' }, kind: 'instant', width: 20 },
  { title: { de: 'beantragt in EUR', en: 'Requested in EUR' }, kind: 'cents', width: 18 },
  { title: { de: 'bewilligt in EUR', en: 'Granted in EUR' }, kind: 'cents', width: 18 },
  { title: { de: 'ausgezahlt in EUR', en: 'Paid in EUR' }, kind: 'cents', width: 18 },
  { title: { de: 'geändert', en: 'Changed' }, kind: 'instant', width: 20 },
];

type Amounts = readonly [requested: number, granted: number, paid: number];

/**
 * The work list as a table: what the filters let through and the person may know, read page by page, and below it the
 * sums of each kind, for an application and its instalments must not be added up.
 */
export function caseSheet(list: CaseList, filter: Omit<CaseFilter, 'limit' | 'after'>, actor: Actor, language: keyof Text): Sheet {
  async function* rows(): AsyncGenerator<readonly SheetCell[]> {
    const sums = new Map<string, Amounts>();
    for (let after: CaseCursor | null | undefined; after !== null;) {
      const { items, next } = await list.list({ ...filter, limit: PAGE, ...(after && { after }) }, actor);
      for (const view of items) {
        yield rowOf(view, list.stateLabel(view)[language]);
        sums.set(view.machine, added(sums.get(view.machine) ?? [0, 0, 0], amountsOf(view)));
      }
      after = next;
    }
    for (const [machine, amounts] of sums) yield [{ de: 'Summe', en: 'Total' }[language], machine, null, null, null, null, null, null, null, ...amounts, null];
  }
  return { name: language === 'de' ? 'vorgaenge' : 'cases', columns: COLUMNS, rows: rows() };
}

const amountsOf = ({ requestedCents, grantedCents, paidCents }: CaseView): Amounts => [requestedCents, grantedCents ?? 0, paidCents];

const added = ([a, b, c]: Amounts, [x, y, z]: Amounts): Amounts => [a + x, b + y, c + z];

const rowOf = ({ fileNumber, machine, applicant, cycle, receivedAt, nextDeadline, requestedCents, grantedCents, paidCents, updatedAt }: CaseView, state: string): readonly SheetCell[] => [
  fileNumber, machine, applicant.name, applicant.key, cycle, state, receivedAt, nextDeadline?.name ?? null, nextDeadline?.at ?? null, requestedCents, grantedCents, paidCents, updatedAt,
];
