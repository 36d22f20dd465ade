import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Response } from 'supertest';
import { problem } from '#apps/api';
import type { CaseView } from '#cases';
import { programmes } from '#workflows';
import { CONCEPT, Counter, formFor } from './applicant.ts';
import { usingDesk } from './desk.ts';

const desk = usingDesk();
const counter = new Counter(desk);
/** An empty draft of Köln, made before the first test. */
const draft = {} as CaseView;
beforeAll(async () => void Object.assign(draft, await counter.open()));

/** Status and code of a refusal, whose body must have the shape of one. */
function refusal({ status, body, headers }: Response): string {
  if (status < 400) return String(status);
  expect(problem.safeParse(body).error).toBeUndefined();
  expect([headers['content-type'], body.status]).toEqual(['application/problem+json; charset=utf-8', status]);
  return `${status} ${body.code as string}`;
}

const paths = ({ body }: Response): string[] => (body.errors as { path: string; code: string }[]).map(({ path, code }) => `${path} ${code}`);
const opening = () => ({ programme: 'kim', cycle: desk.cycle, applicant: '05314' });
const open = (body: object, account = 'editor-05314') => desk.ask(account, 'post', 'cases').set('Idempotency-Key', counter.key()).send(body);
const act = (account: string | null, event: string, id = draft.id) => desk.ask(account, 'post', `cases/${id}/actions/${event}`);

describe('precedence: 401, 404, shape, 428, key, 412, 403, 409', () => {
  test('each wrong thing is reported only when everything before it is right', async () => {
    const broken = (account: string | null, id: string, event: string) => act(account, event, id).set('Content-Type', 'application/json').send('{"a":');
    expect(refusal(await broken(null, 'x', 'sign'))).toBe('401 tokenMissing');
    expect(refusal(await broken('officer1', 'x', 'sign'))).toBe('404 notFound');
    expect(refusal(await broken('editor-05314', draft.id, 'sign'))).toBe('404 notFound');
    expect(refusal(await broken('officer1', draft.id, 'dance'))).toBe('404 notFound');
    expect(refusal(await broken('officer1', draft.id, 'saveForm'))).toBe('404 notFound');
    expect(refusal(await broken('officer1', draft.id, 'constructor'))).toBe('404 notFound');
    expect(refusal(await broken('officer1', draft.id, 'sign'))).toBe('400 malformedJson');
    expect(refusal(await act('officer1', 'sign').send({ extra: 1 }))).toBe('422 invalidBody');
    expect(refusal(await act('officer1', 'sign').send({}))).toBe('428 ifMatchMissing');
    expect(refusal(await act('officer1', 'sign').set('If-Match', '"9"').send({}))).toBe('428 idempotencyKeyMissing');
    expect(refusal(await act('officer1', 'sign').set('If-Match', '"9"').set('Idempotency-Key', 'p1').send({}))).toBe('412 staleVersion');
    expect(refusal(await act('officer1', 'sign').set('If-Match', '"1"').set('Idempotency-Key', 'p1').send({}))).toBe('403 wrongRole');
    expect(refusal(await act('officer1', 'sign').set('If-Match', '"9"').set('Idempotency-Key', 'p1').send({}))).toBe('403 wrongRole');
    expect(refusal(await act('officer1', 'withdraw').set('If-Match', '"9"').set('Idempotency-Key', 'p1').send({ reason: 'x' }))).toBe('422 keyReused');
    expect(refusal(await act('signatory-05315', 'sign').set('If-Match', '"1"').set('Idempotency-Key', 'p1').send({}))).toBe('409 notPossibleHere');
  });

  test('who may know the case is told that it is the event that is not there, and which ones are', async () => {
    const unknown = await act('officer1', 'dance').set('Accept-Language', 'en').send({});
    expect([refusal(unknown), unknown.body.title]).toEqual(['404 notFound', 'Not found']);
    expect(unknown.body.detail).toMatch(/^This case takes no step called “dance”\. Possible here: requestSignature \(.+\), /);
    expect(unknown.body.reasons).toMatchObject([{ code: 'notFound', text: { de: 'Einen Schritt „dance“ nimmt dieser Vorgang nicht an.' }, remedy: { de: expect.stringContaining('requestSignature (') } }]);
    expect((await act('officer1', 'dance', 'x').send({})).body.reasons).toBeUndefined();
    expect((await act('editor-05314', 'dance').send({})).body.reasons).toBeUndefined();
    expect((await act('officer1', 'x'.repeat(500)).send({})).body.detail).toContain(`„${'x'.repeat(60)}“`);
  });

  test('so it is on the routes of form and documents', async () => {
    const put = (account: string, id = draft.id) => desk.ask(account, 'put', `cases/${id}/form`);
    expect(refusal(await put('editor-05314').send({ odd: 1 }))).toBe('404 notFound');
    expect(refusal(await put('officer1').send({ odd: 1 }))).toBe('422 invalidBody');
    expect(refusal(await put('officer1').send({}))).toBe('428 ifMatchMissing');
    expect(refusal(await put('officer1').set('If-Match', '"5"').send({}))).toBe('412 staleVersion');
    expect(refusal(await put('officer1').set('If-Match', '"1"').send({}))).toBe('403 wrongRole');
    expect(refusal(await desk.ask('officer1', 'post', `cases/${draft.id}/documents`).field('kind', 'concept').attach('file', CONCEPT, 'a.pdf'))).toBe('403 wrongRole');
  });
});

describe('opening', () => {
  test('unknown programme and round are 404, wrong shape 422, a missing key 428', async () => {
    expect(refusal(await open({ ...opening(), programme: 'moon' }))).toBe('404 notFound');
    expect(refusal(await open({ ...opening(), cycle: 'kim-1999' }))).toBe('404 notFound');
    expect(paths(await open({ programme: 'kim', cycle: 7, state: 'active.fullyPaid' }))).toEqual(['/cycle wrongType', '/applicant missing', '/state unknownField']);
    expect(refusal(await desk.ask('editor-05314', 'post', 'cases').send(opening()))).toBe('428 idempotencyKeyMissing');
  });

  test('not for another municipality, nor for one that does not exist, nor by staff, nor twice', async () => {
    expect(refusal(await open({ ...opening(), applicant: '05111' }))).toBe('409 applicantEntitled');
    expect(refusal(await open({ ...opening(), applicant: '99999' }))).toBe('409 applicantEntitled');
    const staff = await open(opening(), 'officer1');
    expect([refusal(staff), staff.body.reasons[0].who]).toEqual(['403 wrongRole', [{ account: 'editor-05314', name: 'Antragsbearbeitung Bonn', role: 'applicantEditor' }]]);
    const [one, two] = await Promise.all([open(opening()), open(opening())]);
    expect([refusal(one), refusal(two)].toSorted()).toEqual(['201', '409 noOpenApplication']);
  });
});

describe('bad input', () => {
  const save = async (body: unknown): Promise<Response> => {
    const { version } = await counter.read(draft.id);
    return desk.ask('editor-05315', 'put', `cases/${draft.id}/form`).set('If-Match', `"${version}"`).set('Content-Type', 'application/json')
      .send(typeof body === 'string' ? body : JSON.stringify(body));
  };

  test('a wrong shape is 422 with the path of every field, and nothing is stored', async () => {
    const form = formFor(counter.year);
    const [post] = form.posts;
    expect(paths(await save({ ...form, state: 'x', posts: [{ ...post, fteThousandths: 500.5, kind: 'king' }] })))
      .toEqual(['/posts/0/kind notAllowed', '/posts/0/fteThousandths wrongType', '/state unknownField']);
    for (const wrong of [[], null, '"text"', 7, { eventsCents: -1 }, { eventsCents: '5' }, { eventsCents: 12_345_678_901_234 }, { payee: { holder: 'a\0' } },
      { payee: { holder: '\ud800' } }, '{"eventsCents":1e309}', '{"__proto__":{"workplaces":1}}', `{"posts":${'['.repeat(999)}${']'.repeat(999)}}`]) {
      expect([wrong, refusal(await save(wrong))]).toEqual([wrong, '422 invalidBody']);
    }
    expect((await counter.read(draft.id)).version).toBe(1);
  });

  test('what is no JSON in UTF-8 is 400, another type 415, too much 413', async () => {
    for (const text of ['{', '{"a":1,}', 'nonsense', "{'a':1}"]) expect([text, refusal(await save(text))]).toEqual([text, '400 malformedJson']);
    const send = (type: string, body: string | Buffer) => act('editor-05315', 'requestSignature').set('If-Match', '"1"').set('Idempotency-Key', counter.key()).set('Content-Type', type).send(body);
    expect(refusal(await send('application/json', Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1') + '\ud800'))).toBe('400 malformedJson');
    expect(refusal(await send('text/plain', '{}'))).toBe('415 fileTypeNotAllowed');
    expect(refusal(await send('application/x-www-form-urlencoded', 'a=1'))).toBe('415 fileTypeNotAllowed');
    expect(refusal(await send('application/json; charset=utf-16', '{}'))).toBe('415 fileTypeNotAllowed');
    expect(refusal(await save(JSON.stringify({ payee: { holder: 'x'.repeat(1024 * 1024) } })))).toBe('413 fileTooLarge');
  });

  test('a draft with findings is always stored; they refuse only the signature', async () => {
    const form = { ...formFor(counter.year), eventsCents: 500_001 };
    const saved = await save({ ...form, posts: [{ ...form.posts[0], fteThousandths: 499 }] });
    expect(saved.status).toBe(200);
    const refused = await counter.send('editor-05315', draft.id, 'requestSignature');
    expect(refusal(refused)).toMatch(/^409 (fteAtLeastHalf|withinCap)$/);
    const codes = (refused.body.reasons as { code: string }[]).map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['fteAtLeastHalf', 'withinCap', 'conceptAttached']));
    expect(refused.body.detail).toContain(refused.body.reasons[0].text.de);
    expect(paths(refused)).toEqual(expect.arrayContaining(['/posts/0/fteThousandths fteAtLeastHalf', '/eventsCents withinCap']));
  });

  test('headers that are none are 400', async () => {
    const bare = () => act('editor-05315', 'requestSignature');
    for (const version of ['7', 'W/"7"', '*', '"seven"', '"1","2"']) expect([version, refusal(await bare().set('If-Match', version).set('Idempotency-Key', 'h').send({}))]).toEqual([version, '400 malformedHeader']);
    for (const key of ['x'.repeat(201), 'x'.repeat(10_240), 'a b', 'ä']) expect(refusal(await bare().set('If-Match', '"1"').set('Idempotency-Key', key).send({}))).toBe('400 malformedHeader');
    expect(refusal(await bare().set('Idempotency-Key', 'a b').set('If-Match', '"1"').send({ extra: 1 }))).toBe('422 invalidBody');
  });

  test('files: too large, disguised, empty, missing, of no known kind, or no multipart at all', async () => {
    expect(refusal(await counter.attach(draft.id, Buffer.concat([CONCEPT, Buffer.alloc(10 * 1024 * 1024)])))).toBe('413 fileTooLarge');
    expect(refusal(await counter.attach(draft.id, Buffer.from('MZ this is no PDF')))).toBe('415 fileTypeNotAllowed');
    expect(refusal(await counter.attach(draft.id, Buffer.alloc(0)))).toBe('415 fileTypeNotAllowed');
    const upload = () => desk.ask('editor-05315', 'post', `cases/${draft.id}/documents`);
    expect(paths(await upload().field('kind', 'concept'))).toEqual(['/file missing']);
    expect(paths(await upload().field('kind', 'selfie').attach('file', CONCEPT, 'a.pdf'))).toEqual(['/kind notAllowed']);
    expect(paths(await upload().field('kind', 'concept').field('releasedBy', 'me').attach('file', CONCEPT, 'a.pdf'))).toEqual(['/releasedBy unknownField']);
    expect(refusal(await upload().send({ kind: 'concept' }))).toBe('415 fileTypeNotAllowed');
    expect(refusal(await upload().set('Content-Type', 'multipart/form-data').send('x'))).toBe('400 malformedHeader');
    expect(refusal(await upload().set('Content-Type', 'multipart/form-data; boundary=b').send('--b\r\nContent-Disposition: form-data; name="kind"\r\n\r\nconc'))).toBe('400 malformedHeader');
    expect(refusal(await upload().field('kind', 'concept').attach('other', CONCEPT, 'a.pdf'))).toBe('422 invalidBody');
  });
});

describe('who', () => {
  test('a step of another role says who could do it; those of the system are nobody\'s', async () => {
    const { id } = await counter.open('05111');
    const refused = await counter.send('editor-05111', id, 'withdraw');
    expect([refusal(refused), refused.body.reasons[0].who]).toEqual(['403 wrongRole', [{ account: 'signatory-05111', name: expect.any(String), role: 'applicantSignatory' }]]);
    for (const event of ['lapse', 'completionPassed', 'finality']) expect([event, refusal(await counter.send('allrounder1', id, event))]).toEqual([event, '403 wrongRole']);
  });

  test('what one person proposed another confirms: allrounder1 may not do both', async () => {
    const { id } = await counter.recommended('05113', 'allrounder1');
    const refused = await counter.send('allrounder1', id, 'countersign');
    expect(refusal(refused)).toBe('403 differentPerson');
    const who = (refused.body.reasons as { code: string; who?: { account: string }[] }[]).find(({ code }) => code === 'differentPerson')?.who ?? [];
    expect(who.map(({ account }) => account)).toEqual(['approver1', 'approver2']);
    const hints = await desk.ask('allrounder1', 'get', `cases/${id}/actions`);
    expect((hints.body.items as { event: string; allowed: boolean }[]).find(({ event }) => event === 'countersign')?.allowed).toBe(false);
    expect((await counter.done('approver1', id, 'countersign')).state).toBe('decided.awaitingNotice');
  });

  test('what is another municipality\'s is not there at all', async () => {
    for (const path of ['', '/actions', '/timeline', '/diagram.svg', '/diagram.mmd', '/documents/x']) {
      expect([path, refusal(await desk.ask('editor-05111', 'get', `cases/${draft.id}${path}`))]).toEqual([path, '404 notFound']);
    }
    expect(refusal(await desk.ask('editor-05111', 'put', `cases/${draft.id}/form`).set('If-Match', '"1"').send({}))).toBe('404 notFound');
    expect((await desk.ask('editor-05111', 'get', `cases?parent=${draft.id}`)).body.items).toEqual([]);
  });
});

test('every requirement, state and event that people can meet has German and English words', () => {
  for (const programme of programmes) {
    for (const { requirements, stateLabels, events } of Object.values(programme.machines)) {
      const spoken = [...Object.values(requirements).flatMap(({ text, remedy }) => [text, remedy]), ...Object.values(stateLabels), ...Object.values(events).map(({ label }) => label),
        ...Object.values(programme.opening.requirements).flatMap(({ text, remedy }) => [text, remedy])];
      for (const { de, en } of spoken) expect([de.length > 1, en.length > 1]).toEqual([true, true]);
    }
  }
});
