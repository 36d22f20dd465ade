import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { formatInstant } from '#calendar';
import type { Text } from '#kernel';
import type { Terminal } from './exit.ts';
import { casesOf, fieldsOf } from './fields.ts';
import { anyStateName, letterTitle } from './names.ts';
import { table } from './print.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';
import { heads, more, nameOf } from './words.ts';

interface Coming {
  readonly at: string;
  readonly fileNumber: string;
  readonly applicant: { readonly name: string };
  readonly kind: string;
  readonly subject: Text;
  readonly recipients: readonly { readonly account: string }[];
}

interface Row {
  readonly case: string;
  readonly ok: boolean;
  readonly state: string | null;
  readonly code: string | null;
  readonly reasons: readonly { readonly text: Text; readonly remedy: Text }[];
}

interface Options extends PersonOptions {
  readonly cycle?: string;
  readonly case?: string;
  readonly until?: string;
  readonly limit: string;
  readonly cursor?: string;
  readonly data?: string;
}

/** Adds what is sent to many: the letters to come, and one event for a selection of cases. */
export function addReminderCommands(program: Command, terminal: Terminal): void {
  forPerson(program.command('reminders').description('who will get which letter on which day, if nobody acts before'))
    .option('--cycle <id>', 'of one round')
    .option('--case <case>', 'of one case')
    .option('--until <instant>', 'up to when (default: 400 days)')
    .option('--limit <number>', 'applications a page, up to 200', '50')
    .option('--cursor <cursor>', 'where the last page ended')
    .action(async (_: object, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const session = await Session.open(options, terminal);
      const found = options.case === undefined ? undefined : await session.idOf(options.case);
      const given = { cycle: options.cycle, case: found, until: options.until, limit: options.limit, cursor: options.cursor };
      const query = new URLSearchParams(Object.entries(given).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])));
      const { body } = await session.send<{ readonly items: readonly Coming[]; readonly next: string | null }>({ path: `/reminders?${query.toString()}` });
      if (options.json) return terminal.out(JSON.stringify(body, null, 2));
      const rows = body.items.map(({ at, fileNumber, applicant, kind, subject, recipients }) =>
        [formatInstant(at, options.language), fileNumber, applicant.name, letterTitle(kind, options.language) ?? '–', recipients.map(({ account }) => account).join(' '), subject[options.language]]);
      terminal.out([table(heads(options.language, 'when', 'fileNumber', 'applicant', 'letter', 'recipient', 'subject'), rows), ...more(body.next, options.language)].join('\n'));
    });

  forPerson(program.command('bulk <event> <cases...>').description('send one event to many cases, such as remindDraft; one result for each'))
    .option('--data <json>', 'the fields of the event as JSON, or @FILE that holds it')
    .option('--key <key>', 'the Idempotency-Key: who repeats a command that broke off goes on where it did', randomUUID())
    .action(async (event: string, cases: string[], _: object, command: Command) => {
      const options = command.optsWithGlobals<Options & { readonly key: string }>();
      const fields = await fieldsOf([], options.data);
      const session = await Session.open(options, terminal);
      const ids: string[] = [];
      for (const each of await casesOf(cases)) ids.push(await session.idOf(each));
      const { body } = await session.send<{ readonly items: readonly Row[] }>({ method: 'POST', path: '/cases/bulk', headers: { 'idempotency-key': options.key }, body: { event, cases: ids, fields } });
      if (options.json) return terminal.out(JSON.stringify(body, null, 2));
      const { language } = options;
      terminal.out(table(heads(language, 'case', 'result', 'why'), body.items.map((row) =>
        [row.case, row.ok ? `${nameOf('result', 'done', language)}: ${anyStateName(row.state ?? '', language)}` : `${nameOf('result', 'refused', language)}: ${row.code ?? ''}`, row.reasons.map(({ text, remedy }) => `${text[options.language]} ${remedy[options.language]}`).join(' ')])));
    });
}
