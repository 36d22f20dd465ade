import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { formatDay, formatEnd, formatInstant, type Language } from '#calendar';
import type { Text } from '#kernel';
import { cents, formatEur } from '#money';
import type { Terminal } from './exit.ts';
import { fieldsOf } from './fields.ts';
import { table } from './print.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';
import { heads, nameOf } from './words.ts';

interface Round {
  readonly id: string;
  readonly opensAt: string;
  readonly cutOffAt: string;
  readonly payDates: readonly string[];
  readonly budgetCents: number;
}

/** A round with every date that follows from it. */
export interface RoundDetail extends Round {
  readonly revision: number;
  readonly revisedAt: string;
  readonly dates: readonly { readonly name: string; readonly label: Text; readonly at: string; readonly berlin: Text; readonly because: Text; readonly end: boolean }[];
}

interface Revision {
  readonly revision: number;
  readonly createdAt: string;
  readonly account: string;
  readonly reason: string | null;
  readonly changed: readonly { readonly path: string; readonly from: unknown; readonly to: unknown }[];
}

interface Preview {
  readonly moved: readonly { readonly date: string; readonly from: string | null; readonly to: string | null }[];
  readonly families: number;
  readonly reasons: readonly { readonly code: string; readonly text: Text; readonly remedy: Text }[];
}

interface ReviseOptions extends PersonOptions {
  readonly data?: string;
  readonly reason?: string;
  readonly preview?: true;
}

/** Adds the commands about funding rounds: what they say, and writing them as their administrator. */
export function addRoundCommands(program: Command, terminal: Terminal): void {
  const print = <T>({ json }: PersonOptions, body: T, words: (body: T) => string): void => terminal.out(json ? JSON.stringify(body, null, 2) : words(body));

  forPerson(program.command('cycles').description('the funding rounds'))
    .action(async (_: object, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions>();
      const session = await Session.open(options, terminal);
      const { body } = await session.send<{ readonly items: readonly Round[] }>({ path: '/cycles' });
      print(options, body, ({ items }) => roundTable(items, options.language));
    });

  forPerson(program.command('cycle <id>').description('every date of a round in Berlin and in UTC, and how each was derived'))
    .option('--revisions', 'who changed what, when and why')
    .action(async (id: string, _: object, command: Command) => {
      const options = command.optsWithGlobals<PersonOptions & { readonly revisions?: true }>();
      const session = await Session.open(options, terminal);
      const path = `/cycles/${encodeURIComponent(id)}`;
      if (options.revisions) {
        print(options, (await session.send<{ readonly items: readonly Revision[] }>({ path: `${path}/revisions` })).body, ({ items }) => revisionTable(items, options.language));
      } else print(options, (await session.send<RoundDetail>({ path })).body, (round) => roundSheet(round, options.language));
    });

  forPerson(program.command('cycle-open <year> [field...]').description('open a round (administrator): the default of that funding year, with what is to be otherwise: name=value'))
    .option('--data <json>', 'the fields as JSON, or @FILE that holds it')
    .option('--programme <id>', 'of which programme', 'kim')
    .action(async (year: string, fields: string[], _: object, command: Command) => {
      const options = command.optsWithGlobals<ReviseOptions & { readonly programme: string }>();
      const round = { ...(await fieldsOf(fields, options.data)), fundingYear: Number(year) };
      const session = await Session.open(options, terminal);
      const { body } = await session.send<RoundDetail>({ method: 'POST', path: '/cycles', headers: { 'idempotency-key': randomUUID() }, body: { programme: options.programme, round } });
      print(options, body, (opened) => roundSheet(opened, options.language));
    });

  forPerson(program.command('cycle-revise <id> [field...]').description('change a round (administrator): name=value; every case follows'))
    .option('--data <json>', 'the fields as JSON, or @FILE that holds it')
    .option('--reason <text>', 'why; stands in the journal of every case that it concerns')
    .option('--preview', 'only say what would move')
    .action(async (id: string, fields: string[], _: object, command: Command) => {
      const options = command.optsWithGlobals<ReviseOptions>();
      const changes = await fieldsOf(fields, options.data);
      const session = await Session.open(options, terminal);
      const path = `/cycles/${encodeURIComponent(id)}`;
      const { body: now, etag } = await session.send<RoundDetail>({ path });
      if (options.preview) {
        const { body } = await session.send<Preview>({ method: 'POST', path: `${path}/revisions/preview`, body: { changes } });
        return print(options, body, (preview) => previewSheet(preview, now, options.language));
      }
      const headers = { 'idempotency-key': randomUUID(), ...(etag === null ? {} : { 'if-match': etag }) };
      const { body } = await session.send<RoundDetail>({ method: 'POST', path: `${path}/revisions`, headers, body: { changes, ...(options.reason === undefined ? {} : { reason: options.reason }) } });
      print(options, body, (revised) => roundSheet(revised, options.language));
    });
}

const roundTable = (rounds: readonly Round[], language: Language): string => table(heads(language, 'round', 'windowOpens', 'cutOff', 'payDates', 'budget'), rounds.map((round) => [
  round.id, formatInstant(round.opensAt, language), formatEnd(round.cutOffAt, language),
  round.payDates.map((day) => formatDay(day, language)).join(', '), formatEur(cents(round.budgetCents), language),
]));

const roundSheet = (round: RoundDetail, language: Language): string => [
  {
    de: `${round.id}, Fassung ${round.revision} vom ${formatInstant(round.revisedAt, 'de')}, Haushaltsmittel ${formatEur(cents(round.budgetCents), 'de')}`,
    en: `${round.id}, revision ${round.revision} of ${formatInstant(round.revisedAt, 'en')}, budget ${formatEur(cents(round.budgetCents), 'en')}`,
  }[language],
  table(heads(language, 'date', 'berlin', 'utc', 'because'), round.dates.map(({ label, at, berlin, because }) => [label[language], berlin[language], at, because[language]])),
].join('\n');

const revisionTable = (revisions: readonly Revision[], language: Language): string => table(heads(language, 'revision', 'when', 'who', 'reason', 'changed'), revisions.map((revision) => [
  String(revision.revision), formatInstant(revision.createdAt, language), revision.account, revision.reason ?? '–',
  revision.changed.map(({ path, from, to }) => `${path.slice(1)}: ${JSON.stringify(from)} → ${JSON.stringify(to)}`).join('; ') || '–',
]));

const previewSheet = ({ moved, families, reasons }: Preview, { dates }: RoundDetail, language: Language): string => [
  moved.length === 0 ? { de: 'kein Termin würde sich verschieben', en: 'no date would move' }[language] : table(heads(language, 'date', 'from', 'to'), moved.map(({ date, from, to }) => {
    const { label, end = false } = dates.find(({ name }) => name === date) ?? {};
    return [label?.[language] ?? date, when(from, end, language), when(to, end, language)];
  })),
  { de: `Anträge, die folgen würden: ${families}`, en: `${families} applications would follow` }[language],
  ...reasons.map(({ code, text, remedy }) => `${nameOf('result', 'refused', language)}: ${code}: ${text[language]} ${remedy[language]}`),
].join('\n');

const when = (instant: string | null, end: boolean, language: Language): string => (instant === null ? '–' : (end ? formatEnd : formatInstant)(instant, language));
