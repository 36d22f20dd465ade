import { expect, test } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import type { Response } from 'supertest';
import { problem } from '#apps/api';
import { Counter, formFor } from './applicant.ts';
import { usingDesk } from './desk.ts';

type Method = 'get' | 'post' | 'put' | 'delete';

/** A request as a generator makes it. */
interface Asked {
  readonly account: string | null;
  readonly method: Method;
  readonly template: string;
  readonly parts: { readonly [name: string]: string };
  readonly query: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

const desk = usingDesk();
const counter = new Counter(desk);

const ROUTES: readonly (readonly [Method, string])[] = [
  ['post', '/cases'], ['get', '/cases'], ['get', '/cases/{id}'], ['get', '/cases/{id}/actions'], ['post', '/cases/{id}/actions/{event}'], ['put', '/cases/{id}/form'],
  ['post', '/cases/{id}/documents'], ['get', '/cases/{id}/documents/{document}'], ['get', '/cases/{id}/timeline'], ['get', '/cases/{id}/diagram.svg'], ['get', '/cases/{id}/diagram.mmd'],
  ['get', '/exceptions'], ['get', '/inbox'], ['post', '/demo/tokens'], ['get', '/demo/clock'], ['post', '/match'], ['get', '/programmes'], ['get', '/cycles'],
  ['get', '/cycles/{id}'], ['get', '/cycles/{id}/revisions'], ['get', '/cycles/{id}/statement'], ['get', '/cases/{id}/statement'], ['post', '/cycles'], ['post', '/cycles/{id}/revisions'], ['post', '/cycles/{id}/revisions/preview'],
  ['get', '/reminders'], ['post', '/cases/bulk'], ['post', '/cases/bulk/preview'], ['post', '/cases/bulk/{token}/confirm'], ['get', '/cases/bulk/{token}'],
  ['get', '/deadlines'], ['get', '/exception-register'], ['post', '/feeds'], ['get', '/feeds'], ['delete', '/feeds/{id}'], ['get', '/feeds/{token}.ics'],
  ['get', '/me/mail'], ['put', '/me/mail'], ['get', '/unsubscribe/{token}'], ['post', '/unsubscribe/{token}'], ['post', '/bounces'], ['get', '/suppressions'], ['delete', '/suppressions/{address}'],
  ['post', '/bank-files'], ['get', '/bank-files'], ['get', '/bank-files/{id}'], ['get', '/bank-files/{id}/entries'], ['get', '/bank-files/{id}/content'], ['get', '/bank-entries'], ['post', '/bank-entries/{id}/resolve'],
];

const wild = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('\0', '%00', '../..', '__proto__', 'constructor', "' or 1=1 --", 'ä'.repeat(80), '\ud800', '-1', '1e309', '[object Object]'));
const odd = fc.oneof(fc.jsonValue({ maxDepth: 3, noUnicodeString: false }), fc.constantFrom('\0', '\ud800', -1, 1e15, 0.5, null, {}, [], '2028-02-30', 'DE00'));

/** A good form in which a few values are no longer what they were. */
const bentForm = fc.record({ path: fc.constantFrom('posts', 'posts/0/fteThousandths', 'posts/0/from', 'posts/0/beneficiary', 'payee', 'payee/iban', 'eventsCents', 'workplaces', 'state', '__proto__'), value: odd })
  .map(({ path, value }) => bent(formFor(2028), path.split('/'), value));

function bent(target: unknown, [first, ...rest]: string[], value: unknown): unknown {
  if (first === undefined) return value;
  const copy = (Array.isArray(target) ? [...target] : { ...(target as object) }) as Record<string, unknown>;
  Object.defineProperty(copy, first, { value: bent(copy[first] ?? {}, rest, value), enumerable: true, configurable: true });
  return copy;
}

const text = fc.oneof(
  fc.jsonValue({ maxDepth: 5, noUnicodeString: false }).map((value) => JSON.stringify(value)),
  { weight: 3, arbitrary: bentForm.map((form) => JSON.stringify(form)) },
  fc.constantFrom('', '{', '{}', '[]', 'null', '{"a":1e309}', '{"__proto__":{}}', `${'['.repeat(5000)}${']'.repeat(5000)}`, '{"reason":"\\u0000"}', '{"reason":"\\ud800"}', '{"programme":"kim","cycle":"kim-2028","applicant":"05315"}'),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

const ascii = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 30 });

const requests: fc.Arbitrary<Asked> = fc.constantFrom(...ROUTES).chain(([method, template]) => fc.record({
  account: fc.constantFrom('editor-05315', 'editor-05315', 'editor-05315', 'signatory-05315', 'officer1', 'allrounder1', 'certifier1', 'admin1', 'editor-05314', null, 'forged'),
  method: fc.constant(method), template: fc.constant(template),
  parts: fc.record({
    id: fc.oneof({ weight: 9, arbitrary: fc.constant('DRAFT') }, wild),
    event: fc.oneof(fc.constantFrom('requestSignature', 'sign', 'withdraw', 'recommend', 'issueNotice', 'lapse', 'saveForm', 'certify', 'toString'), wild),
    document: wild,
    token: wild, address: wild,
  }),
  query: fc.oneof(fc.constant(''), fc.array(fc.tuple(fc.constantFrom('limit', 'cursor', 'state', 'q', 'at', 'from', 'to', 'case', 'officer', 'reminders', 'machine', 'format', 'budgetLine', 'x'), wild), { maxLength: 3 })
    .map((pairs) => `?${pairs.map(([name, value]) => `${name}=${encoded(value)}`).join('&')}`)),
  headers: fc.record({
    'If-Match': fc.oneof({ weight: 4, arbitrary: fc.constant('VERSION') }, fc.constantFrom('"1"', '"2"', 'W/"1"', '*', '"-1"'), ascii),
    'Idempotency-Key': fc.oneof({ weight: 4, arbitrary: fc.uuid() }, fc.constantFrom('same', 'x'.repeat(10_240)), ascii),
    'Content-Type': fc.oneof({ weight: 9, arbitrary: fc.constant('application/json') }, fc.constantFrom('text/plain', 'application/xml', 'multipart/form-data', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16')),
    'Accept-Language': ascii, 'X-Request-Id': ascii,
  }, { requiredKeys: ['If-Match', 'Idempotency-Key'] }),
  body: text,
}));

/** Lone surrogates are no URL; everything else goes as it is. */
const encoded = (value: string): string => encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '?'));

async function send(draft: string, { account, method, template, parts, query, headers, body }: Asked): Promise<Response> {
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => (parts[name] === 'DRAFT' ? draft : encoded(parts[name] ?? '')));
  const [row] = await desk.store.query<{ version: number }>('select version from cases where id = $1', [draft]);
  const version = headers['If-Match'] === 'VERSION' ? `"${row?.version}"` : headers['If-Match'] ?? '';
  const request = desk.ask(account, method, `/api/v1${path}${query}`).set({ ...headers, 'If-Match': version }).ok(() => true);
  return method === 'get' ? request : request.set('Content-Type', headers['Content-Type'] ?? 'application/json').send(body);
}

test('whatever is sent: no 5xx, only documented statuses, and every refusal has the shape of one', async () => {
  const document = (await desk.ask(null, 'get', 'openapi.json')).body as OpenAPIObject;
  const draft = (await counter.open()).id;
  await fc.assert(fc.asyncProperty(requests, async (asked) => {
    const answer = await send(draft, asked);
    const documented = Object.keys(document.paths[`/api/v1${asked.template}`]?.[asked.method]?.responses ?? {});
    expect(answer.status).toBeLessThan(500);
    // A path with garbage in it may be no route of ours at all.
    expect([...documented, '404']).toContain(String(answer.status));
    if (answer.status >= 400) {
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(problem.safeParse(answer.body).error).toBeUndefined();
    }
  }), { numRuns: 400 });
  expect((await desk.ask(null, 'get', 'health/ready')).status).toBe(200);
});
