import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { CaseView } from '#cases';
import { EXIT, Exit, type Terminal } from './exit.ts';
import { doubtful, fieldsOf, read, withTexts, type Fields } from './fields.ts';
import { caseSheet, type Action, type FieldSchema } from './print.ts';
import { forPerson, type PersonOptions, Session } from './session.ts';

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
      const answer = await send(session, { caseId, event, data, fields, options, key }).catch((error: unknown) => {
        if (error instanceof Exit && error.code === EXIT.notReachable) terminal.err(`it may have been done all the same: repeat with --key ${key} to find out without doing it twice`);
        throw error;
      });
      terminal.out(options.json ? JSON.stringify(answer, null, 2) : words(answer, session));
    });
}

const wholeNumber = (text: string): string => {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('a version is a whole number');
  return text;
};

const words = (answer: object, session: Session): string => ('milestones' in answer ? caseSheet(answer as CaseView, session.language) : JSON.stringify(answer, null, 2));

async function send(session: Session, command: { caseId: string; event: string; data: Fields; fields: readonly string[]; options: DoOptions; key: string }): Promise<object> {
  const { caseId, event, data, fields, options, key } = command;
  const idempotent = { 'idempotency-key': key };
  if (caseId === 'new') {
    if (event !== 'open') throw new Exit(EXIT.usage, `'new' takes the event 'open', not '${event}'`);
    return (await session.send<CaseView>({ method: 'POST', path: '/cases', headers: idempotent, body: withTexts(data, fields, () => true) })).body;
  }
  const id = await session.idOf(caseId);
  const etag = options.version === undefined ? (await session.send<CaseView>({ path: `/cases/${id}` })).etag : `"${options.version}"`;
  const headers = { ...idempotent, ...(etag === null ? {} : { 'if-match': etag }) };
  if (event === 'saveForm') return (await session.send<object>({ method: 'PUT', path: `/cases/${id}/form`, headers, body: data })).body;
  if (event === 'attach') return (await session.send<object>({ method: 'POST', path: `/cases/${id}/documents`, headers, body: await documentOf(options.file) })).body;
  return (await session.send<CaseView>({ method: 'POST', path: `/cases/${id}/actions/${encodeURIComponent(event)}`, headers, body: await asWanted(session, `/cases/${id}/actions`, { event, data, fields }) })).body;
}

/** The fields as the event wants them. Of one that is not possible now nothing is told; it is refused whatever they are. */
async function asWanted(session: Session, path: string, { event, data, fields }: { readonly event: string; readonly data: Fields; readonly fields: readonly string[] }): Promise<Fields> {
  if (doubtful(fields).length === 0) return data;
  const { body } = await session.send<{ readonly items: readonly Action[] }>({ path });
  const wanted = body.items.find((action) => action.event === event)?.fields.properties ?? {};
  return withTexts(data, fields, (field) => Object.hasOwn(wanted, field) && takesText(wanted[field]));
}

const takesText = ({ type, anyOf = [] }: FieldSchema = {}): boolean => [type].flat().includes('string') || anyOf.some(takesText);

async function documentOf(path: string | undefined): Promise<FormData> {
  if (path === undefined) throw new Exit(EXIT.usage, 'attach needs --file PATH');
  const form = new FormData();
  form.set('kind', 'concept');
  form.set('file', new Blob([new Uint8Array(await read(path))], { type: 'application/pdf' }), basename(path));
  return form;
}
