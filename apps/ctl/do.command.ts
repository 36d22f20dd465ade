import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Language } from '#calendar';
import type { CaseView } from '#cases';
import { caseSheet } from './case.sheet.ts';
import { EXIT, Exit, type Terminal } from './exit.ts';
import { fieldsOf, read, withTexts, type Fields } from './fields.ts';
import { euros, noteLines, type Action, type FieldSchema, type Reason } from './print.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';
import { nameOf } from './words.ts';

interface DoOptions extends PersonOptions {
  readonly data?: string;
  readonly file?: string;
  readonly version?: string;
  readonly key?: string;
}

const HELP = `
CASE is an id, a file number, or \`new\` for the event \`open\`. FIELD is name=value; where the event wants a text the value is
one (scope=1), elsewhere a value that is JSON is taken as JSON.

  ctl do new open programme=kim cycle=kim-2028 applicant=05315 --as editor-05315
  ctl do CASE saveForm --data @form.json --as editor-05315
  ctl do CASE attach --file concept.pdf --as editor-05315
  ctl do CASE accept --as officer1
  ctl do CASE placeHold reason=audit scope=1 --as officer1
  ctl do CASE issueNotice channel=post postedOn=2028-01-27 --as approver1

The version acted upon is the newest unless --version names the one you have seen. A repeated --key does nothing twice.`;

/** Adds `do`: one event, sent as its sender would through any other client. */
export function addDoCommand(program: Command, terminal: Terminal): void {
  forPerson(program.command('do <case> <event> [field...]').description('send an event to a case'))
    .option('--data <json>', 'the fields as JSON, or @FILE that holds it')
    .option('--file <path>', 'the document of `attach`')
    .option('--version <number>', 'the version you have seen', wholeNumber)
    .option('--key <key>', 'the Idempotency-Key (default: a new one)')
    .addHelpText('after', HELP)
    .action(async (caseId: string, event: string, fields: string[], _: object, command: Command) => {
      const options = command.optsWithGlobals<DoOptions>();
      const data = await fieldsOf(fields, options.data);
      const session = await Session.open(options, terminal);
      const key = options.key ?? randomUUID();
      const { answer, notes } = await send(session, { caseId, event, data, fields, options, key }).catch((error: unknown) => {
        if (error instanceof Exit && error.code === EXIT.notReachable) terminal.err({
          de: `Es kann trotzdem geschehen sein: Mit --key ${key} wiederholen, um es zu erfahren, ohne es zweimal zu tun`,
          en: `it may have been done all the same: repeat with --key ${key} to find out without doing it twice`,
        }[options.language]);
        throw error;
      });
      terminal.out(options.json ? JSON.stringify(answer, null, 2) : [words(answer, session), ...noteLines(notes, session.language)].join('\n'));
    });
}

const wholeNumber = (text: string): string => {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('a version is a whole number');
  return text;
};

/** What `saveForm` and `attach` answer. */
type Partly = Pick<CaseView, 'findings'> & { readonly lines: readonly { readonly line: string; readonly maximumCents: number }[]; readonly amountCents: number };
type Attached = { readonly name: string; readonly bytes: number; readonly sha256: string };

function words(answer: object, { language }: Session): string {
  if ('milestones' in answer) return caseSheet(answer as CaseView, language);
  if ('amountCents' in answer) return formSheet(answer as Partly, language);
  if (!('sha256' in answer)) return JSON.stringify(answer, null, 2);
  const { name, bytes, sha256 } = answer as Attached;
  return { de: `„${name}“ beigefügt: ${bytes} Byte, SHA-256 ${sha256}`, en: `attached “${name}”: ${bytes} bytes, SHA-256 ${sha256}` }[language];
}

const formSheet = ({ findings = [], lines, amountCents }: Partly, language: Language): string => [
  { de: `Antrag gespeichert: ${euros(amountCents, 'de')} beantragt`, en: `form saved: ${euros(amountCents, 'en')} requested` }[language],
  ...lines.map(({ line, maximumCents }) => `  ${nameOf('line', line, language)}  ${euros(maximumCents, language)}`),
  ...findings.map(({ path, code, text }) => `  ${path} ${code}: ${text[language]}`),
].join('\n');

/** What an event became, and what was said of it beforehand although nothing stood against it. */
interface Sent {
  readonly answer: object;
  readonly notes?: readonly Reason[];
}

async function send(session: Session, command: { caseId: string; event: string; data: Fields; fields: readonly string[]; options: DoOptions; key: string }): Promise<Sent> {
  const { caseId, event, data, fields, options, key } = command;
  const idempotent = { 'idempotency-key': key };
  if (caseId === 'new') {
    if (event !== 'open') throw new Exit(EXIT.usage, { de: `„new“ nimmt den Schritt „open“, nicht „${event}“`, en: `'new' takes the event 'open', not '${event}'` });
    return { answer: (await session.send<CaseView>({ method: 'POST', path: '/cases', headers: idempotent, body: withTexts(data, fields, () => true) })).body };
  }
  const id = await session.idOf(caseId);
  const etag = options.version === undefined ? (await session.send<CaseView>({ path: `/cases/${id}` })).etag : `"${options.version}"`;
  const headers = { ...idempotent, ...(etag === null ? {} : { 'if-match': etag }) };
  if (event === 'saveForm') return { answer: (await session.send<object>({ method: 'PUT', path: `/cases/${id}/form`, headers, body: data })).body };
  if (event === 'attach') return { answer: (await session.send<object>({ method: 'POST', path: `/cases/${id}/documents`, headers, body: await documentOf(options.file) })).body };
  const { items } = (await session.send<{ readonly items: readonly Action[] }>({ path: `/cases/${id}/actions` })).body;
  const hint = items.find((action) => action.event === event);
  const { body } = await session.send<CaseView>({ method: 'POST', path: `/cases/${id}/actions/${encodeURIComponent(event)}`, headers, body: asWanted(hint, data, fields) });
  return { answer: body, ...(hint?.notes && { notes: hint.notes }) };
}

/** The fields as the event wants them. Of one that is not possible now nothing is told; it is refused whatever they are. */
function asWanted(hint: Action | undefined, data: Fields, fields: readonly string[]): Fields {
  const wanted = hint?.fields.properties ?? {};
  return withTexts(data, fields, (field) => Object.hasOwn(wanted, field) && takesText(wanted[field]));
}

const takesText = ({ type, anyOf = [] }: FieldSchema = {}): boolean => [type].flat().includes('string') || anyOf.some(takesText);

async function documentOf(path: string | undefined): Promise<FormData> {
  if (path === undefined) throw new Exit(EXIT.usage, { de: 'attach braucht --file PFAD', en: 'attach needs --file PATH' });
  const form = new FormData();
  form.set('kind', 'concept');
  form.set('file', new Blob([new Uint8Array(await read(path))], { type: 'application/pdf' }), basename(path));
  return form;
}
