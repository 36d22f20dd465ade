import { type Command, Option } from 'commander';
import { formatInstant, type Language } from '#calendar';
import type { Deadline, RegisterEntry } from '#cases';
import type { Terminal } from './exit.ts';
import { anyEventName, deadlineName, roleName, stateName } from './names.ts';
import { table } from './print.ts';
import type { RoundDetail } from './rounds.commands.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';
import { heads, more, nameOf, yesNo } from './words.ts';

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

interface ListOptions extends PersonOptions {
  readonly [filter: string]: string | true | undefined;
}

interface Feed {
  readonly id: string;
  readonly of: string;
  readonly reminders: boolean;
  readonly language: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly url?: string;
}

const FILTERS = ['from', 'to', 'case', 'officer', 'cycle', 'applicant', 'reminders', 'limit', 'cursor'] as const;

/** Adds the lists over all cases: deadlines, and decisions that depart from the rule; and a person's calendar feeds. */
export function addDeadlineCommands(program: Command, terminal: Terminal): void {
  forPerson(program.command('deadlines').description('what is open and until when, by date, each date with its derivation'))
    .option('--from <when>', 'an instant, or a day in Berlin')
    .option('--to <when>', 'an instant, or a day in Berlin, itself included')
    .option('--case <case>', 'of one case and its family')
    .option('--officer <account>', 'of the cases that somebody has')
    .option('--cycle <id>', 'of one round')
    .option('--applicant <key>', 'of one municipality')
    .option('--reminders', 'reminders too')
    .option('--limit <number>', 'deadlines a page, up to 200', '50')
    .option('--cursor <cursor>', 'where the last page ended')
    .action((_: object, command: Command) => list<Deadline>(command, terminal, '/deadlines', async (items, session) => [deadlineTable(items, session.language), ...await budgetEnds(items, session)].join('\n')));

  forPerson(program.command('register').description('the register of exceptions: decisions that depart from the rule, newest first'))
    .option('--case <case>', 'of one case and its family')
    .option('--cycle <id>', 'of one round')
    .option('--limit <number>', 'decisions a page, up to 200', '50')
    .option('--cursor <cursor>', 'where the last page ended')
    .action((_: object, command: Command) => list(command, terminal, '/exception-register', (items: readonly RegisterEntry[], { language }) => registerTable(items, language)));

  addFeedCommands(program.command('feed').description('private calendar feeds of a person'), terminal);
}

async function list<T>(command: Command, terminal: Terminal, path: string, words: (items: readonly T[], session: Session) => string | Promise<string>): Promise<void> {
  const options = command.optsWithGlobals<ListOptions>();
  const session = await Session.open(options, terminal);
  const given: ListOptions = typeof options['case'] === 'string' ? { ...options, case: await session.idOf(options['case']) } : options;
  const query = FILTERS.flatMap((name): [string, string][] => (given[name] === undefined ? [] : [[name, String(given[name])]]));
  const { body } = await session.send<Page<T>>({ path: `${path}?${new URLSearchParams(query).toString()}` });
  terminal.out(options.json ? JSON.stringify(body, null, 2) : [await words(body.items, session), ...more(body.next, session.language)].join('\n'));
}

const deadlineTable = (items: readonly Deadline[], language: Language): string => table(
  heads(language, 'until', 'deadline', 'fileNumber', 'applicant', 'state', 'officer', 'because'),
  items.map(({ at, name, fileNumber, applicant, machine, state, officer, because }) =>
    [formatInstant(at, language), deadlineName(name, machine, language), fileNumber, applicant.name, stateName(state, machine)[language], officer ?? '–', because[language]]),
);

/** The name of a round's date after which nothing of it is paid: it is no case's, and concerns each of them. */
const BUDGET_END = 'budgetEnd';

/** When the budget years close of the rounds that these deadlines belong to. */
async function budgetEnds(items: readonly Deadline[], session: Session): Promise<readonly string[]> {
  const rounds = [...new Set(items.map(({ cycle }) => cycle))].toSorted();
  const told = await Promise.all(rounds.map(async (id) => {
    const { dates } = (await session.send<Pick<RoundDetail, 'dates'>>({ path: `/cycles/${encodeURIComponent(id)}` })).body;
    return dates.filter(({ name }) => name === BUDGET_END).map(({ label, berlin, because }) => `${label[session.language]} ${id}: ${berlin[session.language]}  (${because[session.language]})`);
  }));
  return told.flat();
}

const registerTable = (items: readonly RegisterEntry[], language: Language): string => table(
  heads(language, 'whenBerlin', 'fileNumber', 'applicant', 'event', 'who', 'reason', 'happened'),
  items.map(({ at, fileNumber, applicant, event, actor, reason, text }) =>
    [formatInstant(at, language), fileNumber, applicant.name, anyEventName(event, language), `${actor.account} (${roleName(actor.role, language)})`, reason ?? '–', text[language]]),
);

function addFeedCommands(feed: Command, terminal: Terminal): void {
  forPerson(feed.command('create').description('make a feed, and print the secret address to subscribe to'))
    .addOption(new Option('--of <cases>', 'your own cases, or all that you may see').choices(['mine', 'all']).default('mine'))
    .option('--reminders', 'reminders too')
    .action(async (_: object, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions & { readonly of: string; readonly reminders?: true }>();
      const language = command.getOptionValueSourceWithGlobals('language') === 'cli' ? { language: options.language } : {};
      const session = await Session.open(options, terminal);
      const { body } = await session.send<Feed>({ method: 'POST', path: '/feeds', body: { of: options.of, reminders: options.reminders === true, ...language } });
      terminal.out(options.json ? JSON.stringify(body, null, 2) : body.url ?? '');
      terminal.err({ de: 'Wer diese Adresse kennt, liest den Kalender; sie wird nicht noch einmal genannt', en: 'whoever knows this address reads the calendar; it is not told again' }[options.language]);
    });

  forPerson(feed.command('list').description('your feeds, without their addresses'))
    .action(async (_: object, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions>();
      const { body } = await (await Session.open(options, terminal)).send<{ items: readonly Feed[] }>({ path: '/feeds' });
      const when = (instant: string | null): string => (instant === null ? '–' : formatInstant(instant, options.language));
      terminal.out(options.json ? JSON.stringify(body, null, 2) : table(heads(options.language, 'id', 'of', 'reminders', 'language', 'made', 'lastUsed'), body.items.map((each) =>
        [each.id, nameOf('feed', each.of, options.language), yesNo(each.reminders, options.language), each.language, when(each.createdAt), when(each.lastUsedAt)])));
    });

  forPerson(feed.command('revoke <feed>').description('end a feed for good'))
    .action(async (id: string, _: object, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions>();
      await (await Session.open(options, terminal)).send({ method: 'DELETE', path: `/feeds/${encodeURIComponent(id)}` });
      terminal.out(options.json ? JSON.stringify({ revoked: id }, null, 2) : { de: `widerrufen: ${id}`, en: `revoked ${id}` }[options.language]);
    });
}
