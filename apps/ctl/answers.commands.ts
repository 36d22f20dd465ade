import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { formatInstant, type Language } from '#calendar';
import type { Instant, Text } from '#kernel';
import { cents, formatEur } from '#money';
import type { Terminal } from './exit.ts';
import { table } from './print.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';
import { heads, more } from './words.ts';

interface Answer {
  readonly id: string;
  readonly endToEndId: string;
  readonly amountCents: number;
  readonly text: Text;
  readonly account: string;
  readonly at: Instant;
  readonly confirmation: { readonly account: string } | null;
}

interface Answers {
  readonly items: readonly Answer[];
  readonly next: string | null;
}

interface ListOptions extends PersonOptions {
  readonly all?: true;
  readonly limit: string;
  readonly cursor?: string;
}

/** Adds the commands about what was said of payments and the bank does not bear out. */
export function addAnswerCommands(program: Command, terminal: Terminal): void {
  forPerson(program.command('payment-answers').description('what was said of payments and the bank does not bear out; those that wait for another person'))
    .option('--all', 'also those that somebody has confirmed')
    .option('--limit <number>', 'answers a page, up to 200', '50')
    .option('--cursor <cursor>', 'where the last page ended')
    .action(async (_: object, command: Command) => {
      const { all, limit, cursor, ...options } = command.optsWithGlobals<ListOptions>();
      const session = await Session.open(options, terminal);
      const query = new URLSearchParams({ limit, ...(all === undefined && { confirmed: 'false' }), ...(cursor && { cursor }) });
      const { body } = await session.send<Answers>({ path: `/payment-answers?${query.toString()}` });
      terminal.out(options.json ? JSON.stringify(body, null, 2) : listed(body, session.language));
    });

  forPerson(program.command('payment-confirm <answer>').description('confirm what somebody else has said of a payment (finance)'))
    .requiredOption('--reason <text>', 'what it was compared with')
    .option('--key <key>', 'the Idempotency-Key (default: a new one)')
    .action(async (answer: string, _: object, command: Command) => {
      const { reason, key, ...options } = command.optsWithGlobals<PersonOptions & { readonly reason: string; readonly key?: string }>();
      const session = await Session.open(options, terminal);
      const { body } = await session.send<Answer>({
        method: 'POST', path: `/payment-answers/${encodeURIComponent(answer)}/confirm`, headers: { 'idempotency-key': key ?? randomUUID() }, body: { reason },
      });
      terminal.out(options.json ? JSON.stringify(body, null, 2) : session.language === 'de' ? `${body.id} bestätigt` : `${body.id} confirmed`);
    });
}

const listed = ({ items, next }: Answers, language: Language): string => [
  items.length === 0 ? (language === 'de' ? 'nichts' : 'nothing') : table(heads(language, 'when', 'who', 'reference', 'amount', 'confirmedBy', 'id', 'what'), items.map(({ at, account, endToEndId, amountCents, confirmation, id, text }) => [
    formatInstant(at, language), account, endToEndId, formatEur(cents(amountCents), language), confirmation?.account ?? '–', id, text[language],
  ])),
  ...more(next, language),
].join('\n');
