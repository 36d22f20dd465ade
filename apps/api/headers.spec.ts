import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { attachment, bearer, etagOf, idempotencyKey, ifMatch, optionalIdempotencyKey } from './headers.ts';
import { Problem } from './problem.ts';
import { languageOf, requestIdOf } from './request.ts';

const codeOf = (work: () => unknown): string => {
  try {
    return `no problem: ${JSON.stringify(work())}`;
  } catch (thrown) {
    return thrown instanceof Problem ? thrown.code : String(thrown);
  }
};

describe('If-Match', () => {
  test('reads what the ETag said', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1e12 }), (version) => ifMatch({ 'if-match': etagOf(version) }) === version));
  });

  test('none is 428, anything but one strong version is malformed', () => {
    expect(codeOf(() => ifMatch({}))).toBe('ifMatchMissing');
    for (const header of ['7', 'W/"7"', '*', '"7", "8"', '""', '"0"', '"-1"', '"1e3"', '"99999999999999999999"', '"7']) {
      expect([header, codeOf(() => ifMatch({ 'if-match': header }))]).toEqual([header, 'malformedHeader']);
    }
  });
});

describe('Idempotency-Key', () => {
  test('is 1 to 200 visible ASCII characters', () => {
    expect(idempotencyKey({ 'idempotency-key': 'a'.repeat(200) })).toBe('a'.repeat(200));
    expect(codeOf(() => idempotencyKey({}))).toBe('idempotencyKeyMissing');
    expect(optionalIdempotencyKey({})).toBeUndefined();
    for (const key of ['', 'a b', 'ä', 'a'.repeat(201), 'x'.repeat(10_240), 'tab\t']) {
      expect(codeOf(() => optionalIdempotencyKey({ 'idempotency-key': key }))).toBe('malformedHeader');
    }
  });
});

describe('Authorization', () => {
  test('only a bearer token is one', () => {
    expect(bearer({ authorization: 'Bearer abc.def-_~+/=' })).toBe('abc.def-_~+/=');
    for (const authorization of ['Basic abc', 'Bearer', 'Bearer a b', 'bearer\tabc', '', 'Bearer ä']) expect(bearer({ authorization })).toBeNull();
  });
});

describe('Accept-Language', () => {
  test.each([
    [undefined, 'de'], ['en', 'en'], ['en-GB,en;q=0.9', 'en'], ['fr', 'de'], ['de;q=0.5, en;q=0.8', 'en'], ['fr, en;q=0.1', 'en'],
    ['en;q=0', 'de'], ['*', 'de'], ['de-DE,de;q=0.9,en;q=0.8', 'de'], ['en;q=2', 'de'], [';;;,,,', 'de'],
  ])('%s → %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});

describe('X-Request-Id', () => {
  test('the caller\'s name is kept when it is one, else a new one is made', () => {
    expect(requestIdOf('trace-1:2.3_4', () => 'made')).toBe('trace-1:2.3_4');
    for (const odd of [undefined, '', 'a b', 'x'.repeat(65), '<script>', ['a', 'b']]) expect(requestIdOf(odd, () => 'made')).toBe('made');
  });
});

describe('Content-Disposition', () => {
  test('offers any name as an attachment without letting it out of its quotes', () => {
    expect(attachment('Konzept "Köln".pdf')).toBe(`attachment; filename="Konzept _K_ln_.pdf"; filename*=UTF-8''Konzept%20%22K%C3%B6ln%22.pdf`);
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const header = attachment(name);
      expect(header).toMatch(/^attachment; filename="[^"\\%]*"; filename\*=UTF-8''[\w.~!$&+^`|*%-]*$/);
      expect(decodeURIComponent(header.slice(header.lastIndexOf("''") + 2))).toBe(name);
    }));
  });
});
