import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Response } from 'supertest';
import { bounce, exceptions, mailChoices, problem, suppressions } from '#apps/api';
import { loadPeople, type Person } from '#identity';
import { openEffects } from '#store';
import { eventually, type MailServer, startMailServer } from '#test/harness';
import { Counter } from './applicant.ts';
import { openDesk, type Desk } from './desk.ts';

const here = {} as { server: MailServer; desk: Desk; counter: Counter };

beforeAll(async () => {
  here.server = await startMailServer();
  here.desk = await openDesk({ smtp: here.server.smtp, publicUrl: 'https://kim.agency.example' }, { worker: true });
  here.counter = new Counter(here.desk);
});
beforeEach(() => {
  here.server.mails.length = 0;
  Object.assign(here.server.answers, { recipient: () => null, mail: () => null });
});
afterAll(async () => {
  await here.desk.close();
  await here.server.stop();
});

const allDone = () => eventually('no effect is open', async () => (await openEffects(here.desk.store)) === 0);
const ask: Desk['ask'] = (...request) => here.desk.ask(...request);
const refusal = ({ status, body }: Response): string => {
  expect(problem.safeParse(body).error).toBeUndefined();
  return `${status} ${body.code as string}${(body.errors as { path: string; code: string }[] | undefined)?.map(({ path, code }) => ` ${path} ${code}`).join('') ?? ''}`;
};
const messageIdOf = (source = ''): string => /^Message-ID: (<.+>)\r?$/mi.exec(source)?.[1] ?? '';

/** A draft of a municipality whose editor an officer has just reminded. */
async function reminded(applicant: string): Promise<string> {
  const { id } = await here.counter.open(applicant);
  await remind(id);
  return id;
}
async function remind(id: string): Promise<void> {
  await here.counter.done('officer1', id, 'remindDraft');
  await allDone();
}
const aboutCase = async (id: string) => (await everyException()).filter((item) => item.case === id);
async function everyException(limit = 200): Promise<{ id: string; kind: string; case: string; name: string; text: { de: string; en: string } }[]> {
  const items = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await ask('officer1', 'get', `exceptions?limit=${limit}&cursor=${cursor}`);
    expect(exceptions.safeParse(body).error).toBeUndefined();
    items.push(...body.items);
    cursor = body.next as string | null;
  }
  return items;
}

describe('an optional letter', () => {
  const choices = async (account: string) => {
    const { body } = await ask(account, 'get', 'me/mail');
    expect(mailChoices.safeParse(body).error).toBeUndefined();
    return body.items as { kind: string; title: object; subscribed: boolean }[];
  };
  const wants = async (account: string) => (await choices(account)).find(({ kind }) => kind === 'draftReminder')?.subscribed;
  const choose = (account: string, kind: unknown, subscribed: unknown = false) => ask(account, 'put', 'me/mail').send({ kind, subscribed } as object);

  test('is unsubscribed from by one click in its mail; looking at the link changes nothing; the case goes on deciding it', async () => {
    const id = await reminded('05315');
    const [, link = ''] = /^List-Unsubscribe: <https:\/\/kim\.agency\.example(\/api\/v1\/unsubscribe\/[\w-]+)>\r?$/m.exec(here.server.mails[0]?.source ?? '') ?? [];
    for (let look = 0; look < 2; look += 1) {
      const page = await ask(null, 'get', link).set('Accept-Language', 'de');
      expect([page.status, page.headers['content-type'], page.headers['content-language'], page.headers['referrer-policy']]).toEqual([200, 'text/html; charset=utf-8', 'de', 'no-referrer']);
      expect(page.text).toMatch(/<html lang="de">[\s\S]*„Erinnerungen an den Antragsschluss“[\s\S]*<form method="post"><button/);
      expect(page.headers['content-security-policy']).toMatch(/form-action 'self'.*style-src 'sha256-/);
    }
    expect(await wants('editor-05315')).toBe(true);
    const clicked = await ask(null, 'post', link).type('form').send('List-Unsubscribe=One-Click');
    expect([clicked.status, clicked.text.includes('erhalten Sie nicht mehr')]).toEqual([200, true]);
    expect((await ask(null, 'post', link).set('Accept-Language', 'en').attach('List-Unsubscribe', Buffer.from('One-Click'))).text).toContain('You will no longer get “Reminders of the closing date”.');
    expect((await ask(null, 'get', link)).text).not.toContain('<form');
    expect([await wants('editor-05315'), await wants('signatory-05315')]).toEqual([false, true]);

    here.server.mails.length = 0;
    await here.desk.moveClock(new Date(Date.parse(await here.desk.store.now()) + 86_400_000).toISOString());
    await remind(id);
    const coming = await ask('officer1', 'get', `reminders?case=${id}`);
    expect((coming.body.items as { kind: string; recipients: unknown[] }[]).filter(({ kind }) => kind === 'draftReminder').every(({ recipients }) => recipients.length === 0)).toBe(true);
    expect([here.server.mails, await aboutCase(id)]).toEqual([[], []]);
    expect((await ask('officer1', 'get', `cases/${id}/timeline`)).body.items.filter(({ event }: { event: string }) => event === 'remindDraft')).toHaveLength(2);
  });

  test('is chosen by its reader, by kind; mandatory and unknown kinds are refused with what to do', async () => {
    expect((await choices('editor-05314')).find(({ kind }) => kind === 'draftReminder')).toEqual({
      kind: 'draftReminder', title: { de: 'Erinnerungen an den Antragsschluss', en: 'Reminders of the closing date' }, subscribed: true,
    });
    expect((await choose('editor-05314', 'draftReminder')).body).toMatchObject({ kind: 'draftReminder', subscribed: false });
    await choose('editor-05314', 'draftReminder');
    expect(await wants('editor-05314')).toBe(false);
    await choose('editor-05314', 'draftReminder', true);
    expect(await wants('editor-05314')).toBe(true);
    const mandatory = await choose('editor-05314', 'receipt');
    expect([refusal(mandatory), mandatory.body.reasons[0].remedy.en]).toEqual(['409 letterMandatory', expect.stringContaining('GET /me/mail')]);
    for (const kind of ['cutOffPassed', 'notice', 'completionRequested', 'lateRejected', 'paid']) expect([kind, refusal(await choose('editor-05314', kind))]).toEqual([kind, '409 letterMandatory']);
    for (const kind of ['newsletter', 'constructor', '__proto__', '']) expect([kind, refusal(await choose('editor-05314', kind))]).toEqual([kind, '422 invalidBody /kind unknownKind']);
    expect(refusal(await choose('editor-05314', 'draftReminder', 'no'))).toBe('422 invalidBody /subscribed wrongType');
  });

  test('a wrong token is the same 404 for looking and for doing: a problem for programs, a page for people', async () => {
    for (const token of ['x', 'A'.repeat(43), '%00', 'a'.repeat(500), '..%2Fme%2Fmail']) {
      for (const method of ['get', 'post'] as const) {
        expect([token, refusal(await ask(null, method, `unsubscribe/${token}`))]).toEqual([token, '404 notFound']);
        const page = await ask(null, method, `unsubscribe/${token}`).set('Accept', 'text/html,*/*;q=0.8');
        expect([page.status, page.headers['content-type'], page.text.includes('Unter dieser Adresse gibt es nichts, was Sie sehen dürfen.')]).toEqual([404, 'text/html; charset=utf-8', true]);
      }
    }
  });
});

describe('a letter that does not arrive', () => {
  test('because its recipient is refused: an exception on its case, a suppressed address, and no mail to it until it is lifted', async () => {
    here.server.answers.recipient = () => '550 5.1.1 no such mailbox';
    const id = await reminded('05111');
    here.server.answers.recipient = () => null;
    const address = 'editor-05111@municipality.example';
    expect(await aboutCase(id)).toMatchObject([{ kind: 'bounce', name: 'draftReminder', text: { de: expect.stringMatching(/editor-05111@municipality\.example kam nicht an \(5\.1\.1: 550 5\.1\.1 no such mailbox\).*Adresse klären/), en: expect.stringContaining('did not arrive') } }]);
    const { body } = await ask('officer1', 'get', 'suppressions');
    expect(suppressions.safeParse(body).error).toBeUndefined();
    expect(body).toMatchObject({ items: [{ address, status: '5.1.1', case: id, kind: 'draftReminder' }], next: null });

    await here.counter.done('signatory-05111', id, 'withdraw');
    await allDone();
    expect(here.server.mails.map(({ to }) => to.join())).toEqual(['signatory-05111@municipality.example']);
    expect((await aboutCase(id)).map(({ kind, name }) => [kind, name])).toEqual([['suppressed', 'withdrawn'], ['bounce', 'draftReminder']]);

    const lift = (account: string, who = address) => ask(account, 'delete', `suppressions/${encodeURIComponent(who)}`);
    expect(refusal(await lift('officer1'))).toBe('403 wrongRole');
    expect((await lift('admin1', address.toUpperCase())).status).toBe(204);
    expect([refusal(await lift('admin1')), refusal(await lift('admin1', 'x')), refusal(await lift('admin1', `${address}\r\n`))]).toEqual(['404 notFound', '404 notFound', '404 notFound']);
    here.server.mails.length = 0;
    await reminded('05111');
    expect(here.server.mails.map(({ to }) => to.join())).toEqual([address]);
  });

  test('is reported later: once, with or without angle brackets; the person is reached again under a new address', async () => {
    const id = await reminded('05112');
    const messageId = messageIdOf(here.server.mails[0]?.source);
    const report = (body: object, account = 'admin1') => ask(account, 'post', 'bounces').send(body);
    const temporary = await report({ messageId, status: '4.4.1' });
    expect([temporary.status, temporary.body.suppressed, bounce.safeParse(temporary.body).error]).toEqual([201, false, undefined]);
    const first = await report({ messageId: messageId.slice(1, -1), address: 'editor-05112@municipality.example', status: '5.1.1', diagnostic: 'smtp; 550 unbekannt' });
    expect([first.status, first.body]).toEqual([201, {
      id: expect.stringMatching(/^bounce-\d+$/), case: id, kind: 'draftReminder', address: 'editor-05112@municipality.example', status: '5.1.1', diagnostic: 'smtp; 550 unbekannt', at: expect.stringMatching(/Z$/), suppressed: true, repeated: false,
    }]);
    const again = await report({ messageId, status: '5.1.1' });
    expect([again.status, again.body]).toEqual([200, { ...first.body, repeated: true }]);
    expect((await aboutCase(id)).map(({ id: name, kind }) => [name === first.body.id, kind])).toEqual([[true, 'bounce'], [false, 'bounce']]);
    expect(refusal(await report({ messageId, status: '5.1.1' }, 'officer1'))).toBe('403 wrongRole');
    expect(refusal(await report({ messageId: '<letter.1.none@amt.example>', status: '5.1.1' }))).toBe('422 invalidBody /messageId unknownMessage');
    expect(refusal(await report({ messageId, address: 'admin1@agency.example', status: '5.1.1' }))).toBe('422 invalidBody /address otherAddress');

    here.server.mails.length = 0;
    const moved: Person = { account: 'editor-05112', name: 'Antragsbearbeitung Duisburg', organisation: '05112', roles: ['applicantEditor'], email: 'neu@duisburg.example', language: 'en', active: true };
    await here.desk.store.transaction((tx) => loadPeople(tx, [moved]));
    await here.counter.done('signatory-05112', id, 'withdraw');
    await allDone();
    expect(here.server.mails.map(({ to }) => to.join()).toSorted()).toEqual(['neu@duisburg.example', 'signatory-05112@municipality.example']);
  });

  test.each([
    'a@b.example\r\nBcc: c@d.example', 'a@b.example\n', 'a@b.example, c@d.example', 'Name <a@b.example>', '<a@b.example>', 'a@b@c.example', 'a b@c.example', '', 'a@', '@b.example',
  ])('a report about the address %j is refused: it is not exactly one', async (address) => {
    expect(refusal(await ask('admin1', 'post', 'bounces').send({ messageId: 'a@b', address, status: '5.1.1' }))).toBe('422 invalidBody /address notAllowed');
  });

  test.each<[string, object]>([
    ['/address notText', { address: 'a@b.example\0' }], ['/messageId wrongFormat', { messageId: '<a@b>\r\n<c@d>' }], ['/messageId wrongFormat', { messageId: 'a b' }], ['/messageId notText', { messageId: 'a\0b' }],
    ['/status wrongFormat', { status: '550' }], ['/status wrongFormat', { status: '2.1.5' }], ['/status wrongFormat', { status: '5.1.1\n' }], ['/diagnostic tooBig', { diagnostic: 'x'.repeat(2_001) }], ['/case unknownField', { case: 'x' }],
  ])('a report of a wrong shape is refused: %s (%#)', async (expected, wrong) => {
    expect(refusal(await ask('admin1', 'post', 'bounces').send({ messageId: 'a@b', status: '5.1.1', ...wrong }))).toBe(`422 invalidBody ${expected}`);
  });
});

describe('the lists', () => {
  test('exceptions of every kind come in pages, newest first, without gap or repetition', async () => {
    await here.desk.store.query(`update outbox set failed_at = done_at, error = 'voll', failures = 60 where id in (select id from outbox order by id limit 3)`);
    await here.desk.store.query(`update clocks set outcome = 'refused', settled_at = tranche_now() where id = (select min(id) from clocks where name = 'cutOff')`);
    const all = await everyException();
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['effect', 'bounce', 'suppressed', 'clock']));
    expect(all.find(({ kind }) => kind === 'clock')?.text).toMatchObject({ de: expect.stringMatching(/^Die Frist „Antragsschluss“ ist abgelaufen, aber „[A-ZÄÖÜ].+“ war nicht möglich\.$/), en: expect.stringContaining('The deadline “Cut-off” has passed') });
    for (const limit of [1, 2, 3]) expect((await everyException(limit)).map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    for (const cursor of ['x', 'e30', Buffer.from('["deadlines",{"at":"2028-01-01T00:00:00.000Z","id":"x"}]').toString('base64url')]) {
      expect(refusal(await ask('officer1', 'get', `exceptions?cursor=${cursor}`))).toBe('422 invalidBody /cursor notAllowed');
    }
  });

  test('suppressions come in pages, for the agency only', async () => {
    here.server.answers.recipient = () => '550 5.1.1 gone';
    await reminded('05113');
    const [first] = (await ask('auditor1', 'get', 'suppressions?limit=1')).body.items as { address: string }[];
    expect(first?.address).toBe('editor-05113@municipality.example');
    const { next } = (await ask('auditor1', 'get', 'suppressions?limit=1')).body as { next: string };
    expect((await ask('auditor1', 'get', `suppressions?limit=1&cursor=${next}`)).body).toMatchObject({ items: [{ address: 'editor-05112@municipality.example' }], next: null });
    expect([refusal(await ask('editor-05113', 'get', 'suppressions')), refusal(await ask('admin1', 'get', 'suppressions?cursor=x'))]).toEqual(['403 wrongRole', '422 invalidBody /cursor notAllowed']);
  });
});
