import type { Command } from 'commander';
import type { Language } from '#calendar';
import { readConfig } from '#apps/installation';
import { ApiClient, type ApiAnswer, type ApiRequest } from './api.client.ts';
import { EXIT, Exit, type Terminal } from './exit.ts';

/** The options that every command of a person has. */
export interface PersonOptions {
  readonly as?: string;
  readonly token?: string;
  readonly api?: string;
  readonly language: Language;
  readonly json?: true;
}

/** Adds the options of a person's command: who acts, and where the API is. */
export const forPerson = (command: Command): Command => command
  .option('--as <account>', 'whose command this is; in a demo the token comes by itself')
  .option('--token <token>', 'a bearer token, as `ctl token ACCOUNT` prints it; needed in production')
  .option('--api <url>', 'where the API is (default: HOST and PORT of the environment)');

/** The API's address: where this machine's environment would start it. */
function apiOf({ api }: PersonOptions, { environment }: Terminal): string {
  if (api !== undefined) return api;
  const { host, port } = readConfig(environment);
  return `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** One person at the API. */
export class Session {
  private constructor(private readonly client: ApiClient, private readonly token: string) {}

  get language(): Language {
    return this.client.language;
  }

  /** Signs in with the token given, or in a demo with a token made for the account. */
  static async open(options: PersonOptions, terminal: Terminal): Promise<Session> {
    const client = new ApiClient(apiOf(options, terminal), options.language);
    if (options.token !== undefined) return new Session(client, options.token);
    if (options.as === undefined) throw new Exit(EXIT.usage, 'say who acts: --as ACCOUNT, or --token TOKEN');
    const { body } = await client.send<{ token: string }>({ method: 'POST', path: '/demo/tokens', body: { account: options.as } }).catch(explainNoDemo);
    return new Session(client, body.token);
  }

  send<T>(request: Omit<ApiRequest, 'token'>): Promise<ApiAnswer<T>> {
    return this.client.send<T>({ ...request, token: this.token });
  }

  /** The bytes of a file. */
  download(request: Omit<ApiRequest, 'token'>): Promise<Uint8Array> {
    return this.client.download({ ...request, token: this.token });
  }

  /** A case's id: itself, or that of the application or payment run with this file number. */
  async idOf(caseOrFileNumber: string): Promise<string> {
    const [, mark] = /^[A-Z]+-\d{4}-(Z?)\d+$/.exec(caseOrFileNumber) ?? [];
    if (mark === undefined) return encodeURIComponent(caseOrFileNumber);
    const machine = mark === 'Z' ? 'paymentRun' : 'application';
    const { body } = await this.send<{ items: { id: string; fileNumber: string }[] }>({ path: `/cases?machine=${machine}&q=${caseOrFileNumber}` });
    const found = body.items.find(({ fileNumber }) => fileNumber === caseOrFileNumber);
    if (found === undefined) throw new Exit(EXIT.refused, `notFound: no case has the file number ${caseOrFileNumber}`);
    return found.id;
  }
}

function explainNoDemo(error: unknown): never {
  if (error instanceof Exit && (error.details as { code?: string } | undefined)?.code === 'notFound') {
    throw new Exit(EXIT.refused, 'this installation is no demo, where a token comes by itself: pass --token "$(npm run -s ctl -- token ACCOUNT)", made beside its database');
  }
  throw error;
}
