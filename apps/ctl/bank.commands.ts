import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import { formatInstant, type Language } from '#calendar';
import type { Instant, Text } from '#kernel';
import { cents, formatEur } from '#money';
import type { Terminal } from './exit.ts';
import { read } from './fields.ts';
import { table } from './print.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';
import { heads, more, nameOf, suggested } from './words.ts';

interface Imported {
  readonly id: string;
  readonly kind: string;
  readonly messageId: string;
  readonly duplicateOf: string | null;
  readonly counts: { readonly entries: number; readonly matched: number; readonly duplicates: number; readonly exceptions: number };
}

interface Entry {
  readonly id: string;
  readonly at: Instant;
  readonly answer: string;
  readonly endToEndId: string | null;
  readonly amountCents: number | null;
  readonly verdict: string;
  readonly problem: { readonly code: string; readonly text: Text; readonly suggestedAction: string } | null;
}

interface Entries {
  readonly items: readonly Entry[];
  readonly next: string | null;
}

interface ListOptions extends PersonOptions {
  readonly verdict?: string;
  readonly file?: string;
  readonly limit: string;
  readonly cursor?: string;
}

/** Adds the commands about what the bank says: import a file, look at its entries, resolve what fits no payment. */
export function addBankCommands(program: Command, terminal: Terminal): void {
  forPerson(program.command('bank-import <file>').description('import a pain.002, camt.053 or camt.054 (finance)'))
    .option('--key <key>', 'the Idempotency-Key (default: a new one)')
    .action(async (path: string, _: object, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions & { readonly key?: string }>();
      const body = new FormData();
      body.set('file', new Blob([new Uint8Array(await read(path))], { type: 'application/xml' }), basename(path));
      const session = await Session.open(options, terminal);
      const answer = await session.send<Imported>({ method: 'POST', path: '/bank-files', headers: { 'idempotency-key': options.key ?? randomUUID() }, body });
      if (options.json) return terminal.out(JSON.stringify(answer.body, null, 2));
      terminal.out(imported(answer.body, session.language));
      if (answer.body.duplicateOf === null && answer.body.counts.matched > 0) terminal.out(arrived(await arrival(session, answer.body.id), answer.body.id, session.language));
    });

  forPerson(program.command('bank-entries').description('what the bank said of single payments, and how that stands'))
    .addOption(new Option('--verdict <verdict>', 'only these; exception: those that wait for a person').choices(['sent', 'applied', 'known', 'recorded', 'duplicate', 'exception', 'resolved']))
    .option('--file <id>', 'of one file')
    .option('--limit <number>', 'entries a page, up to 200', '50')
    .option('--cursor <cursor>', 'where the last page ended')
    .action(async (_: object, command: Command) => {
      const { verdict, file, limit, cursor, ...options } = command.optsWithGlobals<ListOptions>();
      const session = await Session.open(options, terminal);
      const query = new URLSearchParams({ limit, ...(verdict && { verdict }), ...(file && { file }), ...(cursor && { cursor }) });
      const { body } = await session.send<Entries>({ path: `/bank-entries?${query.toString()}` });
      terminal.out(options.json ? JSON.stringify(body, null, 2) : listed(body, session.language));
    });

  forPerson(program.command('bank-resolve <entry> <action>').description('resolve an exception: retry, done or ignore (finance)'))
    .requiredOption('--reason <text>', 'why')
    .option('--key <key>', 'the Idempotency-Key (default: a new one)')
    .action(async (entry: string, action: string, _: object, command: Command) => {
      const { reason, key, ...options } = command.optsWithGlobals<PersonOptions & { readonly reason: string; readonly key?: string }>();
      const session = await Session.open(options, terminal);
      const { body } = await session.send<Entry>({
        method: 'POST', path: `/bank-entries/${encodeURIComponent(entry)}/resolve`, headers: { 'idempotency-key': key ?? randomUUID() }, body: { action, reason },
      });
      terminal.out(options.json ? JSON.stringify(body, null, 2) : `${body.id} ${nameOf('bankVerdict', body.verdict, session.language)}`);
    });
}

function imported({ id, kind, messageId, duplicateOf, counts: { entries, matched, duplicates, exceptions } }: Imported, language: Language): string {
  const told: Text = duplicateOf !== null ? {
    de: `${kind} ${messageId} wurde schon als ${duplicateOf} eingelesen: Nichts hat sich geändert`,
    en: `${kind} ${messageId} was imported before as ${duplicateOf}: nothing has changed`,
  } : {
    de: `${kind} ${messageId} als ${id} eingelesen: Einträge ${entries}, zugeordnet ${matched}, doppelt ${duplicates}, zu klären ${exceptions}`,
    en: `${kind} ${messageId} imported as ${id}: ${entries} entries, ${matched} matched, ${duplicates} duplicates, ${exceptions} exceptions`,
  };
  return told[language];
}

/** So long one waits for the worker to bring what was matched to its instalments. */
const PATIENCE = { looks: 20, betweenMs: 500 } as const;

interface Arrival {
  readonly onTheirWay: boolean;
  readonly exceptions: number;
  readonly more: boolean;
}

/** What an import matched moves its instalment only if it fits there: that is judged by the worker, shortly after. */
async function arrival(session: Session, file: string): Promise<Arrival> {
  const of = async (verdict: string): Promise<Entries> => (await session.send<Entries>({ path: `/bank-entries?${new URLSearchParams({ file, verdict, limit: '200' }).toString()}` })).body;
  for (let look = 1; look < PATIENCE.looks && (await of('sent')).items.length > 0; look += 1) await pause(PATIENCE.betweenMs);
  const [sent, waiting] = [await of('sent'), await of('exception')];
  return { onTheirWay: sent.items.length > 0, exceptions: waiting.items.length, more: waiting.next !== null };
}

function arrived({ onTheirWay, exceptions, more: beyond }: Arrival, file: string, language: Language): string {
  const count = `${exceptions}${beyond ? '+' : ''}`;
  const look = `ctl bank-entries --file ${file}`;
  if (onTheirWay) return {
    de: `Was zugeordnet ist, wird an seiner Rate noch einmal geprüft; das läuft noch. Bisher zu klären: ${count}. Nachsehen: ${look}, ctl exceptions`,
    en: `what was matched is judged again at its instalment; that is still going on. Exceptions so far: ${count}. Look with: ${look}, ctl exceptions`,
  }[language];
  return exceptions === 0 ? { de: 'An den Raten geprüft: nichts zu klären', en: 'judged at the instalments: no exceptions' }[language] : {
    de: `An den Raten geprüft: zu klären ${count}. Nachsehen: ${look} --verdict exception, ctl exceptions`, en: `judged at the instalments: ${count} exceptions. Look with: ${look} --verdict exception, ctl exceptions`,
  }[language];
}

const listed = ({ items, next }: Entries, language: Language): string => [
  items.length === 0 ? { de: 'nichts', en: 'nothing' }[language] : table(heads(language, 'imported', 'answer', 'reference', 'amount', 'verdict', 'suggested', 'id', 'what'), items.map((entry) => [
    formatInstant(entry.at, language), nameOf('bankAnswer', entry.answer, language), entry.endToEndId ?? '–', entry.amountCents === null ? '–' : formatEur(cents(entry.amountCents), language), nameOf('bankVerdict', entry.verdict, language),
    suggested(entry.problem?.suggestedAction, language), entry.id, entry.problem?.text[language] ?? '–',
  ])),
  ...more(next, language),
].join('\n');
