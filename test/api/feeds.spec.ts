import { describe, expect, test } from '@jest/globals';
import type { Response } from 'supertest';
import type { z } from 'zod';
import { feeds, newFeed, problem } from '#apps/api';
import { CyclesService, type CaseView, type Deadline } from '#cases';
import { FeedsService } from '#identity';
import { READERS, type Entry } from '#test/calendars';
import { Counter } from './applicant.ts';
import { usingDesk } from './desk.ts';

const log: string[] = [];
const desk = usingDesk({ publicUrl: 'https://kim.agency.example' }, { logTo: { write: (line) => void log.push(line) } });
const counter = new Counter(desk);

const findings = (schema: z.ZodType, value: unknown): unknown => schema.safeParse(value).error?.issues;
type Made = z.output<typeof newFeed> & { readonly token: string };

async function make(account: string, order: object = { of: 'all' }): Promise<Made> {
  const { status, body } = await desk.ask(account, 'post', 'feeds').send(order);
  expect([status, findings(newFeed, body)]).toEqual([201, undefined]);
  const [, token] = /^https:\/\/kim\.agency\.example\/api\/v1\/feeds\/([\w-]{43})\.ics$/.exec((body as Made).url) ?? [];
  return { ...body as Made, token: token ?? '' };
}

const subscribe = (token: string): Promise<Response> => desk.ask(null, 'get', `feeds/${token}.ics`).then((answer) => answer);

async function entries(token: string, reader = 'ical.js'): Promise<readonly Entry[]> {
  const { status, headers, text } = await subscribe(token);
  expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, 'text/calendar; charset=utf-8', 'private, no-cache']);
  return READERS[reader]?.(text) ?? [];
}

const gone = async (token: string): Promise<void> => {
  const { status, body, headers } = await subscribe(token);
  expect([status, (body as { code: string }).code, headers['content-type']]).toEqual([404, 'notFound', 'application/problem+json; charset=utf-8']);
  expect(problem.safeParse(body).error).toBeUndefined();
};

const listed = async (account: string, query: string): Promise<readonly Deadline[]> =>
  ((await desk.ask(account, 'get', `deadlines?limit=200&${query}`)).body as { items: Deadline[] }).items;

/** What a reader of the feed and the list of the API have to say alike: which deadlines, and when. */
const told = (items: readonly Deadline[]): readonly string[] => items.map(({ id, at }) => `${id}@tranche ${at}`).toSorted();
const heard = (found: readonly Entry[]): readonly string[] =>
  found.map(({ uid, start, end }) => `${uid} ${/Reminder|fallDue/.test(uid) ? start : end}`).toSorted();

describe('a calendar feed', () => {
  test.each(Object.keys(READERS))('tells %s the deadlines that its person may see', async (reader) => {
    for (const applicant of ['05315', '05314']) if ((await listed(`editor-${applicant}`, '')).length === 0) await counter.open(applicant);
    for (const account of ['editor-05315', 'auditor1']) {
      const [all, dates] = [await make(account, { of: 'all', reminders: true }), await make(account, { of: 'mine' })];
      expect(heard(await entries(all.token, reader))).toEqual(told(await listed(account, 'reminders=true')));
      expect(heard(await entries(dates.token, reader))).toEqual(told(account === 'auditor1' ? [] : await listed(account, '')));
      await Promise.all([all, dates].map(({ id }) => desk.ask(account, 'delete', `feeds/${id}`)));
    }
    const { token } = await make('editor-05314');
    expect((await entries(token, reader)).every(({ summary }) => summary.includes('Bonn'))).toBe(true);
  });

  test('of an officer\'s own cases holds those and no others, and follows who has them', async () => {
    const [mine, all] = [await make('officer1', { of: 'mine' }), await make('officer1', { of: 'all' })];
    expect(await entries(mine.token)).toEqual([]);
    const { id } = await counter.submitted('05111');
    await counter.done('officer1', id, 'askCompletion', { sections: ['payee'], text: 'Bitte berichtigen.' });
    expect(heard(await entries(mine.token))).toEqual(told(await listed('officer1', 'officer=officer1')));
    expect((await entries(mine.token)).map(({ uid }) => uid)).toContain(`${id}-completionPassed@tranche`);
    expect(heard(await entries(all.token))).toEqual(told(await listed('officer1', '')));
  });

  test('is written in its own language, or that of its person', async () => {
    const [german, english] = [await make('editor-05315'), await make('editor-05315', { of: 'all', language: 'en' })];
    expect([german.language, english.language, german.reminders]).toEqual(['de', 'en', false]);
    expect((await subscribe(german.token)).text).toContain('X-WR-CALNAME:Tranche: Fristen unserer Anträge');
    const [entry] = await entries(english.token);
    expect(entry).toMatchObject({ categories: ['Deadline', 'KIM'], description: expect.stringMatching(/Until: .* 24:00\nCase: KIM-/) });
  });

  test('a moved deadline is the same entry in a newer version, and a settled one is gone', async () => {
    const { token } = await make('editor-05315');
    const before = (await entries(token)).find(({ uid }) => uid.includes('cutOff'));
    const rounds = desk.app.get(CyclesService);
    const round = await rounds.get(desk.cycle);
    const later = { ...round?.data as object, lateClaimDays: 20 };
    await desk.store.transaction((tx) => rounds.put(tx, { id: desk.cycle, programme: 'kim', data: later }));
    const id = before?.uid.replace(/-cutOff@tranche$/, '') ?? '';
    await counter.saveForm(id, { workplaces: 1 });
    const lapse = (await entries(token)).find(({ uid }) => uid === `${id}-lapse@tranche`);
    expect([lapse?.sequence, lapse?.end]).toEqual([1, (await listed('editor-05315', '')).find(({ name }) => name === 'lapse')?.at]);
    expect((await entries(token)).find(({ uid }) => uid === before?.uid)?.sequence).toBe(0);
    const withdrawn = await counter.done('signatory-05315', id, 'withdraw') as CaseView;
    expect([withdrawn.state, await entries(token)]).toEqual(['withdrawn', []]);
  });
});

describe('the secret address', () => {
  test('is told once; the list and the database know only that there is one', async () => {
    const { token, id, url, ...made } = await make('approver1', { of: 'mine' });
    const { body } = await desk.ask('approver1', 'get', 'feeds');
    expect([findings(feeds, body), body]).toEqual([undefined, { items: [{ id, of: 'mine', reminders: false, language: 'de', createdAt: made.createdAt, lastUsedAt: null }] }]);
    await entries(token);
    expect((await desk.ask('approver1', 'get', 'feeds')).body.items[0].lastUsedAt).toMatch(/Z$/);
    const [row] = await desk.store.query<{ row: string; bytes: number }>('select feeds::text as row, length(token_sha256) as bytes from feeds where id = $1', [id]);
    expect([row?.bytes, row?.row.includes(token), row?.row.includes(Buffer.from(token).toString('hex'))]).toEqual([32, false, false]);
    expect(url).toContain(token);
  });

  test('never stands in the log, whole or damaged', async () => {
    const { token } = await make('approver1');
    for (const path of [`feeds/${token}.ics`, `feeds/${token}`, `feeds/${token}.ICS`, `feeds/${token.slice(1)}.ics`, `feeds//${token}.ics`, `Feeds/${token}.ics`, `cases/${token}`, `feeds/${token}.ics/x`]) {
      await desk.ask('approver1', 'get', path);
    }
    await desk.ask('approver1', 'delete', `feeds/${token}`);
    const lines = log.join('');
    expect(lines).toContain('"path":"/api/v1/feeds/[token]"');
    expect(lines).not.toContain(token.slice(1));
  });

  test('ends when it is revoked, by its person and nobody else', async () => {
    const { id, token } = await make('approver2');
    for (const account of ['officer1', 'admin1', 'editor-05315']) expect((await desk.ask(account, 'delete', `feeds/${id}`)).status).toBe(404);
    await entries(token);
    const revoked = await desk.ask('approver2', 'delete', `feeds/${id}`);
    expect([revoked.status, revoked.text]).toEqual([204, '']);
    await gone(token);
    expect((await desk.ask('approver2', 'delete', `feeds/${id}`)).body.code).toBe('notFound');
    expect((await desk.ask('approver2', 'get', 'feeds')).body).toEqual({ items: [] });
  });

  test('ends with its person: who left or has no role left is as unknown as a wrong address', async () => {
    const { token } = await make('certifier1');
    await desk.store.query("update people set active = false where account = 'certifier1'");
    await gone(token);
    await desk.store.query("update people set active = true, roles = '{}' where account = 'certifier1'");
    await gone(token);
    await desk.store.query("update people set roles = '{financeCertifier}' where account = 'certifier1'");
    await entries(token);
  });

  test('follows its person to another organisation, and tells nothing of the one before', async () => {
    const { token } = await make('editor-05314');
    expect((await entries(token)).length).toBeGreaterThan(0);
    await desk.store.query("update people set organisation = '05112' where account = 'editor-05314'");
    expect(await entries(token)).toEqual([]);
    await desk.store.query("update people set organisation = '05314' where account = 'editor-05314'");
  });
});

describe('attacks', () => {
  test('a token is no id, an id is no token, and nothing else is one either', async () => {
    const { id, token } = await make('auditor1');
    expect((await desk.ask('auditor1', 'delete', `feeds/${token}`)).status).toBe(404);
    const swapped = `${token[0] === 'A' ? 'B' : 'A'}${token.slice(1)}`;
    for (const wrong of [id, swapped, token.slice(1), `${token}A`, token.toLowerCase(), '..%2f..%2fcases', '..%252f..', '%00', '%E0%A4%A', '*', "'%20or%20'1'='1", 'A'.repeat(10_000), `${token}%0a`, '%F0%9F%92%A9'.repeat(20)]) {
      expect([wrong.slice(0, 20), (await subscribe(wrong)).status]).toEqual([wrong.slice(0, 20), 404]);
    }
    for (const path of [`feeds/${token}`, `feeds/${token}.ics/..`, `feeds/${token}.json`, 'feeds/.ics', 'feeds/%2e%2e/cases.ics']) {
      expect([path, (await desk.ask(null, 'get', path)).status >= 500, (await desk.ask(null, 'get', path)).status === 200]).toEqual([path, false, false]);
    }
    expect((await desk.ask('auditor1', 'delete', `feeds/${'x'.repeat(10_000)}`)).status).toBe(404);
  });

  test('whatever is accepted or sent, a calendar is a calendar and a refusal a problem', async () => {
    const { token } = await make('auditor1');
    const picky = await desk.ask('nonsense', 'get', `feeds/${token}.ics`).set('Accept', 'application/json').set('If-None-Match', '*').set('Range', 'bytes=0-3');
    expect([picky.status, picky.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
    const wrong = await desk.ask(null, 'get', 'feeds/wrong.ics').set('Accept', 'text/calendar').set('Accept-Language', 'en');
    expect([wrong.status, wrong.headers['content-type'], wrong.body.title]).toEqual([404, 'application/problem+json; charset=utf-8', 'Not found']);
    expect((await desk.ask('auditor1', 'post', 'feeds').set('Content-Type', 'text/calendar').send('BEGIN:VCALENDAR')).status).toBe(415);
    expect((await desk.ask('auditor1', 'post', 'feeds').set('Content-Type', 'application/json').send('{')).status).toBe(400);
    for (const order of [{}, { of: 'yours' }, { of: 'all', token: 'x' }, { of: 'all', language: 'fr' }, { of: 'mine', reminders: 'yes' }]) {
      expect([order, (await desk.ask('auditor1', 'post', 'feeds').send(order)).status]).toEqual([order, 422]);
    }
  });

  test('a person has at most ten feeds, however many are asked for at once', async () => {
    const answers = await Promise.all(Array.from({ length: 14 }, () => desk.ask('allrounder1', 'post', 'feeds').send({ of: 'all' })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array<number>(10).fill(201), ...Array<number>(4).fill(409)]);
    const refused = answers.find(({ status }) => status === 409);
    expect([refused?.body.code, refused?.body.detail]).toEqual(['tooManyFeeds', expect.stringContaining('Widerrufen Sie')]);
    expect((await desk.ask('allrounder1', 'get', 'feeds')).body.items).toHaveLength(10);
    expect(await desk.app.get(FeedsService).list('allrounder1')).toHaveLength(10);
    await make('officer2');
  });
});
