import { expect } from '@jest/globals';
import type { Response } from 'supertest';
import type { CaseView } from '#cases';
import type { Desk } from './desk.ts';

/** A small PDF: the concept. */
export const CONCEPT = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

/** A form without findings, but for the concept. */
export const formFor = (year: number) => ({
  integrationCentre: true, foreignersAuthority: true, naturalizationAuthority: true,
  posts: [{ id: 'p1', kind: 'coordination', fteThousandths: 1000, from: `${year}-01-01`, to: `${year}-12-31`, place: 'Rathaus', additional: true }],
  workplaces: 1, eventsCents: 100_000, interfacesCents: 0,
  payee: { iban: 'DE02 1203 0000 0000 2020 51', holder: 'Stadtkasse' },
  declarations: { noDoubleFunding: true, statePlan: true },
});

/** What people of a municipality and of the agency do over HTTP, each with a key and version of their own. */
export class Counter {
  private count = 0;

  constructor(private readonly desk: Pick<Desk, 'ask' | 'cycle'>) {}

  get year(): number {
    return Number(this.desk.cycle.split('-')[1]);
  }

  /** A new idempotency key. */
  key(): string {
    this.count += 1;
    return `key-${this.count}`;
  }

  async open(applicant = '05315'): Promise<CaseView> {
    const answer = await this.desk.ask(`editor-${applicant}`, 'post', 'cases').set('Idempotency-Key', this.key())
      .send({ programme: 'kim', cycle: this.desk.cycle, applicant });
    expect([answer.status, answer.body.code]).toEqual([201, undefined]);
    return answer.body as CaseView;
  }

  async read(id: string): Promise<CaseView> {
    return (await this.desk.ask('auditor1', 'get', `cases/${id}`)).body as CaseView;
  }

  /** Sends an event against the newest version. */
  async send(account: string, id: string, event: string, body: object = {}): Promise<Response> {
    const { version } = await this.read(id);
    return this.desk.ask(account, 'post', `cases/${id}/actions/${event}`).set('If-Match', `"${version}"`).set('Idempotency-Key', this.key()).send(body);
  }

  /** Sends events that must succeed. */
  async done(account: string, id: string, event: string, body: object = {}): Promise<CaseView> {
    const answer = await this.send(account, id, event, body);
    expect([event, answer.status, answer.body.code]).toEqual([event, 200, undefined]);
    return answer.body as CaseView;
  }

  async saveForm(id: string, form: object, applicant = '05315'): Promise<Response> {
    const { version } = await this.read(id);
    return this.desk.ask(`editor-${applicant}`, 'put', `cases/${id}/form`).set('If-Match', `"${version}"`).send(form);
  }

  async attach(id: string, content = CONCEPT, name = 'Konzept Köln.pdf', applicant = '05315'): Promise<Response> {
    return this.desk.ask(`editor-${applicant}`, 'post', `cases/${id}/documents`).field('kind', 'concept').attach('file', content, { filename: name, contentType: 'application/pdf' });
  }

  /** A case with a complete form and a concept, signed. */
  async submitted(applicant = '05315'): Promise<CaseView> {
    const { id } = await this.open(applicant);
    expect((await this.saveForm(id, formFor(this.year), applicant)).status).toBe(200);
    expect((await this.attach(id, CONCEPT, 'Konzept.pdf', applicant)).status).toBe(201);
    await this.done(`editor-${applicant}`, id, 'requestSignature');
    return this.done(`signatory-${applicant}`, id, 'sign');
  }

  /** A submitted case that an officer has recommended in full. */
  async recommended(applicant = '05315', officer = 'officer1'): Promise<CaseView> {
    const { id } = await this.submitted(applicant);
    const { lines } = await this.done(officer, id, 'accept');
    return this.done(officer, id, 'recommend', { lines: lines.map(({ line }) => ({ line, decision: 'approve' })) });
  }
}
