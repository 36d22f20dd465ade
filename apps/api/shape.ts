import { z } from 'zod';
import type { Text } from '#kernel';
import { Problem, type FieldError } from './problem.ts';
import { shapeWords } from './shape.words.ts';

const DEEPEST = 32;
const MOST_VALUES = 20_000;
const MOST_ERRORS = 100;

/** What a schema makes of a value from outside, or the 422 that names every field at fault (the first hundred). */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const unclean = few(uncleanParts(value));
  if (unclean.length > 0) throw new Problem('invalidBody', { errors: unclean });
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw new Problem('invalidBody', { errors: few(parsed.error.issues.flatMap(fieldErrors)) });
  return parsed.data;
}

/** No body at all says as much as an empty one; `null` says something else. */
export const bodyOf = (body: unknown): unknown => (body === undefined ? {} : body);

/** A path as a JSON pointer (RFC 6901). */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => fault('unknownField', [...issue.path, key]));
  if (issue.input === undefined && MISSING.has(issue.code)) return [missing(issue)];
  return [{ path: pointer(issue.path), code: codeOf(issue), text: shapeWords(issue) }];
}

/** What zod calls a field that is not there: a type, one of several values or one of several forms that nothing has. */
const MISSING: ReadonlySet<z.core.$ZodIssue['code']> = new Set(['invalid_type', 'invalid_value', 'invalid_union']);

/** A field that is not there; where only some values are possible, they are told along. */
function missing(issue: z.core.$ZodIssue): FieldError {
  const { de, en } = issue.code === 'invalid_value' ? shapeWords(issue) : { de: '', en: '' };
  const { path, code, text } = fault('missing', issue.path);
  return { path, code, text: { de: `${text.de} ${de}`.trim(), en: `${text.en} ${en}`.trim() } };
}

const CODES = {
  invalid_type: 'wrongType', too_big: 'tooBig', too_small: 'tooSmall', invalid_format: 'wrongFormat', not_multiple_of: 'notAMultiple',
  unrecognized_keys: 'unknownField', invalid_union: 'wrongShape', invalid_key: 'wrongKey', invalid_element: 'wrongElement',
  invalid_value: 'notAllowed', custom: 'notAllowed',
} as const satisfies Record<z.core.$ZodIssue['code'], string>;

/** A refinement of a schema may bring a code of its own. */
const codeOf = (issue: z.core.$ZodIssue): string => (issue.code === 'custom' && typeof issue.params?.['code'] === 'string' ? issue.params['code'] : CODES[issue.code]);

const FAULTS = {
  missing: { de: 'Diese Angabe fehlt.', en: 'This field is missing.' },
  unknownField: { de: 'Diese Angabe gibt es hier nicht.', en: 'There is no such field here.' },
  notText: { de: 'Der Text enthält Zeichen, die kein Text sind (NUL oder halbe Unicode-Zeichen).', en: 'The text contains characters that are no text (NUL or half Unicode characters).' },
  notANumber: { de: 'Die Zahl ist zu groß, um eine zu sein.', en: 'The number is too large to be one.' },
  tooMuch: { de: `Die Anfrage enthält mehr als ${MOST_VALUES} Werte.`, en: `The request contains more than ${MOST_VALUES} values.` },
  tooDeep: { de: `Die Angaben sind tiefer als ${DEEPEST} Ebenen verschachtelt.`, en: `The body is nested more than ${DEEPEST} levels deep.` },
} as const satisfies Record<string, Text>;

const fault = (code: keyof typeof FAULTS, path: readonly PropertyKey[]): FieldError => ({ path: pointer(path), code, text: FAULTS[code] });

/**
 * What JSON can carry and nothing behind this door can store: NUL, half characters, 1e309, `__proto__`, bottomless nesting;
 * and more values than any form of the house has, which would only cost time to refuse one by one.
 */
function* uncleanParts(value: unknown, path: readonly string[] = [], seen = { values: 0 }): Generator<FieldError> {
  seen.values += 1;
  if (seen.values > MOST_VALUES || path.length > DEEPEST) yield fault(path.length > DEEPEST ? 'tooDeep' : 'tooMuch', path);
  else if (typeof value === 'string') yield* NO_TEXT.test(value) ? [fault('notText', path)] : [];
  else if (typeof value === 'number') yield* Number.isFinite(value) ? [] : [fault('notANumber', path)];
  else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      if (key === '__proto__') yield fault('unknownField', [...path, key]);
      if (NO_TEXT.test(key)) yield fault('notText', path);
      yield* uncleanParts(inner, [...path, key], seen);
      if (seen.values > MOST_VALUES) return;
    }
  }
}

const NO_TEXT = /[\p{Surrogate}\0]/u;

/** The first errors of a list that may have no end. */
function few(errors: Iterable<FieldError>): FieldError[] {
  const kept: FieldError[] = [];
  for (const error of errors) if (kept.push(error) === MOST_ERRORS) break;
  return kept;
}
