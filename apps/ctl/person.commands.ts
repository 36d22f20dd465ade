import type { Command } from 'commander';
import type { CaseView, TimelineItem } from '#cases';
import { caseSheet } from './case.sheet.ts';
import type { Terminal } from './exit.ts';
import { type Action, actionList, caseTable, timelineTable } from './print.ts';
import { save, sheetFormat } from './save.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';
import { more } from './words.ts';

const FILTERS = ['machine', 'state', 'cycle', 'applicant', 'parent', 'q', 'limit', 'cursor'] as const;

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** The whole list as a table, whatever page was asked for. */
async function takeAlong(session: Session, query: URLSearchParams, out: string): Promise<void> {
  query.set('format', sheetFormat(out));
  await save(out, await session.download({ path: `/cases?${query.toString()}` }));
}

/** Adds the commands that read: each is one request to the public API, printed. */
export function addReadingCommands(program: Command, terminal: Terminal): void {
  const options = (command: Command): PersonOptions => command.optsWithGlobals();
  const print = <T>(json: true | undefined, body: T, words: (body: T) => string): void => terminal.out(json ? JSON.stringify(body, null, 2) : words(body));

  forPerson(program.command('cases').description('the work list: cases in the order in which they were opened'))
    .option('--machine <name>', 'application, instalment, payee or paymentRun')
    .option('--state <path>', 'a state, or any state around it: submitted, submitted.inReview')
    .option('--cycle <id>', 'a funding round: kim-2028')
    .option('--applicant <key>', 'a municipality by its official key')
    .option('--parent <case>', 'the instalments and payees of an application')
    .option('--q <text>', 'part of a file number or name')
    .option('--limit <number>', 'cases a page, up to 200', '50')
    .option('--cursor <cursor>', 'where the last page ended')
    .option('--out <file>', 'write the whole list there as a table for a spreadsheet, .csv or .xlsx')
    .action(async (filter: Record<string, string>, command: Command) => {
      const session = await Session.open(options(command), terminal);
      if (filter['parent'] !== undefined) filter['parent'] = await session.idOf(filter['parent']);
      const query = new URLSearchParams(FILTERS.flatMap((name): [string, string][] => (filter[name] === undefined ? [] : [[name, filter[name]]])));
      if (filter['out'] !== undefined) return takeAlong(session, query, filter['out']);
      print(options(command).json, (await session.send<Page<CaseView>>({ path: `/cases?${query.toString()}` })).body, ({ items, next }) => [caseTable(items, session.language), ...more(next, session.language)].join('\n'));
    });

  forPerson(program.command('show <case>').description('one case, by id or file number'))
    .option('--at <instant>', 'as it was then')
    .action(async (id: string, { at }: { at?: string }, command: Command) => {
      const session = await Session.open(options(command), terminal);
      const { body } = await session.send<CaseView>({ path: `/cases/${await session.idOf(id)}${at === undefined ? '' : `?at=${encodeURIComponent(at)}`}` });
      print(options(command).json, body, (view) => caseSheet(view, session.language));
    });

  forPerson(program.command('actions <case>').description('what this person can do next, and why not'))
    .action(async (id: string, _: object, command: Command) => {
      const session = await Session.open(options(command), terminal);
      const { body } = await session.send<Page<Action>>({ path: `/cases/${await session.idOf(id)}/actions` });
      print(options(command).json, body, ({ items }) => (items.length === 0 ? { de: 'Hier kann nichts mehr geschehen', en: 'nothing more can happen here' }[session.language] : actionList(items, session.language)));
    });

  forPerson(program.command('timeline <case>').description('who did what when, for the whole family'))
    .action(async (id: string, _: object, command: Command) => {
      const session = await Session.open(options(command), terminal);
      const { body } = await session.send<Page<TimelineItem>>({ path: `/cases/${await session.idOf(id)}/timeline` });
      print(options(command).json, body, ({ items }) => timelineTable(items, session.language));
    });

  forPerson(program.command('diagram <case>').description('the lifecycle with the current state and the path taken, as Mermaid text'))
    .option('--svg', 'as SVG')
    .action(async (id: string, { svg }: { svg?: true }, command: Command) => {
      const session = await Session.open(options(command), terminal);
      const { body } = await session.send<string>({ path: `/cases/${await session.idOf(id)}/diagram.${svg ? 'svg' : 'mmd'}` });
      print(options(command).json, body, (text) => text.trimEnd());
    });
}
