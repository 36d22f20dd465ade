import { formatDay, formatInstant, type Language } from '#calendar';
import type { CaseView, TimelineItem } from '#cases';
import type { Instant, Text } from '#kernel';
import { cents, formatEur } from '#money';
import { roleName } from './names.ts';

/** Rows under a header, padded; the last column as long as it is. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  return [header, ...rows].map((row) => row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  ')).join('\n');
}

const euros = (amount: number | null, language: Language): string => (amount === null ? '–' : formatEur(cents(amount), language));
const due = (view: CaseView, language: Language): string =>
  (view.nextDeadline === null ? '–' : `${view.nextDeadline.name} ${formatInstant(view.nextDeadline.at, language)}`);

/** A work list. */
export const caseTable = (views: readonly CaseView[], language: Language): string => table(
  ['file number', 'machine', 'applicant', 'state', 'requested', 'granted', 'paid', 'next deadline', 'id'],
  views.map((view) => [
    view.fileNumber, view.machine, view.applicant.name, view.state,
    euros(view.requestedCents, language), euros(view.grantedCents, language), euros(view.paidCents, language), due(view, language), view.id,
  ]),
);

/** One case on a page. */
export function caseSheet(view: CaseView, language: Language): string {
  const lines = [
    `${view.fileNumber}  ${view.applicant.name} (${view.applicant.key})  ${view.machine} of ${view.cycle}, version ${view.version}`,
    `id          ${view.id}`,
    `state       ${view.state}${view.outcome === null ? '' : `  ${view.outcome}`}`,
    `milestones  ${view.milestones.map(({ name, reachedAt }) => `${reachedAt === null ? '·' : '✓'} ${name}`).join('  ')}`,
    `received    ${view.receivedAt === null ? '–' : `${formatInstant(view.receivedAt, language)}  ${view.receiptNumber ?? ''}`}`,
    `amounts     requested ${euros(view.requestedCents, language)}  granted ${euros(view.grantedCents, language)}  paid ${euros(view.paidCents, language)}`,
    `deadline    ${due(view, language)}${view.nextDeadline === null ? '' : `  (${view.nextDeadline.because[language]})`}`,
    ...view.lines.map(({ line, maximumCents, grantedCents, decision }) => `line        ${line}  up to ${euros(maximumCents, language)}  ${decision ?? ''} ${grantedCents === null ? '' : euros(grantedCents, language)}`.trimEnd()),
    ...view.instalments.map(({ number, amountCents, payOn, state, id }) => `instalment  ${number}  ${euros(amountCents, language)}  ${formatDay(payOn, language)}  ${state}  ${id}`),
    ...view.holds.map(({ id, reason, scope, since }) => `hold        ${id}  ${scope}  ${reason}  since ${formatInstant(since, language)}`),
    ...(view.findings ?? []).map(({ code, path, text }) => `finding     ${path} ${code}: ${text[language]}`),
  ];
  return lines.join('\n');
}

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
  ...(from === undefined ? [] : [`from ${formatInstant(from, language)}`]),
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
  readonly fields: { readonly properties?: { readonly [field: string]: FieldSchema } };
}

/** What can be done and why not, every reason with its remedy. */
export const actionList = (actions: readonly Action[], language: Language): string => actions.map(({ event, label, allowed, reasons, fields }) => [
  `${allowed ? '✓' : '✗'} ${event}  ${label[language]}${allowed ? ` {${Object.keys(fields.properties ?? {}).join(', ')}}` : ''}`,
  ...reasons.map((reason) => `    ${reasonLine(reason, language)}`),
].join('\n')).join('\n');

/** A family's history, oldest first. */
export const timelineTable = (items: readonly TimelineItem[], language: Language): string => table(
  ['#', 'when', 'event', 'who', 'to', 'what happened'],
  items.map(({ seq, at, event, actor, to, text }) => [String(seq), formatInstant(at, language), event, `${actor.account} (${roleName(actor.role, language)})`, to, text[language]]),
);
