import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { problem } from '#apps/api';
import { openDesk, usingDesk } from './desk.ts';

const FORGED = {
  none: `${b64({ alg: 'none', typ: 'at+jwt' })}.${b64({ sub: 'admin1', iss: 'tranche', aud: 'tranche-api', exp: 9_999_999_999, iat: 1 })}.`,
  'another key': `${b64({ alg: 'HS256', typ: 'at+jwt' })}.${b64({ sub: 'admin1', iss: 'tranche', aud: 'tranche-api', exp: 9_999_999_999, iat: 1 })}.c2lnbmF0dXJl`,
  garbage: 'abc',
};

function b64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

const lines: string[] = [];
const desk = usingDesk({}, { logTo: { write: (line) => void lines.push(line) } });

const routesOf = ({ paths }: OpenAPIObject): { method: 'get' | 'post' | 'put'; path: string; open: boolean }[] =>
  Object.entries(paths).flatMap(([path, operations]) => Object.entries(operations as Record<string, { security?: unknown[] }>)
    .map(([method, { security }]) => ({ method: method as 'get', path: path.replaceAll(/\{\w+\}/g, 'x'), open: security === undefined })));

describe('who may come in', () => {
  test('every route that is not public answers 401 to nobody and to forged tokens, whatever the body', async () => {
    const routes = routesOf((await desk.ask(null, 'get', 'openapi.json')).body as OpenAPIObject);
    const closed = routes.filter(({ open }) => !open);
    expect(closed.length).toBeGreaterThan(12);
    expect(routes.filter(({ open }) => open).map(({ path }) => path.replace('/api/v1/', ''))).toEqual(
      ['health/live', 'health/ready', 'programmes', 'match', 'cycles', 'cycles/x', 'feeds/x.ics', 'unsubscribe/x', 'unsubscribe/x', 'demo/tokens']);
    for (const { method, path } of closed) {
      const nobody = await desk.ask(null, method, path).set('Content-Type', 'application/json').send(method === 'get' ? undefined : '{"broken');
      expect([path, nobody.status, nobody.body.code, nobody.headers['www-authenticate']]).toEqual([path, 401, 'tokenMissing', 'Bearer']);
      expect(problem.safeParse(nobody.body).error).toBeUndefined();
    }
    for (const [name, token] of Object.entries(FORGED)) {
      const answer = await desk.ask(token, 'get', 'cases');
      expect([name, answer.status, answer.body.code]).toEqual([name, 401, 'tokenInvalid']);
    }
  });

  test('a person who has left is out at once', async () => {
    expect((await desk.ask('officer2', 'get', 'cases')).status).toBe(200);
    await desk.store.query("update people set active = false where account = 'officer2'");
    expect((await desk.ask('officer2', 'get', 'cases')).body.code).toBe('tokenInvalid');
  });

  test('a demo hands out tokens that work, and none for accounts that do not exist', async () => {
    const { status, body } = await desk.ask(null, 'post', 'demo/tokens').send({ account: 'auditor1' });
    expect([status, Object.keys(body as object).toSorted()]).toEqual([201, ['expiresAt', 'token']]);
    expect((await desk.ask((body as { token: string }).token, 'get', 'cases')).status).toBe(200);
    const unknown = await desk.ask(null, 'post', 'demo/tokens').send({ account: 'nobody' });
    expect([unknown.status, unknown.body.code, unknown.body.errors[0].path]).toEqual([422, 'invalidBody', '/account']);
  });

  test('exceptions are the agency\'s: others are told who could', async () => {
    expect((await desk.ask('officer1', 'get', 'exceptions')).body).toEqual({ items: [], next: null });
    const refused = await desk.ask('editor-05315', 'get', 'exceptions');
    expect([refused.status, refused.body.code]).toEqual([403, 'wrongRole']);
    expect(refused.body.reasons[0].who).toContainEqual({ account: 'auditor1', name: 'Rechnungsprüfung 1', role: 'auditor' });
  });
});

describe('what every answer carries', () => {
  test('a request id, the caller\'s where it is one, in header, problem and log; and German unless English is preferred', async () => {
    const german = await desk.ask(null, 'get', 'cases').set('X-Request-Id', 'trace-42');
    expect([german.headers['x-request-id'], german.body.requestId, german.headers['content-type'], german.headers['content-language']])
      .toEqual(['trace-42', 'trace-42', 'application/problem+json; charset=utf-8', 'de']);
    const english = await desk.ask(null, 'get', 'cases').set('Accept-Language', 'en-GB,en;q=0.9');
    expect([german.body.title, english.body.title]).toEqual(['Nicht angemeldet', 'Not signed in']);
    expect(lines.some((line) => line.includes('trace-42'))).toBe(true);
  });

  test('nothing of an answer may be stored, sniffed, framed or run', async () => {
    const { headers } = await desk.ask(null, 'get', 'programmes');
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-powered-by']).toBeUndefined();
  });

  test('the log names the person, never a token or a bank account', async () => {
    await desk.ask('auditor1', 'get', 'cases?q=DE02120300000000202051');
    await desk.ask('auditor1', 'get', 'cases/DE02120300000000202051');
    const told = lines.join('');
    expect(told).toContain('"account":"auditor1"');
    expect(told).toContain('[IBAN]');
    expect(told).not.toMatch(/DE0212|eyJ/);
  });

  test('unknown, undecodable and over-long addresses are 404', async () => {
    for (const path of ['nowhere', 'cases/%E0%A4%A', `cases/${'a'.repeat(2000)}`, 'cases/%00', 'cases/a%20b', '/api', '/favicon.ico', 'cases/x/actions/']) {
      expect([path, (await desk.ask('auditor1', 'get', path)).body.code]).toEqual([path, 'notFound']);
    }
    expect((await desk.ask('auditor1', 'delete', 'cases/x')).status).toBe(404);
    expect((await desk.ask(null, 'get', '/')).headers['location']).toBe('/docs');
  });
});

describe('documentation', () => {
  test('the committed OpenAPI document is the one that runs (npm run openapi writes it)', async () => {
    const running = (await desk.ask(null, 'get', 'openapi.json')).body as object;
    expect(JSON.parse(await readFile(new URL('../../docs/openapi.json', import.meta.url), 'utf8'))).toEqual(running);
  });

  test('every reference in it leads somewhere', async () => {
    const { text } = await desk.ask(null, 'get', 'openapi.json');
    const { components } = JSON.parse(text) as { components: { schemas: object } };
    const missing = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name as string).filter((name) => !Object.hasOwn(components.schemas, name));
    expect(missing).toEqual([]);
  });

  test('its page works under its own strict policy: every script and style is a file of ours', async () => {
    const page = await desk.ask(null, 'get', '/docs');
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.text).not.toMatch(/<script>|<script [^>]*>\s*[^\s<]|onclick=|https?:\/\/(?!www\.w3\.org)/);
    for (const [, path] of page.text.matchAll(/(?:src|href)="\.\/([^"]+)"/g)) {
      expect([path, (await desk.ask(null, 'get', `/${path as string}`)).status]).toEqual([path, 200]);
    }
  });
});

describe('production', () => {
  test('has no demo, with or without a token', async () => {
    const production = await openDesk({ mode: 'production' });
    try {
      for (const [method, path] of [['post', 'demo/tokens'], ['get', 'demo/clock'], ['put', 'demo/clock'], ['get', 'inbox']] as const) {
        const answer = await production.ask(null, method, path);
        expect([path, answer.status, answer.body.code]).toEqual([path, 404, 'notFound']);
      }
      expect((await production.ask(null, 'get', 'health/ready')).status).toBe(200);
    } finally {
      await production.close();
    }
  });
});
