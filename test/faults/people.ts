import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { dayOf } from '#calendar';
import type { CaseView } from '#cases';
import type { Instant, Json } from '#kernel';
import { formFor } from './form.ts';

/** An answer of the API, with whether it is the repetition of an earlier one. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly replayed: boolean;
}

/** A request as it can be sent again: the same key, the same version. */
export interface Letter {
  readonly account: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: Json | FormData;
  readonly headers?: { readonly [name: string]: string };
}

/** How long people keep trying before they call for help. */
const PATIENCE_MS = 60_000;
const AGAIN_MS = 50;

const CONCEPT = new TextEncoder().encode(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

/**
 * What people of municipalities and of the agency do over HTTP while processes die around them: a request without an
 * answer, or answered 503, is sent again under the same key until it is answered.
 */
export class People {
  /** Requests that had to be sent again: those whose connection broke, and how many were told to come again. */
  readonly setbacks = { unanswered: [] as string[], unavailable: 0 };
  readonly #tokens = new Map<string, string>();

  constructor(private readonly url: string, private readonly cycle: string) {}

  /** One request, once; rejects when the connection breaks. Whoever gets no token is told so instead. */
  async try({ account, method, path, body, headers = {} }: Letter): Promise<Answer> {
    const token = this.#tokens.get(account) ?? await this.#askToken(account);
    if (typeof token !== 'string') return token;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`, ...headers,
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return answerOf(response);
  }

  /** One request, until it is answered. */
  async ask(letter: Letter): Promise<Answer> {
    for (const until = performance.now() + PATIENCE_MS; ; await pause(AGAIN_MS)) {
      const answer = await this.try(letter).catch((error: Error) => {
        if (performance.now() > until) throw new Error(`${letter.method} ${letter.path} is never answered`, { cause: error });
        this.setbacks.unanswered.push(error.message);
        return null;
      });
      // A key is in flight as long as the transaction of the request that lost its connection.
      const later = answer === null || answer.status === 503 || (answer.body as { code?: string }).code === 'keyInFlight';
      if (!later) return answer;
      if (answer !== null) this.setbacks.unavailable += 1;
      if (performance.now() > until) throw new Error(`${letter.method} ${letter.path} stays unavailable`);
    }
  }

  async read(id: string): Promise<CaseView> {
    return this.#demand<CaseView>({ account: 'auditor1', method: 'GET', path: `/cases/${id}` });
  }

  /** A request for an event that can be sent as often as wanted. */
  async draw(account: string, id: string, event: string, body: Json = {}): Promise<Letter> {
    const { version } = await this.read(id);
    return {
      account, method: 'POST', path: `/cases/${id}/actions/${event}`, body,
      headers: { 'if-match': `"${version}"`, 'idempotency-key': randomUUID() },
    };
  }

  /** Sends an event that must be taken. */
  async act(account: string, id: string, event: string, body: Json = {}): Promise<CaseView> {
    return this.#demand<CaseView>(await this.draw(account, id, event, body));
  }

  /** An application on its way from the first draft to a grant that nobody appeals; its instalments are planned. */
  async granted(applicant: string): Promise<CaseView> {
    const [editor, signatory, { cycle }] = [`editor-${applicant}`, `signatory-${applicant}`, this];
    const { id } = await this.#demand<CaseView>({
      account: editor, method: 'POST', path: '/cases', body: { programme: 'kim', cycle, applicant }, headers: { 'idempotency-key': randomUUID() },
    });
    await this.#demand({ account: editor, method: 'PUT', path: `/cases/${id}/form`, body: formFor(cycle), headers: { 'if-match': '"1"', 'idempotency-key': randomUUID() } });
    const upload = new FormData();
    upload.append('kind', 'concept');
    upload.append('file', new Blob([CONCEPT], { type: 'application/pdf' }), 'konzept.pdf');
    await this.#demand({ account: editor, method: 'POST', path: `/cases/${id}/documents`, body: upload, headers: { 'idempotency-key': randomUUID() } });
    await this.act(editor, id, 'requestSignature');
    await this.act(signatory, id, 'sign');
    const { lines } = await this.act('officer1', id, 'accept');
    await this.act('officer1', id, 'recommend', { lines: lines.map(({ line }) => ({ line, decision: 'approve' })) });
    await this.act('approver1', id, 'countersign');
    await this.act('officer2', id, 'draftNotice');
    await this.act('approver1', id, 'issueNotice', { channel: 'electronic', postedOn: dayOf(await this.now()) });
    return this.act(signatory, id, 'waive');
  }

  async certify(id: string): Promise<CaseView> {
    return this.act('certifier1', id, 'certify', { factual: true, arithmetic: true });
  }

  async confirmSettled(id: string): Promise<CaseView> {
    return this.act('certifier1', id, 'confirmSettled', { valueDate: dayOf(await this.now()), reference: 'Kontoauszug' });
  }

  async now(): Promise<Instant> {
    return (await this.#demand<{ now: Instant }>({ account: 'admin1', method: 'GET', path: '/demo/clock' })).now;
  }

  async #demand<T = unknown>(letter: Letter): Promise<T> {
    const { status, body } = await this.ask(letter);
    if (status >= 300) throw new Error(`${letter.method} ${letter.path} by ${letter.account}: ${status} ${JSON.stringify(body)}`);
    return body as T;
  }

  async #askToken(account: string): Promise<string | Answer> {
    const response = await fetch(`${this.url}/demo/tokens`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ account }) });
    const answer = await answerOf(response);
    if (answer.status !== 201) return answer;
    const { token } = answer.body as { token: string };
    this.#tokens.set(account, token);
    return token;
  }
}

async function answerOf(response: Response): Promise<Answer> {
  if (response.status === 503 && !response.headers.has('retry-after')) throw new Error('503 without Retry-After');
  return { status: response.status, body: await response.json(), replayed: response.headers.get('idempotency-replayed') === 'true' };
}
