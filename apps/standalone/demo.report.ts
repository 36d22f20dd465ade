import { dayOf, formatDay } from '#calendar';
import type { CaseView } from '#cases';
import { cents, formatEur, sum } from '#money';
import type { BankYear } from './demo.bank.ts';
import type { Met } from './demo.client.ts';
import { FATE_WORDS, type Fate } from './demo.fates.ts';
import type { PaidRun } from './demo.finance.ts';

/** What a demo year left behind. */
export interface YearsEnd {
  readonly cases: readonly CaseView[];
  readonly fates: ReadonlyMap<string, Fate>;
  readonly letters: readonly { readonly kind: string }[];
  readonly refusals: readonly Met[];
  readonly runs: readonly PaidRun[];
  readonly bank: BankYear;
  readonly violations: number;
}

const MILESTONES = ['submitted', 'reviewed', 'approved', 'instalment1', 'instalment2'];
const HEADINGS = ['Kommune', 'eingereicht', 'geprüft', 'bewilligt', 'Rate 1', 'Rate 2', 'bewilligt EUR', 'gezahlt EUR', 'was geschah (erfunden)'];
/** Columns that are amounts stand right. */
const AMOUNTS = new Set([6, 7]);

/** The year as people read it: a table, the payment runs and the bank, the letters, the refusals, and the last line for scripts. */
export function report(year: YearsEnd): string {
  return [table(year), '', ...runs(year), ...bank(year), '', ...counted('Briefe', year.letters.map(({ kind }) => kind)), '', ...counted('Abgewiesen', year.refusals.map(({ code, title }) => `${code}: ${title}`)), '', lastLine(year), ''].join('\n');
}

const grantedIn = ({ outcome, grantedCents }: CaseView) => cents(outcome === 'rejected' ? 0 : grantedCents ?? 0);

function table({ cases, fates }: YearsEnd): string {
  const rows = cases.toSorted((a, b) => (a.applicant.key < b.applicant.key ? -1 : 1)).map((view) => [
    view.applicant.name,
    ...MILESTONES.map((milestone) => view.milestones.find(({ name }) => name === milestone)?.reachedAt ?? null).map((at) => (at === null ? '–' : formatDay(dayOf(at), 'de'))),
    formatEur(grantedIn(view), 'de').replace(/\s€$/, ''), formatEur(cents(view.paidCents), 'de').replace(/\s€$/, ''),
    FATE_WORDS[fates.get(view.applicant.key) ?? 'smooth'],
  ]);
  const widths = HEADINGS.map((heading, column) => Math.max(heading.length, ...rows.map((row) => (row[column] as string).length)));
  const line = (cells: readonly string[]) => cells.map((cell, column) => (AMOUNTS.has(column) ? cell.padStart(widths[column] as number) : cell.padEnd(widths[column] as number))).join('  ').trimEnd();
  return [line(HEADINGS), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

function runs({ runs: paid }: YearsEnd): readonly string[] {
  return [`Zahlläufe: ${paid.length}`, ...paid.flatMap(({ day, run: { fileNumber, executionOn, results, file }, blocked }) => [
    `  ${formatDay(day, 'de')}  ${fileNumber}: ${file.count} Raten, ${formatEur(cents(file.sumCents), 'de')}, Ausführung am ${formatDay(executionOn, 'de')}`
      + (results.refused === 0 ? '' : `, ${results.refused} abgelehnt`),
    ...blocked.map(({ applicant, reasons }) => `              nicht zahlbar: ${applicant}. ${reasons.map(({ text }) => text.de).join(' ')}`),
  ])];
}

function bank({ bank: { given, answered, ledger: { payments, paidByIban, paidCents }, differences } }: YearsEnd): readonly string[] {
  const euros = (amount: bigint) => formatEur(cents(Number(amount)), 'de');
  const returned = payments.filter(({ returnedCents }) => returnedCents > 0n);
  const back = returned.reduce((total, { returnedCents }) => total + returnedCents, 0n);
  return [
    `Bank: ${given} Zahlungsdateien erhalten, ${answered} Dateien gesandt, ${payments.length} Zahlungen ausgeführt, ${returned.length} kamen zurück (${euros(back)})`,
    `Abgleich: ${paidByIban.size} Konten, ${euros(paidCents)} im Kontobuch der Bank, ${differences.length} Abweichungen von unserem`,
  ];
}

function counted(what: string, names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [`${what}: ${names.length}`, ...[...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => `  ${String(count).padStart(4)}  ${name}`)];
}

const plain = (amount: number): string => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;

function lastLine({ cases, violations }: YearsEnd): string {
  const reached = (milestone: string) => cases.filter(({ milestones }) => milestones.some(({ name, reachedAt }) => name === milestone && reachedAt !== null)).length;
  const paid = cases.flatMap(({ instalments }) => instalments).filter(({ state }) => state === 'settled').length;
  const granted = sum(cases.map(grantedIn));
  const paidCents = sum(cases.map((view) => cents(view.paidCents)));
  return `demo: ${cases.length} cases, ${reached('submitted')} submitted, ${reached('approved')} approved, ${paid} instalments paid, `
    + `EUR ${plain(granted)} granted, EUR ${plain(paidCents)} paid, ${violations} invariants violated`;
}
