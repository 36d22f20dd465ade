import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Language } from '#calendar';
import { cents, formatEur } from '#money';
import { EXIT, Exit, type Terminal } from './exit.ts';
import { casesOf, fieldsOf } from './fields.ts';
import { anyStateName } from './names.ts';
import { reasonLine, table, type Reason } from './print.ts';
import { save, sheetFormat } from './save.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';
import { heads, nameOf } from './words.ts';

interface Selection {
  readonly token: string;
  readonly confirmedAt: string | null;
  readonly rows: readonly {
    readonly case: string;
    readonly fileNumber: string | null;
    readonly amountCents: number;
    readonly allowed: boolean;
    readonly reasons: readonly Reason[];
    readonly result: 'done' | 'refused' | 'pending' | null;
    readonly state: string | null;
  }[];
  readonly ok: number;
  readonly refused: number;
  readonly sumCents: number;
  readonly results: { readonly done: number; readonly refused: number; readonly pending: number; readonly doneCents: number };
}

interface Options extends PersonOptions {
  readonly machine?: string;
  readonly state?: string;
  readonly cycle?: string;
  readonly applicant?: string;
  readonly data?: string;
}

/** Adds one event for many cases: look, confirm, and see what became of each. */
export function addBulkCommands(program: Command, terminal: Terminal): void {
  const print = (options: PersonOptions, selection: Selection): void => terminal.out(options.json ? JSON.stringify(selection, null, 2) : sheet(selection, options.language));

  forPerson(program.command('bulk-preview <event> [cases...]').description('what would become of one event on many cases, by name or by filter; nothing happens before bulk-confirm'))
    .option('--machine <machine>', 'all cases of this machine: application, instalment, payee, paymentRun')
    .option('--state <state>', 'of these, those in this state or below it')
    .option('--cycle <id>', 'of these, those of one round')
    .option('--applicant <key>', 'of these, those of one applicant')
    .option('--data <json>', 'the fields of the event as JSON, or @FILE that holds it')
    .action(async (event: string, cases: string[], _: object, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { machine, state, cycle, applicant } = options;
      await casesOf(cases);
      if ((cases.length > 0) === (machine !== undefined)) throw new Exit(EXIT.usage, { de: 'Entweder Vorgänge nennen, oder --machine und was es eingrenzt', en: 'name either cases, or --machine and what narrows it' });
      const data = await fieldsOf([], options.data);
      const session = await Session.open(options, terminal);
      const ids: string[] = [];
      for (const each of cases) ids.push(await session.idOf(each));
      const wanted = machine === undefined ? { cases: ids } : { filter: { machine, state, cycle, applicant } };
      print(options, (await session.send<Selection>({ method: 'POST', path: '/cases/bulk/preview', body: { event, data, ...wanted } })).body);
    });

  forPerson(program.command('bulk-confirm <token>').description('do what bulk-preview showed as possible; who repeats it goes on where it broke off'))
    .option('--key <key>', 'the Idempotency-Key', randomUUID())
    .action(async (token: string, _: object, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions & { readonly key: string }>();
      const session = await Session.open(options, terminal);
      const path = `/cases/bulk/${encodeURIComponent(token)}/confirm`;
      print(options, (await session.send<Selection>({ method: 'POST', path, headers: { 'idempotency-key': options.key } })).body);
    });

  forPerson(program.command('bulk-result <token>').description('what became of each case of a selection'))
    .option('--out <file>', 'the whole as a table, .csv or .xlsx')
    .action(async (token: string, _: object, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions & { readonly out?: string }>();
      const path = `/cases/bulk/${encodeURIComponent(token)}`;
      const format = options.out === undefined ? null : sheetFormat(options.out);
      const session = await Session.open(options, terminal);
      if (options.out === undefined || format === null) return print(options, (await session.send<Selection>({ path })).body);
      await save(options.out, await session.download({ path: `${path}?format=${format}` }));
      return terminal.out({ de: `geschrieben nach ${options.out}`, en: `written to ${options.out}` }[options.language]);
    });
}

const euros = (amount: number, language: Language): string => formatEur(cents(amount), language);

function sheet({ token, confirmedAt, rows, ok, refused, sumCents, results }: Selection, language: Language): string {
  const say = (result: 'possible' | 'done' | 'refused' | 'pending'): string => nameOf('result', result, language);
  const end = confirmedAt === null
    ? [`${ok} ${say('possible')} (${euros(sumCents, language)}), ${refused} ${say('refused')}`, ok === 0 ? NEXT.nothing[language] : `${NEXT.confirm[language]}: bulk-confirm ${token}`]
    : [`${results.done} ${say('done')} (${euros(results.doneCents, language)}), ${results.refused} ${say('refused')}, ${results.pending} ${say('pending')}`, ...(results.pending === 0 ? [] : [`${NEXT.goOn[language]}: bulk-confirm ${token}`])];
  return [
    table(heads(language, 'fileNumber', 'case', 'amount', 'result', 'why'), rows.map((row) => [
      row.fileNumber ?? '–', row.case, euros(row.amountCents, language), row.result === 'done' ? `${say('done')}: ${anyStateName(row.state ?? '', language)}` : say(row.result ?? (row.allowed ? 'possible' : 'refused')),
      row.reasons.map((reason) => reasonLine(reason, language)).join(' '),
    ])),
    ...end,
  ].join('\n');
}

/** What one can do with a selection. */
const NEXT = {
  nothing: { de: 'nichts zu bestätigen', en: 'nothing to confirm' }, confirm: { de: 'ausführen', en: 'to do it' }, goOn: { de: 'fortsetzen', en: 'to go on' },
} as const;
