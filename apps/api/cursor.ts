import { z } from 'zod';
import type { CaseCursor } from '#cases';
import { Problem } from './problem.ts';

const contents = z.tuple([z.iso.datetime({ precision: 3 }), z.string().regex(/^[\w-]{1,64}$/)]);

/** A place in a list as an opaque word. */
export const cursorOf = ({ createdAt, id }: CaseCursor): string => Buffer.from(JSON.stringify([createdAt, id])).toString('base64url');

/** The place a cursor stands for; one that was not made here is a wrong parameter. */
export function placeOf(cursor: string): CaseCursor {
  const found = contents.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!found.success) throw cursorInvalid();
  const [createdAt, id] = found.data;
  return { createdAt, id };
}

/** The 422 for a cursor that belongs to no list. */
export const cursorInvalid = (): Problem => new Problem('invalidBody', {
  errors: [{ path: '/cursor', code: 'notAllowed', text: { de: 'Dieser Cursor stammt nicht aus dieser Liste.', en: 'This cursor is not from this list.' } }],
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
