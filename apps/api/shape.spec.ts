import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { Problem } from './problem.ts';
import { parse, pointer } from './shape.ts';
import { someDay, someInstant } from './wire.ts';

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
    expect(errorsOf({ a: 4, b: [{}] })).toEqual(['/b/0/c missing']);
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

  test.each<[string, z.ZodType, unknown, string, string]>([
    ['a day', someDay, 'heute', 'Erwartet: ein Tag, den es gibt, wie 2028-05-04.', 'Expected: a day that exists, such as 2028-05-04.'],
    ['a day of this age', someDay, '1066-10-14', 'Das Jahr muss zwischen 1970 und 2199 liegen.', 'The year must lie between 1970 and 2199.'],
    ['an instant', someInstant, '2028-05-04', 'Erwartet: ein Zeitpunkt mit Zeitzone wie 2028-05-04T08:00:00.000Z.', 'Expected: an instant with its time zone, such as 2028-05-04T08:00:00.000Z.'],
    ['one of several', z.enum(['post', 'electronic']), 'fax', 'Möglich ist: post, electronic.', 'Possible: post, electronic.'],
    ['a text that looks like a number', z.enum(['all', '1']), 1, 'Erwartet: ein Text. Möglich ist: 1, all.', 'Expected: a text. Possible: 1, all.'],
    ['one value', z.literal(true), false, 'Möglich ist: true.', 'Possible: true.'],
    ['a value that is not there', z.strictObject({ factual: z.literal(true) }), {}, 'Diese Angabe fehlt. Möglich ist: true.', 'This field is missing. Possible: true.'],
    ['a form that is not there', z.strictObject({ of: z.union([z.string(), z.int()]) }), {}, 'Diese Angabe fehlt.', 'This field is missing.'],
    ['a whole number', z.int(), 1.5, 'Erwartet: eine ganze Zahl.', 'Expected: a whole number.'],
    ['a number', z.coerce.number(), 'x', 'Erwartet: eine Zahl.', 'Expected: a number.'],
    ['a bound', z.int().max(3), 4, 'Erwartet: höchstens 3.', 'Expected: at most 3.'],
    ['an open bound', z.number().gt(3), 3, 'Erwartet: mehr als 3.', 'Expected: more than 3.'],
    ['a length', z.string().max(3), 'long', 'Erwartet: höchstens 3 Zeichen.', 'Expected: at most 3 characters.'],
    ['something', z.string().min(1), '', 'Diese Angabe darf nicht leer sein.', 'This field must not be empty.'],
    ['entries', z.array(z.int()).min(1), [], 'Erwartet: mindestens 1 Eintrag.', 'Expected: at least 1 entry.'],
    ['digits', z.string().regex(/^\d{8}$/), 'x', 'Erwartet: 8 Ziffern.', 'Expected: 8 digits.'],
    ['characters of a class', z.string().regex(/^[A-Za-z0-9-]{1,35}$/), 'ä', 'Erwartet: 1 bis 35 Zeichen aus A-Z a-z 0-9 -.', 'Expected: 1 to 35 characters of A-Z a-z 0-9 -.'],
    ['another pattern', z.string().regex(/^[45]\.\d$/), 'x', 'Erwartet: die Form ^[45]\\.\\d$.', 'Expected: the form ^[45]\\.\\d$.'],
    ['yes or no', z.boolean(), 'ja', 'Erwartet: true (ja) oder false (nein).', 'Expected: true (yes) or false (no).'],
    ['what a schema says itself', z.string().refine(() => false, { params: { de: 'So nicht.', en: 'Not so.' } }), 'x', 'So nicht.', 'Not so.'],
    ['what nobody says', z.string().refine(() => false), 'x', 'Diese Angabe ist so nicht zulässig.', 'This value is not allowed as it is.'],
    ['one of several forms', z.union([z.string(), z.int()]), true, 'Diese Angabe hat keine der vorgesehenen Formen.', 'This value has none of the forms it may have.'],
  ])('says once what is expected, in both languages: %s', (_, of, value, de, en) => {
    try {
      parse(of, value);
    } catch (thrown) {
      expect((thrown as Problem).extras.errors?.map(({ text }) => text)).toEqual([{ de, en }]);
      return;
    }
    throw new Error('it was taken');
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
