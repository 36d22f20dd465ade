import type { Command } from 'commander';
import type { Language } from '#calendar';
import type { Text } from '#kernel';
import type { Terminal } from './exit.ts';
import { roleName } from './names.ts';
import { table } from './print.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';
import { heads, more, nameOf, suggested } from './words.ts';

interface Exceptions {
  readonly items: readonly {
    readonly id: string;
    readonly kind: string;
    readonly fileNumber: string | null;
    readonly text: Text;
    readonly owner?: readonly string[];
    readonly ageDays: number;
    readonly suggestedAction?: string;
  }[];
  readonly next: string | null;
}

interface ListOptions extends PersonOptions {
  readonly limit: string;
  readonly cursor?: string;
}

/** Adds the list of what did not go its way and waits for a person. */
export function addExceptionsCommand(program: Command, terminal: Terminal): void {
  forPerson(program.command('exceptions').description('what did not go its way and waits for a person, newest first (agency)'))
    .option('--limit <number>', 'exceptions a page, up to 200', '50')
    .option('--cursor <cursor>', 'where the last page ended')
    .action(async (_: object, command: Command) => {
      const { limit, cursor, ...options } = command.optsWithGlobals<ListOptions>();
      const session = await Session.open(options, terminal);
      const query = new URLSearchParams({ limit, ...(cursor === undefined ? {} : { cursor }) });
      const { body } = await session.send<Exceptions>({ path: `/exceptions?${query.toString()}` });
      terminal.out(options.json ? JSON.stringify(body, null, 2) : listed(body, session.language));
    });
}

const listed = ({ items, next }: Exceptions, language: Language): string => [
  items.length === 0 ? { de: 'Nichts wartet', en: 'nothing waits' }[language] : table(heads(language, 'id', 'age', 'owner', 'kind', 'fileNumber', 'suggested', 'what'), items.map((item) => [
    item.id, String(item.ageDays), item.owner?.map((role) => roleName(role, language)).join(', ') ?? '–', nameOf('exception', item.kind, language), item.fileNumber ?? '–', suggested(item.suggestedAction, language), item.text[language],
  ])),
  ...more(next, language),
].join('\n');
