import { randomUUID } from 'node:crypto';
import type { CaseView, Page } from '#cases';
import type { Instant, Json } from '#kernel';

/** A refusal that the demo met, as the API worded it. */
export interface Met {
  readonly code: string;
  readonly title: string;
}

type Method = 'GET' | 'POST' | 'PUT';

/** The demo's people: they know nothing but the public API, one token each. */
export class DemoClient {
  readonly refusals: Met[] = [];
  private readonly tokens = new Map<string, string>();
  private readonly versions = new Map<string, string>();

  constructor(private readonly base: string) {}

  /** Moves legal time; answered when everything due up to then has happened. */
  async moveClock(now: Instant): Promise<void> {
    await this.expect('admin1', 'PUT', '/demo/clock', { now });
  }

  async open(account: string, applicant: string, cycle: string): Promise<CaseView> {
    return this.expect(account, 'POST', '/cases', { programme: 'kim', cycle, applicant });
  }

  async saveForm(account: string, id: string, form: Json): Promise<void> {
    await this.expect(account, 'PUT', `/cases/${id}/form`, form, id);
  }

  async attach(account: string, id: string, pdf: Uint8Array<ArrayBuffer>): Promise<void> {
    const body = new FormData();
    body.append('kind', 'concept');
    body.append('file', new Blob([pdf], { type: 'application/pdf' }), 'konzept.pdf');
    await this.expect(account, 'POST', `/cases/${id}/documents`, body, id);
  }

  /** Uploads a bank's file as it came. */
  upload<T>(account: string, path: string, file: Blob): Promise<T> {
    const body = new FormData();
    body.append('file', file, 'bank.xml');
    return this.expect(account, 'POST', path, body);
  }

  /** A file as it lies there. */
  async download(account: string, path: string): Promise<string> {
    const response = await this.send(account, 'GET', path);
    const text = await response.text();
    if (!response.ok) throw new Error(`GET ${path} by ${account}: ${response.status} ${text}`);
    return text;
  }

  get<T>(account: string, path: string): Promise<T> {
    return this.expect(account, 'GET', path);
  }

  /** Orders what is no event of one case. */
  post<T>(account: string, path: string, body?: Json): Promise<T> {
    return this.expect(account, 'POST', path, body);
  }

  /** Sends an event that must be taken. */
  async act(account: string, id: string, event: string, data: Json = {}): Promise<CaseView> {
    return this.expect(account, 'POST', `/cases/${id}/actions/${event}`, data, id);
  }

  /** Sends an event that must be refused, and notes why. */
  async tryInVain(account: string, id: string, event: string, data: Json = {}): Promise<void> {
    const response = await this.send(account, 'POST', `/cases/${id}/actions/${event}`, data, id);
    if (response.ok) throw new Error(`${event} by ${account} was expected to be refused`);
    const { code, title } = await response.json() as Met;
    this.refusals.push({ code, title });
  }

  read(account: string, id: string): Promise<CaseView> {
    return this.get(account, `/cases/${id}`);
  }

  /** Every item of a list, page by page. */
  async all<T>(account: string, path: string): Promise<readonly T[]> {
    const items: T[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page<T> = await this.expect(account, 'GET', `${path}${path.includes('?') ? '&' : '?'}limit=200${cursor && `&cursor=${cursor}`}`);
      items.push(...page.items);
      cursor = page.next;
    }
    return items;
  }

  private async expect<T>(account: string, method: Method, path: string, body?: Json | FormData, caseId?: string): Promise<T> {
    const response = await this.send(account, method, path, body, caseId);
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path} by ${account}: ${response.status} ${JSON.stringify(answer)}`);
    return answer as T;
  }

  /** Sends a request; where it changes a case, with the version last seen, and once more if someone else was faster. */
  private async send(account: string, method: Method, path: string, body?: Json | FormData, caseId?: string): Promise<Response> {
    const attempt = async () => this.request(account, method, path, body, caseId);
    const first = await attempt();
    if (first.status !== 412 || !caseId) return first;
    this.versions.delete(caseId);
    return attempt();
  }

  private async request(account: string, method: Method, path: string, body?: Json | FormData, caseId?: string): Promise<Response> {
    const headers: Record<string, string> = { authorization: `Bearer ${await this.tokenOf(account)}` };
    if (method === 'POST') headers['idempotency-key'] = randomUUID();
    if (caseId) headers['if-match'] = await this.versionOf(account, caseId);
    if (body !== undefined && !(body instanceof FormData)) headers['content-type'] = 'application/json';
    const payload = body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) };
    const response = await fetch(`${this.base}${path}`, { method, headers, ...payload });
    const etag = response.headers.get('etag');
    if (caseId && response.ok && etag) this.versions.set(caseId, etag);
    else if (caseId && response.ok) this.versions.delete(caseId);
    return response;
  }

  private async versionOf(account: string, caseId: string): Promise<string> {
    const known = this.versions.get(caseId);
    if (known) return known;
    const response = await fetch(`${this.base}/cases/${caseId}`, { headers: { authorization: `Bearer ${await this.tokenOf(account)}` } });
    const etag = response.headers.get('etag');
    if (!response.ok || !etag) throw new Error(`GET ${caseId} by ${account}: ${response.status}`);
    this.versions.set(caseId, etag);
    return etag;
  }

  private async tokenOf(account: string): Promise<string> {
    const known = this.tokens.get(account);
    if (known) return known;
    const response = await fetch(`${this.base}/demo/tokens`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ account }),
    });
    const { token } = await response.json() as { token: string };
    this.tokens.set(account, token);
    return token;
  }
}
