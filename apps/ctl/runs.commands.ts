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

interface Row {
  readonly fileNumber: string;
  readonly applicant: string;
  readonly endToEndId: string;
  readonly amountCents: number;
  readonly holder: string;
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
  readonly sumCents: number;
}

/** Adds the commands about payment runs. Release and recall are events like any other: `ctl do RUN release`. */
export function addRunCommands(program: Command, terminal: Terminal): void {
  const print = <T>({ json }: PersonOptions, body: T, words: (body: T) => string): void => terminal.out(json ? JSON.stringify(body, null, 2) : words(body));

  forPerson(program.command('runs').description('payment runs'))
    .option('--cycle <id>', 'of one round')
    .action(async ({ cycle }: { readonly cycle?: string }, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions>();
      const session = await Session.open(options, terminal);
      const { body } = await session.send<Page<Listed>>({ path: `/payment-runs${cycle === undefined ? '' : `?cycle=${encodeURIComponent(cycle)}`}` });
      print(options, body, ({ items }) => table(['run', 'round', 'state', 'sum', 'id'], items.map((run) => [run.fileNumber, run.cycle, stateName(run.state, 'paymentRun')[options.language], euros(run.sumCents, options.language), run.id])));
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
    .action(async (id: string, { file }: { readonly file?: string }, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions>();
      const session = await Session.open(options, terminal);
      const path = `/payment-runs/${await session.idOf(id)}`;
      const { body } = await session.send<RunView>({ path });
      const rows = await everyRow(session, path);
      if (file !== undefined) await save(file, (await session.send<string>({ path: `${path}/file` })).body);
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

/** Released, and something keeps it. */
const waits = ({ verdict, reasons }: Row): boolean => verdict === 'ok' && reasons.length > 0;

const rowTable = (rows: readonly Row[], language: Language): string => table(['instalment', 'applicant', 'reference', 'amount', 'account', 'result'], rows.map((row) => [
  row.fileNumber, row.applicant, row.endToEndId, euros(row.amountCents, language), row.iban,
  [row.result ?? (waits(row) ? 'waits' : row.verdict), ...row.reasons.map((reason) => reasonLine(reason, language))].join('; '),
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
  `${count} payable, ${euros(sumCents, language)}; ${blocked} blocked`,
  `rowsHash ${rowsHash}`,
].join('\n');

const OVERDUE: Text = {
  de: 'Der Ausführungstag ist vorbei, und es gibt keine Datei: Der Lauf kann nur noch zurückgeholt werden (do RUN recallRun reason=…), dann ein neuer vorbereitet.',
  en: 'The execution day has passed and there is no file: the run can only be recalled (do RUN recallRun reason=…), and then another one prepared.',
};

const runSheet = (run: RunView, rows: readonly Row[], language: Language): string => [
  `${run.fileNumber}  payment run of ${run.cycle}, ${stateName(run.state, 'paymentRun')[language]}, to be carried out on ${formatDay(run.executionOn, language)}`,
  `id          ${run.id}`,
  `prepared    ${run.prepared.account}, ${formatInstant(run.prepared.at, language)}`,
  `released    ${run.released === null ? '–' : `${run.released.account}, ${formatInstant(run.released.at, language)}`}`,
  ...(run.recalled === null ? [] : [`recalled    ${run.recalled.account}, ${formatInstant(run.recalled.at, language)}: ${run.recalled.text[language]}`]),
  ...(run.overdue ? [`overdue     ${OVERDUE[language]}`] : []),
  `rows        ${run.count} to be paid, ${euros(run.sumCents, language)}; ${run.blocked} blocked`,
  `results     ${run.results.ordered} ordered, ${run.results.refused} refused, ${run.results.undecided} open`,
  `file        ${run.file === null ? '–' : `${run.file.messageId}: ${run.file.count} payments, ${euros(run.file.sumCents, language)}, SHA-256 ${run.file.sha256}`}`,
  ...(rows.length === 0 ? [] : [rowTable(rows, language), ...flagList(rows, language)]),
].join('\n');
