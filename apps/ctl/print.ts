import { formatInstant, type Language } from '#calendar';
import type { CaseView, TimelineItem } from '#cases';
import type { Instant, Text } from '#kernel';
import { cents, formatEur } from '#money';
import { anyEventName, deadlineName, roleName, stateAfter, stateName } from './names.ts';
import { heads, nameOf } from './words.ts';

/** Rows under a header, padded; the last column as long as it is. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  return [header, ...rows].map((row) => row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  ')).join('\n');
}

/** Euros, or a dash where there are none. */
export const euros = (amount: number | null, language: Language): string => (amount === null ? '–' : formatEur(cents(amount), language));
/** What a case waits for, with its date. */
export const dueWords = (view: CaseView, language: Language): string =>
  (view.nextDeadline === null ? '–' : `${deadlineName(view.nextDeadline.name, view.machine, language)} ${formatInstant(view.nextDeadline.at, language)}`);

/** A work list. */
export const caseTable = (views: readonly CaseView[], language: Language): string => table(
  heads(language, 'fileNumber', 'kind', 'applicant', 'state', 'requested', 'granted', 'paid', 'nextDeadline', 'id'),
  views.map((view) => [
    view.fileNumber, nameOf('machine', view.machine, language), view.applicant.name, stateName(view.state, view.machine)[language],
    euros(view.requestedCents, language), euros(view.grantedCents, language), euros(view.paidCents, language), dueWords(view, language), view.id,
  ]),
);

/** Why not, and what helps: as the API says it of hints, refusals and rows. */
export interface Reason {
  readonly code: string;
  readonly text: Text;
  readonly remedy: Text;
  readonly from?: Instant;
  readonly who?: readonly { readonly account: string; readonly name: string }[];
}

/** A reason on a line: what, what to do, from when, who could. */
export const reasonLine = ({ code, text, remedy, from, who }: Reason, language: Language): string => [
  `${code}: ${text[language]} ${remedy[language]}`,
  ...(from === undefined ? [] : [`${{ de: 'ab', en: 'from' }[language]} ${formatInstant(from, language)}`]),
  ...(who === undefined || who.length === 0 ? [] : [`(${who.map(({ account }) => account).join(', ')})`]),
].join(' ');

/** What a field of an event takes, as far as JSON Schema is read here. */
export interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly FieldSchema[];
}

/** A hint as the API gives it. */
export interface Action {
  readonly event: string;
  readonly label: Text;
  readonly allowed: boolean;
  readonly reasons: readonly Reason[];
  /** What it comes to although nothing stands against it. */
  readonly notes?: readonly Reason[];
  readonly fields: { readonly properties?: { readonly [field: string]: FieldSchema } };
}

/** What can be done and why not, every reason with its remedy. */
export const actionList = (actions: readonly Action[], language: Language): string => actions.map(({ event, label, allowed, reasons, fields, notes }) => [
  `${allowed ? '✓' : '✗'} ${event}  ${label[language]}${allowed ? ` {${Object.keys(fields.properties ?? {}).join(', ')}}` : ''}`,
  ...reasons.map((reason) => `    ${reasonLine(reason, language)}`),
  ...noteLines(notes, language),
].join('\n')).join('\n');

/** What is to be known of a step although nothing stands against it. */
export const noteLines = (notes: readonly Reason[] = [], language: Language): readonly string[] => notes.map((note) => `  ! ${reasonLine(note, language)}`);

/** A family's history, oldest first. */
export const timelineTable = (items: readonly TimelineItem[], language: Language): string => table(
  heads(language, 'number', 'when', 'fileNumber', 'event', 'who', 'state', 'happened'),
  items.map(({ seq, at, fileNumber, event, actor, to, text }) => [
    seq === null ? '–' : String(seq), formatInstant(at, language), fileNumber, anyEventName(event, language), `${actor.account} (${roleName(actor.role, language)})`,
    to === null ? '–' : stateAfter(event, to, language), text[language]]),
);
