import type { Command } from 'commander';
import { formatDay, formatInstant, type Language } from '#calendar';
import type { CaseView } from '#cases';
import type { Text } from '#kernel';
import { cents, formatEur } from '#money';
import { EXIT, Exit, type Terminal } from './exit.ts';
import { postingName } from './names.ts';
import { table } from './print.ts';
import { save, sheetFormat } from './save.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';
import { heads, nameOf } from './words.ts';

interface Entry {
  readonly at: string;
  readonly fileNumber: string | null;
  readonly applicant: string | null;
  readonly posting: string;
  readonly budgetLine: string;
  readonly from: string;
  readonly to: string;
  readonly amountCents: number;
  readonly fromBalanceCents: number | null;
  readonly toBalanceCents: number;
  readonly valueDate: string | null;
}

interface Statement {
  readonly cycle: string;
  readonly fileNumber: string | null;
  readonly at: string;
  readonly appropriatedCents: number;
  readonly balances: Readonly<Record<string, number>>;
  readonly unbooked: { readonly sumCents: number; readonly items: readonly { readonly fileNumber: string; readonly endToEndId: string; readonly amountCents: number }[] } | null;
  readonly checks: readonly { readonly code: string; readonly ok: boolean; readonly text: Text }[];
  readonly items: readonly Entry[];
  readonly next: string | null;
}

interface StatementOptions extends PersonOptions {
  readonly at?: string;
  readonly budgetLine?: string;
  readonly format?: string;
  readonly out?: string;
}

/** Adds the command that reads the books. */
export function addStatementCommand(program: Command, terminal: Terminal): void {
  forPerson(program.command('statement <what>').description('the books of a case or of a round: every entry, and what the accounts hold'))
    .option('--at <instant>', 'as of then')
    .option('--budget-line <line>', 'one line of the budget')
    .option('--format <format>', 'csv or xlsx, for --out (default: by its ending)')
    .option('--out <file>', 'write it there as a table for a spreadsheet')
    .action(async (what: string, _: object, command: Command) => {
      const options = command.optsWithGlobals<StatementOptions>();
      const session = await Session.open(options, terminal);
      const path = `${/^[a-z][a-z\d]*-\d{4}$/.test(what) ? `/cycles/${what}` : await ofCase(session, what)}/statement`;
      const query = new URLSearchParams({ ...(options.at && { at: options.at }), ...(options.budgetLine && { budgetLine: options.budgetLine }) });
      if (options.out !== undefined) {
        query.set('format', options.format ?? sheetFormat(options.out));
        await save(options.out, await session.download({ path: `${path}?${query}` }));
        return;
      }
      if (options.format !== undefined) throw new Exit(EXIT.usage, { de: 'Wohin soll die Tabelle geschrieben werden? --out DATEI', en: 'say where the table is to be written: --out FILE' });
      const statement = await whole(session, path, query);
      terminal.out(options.json ? JSON.stringify(statement, null, 2) : sheet(statement, options.language));
    });
}

/** Where a case is; a payment run has no books of its own, and whoever asks for them is told who has. */
async function ofCase(session: Session, what: string): Promise<string> {
  const path = `/cases/${await session.idOf(what)}`;
  const { machine, fileNumber, cycle } = (await session.send<CaseView>({ path })).body;
  if (machine !== 'paymentRun') return path;
  throw new Exit(EXIT.refused, {
    de: `${fileNumber} ist ein Zahlungslauf und hat keine eigenen Bücher. Was aus seinen Raten wurde: ctl run ${fileNumber}; die Bücher der Förderrunde: ctl statement ${cycle}`,
    en: `${fileNumber} is a payment run and has no books of its own. What became of its rows: ctl run ${fileNumber}; the books of the round: ctl statement ${cycle}`,
  });
}

async function whole(session: Session, path: string, query: URLSearchParams): Promise<Statement> {
  const first = (await session.send<Statement>({ path: `${path}?${new URLSearchParams({ ...Object.fromEntries(query), limit: '200' })}` })).body;
  // Later pages are of the same instant, whatever is booked meanwhile.
  const items = [...first.items];
  for (let cursor = first.next; cursor !== null;) {
    const { body }: { body: Statement } = await session.send<Statement>({ path: `${path}?${new URLSearchParams({ ...Object.fromEntries(query), at: first.at, limit: '200', cursor })}` });
    items.push(...body.items);
    cursor = body.next;
  }
  return { ...first, items, next: null };
}

const euros = (amount: number | null, language: Language): string =>
  (amount === null ? '' : `${amount < 0 ? '-' : ''}${formatEur(cents(Math.abs(amount)), language)}`);

/** What stands below zero on the account of what is available: a part of a round has no budget of its own. */
const TAKEN: Text = { de: 'verfügbar (der Förderrunde entnommen)', en: 'available (taken from the round)' };

/** What the bank has executed and the books do not show as paid. */
const notBooked = (unbooked: Statement['unbooked'], language: Language): readonly string[] => (unbooked === null || unbooked.items.length === 0 ? [] : [
  { de: `! Von der Bank ausgeführt, hier nicht als ausgezahlt gebucht: ${euros(unbooked.sumCents, 'de')} (ctl exceptions sagt, warum)`, en: `! executed by the bank, not booked as paid here: ${euros(unbooked.sumCents, 'en')} (ctl exceptions says why)` }[language],
  ...unbooked.items.map(({ fileNumber, endToEndId, amountCents }) => `    ${fileNumber}  ${endToEndId}  ${euros(amountCents, language)}`),
]);

const sheet = ({ cycle, fileNumber, at, appropriatedCents, balances, checks, unbooked, items }: Statement, language: Language): string => [
  `${fileNumber ?? cycle}  ${{ de: 'Stand', en: 'as of' }[language]} ${formatInstant(at, language)}`,
  table(heads(language, 'when', 'valueDate', 'fileNumber', 'applicant', 'line', 'posting', 'from', 'to', 'amount', 'thenFrom', 'thenTo'), items.map((entry) => [
    formatInstant(entry.at, language), entry.valueDate === null ? '' : formatDay(entry.valueDate, language), entry.fileNumber ?? '', entry.applicant ?? '', nameOf('budgetLine', entry.budgetLine, language),
    entry.from === 'appropriation' ? nameOf('account', entry.from, language) : postingName(entry.posting, language), nameOf('account', entry.from, language), nameOf('account', entry.to, language),
    euros(entry.amountCents, language), euros(entry.fromBalanceCents, language), euros(entry.toBalanceCents, language),
  ])),
  table(heads(language, 'account', 'balance'), [...Object.entries(balances), ['appropriation', appropriatedCents] as const].map(([account, balance]) =>
    [account === 'budget' && balance < 0 ? TAKEN[language] : nameOf('account', account, language), euros(balance, language)])),
  ...checks.map(({ ok, text }) => `${ok ? '✓' : '✗'} ${text[language]}`),
  ...notBooked(unbooked, language),
].join('\n');
