import type { Language } from '#calendar';
import { EXIT, Exit } from './exit.ts';
import { reasonLine, type Reason } from './print.ts';

/** A request to the public API. */
export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`, with its query. */
  readonly path: string;
  readonly token?: string;
  readonly headers?: { readonly [name: string]: string };
  /** Sent as JSON, or as it is when it is a form with a file. */
  readonly body?: object;
}

/** An answer below 400. */
export interface ApiAnswer<T> {
  readonly body: T;
  readonly etag: string | null;
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly reasons?: readonly Reason[];
  readonly changed?: readonly { readonly path: string; readonly from: unknown; readonly to: unknown }[];
  readonly errors?: readonly { readonly path: string; readonly code: string; readonly text: Readonly<Record<Language, string>> }[];
}

/** The time machine answers once a whole year has happened. */
const PATIENCE_MS = 600_000;

/** Talks to an API as any other client does. Every refusal becomes an exit that says why. */
export class ApiClient {
  constructor(private readonly base: string, readonly language: Language) {}

  /**
   * @throws Exit refused (with the problem as details) for 4xx, notReachable when nobody answers or the service is away
   */
  async send<T>(request: ApiRequest): Promise<ApiAnswer<T>> {
    const answer = await this.#ask(request);
    const text = await answer.text();
    return { body: (isJson(answer) && text !== '' ? JSON.parse(text) : text) as T, etag: answer.headers.get('etag') };
  }

  /**
   * The bytes of a file, exactly as they came.
   * @throws Exit as `send` does, and notReachable when the file breaks off
   */
  async download(request: ApiRequest): Promise<Uint8Array> {
    const answer = await this.#ask(request);
    return new Uint8Array(await answer.arrayBuffer().catch((error: unknown) => {
      throw new Exit(EXIT.notReachable, { de: `Die Datei brach ab (${reasonOf(error)}): bitte noch einmal`, en: `the file broke off (${reasonOf(error)}): ask again` });
    }));
  }

  async #ask({ method = 'GET', path, token, headers, body }: ApiRequest): Promise<Response> {
    const form = body instanceof FormData;
    const answer = await fetch(new URL(`/api/v1${path}`, this.base), {
      method,
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        'accept-language': this.language,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new Exit(EXIT.notReachable, {
        de: `Unter ${this.base} antwortet niemand (${reasonOf(error)}): Läuft das System? \`npm start\` startet es, --api sagt, wo es ist`,
        en: `nobody answers at ${this.base} (${reasonOf(error)}): is it running? \`npm start\` runs it, --api says where it is`,
      });
    });
    if (!answer.ok) throw this.#refusal(answer.status, isJson(answer) ? await answer.json() as Problem : {});
    return answer;
  }

  #refusal(status: number, problem: Problem): Exit {
    const { reasons = [] } = problem;
    const lines = [
      // The detail of a refusal with reasons is the first of them.
      `${problem.code ?? status}: ${problem.title ?? { de: 'Der Server sagte nicht, warum', en: 'the server did not say why' }[this.language]}. ${reasons.length === 0 ? problem.detail ?? '' : ''}`.trim(),
      ...reasons.map((reason) => `  ${reasonLine(reason, this.language)}`),
      ...(problem.changed ?? []).map(({ path, from, to }) => `  ${path}: ${JSON.stringify(from)} → ${JSON.stringify(to)}`),
      ...(problem.errors ?? []).map(({ path, code, text }) => `  ${path} ${code}: ${text[this.language]}`),
    ];
    return new Exit(status >= 500 ? EXIT.notReachable : EXIT.refused, lines.join('\n'), problem);
  }
}

const isJson = ({ headers }: Response): boolean => /json/.test(headers.get('content-type') ?? '');

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? (cause as NodeJS.ErrnoException).code ?? cause.message : String(cause);
};
