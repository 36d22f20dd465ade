import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { actions, casePage, caseView, cycles, document, formAnswer, matches, programmes, timeline } from '#apps/api';
import type { CaseView } from '#cases';
import { CONCEPT, Counter, formFor } from './applicant.ts';
import { usingDesk } from './desk.ts';

const desk = usingDesk();
const counter = new Counter(desk);

const findings = (schema: z.ZodType, value: unknown): unknown => schema.safeParse(value).error?.issues;

describe('without an account', () => {
  test('programmes and cycles say what there is, until when, and why', async () => {
    const known = await desk.ask(null, 'get', 'programmes');
    expect([findings(programmes, known.body), known.body.items[0].id]).toEqual([undefined, 'kim']);
    const rounds = await desk.ask(null, 'get', 'cycles');
    expect([findings(cycles, rounds.body), rounds.body.items[0].id]).toEqual([undefined, desk.cycle]);
    expect(rounds.body.items[0].because.cutOffAt.de.length).toBeGreaterThan(10);
  });

  test('the match check answers fits, does not fit or unknown, with an amount only for posts', async () => {
    const city = { kind: 'city', integrationCentre: true, foreignersAuthority: true, naturalizationAuthority: null, youthWelfareOffice: null, integrationCouncil: null };
    const fits = await desk.ask(null, 'post', 'match').send(city);
    expect([fits.status, findings(matches, fits.body)]).toEqual([200, undefined]);
    expect(fits.body.items[0]).toMatchObject({ programme: 'kim', cycle: desk.cycle, verdict: 'fits', applyThrough: 'self', maximumCents: null });
    const posts = await desk.ask(null, 'post', 'match').send({ ...city, posts: formFor(counter.year).posts });
    expect(posts.body.items[0].maximumCents).toBeGreaterThanOrEqual(5_700_000);
    expect((await desk.ask(null, 'post', 'match').send({ ...city, integrationCentre: false })).body.items[0].verdict).toBe('doesNotFit');
    const wrong = await desk.ask(null, 'post', 'match').send({ ...city, kind: 'village', extra: 1 });
    expect([wrong.status, wrong.body.errors.map(({ path }: { path: string }) => path).toSorted()]).toEqual([422, ['/extra', '/kind']]);
  });
});

describe('a case', () => {
  let opened: CaseView;

  test('is opened with Location and ETag', async () => {
    const answer = await desk.ask('editor-05315', 'post', 'cases').set('Idempotency-Key', counter.key()).send({ programme: 'kim', cycle: desk.cycle, applicant: '05315' });
    opened = answer.body as CaseView;
    expect([answer.status, answer.headers['location'], answer.headers['etag'], findings(caseView, answer.body)])
      .toEqual([201, `/api/v1/cases/${opened.id}`, '"1"', undefined]);
    expect(opened.milestones.map(({ name }) => name)).toEqual(['draft', 'submitted', 'reviewed', 'approved', 'instalment1', 'instalment2']);
    expect([opened.state, opened.applicant]).toEqual(['drafting.editing', { key: '05315', name: 'Köln' }]);
  });

  test('stores any draft of the right shape and says what is wrong with it', async () => {
    const few = await desk.ask('editor-05315', 'put', `cases/${opened.id}/form`).set('If-Match', '"1"').send({ workplaces: 1 });
    expect([few.status, few.headers['etag'], findings(formAnswer, few.body)]).toEqual([200, '"2"', undefined]);
    expect(few.body.findings.length).toBeGreaterThan(3);
    const full = await counter.saveForm(opened.id, formFor(counter.year));
    expect([full.status, full.body.findings.map(({ code }: { code: string }) => code)]).toEqual([200, ['conceptAttached']]);
    expect(full.body.amountCents).toBe(full.body.lines.reduce((sum: number, { maximumCents }: { maximumCents: number }) => sum + maximumCents, 0));
    const [read] = [(await desk.ask('editor-05315', 'get', `cases/${opened.id}`))];
    expect([read.body.form, read.headers['etag'], findings(caseView, read.body)]).toEqual([formFor(counter.year), '"3"', undefined]);
  });

  test('takes a PDF and gives it back as an attachment, byte by byte', async () => {
    const stored = await counter.attach(opened.id);
    expect([stored.status, findings(document, stored.body), stored.body.name, stored.body.bytes]).toEqual([201, undefined, 'Konzept Köln.pdf', CONCEPT.length]);
    const { id } = stored.body as { id: string };
    const back = await desk.ask('officer1', 'get', `cases/${opened.id}/documents/${id}`).buffer(true).parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(null, Buffer.concat(chunks)));
    });
    expect([back.status, back.headers['content-type'], back.headers['x-content-type-options']]).toEqual([200, 'application/pdf', 'nosniff']);
    expect(back.headers['content-disposition']).toBe(`attachment; filename="Konzept K_ln.pdf"; filename*=UTF-8''Konzept%20K%C3%B6ln.pdf`);
    expect(CONCEPT.equals(back.body as Buffer)).toBe(true);
    expect((await desk.ask('editor-05314', 'get', `cases/${opened.id}/documents/${id}`)).status).toBe(404);
    expect((await desk.ask('editor-05315', 'get', `cases/${opened.id}/documents/${opened.id}`)).status).toBe(404);
  });

  test('says who can do what next, and what is allowed then works', async () => {
    const hints = await desk.ask('editor-05315', 'get', `cases/${opened.id}/actions`);
    expect([hints.status, findings(actions, hints.body)]).toEqual([200, undefined]);
    const byEvent = new Map((hints.body.items as { event: string; allowed: boolean; reasons: { code: string; who?: object[] }[] }[]).map((item) => [item.event, item]));
    expect([...byEvent.keys()]).not.toContain('saveForm');
    expect(byEvent.get('requestSignature')).toMatchObject({ allowed: true, reasons: [] });
    expect(byEvent.get('withdraw')?.reasons[0]).toMatchObject({ code: 'wrongRole', who: [{ account: 'signatory-05315', role: 'applicantSignatory' }] });
    const next = await counter.done('editor-05315', opened.id, 'requestSignature');
    expect([next.state, findings(caseView, next)]).toEqual(['drafting.awaitingSignature', undefined]);
  });

  test('tells its history, as sentences and as drawings', async () => {
    const told = await desk.ask('editor-05315', 'get', `cases/${opened.id}/timeline`);
    expect([findings(timeline, told.body), told.body.items.map(({ event }: { event: string }) => event)])
      .toEqual([undefined, ['open', 'saveForm', 'saveForm', 'attach', 'requestSignature']]);
    const svg = await desk.ask('editor-05315', 'get', `cases/${opened.id}/diagram.svg`).set('Accept-Language', 'en');
    expect([svg.status, svg.headers['content-type']]).toEqual([200, 'image/svg+xml; charset=utf-8']);
    expect((svg.body as Buffer).toString()).toMatch(/^<svg role="img"[\s\S]*<title id="title">Lifecycle of [\s\S]*<desc id="description">State: [\s\S]*<\/svg>\s*$/);
    const mermaid = await desk.ask('editor-05315', 'get', `cases/${opened.id}/diagram.mmd`);
    expect([mermaid.headers['content-type'], mermaid.text.split('\n')[0]]).toEqual(['text/plain; charset=utf-8', 'stateDiagram-v2']);
    expect(mermaid.text).toContain('class drafting_awaitingSignature current');
  });

  test('can be read as it was, and was not there before it was opened', async () => {
    const then = await desk.ask('officer1', 'get', `cases/${opened.id}?at=${opened.createdAt}`);
    expect([then.status, then.body.version, then.body.state, then.headers['etag']]).toEqual([200, 1, 'drafting.editing', undefined]);
    expect((await desk.ask('officer1', 'get', `cases/${opened.id}?at=2001-01-01T00:00:00.000%2B01:00`)).status).toBe(404);
    for (const at of ['yesterday', '2028-13-01T00:00:00Z', '0000-01-01T00:00:00Z', '99999-01-01T00:00:00Z']) {
      expect([at, (await desk.ask('officer1', 'get', `cases/${opened.id}?at=${at}`)).status]).toEqual([at, 422]);
    }
  });

  test('answers a conditional read in full: its view also shows what its children do', async () => {
    const read = await desk.ask('officer1', 'get', `cases/${opened.id}`);
    expect((await desk.ask('officer1', 'get', `cases/${opened.id}`).set('If-None-Match', read.headers['etag'] as string)).status).toBe(200);
  });
});

describe('lists', () => {
  test('come in pages that miss nothing and repeat nothing, each person seeing their own', async () => {
    for (const applicant of ['05314', '05111']) await counter.open(applicant);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await desk.ask('officer1', 'get', `cases?limit=1&cursor=${cursor}`);
      expect([page.status, findings(casePage, page.body), page.body.items.length]).toEqual([200, undefined, 1]);
      seen.push(page.body.items[0].applicant.key as string);
      cursor = page.body.next as string | null;
    }
    expect(seen).toEqual(['05315', '05314', '05111']);
    const own = await desk.ask('editor-05314', 'get', 'cases?applicant=05315');
    expect(own.body).toEqual({ items: [], next: null });
  });

  test('filter by machine, state, cycle, applicant and words', async () => {
    const count = async (query: string): Promise<number> => (await desk.ask('officer1', 'get', `cases?${query}`)).body.items.length as number;
    expect([await count('state=drafting'), await count('state=drafting.editing'), await count('state=draft'), await count('machine=instalment')]).toEqual([3, 2, 0, 0]);
    expect([await count(`cycle=${desk.cycle}&applicant=05111`), await count('q=k%C3%B6ln'), await count('q=%25'), await count('state=')]).toEqual([1, 1, 0, 3]);
  });

  test('refuse limits, cursors and filters that are none', async () => {
    for (const query of ['limit=0', 'limit=201', 'limit=x', 'limit=1&limit=2', 'cursor=abc', 'cursor=WzEsMl0', 'colour=red', 'machine=robot', 'q=%00', `q=${'x'.repeat(101)}`]) {
      const answer = await desk.ask('officer1', 'get', `cases?${query}`);
      expect([query, answer.status, answer.body.code]).toEqual([query, 422, 'invalidBody']);
    }
    expect((await desk.ask('officer1', 'get', 'inbox?cursor=abc')).status).toBe(422);
  });
});
