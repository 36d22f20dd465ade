import type { Command } from 'commander';
import { formatInstant } from '#calendar';
import type { Instant } from '#kernel';
import type { Terminal } from './exit.ts';
import { letterTitle } from './names.ts';
import { table } from './print.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';
import { heads, more } from './words.ts';

interface Suppressions {
  readonly items: readonly { readonly address: string; readonly since: Instant; readonly status: string; readonly diagnostic: string | null; readonly case: string; readonly kind: string }[];
  readonly next: string | null;
}

interface SuppressionOptions extends PersonOptions {
  readonly lift?: string;
  readonly limit: string;
  readonly cursor?: string;
}

/** Adds the addresses that nothing is mailed to any more, and letting mail go to one again. */
export function addSuppressionsCommand(program: Command, terminal: Terminal): void {
  forPerson(program.command('suppressions').description('addresses that nothing is mailed to, because mail to them came back for good'))
    .option('--lift <address>', 'let mail go to this address again (administrator)')
    .option('--limit <number>', 'addresses a page, up to 200', '50')
    .option('--cursor <cursor>', 'where the last page ended')
    .action(async (_: object, command: Command) => {
      const { lift, limit, cursor, ...options } = command.optsWithGlobals<SuppressionOptions>();
      const session = await Session.open(options, terminal);
      if (lift !== undefined) {
        await session.send<string>({ method: 'DELETE', path: `/suppressions/${encodeURIComponent(lift)}` });
        return terminal.out(options.json ? JSON.stringify({ address: lift, lifted: true }, null, 2) : { de: `Post geht wieder an ${lift}`, en: `mail goes to ${lift} again` }[options.language]);
      }
      const query = new URLSearchParams({ limit, ...(cursor === undefined ? {} : { cursor }) });
      const { body } = await session.send<Suppressions>({ path: `/suppressions?${query.toString()}` });
      terminal.out(options.json ? JSON.stringify(body, null, 2) : words(body, session));
    });
}

const words = ({ items, next }: Suppressions, { language }: Session): string => [
  items.length === 0 ? { de: 'Post geht an jede Adresse', en: 'mail goes to every address' }[language] : table(heads(language, 'address', 'since', 'status', 'letter', 'case', 'serverSaid'), items.map((item) =>
    [item.address, formatInstant(item.since, language), item.status, letterTitle(item.kind, language) ?? item.kind, item.case, item.diagnostic ?? '–'])),
  ...more(next, language),
].join('\n');
