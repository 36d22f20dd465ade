import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { Problem } from './problem.ts';
import { parse, pointer } from './shape.ts';

const schema = z.strictObject({ a: z.int().min(3).max(5), b: z.array(z.strictObject({ c: z.enum(['x', 'y']) })).optional(), d: z.string().optional() });

const errorsOf = (value: unknown): string[] => {
  try {
    parse(schema, value);
    return [];
  } catch (thrown) {
    return ((thrown as Problem).extras.errors ?? []).map(({ path, code }) => `${path} ${code}`);
  }
};

describe('shape', () => {
  test('names every field at fault by its JSON pointer', () => {
    expect(errorsOf({ a: 4 })).toEqual([]);
    expect(errorsOf({})).toEqual(['/a missing']);
    expect(errorsOf({ a: 4, 'x/~y': 1 })).toEqual(['/x~1~0y unknownField']);
    expect(errorsOf({ a: '4', b: [{ c: 'x' }, { c: 'z', q: 1 }] })).toEqual(['/a wrongType', '/b/1/c notAllowed', '/b/1/q unknownField']);
    expect(errorsOf({ a: 6 })).toEqual(['/a tooBig']);
    expect(errorsOf([])).toEqual([' wrongType']);
    expect(errorsOf(null)).toEqual([' wrongType']);
  });

  test('refuses what JSON can carry and nothing behind the door can store', () => {
    expect(errorsOf({ a: 4, d: 'a\0b' })).toEqual(['/d notText']);
    expect(errorsOf({ a: 4, d: '\ud800' })).toEqual(['/d notText']);
    expect(errorsOf({ a: 4, '\udfff': 1 })).toEqual([' notText']);
    expect(errorsOf(JSON.parse('{"a":1e309}'))).toEqual(['/a notANumber']);
    expect(errorsOf(JSON.parse('{"a":4,"__proto__":{"a":4}}'))).toEqual(['/__proto__ unknownField']);
    expect(errorsOf(JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`))).toHaveLength(1);
    expect(errorsOf(Array.from({ length: 100_000 }, () => ({})))).toEqual(['/19999 tooMuch']);
    expect(errorsOf(Object.fromEntries(Array.from({ length: 9_999 }, (_, index) => [`k${index}`, 1])))).toHaveLength(100);
    expect(errorsOf({ a: 4, d: '😀 ä' })).toEqual([]);
  });

  test('every error has German and English words', () => {
    for (const value of [{}, { a: 'x' }, { a: 9 }, { a: 4, z: 1 }, { a: 4, d: '\0' }, { a: 4, b: [{ c: 1 }] }]) {
      expect(() => parse(schema, value)).toThrow(Problem);
      try {
        parse(schema, value);
      } catch (thrown) {
        for (const { text } of (thrown as Problem).extras.errors ?? []) expect([text.de.length > 5, text.en.length > 5, text.de === text.en]).toEqual([true, true, false]);
      }
    }
  });

  test('any JSON value is taken or refused, never more', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6, noUnicodeString: false }), (value) => {
      try {
        parse(schema, value);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(Problem);
        expect((thrown as Problem).status).toBe(422);
      }
    }));
  });

  test('a pointer escapes what pointers escape', () => {
    expect(pointer(['a', 0, 'b/c', '~'])).toBe('/a/0/b~1c/~0');
  });
});
