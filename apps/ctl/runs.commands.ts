import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { formatDay, formatInstant, type Language } from '#calendar';
import type { Text } from '#kernel';
import { cents, formatEur } from '#money';
import type { Terminal } from './exit.ts';
import { stateName } from './names.ts';
import { reasonLine, table, type Reason } from './print.ts';
import { save } from './save.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';
import { heads, more, nameOf, yesNo } from './words.ts';

interface Row {
  readonly fileNumber: string;
  readonly applicant: string;
  readonly endToEndId: string;
  readonly amountCents: number;
  readonly holderAtBank: string;
  readonly iban: string;
  readonly verdict: 'ok' | 'blocked';
  readonly reasons: readonly Reason[];
  readonly flags: readonly { readonly code: string; readonly text: Text }[];
  readonly result?: string | null;
}

interface Preview {
  readonly rows: readonly Row[];
  readonly count: number;
  readonly sumCents: number;
  readonly blocked: number;
  readonly rowsHash: string;
}

interface RunView {
  readonly id: string;
  readonly fileNumber: string;
  readonly cycle: string;
  readonly state: string;
  readonly executionOn: string;
  readonly prepared: { readonly account: string; readonly at: string };
  readonly released: { readonly account: string; readonly at: string } | null;
  readonly recalled: { readonly account: string; readonly at: string; readonly text: Text } | null;
  readonly overdue: boolean;
  readonly count: number;
  readonly sumCents: number;
  readonly blocked: number;
  readonly results: { readonly undecided: number; readonly ordered: number; readonly refused: number };
  readonly file: { readonly messageId: string; readonly count: number; readonly sumCents: number; readonly sha256: string } | null;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

interface Listed {
  readonly id: string;
  readonly fileNumber: string;
  readonly cycle: string;
  readonly state: string;
  readonly executionOn: string;
  readonly overdue: boolean;
  readonly count: number;
  readonly sumCents: number;
}

/** Adds the commands about payment runs. Release and recall are events like any other: `ctl do RUN release`. */
export function addRunCommands(program: Command, terminal: Terminal): void {
  const print = <T>({ json }: PersonOptions, body: T, words: (body: T) => string): void => terminal.out(json ? JSON.stringify(body, null, 2) : words(body));

  forPerson(program.command('runs').description('payment runs'))
    .option('--cycle <id>', 'of one round')
    .option('--state <state>', 'in one state: prepared, releasing, exported, recalled, empty')
    .option('--limit <number>', 'runs a page, up to 200', '50')
    .option('--cursor <cursor>', 'where the last page ended')
    .action(async ({ cycle, state, limit, cursor }: { readonly cycle?: string; readonly state?: string; readonly limit: string; readonly cursor?: string }, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions>();
      const session = await Session.open(options, terminal);
      const query = new URLSearchParams({ limit, ...(cycle && { cycle }), ...(state && { state }), ...(cursor && { cursor }) });
      const { body } = await session.send<Page<Listed>>({ path: `/payment-runs?${query.toString()}` });
      print(options, body, (page) => runTable(page, options.language));
    });

  forPerson(program.command('run-preview <cycle>').description('what a payment run of this round would pay now, and what is blocked and why'))
    .action(async (cycle: string, _: object, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions>();
      const session = await Session.open(options, terminal);
      print(options, await previewed(session, cycle), (preview) => previewSheet(preview, options.language));
    });

  forPerson(program.command('run-prepare <cycle>').description('prepare a run of whatever is payable now; another person releases it: ctl do RUN release'))
    .requiredOption('--on <day>', 'the day on which the bank is to carry it out: 2028-05-04')
    .option('--seen <rowsHash>', 'only if the preview is still this one (default: the preview as it is now)')
    .action(async (cycle: string, { on, seen }: { readonly on: string; readonly seen?: string }, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions>();
      const session = await Session.open(options, terminal);
      const rowsHash = seen ?? (await previewed(session, cycle)).rowsHash;
      const { body } = await session.send<RunView>({ method: 'POST', path: '/payment-runs', headers: { 'idempotency-key': randomUUID() }, body: { cycle, executionOn: on, rowsHash } });
      print(options, body, (run) => runSheet(run, [], options.language));
    });

  forPerson(program.command('run <run>').description('one payment run with what became of each of its rows'))
    .option('--file <path>', 'write its file for the bank there')
    .option('--cover-sheet <path>', 'write the paper that goes with the file there: count, sum and hash, who prepared and who released')
    .action(async (id: string, { file, coverSheet }: { readonly file?: string; readonly coverSheet?: string }, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions>();
      const session = await Session.open(options, terminal);
      const path = `/payment-runs/${await session.idOf(id)}`;
      const { body } = await session.send<RunView>({ path });
      const rows = await everyRow(session, path);
      if (file !== undefined) await save(file, await session.download({ path: `${path}/file` }));
      if (coverSheet !== undefined) await save(coverSheet, await session.download({ path: `${path}/cover-sheet` }));
      print(options, { ...body, rows }, () => runSheet(body, rows, options.language));
    });
}

async function previewed(session: Session, cycle: string): Promise<Preview> {
  return (await session.send<Preview>({ method: 'POST', path: '/payment-runs/preview', body: { cycle } })).body;
}

async function everyRow(session: Session, path: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body }: { body: Page<Row> } = await session.send<Page<Row>>({ path: `${path}/rows?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}` });
    rows.push(...body.items);
    cursor = body.next;
  }
  return rows;
}

const euros = (amount: number, language: Language): string => formatEur(cents(amount), language);

const runTable = ({ items, next }: Page<Listed>, language: Language): string => [
  table(heads(language, 'run', 'round', 'state', 'executionOn', 'overdue', 'count', 'sum', 'id'), items.map((run) => [
    run.fileNumber, run.cycle, stateName(run.state, 'paymentRun')[language], formatDay(run.executionOn, language), yesNo(run.overdue, language), String(run.count), euros(run.sumCents, language), run.id,
  ])),
  ...more(next, language),
].join('\n');

/** Released, and something keeps it. */
const waits = ({ verdict, reasons }: Row): boolean => verdict === 'ok' && reasons.length > 0;

const rowTable = (rows: readonly Row[], language: Language): string => table(heads(language, 'instalment', 'applicant', 'reference', 'amount', 'holderAtBank', 'account', 'result'), rows.map((row) => [
  row.fileNumber, row.applicant, row.endToEndId, euros(row.amountCents, language), row.holderAtBank, row.iban,
  `${nameOf('row', row.result ?? (waits(row) ? 'waits' : row.verdict), language)}${row.reasons.map((reason, index) => `${index === 0 ? ':' : ''} ${reasonLine(reason, language)}`).join('')}`,
]));

/** What stands out, each once with the rows that it concerns. */
function flagList(rows: readonly Row[], language: Language): readonly string[] {
  const told = new Map<string, readonly string[]>();
  for (const { fileNumber, flags } of rows) for (const { code, text } of flags) told.set(`${code}: ${text[language]}`, [...told.get(`${code}: ${text[language]}`) ?? [], fileNumber]);
  return [...told].map(([flag, fileNumbers]) => `! ${flag} (${fileNumbers.join(', ')})`);
}

const previewSheet = ({ rows, count, sumCents, blocked, rowsHash }: Preview, language: Language): string => [
  rowTable(rows, language),
  ...flagList(rows, language),
  `${count} ${nameOf('row', 'ok', language)}, ${euros(sumCents, language)}; ${blocked} ${nameOf('row', 'blocked', language)}`,
  `rowsHash ${rowsHash}`,
].join('\n');

const OVERDUE: Text = {
  de: 'Der Ausführungstag ist vorbei, und es gibt keine Datei: Der Lauf kann nur noch zurückgeholt werden (do RUN recallRun reason=…), dann ein neuer vorbereitet.',
  en: 'The execution day has passed and there is no file: the run can only be recalled (do RUN recallRun reason=…), and then another one prepared.',
};

function runSheet(run: RunView, rows: readonly Row[], language: Language): string {
  const say = SHEET[language];
  const deed = ({ account, at }: { readonly account: string; readonly at: string }): string => `${account}, ${formatInstant(at, language)}`;
  const row = (title: string, text: string): string => `${title.padEnd(say.width)}${text}`;
  return [
    `${run.fileNumber}  ${say.of(run.cycle, stateName(run.state, 'paymentRun')[language], formatDay(run.executionOn, language))}`,
    row(say.id, run.id),
    row(say.prepared, deed(run.prepared)),
    row(say.released, run.released === null ? '–' : deed(run.released)),
    ...(run.recalled === null ? [] : [row(say.recalled, `${deed(run.recalled)}: ${run.recalled.text[language]}`)]),
    ...(run.overdue ? [row(say.overdue, OVERDUE[language])] : []),
    row(say.rows, say.paying(run.count, euros(run.sumCents, language), run.blocked)),
    row(say.results, say.tally(run.results)),
    row(say.file, run.file === null ? '–' : `${run.file.messageId}: ${say.payments(run.file.count)}, ${euros(run.file.sumCents, language)}, SHA-256 ${run.file.sha256}`),
    ...(rows.length === 0 ? [] : [rowTable(rows, language), ...flagList(rows, language)]),
  ].join('\n');
}

/** What stands at the left of a run's page, and around its figures. */
const SHEET = {
  de: {
    width: 'zurückgeholt  '.length, id: 'Kennung', prepared: 'vorbereitet', released: 'freigegeben', recalled: 'zurückgeholt', overdue: 'überfällig', rows: 'Raten', results: 'Ergebnisse', file: 'Datei',
    of: (cycle: string, state: string, day: string) => `Zahlungslauf in ${cycle}, ${state}, auszuführen am ${day}`,
    paying: (count: number, sum: string, blocked: number) => `${count} zu zahlen, ${sum}; ${blocked} gesperrt`,
    tally: ({ ordered, refused, undecided }: RunView['results']) => `${ordered} angeordnet, ${refused} abgelehnt, ${undecided} offen`,
    payments: (count: number) => `${count} ${count === 1 ? 'Zahlung' : 'Zahlungen'}`,
  },
  en: {
    width: 'recalled    '.length, id: 'id', prepared: 'prepared', released: 'released', recalled: 'recalled', overdue: 'overdue', rows: 'rows', results: 'results', file: 'file',
    of: (cycle: string, state: string, day: string) => `payment run of ${cycle}, ${state}, to be carried out on ${day}`,
    paying: (count: number, sum: string, blocked: number) => `${count} to be paid, ${sum}; ${blocked} blocked`,
    tally: ({ ordered, refused, undecided }: RunView['results']) => `${ordered} ordered, ${refused} refused, ${undecided} open`,
    payments: (count: number) => `${count} payment${count === 1 ? '' : 's'}`,
  },
} as const;
