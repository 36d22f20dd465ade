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

/** `KIM-2028-0001`, in capitals or not, with `/1` or `/P1` for a case within its family, and `KIM-2028-Z0001` for a payment run. */
const FILE_NUMBER = /^[A-Z]+-\d{4}-[A-Z]?\d+(?:\/[A-Z]?\d+)?$/i;

const NO_NUMBER = { de: 'Kein Vorgang, den Sie sehen dürfen, hat das Aktenzeichen', en: 'no case that you may see has the file number' } as const;

interface Numbered {
  readonly items: readonly { readonly id: string; readonly fileNumber: string }[];
  readonly next: string | null;
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
    if (options.as === undefined) throw new Exit(EXIT.usage, { de: 'Wer handelt? --as KONTO, oder --token TOKEN', en: 'say who acts: --as ACCOUNT, or --token TOKEN' });
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

  /** A case's id: itself, or that of the case with this file number, whether application, instalment, payee or payment run. */
  async idOf(caseOrFileNumber: string): Promise<string> {
    if (!FILE_NUMBER.test(caseOrFileNumber)) return encodeURIComponent(caseOrFileNumber);
    const wanted = caseOrFileNumber.toUpperCase();
    // What is asked for is looked for anywhere in a file number: the family of an application answers to its number, too.
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = new URLSearchParams({ q: wanted, limit: '200', ...(cursor && { cursor }) });
      const { body }: { body: Numbered } = await this.send<Numbered>({ path: `/cases?${query.toString()}` });
      const found = body.items.find(({ fileNumber }) => fileNumber === wanted);
      if (found !== undefined) return found.id;
      cursor = body.next;
    }
    throw new Exit(EXIT.refused, `notFound: ${NO_NUMBER[this.language]} ${caseOrFileNumber}`);
  }
}

function explainNoDemo(error: unknown): never {
  if (error instanceof Exit && (error.details as { code?: string } | undefined)?.code === 'notFound') {
    const command = '--token "$(npm run -s ctl -- token ACCOUNT)"';
    throw new Exit(EXIT.refused, {
      de: `Dies ist keine Demo, in der ein Token von selbst kommt: ${command} angeben, erstellt neben der Datenbank`,
      en: `this installation is no demo, where a token comes by itself: pass ${command}, made beside its database`,
    });
  }
  throw error;
}
