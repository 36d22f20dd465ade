import { beforeAll, describe, expect, test } from '@jest/globals';
import type { CaseView } from '#cases';
import { CONCEPT, Counter, formFor } from './applicant.ts';
import { usingDesk } from './desk.ts';

const desk = usingDesk();
const counter = new Counter(desk);
/** A submitted case, made before the first test. */
const ready = {} as CaseView;
beforeAll(async () => void Object.assign(ready, await counter.submitted()));

const journalLength = async (id: string): Promise<number> => (await desk.ask('auditor1', 'get', `cases/${id}/timeline`)).body.items.length as number;
const accept = (account: string, key: string, version: number) =>
  desk.ask(account, 'post', `cases/${ready.id}/actions/accept`).set('If-Match', `"${version}"`).set('Idempotency-Key', key);

describe('a repeated key', () => {
  test('gets the first status and body again, for success and for refusal, and nothing happens twice', async () => {
    const opening = () => desk.ask('editor-05314', 'post', 'cases').set('Idempotency-Key', 'again').send({ programme: 'kim', cycle: desk.cycle, applicant: '05314' });
    const [first, second] = [await opening(), await opening()];
    expect([first.status, second.status, second.headers['idempotency-replayed'], first.headers['idempotency-replayed']]).toEqual([201, 201, 'true', undefined]);
    expect([second.body, second.headers['location'], second.headers['etag']]).toEqual([first.body, first.headers['location'], first.headers['etag']]);

    const refused = await accept('approver1', 'no', ready.version).send({});
    const repeated = await accept('approver1', 'no', ready.version).send({});
    expect([refused.status, refused.body.code, repeated.status, repeated.body.code, repeated.headers['idempotency-replayed']]).toEqual([403, 'wrongRole', 403, 'wrongRole', 'true']);
    expect(repeated.body.reasons).toEqual(refused.body.reasons);
  });

  test('with another body or on another route is refused', async () => {
    const other = await desk.ask('editor-05314', 'post', 'cases').set('Idempotency-Key', 'again').send({ programme: 'kim', cycle: desk.cycle, applicant: '05111' });
    expect([other.status, other.body.code]).toEqual([422, 'keyReused']);
    const elsewhere = await desk.ask('approver1', 'post', `cases/${ready.id}/actions/countersign`).set('If-Match', `"${ready.version}"`).set('Idempotency-Key', 'no').send({});
    expect([elsewhere.status, elsewhere.body.code]).toEqual([422, 'keyReused']);
  });

  test('of another person is another key', async () => {
    const stranger = await accept('approver2', 'no', ready.version).send({});
    expect([stranger.status, stranger.headers['idempotency-replayed']]).toEqual([403, undefined]);
  });

  test('is not spent on a command that came too late: after reading again it may be sent with the new version', async () => {
    const stale = await accept('officer1', 'later', ready.version + 7).send({});
    expect([stale.status, stale.body.current]).toEqual([412, ready.version]);
    expect((await accept('officer1', 'later', ready.version).send({})).status).toBe(200);
  });

  test('fifty at once: one step in the journal, every answer the same or in flight', async () => {
    const before = await counter.read(ready.id);
    const steps = await journalLength(ready.id);
    const answers = await Promise.all(Array.from({ length: 50 }, () => desk.ask('officer1', 'post', `cases/${ready.id}/actions/recommend`)
      .set('If-Match', `"${before.version}"`).set('Idempotency-Key', 'fifty').send({ lines: before.lines.map(({ line }) => ({ line, decision: 'approve' })) })));
    const told = answers.map(({ status, body }) => `${status} ${(body.code ?? body.state) as string}`);
    expect(told.filter((each) => each !== '409 keyInFlight').every((each) => each === '200 submitted.reviewed')).toBe(true);
    expect(told).toContain('200 submitted.reviewed');
    expect(await journalLength(ready.id)).toBe(steps + 1);
  });
});

describe('a stale version', () => {
  test('is told what has changed since, by JSON pointer', async () => {
    const { id, version } = await counter.open('05111');
    await counter.saveForm(id, { ...formFor(counter.year), eventsCents: 7 }, '05111');
    const stale = await desk.ask('editor-05111', 'put', `cases/${id}/form`).set('If-Match', `"${version}"`).send({ workplaces: 3 });
    expect([stale.status, stale.body.code, stale.body.current]).toEqual([412, 'staleVersion', 2]);
    expect(stale.body.changed).toContainEqual({ path: '/form/eventsCents', from: null, to: 7 });
    expect((await counter.read(id)).form).toMatchObject({ workplaces: 1, eventsCents: 7 });
    const never = await desk.ask('editor-05111', 'put', `cases/${id}/form`).set('If-Match', '"99"').send({});
    expect([never.status, never.body.current]).toEqual([412, 2]);
  });

  test('two officers at once: one moves the case, the other is told', async () => {
    const { id } = await counter.submitted('05113');
    const { version } = await counter.read(id);
    const both = await Promise.all(['officer1', 'officer2'].map((account) => desk.ask(account, 'post', `cases/${id}/actions/accept`)
      .set('If-Match', `"${version}"`).set('Idempotency-Key', 'race').send({})));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
  });
});

describe('a form or a document sent twice with one key', () => {
  test('the form is saved once', async () => {
    const { id, version } = await counter.open('05112');
    const save = () => desk.ask('editor-05112', 'put', `cases/${id}/form`).set('If-Match', `"${version}"`).set('Idempotency-Key', 'form').send({ workplaces: 2 });
    const [first, second] = [await save(), await save()];
    expect([first.status, second.status, second.headers['idempotency-replayed'], second.headers['etag'], second.body]).toEqual([200, 200, 'true', '"2"', first.body]);
  });

  test('the document is attached once, and another one under that key is refused', async () => {
    const { id } = await counter.read((await desk.ask('editor-05112', 'get', 'cases')).body.items[0].id as string);
    const attach = (content: Buffer) => desk.ask('editor-05112', 'post', `cases/${id}/documents`).set('Idempotency-Key', 'file')
      .field('kind', 'concept').attach('file', content, { filename: 'Konzept.pdf', contentType: 'application/pdf' });
    const [first, second] = [await attach(CONCEPT), await attach(CONCEPT)];
    expect([first.status, second.status, second.headers['idempotency-replayed'], second.body]).toEqual([201, 201, 'true', first.body]);
    expect((await desk.ask('officer1', 'get', `cases/${id}/documents/${first.body.id as string}`)).status).toBe(200);
    const other = await attach(Buffer.concat([CONCEPT, Buffer.from('\n')]));
    expect([other.status, other.body.code]).toEqual([422, 'keyReused']);
  });
});
