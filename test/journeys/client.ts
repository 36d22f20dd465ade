import { randomUUID } from 'node:crypto';
import type { CaseView, TimelineItem } from '#cases';
import type { Day, Instant, Json, Text } from '#kernel';

/** One reason of a refusal or a hint, as the wire has it. */
export interface WireReason {
  readonly code: string;
  readonly text: Text;
  readonly remedy: Text;
  readonly who?: readonly { readonly account: string; readonly name: string; readonly role: string }[];
  readonly from?: Instant;
}

/** What a person may do next, as the wire has it. */
export interface Hint {
  readonly event: string;
  readonly label: Text;
  readonly allowed: boolean;
  readonly reasons: readonly WireReason[];
  readonly fields: Json;
}

/** A refusal with its status. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly reasons?: readonly WireReason[];
  readonly errors?: readonly { readonly path: string; readonly code: string }[];
  readonly current?: number;
}

/** A letter in the demo's inbox. */
export interface Letter {
  readonly case: string;
  readonly kind: string;
  readonly to: string;
  readonly language: 'de' | 'en';
  readonly subject: string;
  readonly text: string;
  readonly sentAt: Instant;
}

/** A saved form, as its route answers. */
export interface SavedForm {
  readonly findings: readonly { readonly code: string; readonly path: string; readonly actual: Json; readonly required: Json; readonly text: Text }[];
  readonly lines: readonly { readonly line: string; readonly maximumCents: number }[];
  readonly amountCents: number;
}

/** A cycle as the public list shows it; what the journeys read of it. */
export interface Round {
  readonly id: string;
  readonly opensAt: Instant;
  readonly cutOffAt: Instant;
  readonly lateClaimsUntil: Instant;
  readonly payDates: readonly Day[];
}

/** An answer, whatever it is. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

interface Message {
  readonly body?: Json | FormData;
  readonly headers?: Readonly<Record<string, string>>;
}

/** People who know nothing but the public API: a token each, and every command with a key and a version of its own. */
export class Client {
  readonly #tokens = new Map<string, string>();

  constructor(readonly base: string) {}

  /** A request in the name of an account; JSON is parsed, anything else is text. */
  async ask<T>(account: string, method: 'GET' | 'POST' | 'PUT', path: string, { body, headers = {} }: Message = {}): Promise<Answer<T>> {
    const json: Record<string, string> = body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' };
    const payload = body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) };
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method, headers: { authorization: `Bearer ${await this.#tokenOf(account)}`, ...json, ...headers }, ...payload,
    });
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, body: (isJson ? await response.json() : await response.text()) as T, headers: response.headers };
  }

  /** What an answer carries when all is well; the test fails when it is not. */
  async get<T>(account: string, path: string): Promise<T> {
    return must(`${account} GET ${path}`, await this.ask<T>(account, 'GET', path));
  }

  /** An answer as it came over the wire: for files. */
  async raw(account: string, path: string): Promise<Response> {
    return fetch(`${this.base}/api/v1${path}`, { headers: { authorization: `Bearer ${await this.#tokenOf(account)}` } });
  }

  /** Opens an application in the name of its editor. */
  async open(applicant: string, cycle: string): Promise<CaseView> {
    return must(`open ${applicant}`, await this.tryOpen(`editor-${applicant}`, { programme: 'kim', cycle, applicant }));
  }

  tryOpen(account: string, body: Json): Promise<Answer<CaseView>> {
    return this.ask(account, 'POST', '/cases', { body, headers: { 'idempotency-key': randomUUID() } });
  }

  read(id: string, { at, as = 'auditor1' }: { readonly at?: Instant; readonly as?: string } = {}): Promise<CaseView> {
    return this.get(as, `/cases/${id}${at === undefined ? '' : `?at=${at}`}`);
  }

  /** Sends an event against the version that its sender has seen. */
  send(account: string, { id, version }: Pick<CaseView, 'id' | 'version'>, event: string, body: Json): Promise<Answer<CaseView>> {
    return this.ask(account, 'POST', `/cases/${id}/actions/${event}`, { body, headers: { 'if-match': `"${version}"`, 'idempotency-key': randomUUID() } });
  }

  async saveForm(account: string, id: string, form: Json): Promise<Answer<SavedForm>> {
    const { version } = await this.read(id);
    return this.ask(account, 'PUT', `/cases/${id}/form`, { body: form, headers: { 'if-match': `"${version}"` } });
  }

  attach(account: string, id: string, content: Uint8Array<ArrayBuffer>, name = 'Konzept.pdf'): Promise<Answer<{ readonly id: string; readonly sha256: string }>> {
    const body = new FormData();
    body.append('kind', 'concept');
    body.append('file', new Blob([content], { type: 'application/pdf' }), name);
    return this.ask(account, 'POST', `/cases/${id}/documents`, { body });
  }

  async actions(account: string, id: string): Promise<readonly Hint[]> {
    return (await this.get<{ items: readonly Hint[] }>(account, `/cases/${id}/actions`)).items;
  }

  async timeline(id: string): Promise<readonly TimelineItem[]> {
    return (await this.get<{ items: readonly TimelineItem[] }>('auditor1', `/cases/${id}/timeline`)).items;
  }

  /** Everything in the inbox that the filters let through, in the order of sending. */
  async inbox(filter: { readonly to?: string; readonly case?: string }): Promise<readonly Letter[]> {
    const query = new URLSearchParams({ ...filter, limit: '200' });
    return (await this.get<{ items: readonly Letter[] }>('auditor1', `/inbox?${query.toString()}`)).items.toReversed();
  }

  async now(): Promise<Instant> {
    return (await this.get<{ now: Instant }>('auditor1', '/demo/clock')).now;
  }

  /** Moves legal time; answered when everything due up to then has happened. */
  async moveClock(now: Instant): Promise<Instant> {
    return must(`clock ${now}`, await this.ask<{ now: Instant }>('admin1', 'PUT', '/demo/clock', { body: { now } })).now;
  }

  async #tokenOf(account: string): Promise<string> {
    const known = this.#tokens.get(account);
    if (known !== undefined) return known;
    const response = await fetch(`${this.base}/api/v1/demo/tokens`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ account }),
    });
    const { token } = await response.json() as { token: string };
    this.#tokens.set(account, token);
    return token;
  }
}

/** The body of an answer that has to be a success. */
export function must<T>(what: string, { status, body }: Answer<T>): T {
  if (status < 200 || status > 299) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** The body of an answer that has to be a refusal, with its status. */
export function problem(what: string, { status, body }: Answer<unknown>): Problem {
  if (status < 400 || status > 499) throw new Error(`${what} was to be refused: ${status} ${JSON.stringify(body)}`);
  return { ...(body as Problem), status };
}
