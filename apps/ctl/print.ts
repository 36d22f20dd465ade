import { formatDay, formatInstant, type Language } from '#calendar';
import type { CaseView, TimelineItem } from '#cases';
import type { Instant, Text } from '#kernel';
import { cents, formatEur } from '#money';
import { anyStateName, deadlineName, roleName, stateName } from './names.ts';
import { heads, nameOf } from './words.ts';

/** Rows under a header, padded; the last column as long as it is. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  return [header, ...rows].map((row) => row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  ')).join('\n');
}

const euros = (amount: number | null, language: Language): string => (amount === null ? '–' : formatEur(cents(amount), language));
const due = (view: CaseView, language: Language): string =>
  (view.nextDeadline === null ? '–' : `${deadlineName(view.nextDeadline.name, view.machine, language)} ${formatInstant(view.nextDeadline.at, language)}`);

/** A work list. */
export const caseTable = (views: readonly CaseView[], language: Language): string => table(
  heads(language, 'fileNumber', 'kind', 'applicant', 'state', 'requested', 'granted', 'paid', 'nextDeadline', 'id'),
  views.map((view) => [
    view.fileNumber, nameOf('machine', view.machine, language), view.applicant.name, stateName(view.state, view.machine)[language],
    euros(view.requestedCents, language), euros(view.grantedCents, language), euros(view.paidCents, language), due(view, language), view.id,
  ]),
);

/** One case on a page. */
export function caseSheet(view: CaseView, language: Language): string {
  const say = ROWS[language];
  const row = (title: string, text: string): string => `${title.padEnd(say.width)}${text}`.trimEnd();
  const lines = [
    `${view.fileNumber}  ${view.applicant.name} (${view.applicant.key})  ${say.of(nameOf('machine', view.machine, language), view.cycle, view.version)}`,
    row(say.id, view.id),
    row(say.state, `${stateName(view.state, view.machine)[language]} (${view.state})${view.outcome === null ? '' : `  ${nameOf('outcome', view.outcome, language)}`}`),
    row(say.milestones, view.milestones.map(({ name, reachedAt }) => `${reachedAt === null ? '·' : '✓'} ${nameOf('milestone', name, language)}`).join('  ')),
    row(say.received, view.receivedAt === null ? '–' : `${formatInstant(view.receivedAt, language)}  ${view.receiptNumber ?? ''}`),
    row(say.amounts, say.sums(euros(view.requestedCents, language), euros(view.grantedCents, language), euros(view.paidCents, language))),
    row(say.deadline, `${due(view, language)}${view.nextDeadline === null ? '' : `  (${view.nextDeadline.because[language]})`}`),
    ...view.lines.map(({ line, maximumCents, grantedCents, decision }) =>
      row(say.line, `${line}  ${say.upTo} ${euros(maximumCents, language)}  ${decision === null ? '' : nameOf('decision', decision, language)} ${grantedCents === null ? '' : euros(grantedCents, language)}`)),
    ...view.instalments.map(({ number, amountCents, payOn, state, id }) => row(say.instalment, `${number}  ${euros(amountCents, language)}  ${formatDay(payOn, language)}  ${stateName(state, 'instalment')[language]}  ${id}`)),
    ...view.holds.map(({ id, reason, scope, since, note }) =>
      row(say.hold, `${id}  ${nameOf('scope', scope, language)}  ${reason}  ${say.since} ${formatInstant(since, language)}${note === undefined ? '' : `  ${note[language]}`}`)),
    ...(view.findings ?? []).map(({ code, path, text }) => row(say.finding, `${path} ${code}: ${text[language]}`)),
  ];
  return lines.join('\n');
}

/** What stands at the left of a case's page, and around its figures. */
const ROWS = {
  de: {
    width: 'Meilensteine  '.length, id: 'Kennung', state: 'Stand', milestones: 'Meilensteine', received: 'eingegangen', amounts: 'Beträge', deadline: 'Frist', line: 'Position', instalment: 'Rate', hold: 'Sperre', finding: 'Befund',
    upTo: 'bis zu', since: 'seit', of: (machine: string, cycle: string, version: number) => `${machine} in ${cycle}, Fassung ${version}`,
    sums: (requested: string, granted: string, paid: string) => `beantragt ${requested}  bewilligt ${granted}  ausgezahlt ${paid}`,
  },
  en: {
    width: 'milestones  '.length, id: 'id', state: 'state', milestones: 'milestones', received: 'received', amounts: 'amounts', deadline: 'deadline', line: 'line', instalment: 'instalment', hold: 'hold', finding: 'finding',
    upTo: 'up to', since: 'since', of: (machine: string, cycle: string, version: number) => `${machine} of ${cycle}, version ${version}`,
    sums: (requested: string, granted: string, paid: string) => `requested ${requested}  granted ${granted}  paid ${paid}`,
  },
} as const;

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
  items.map(({ seq, at, fileNumber, event, actor, to, text }) => [seq === null ? '–' : String(seq), formatInstant(at, language), fileNumber, event, `${actor.account} (${roleName(actor.role, language)})`, to === null ? '–' : anyStateName(to, language), text[language]]),
);
