import { digest, type Json } from '#kernel';
import type { Change } from './case.view.ts';

const isRecord = (value: unknown): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Escaped for a JSON pointer (RFC 6901). */
const segment = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The fields in which two JSON values differ, by JSON pointer. Lists are compared as wholes: their items have no names. */
export function difference(from: Json, to: Json, path = ''): readonly Change[] {
  if (!isRecord(from) || !isRecord(to)) return digest(from) === digest(to) ? [] : [{ path, from, to }];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].toSorted()
    .flatMap((name) => difference(from[name] ?? null, to[name] ?? null, `${path}/${segment(name)}`));
}
