import { z } from 'zod';
import { Problem } from './problem.ts';

const instant = z.iso.datetime({ precision: 3 });
const name = z.string().regex(/^[\w-]{1,200}$/);

/** The cursors of one list. Its name is part of them: one from another list is as wrong as one that was not made here. */
const cursors = <P extends z.ZodObject>(list: string, place: P) => ({
  of: (at: z.input<P>): string => Buffer.from(JSON.stringify([list, at])).toString('base64url'),
  read: (cursor: string): z.output<P> => {
    const ours = z.tuple([z.literal(list), z.unknown()]).safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString('utf8')));
    const found = place.safeParse(ours.data?.[1]);
    if (!found.success) throw cursorInvalid();
    return found.data;
  },
});

/** Places in the lists of the API as opaque words, and back. */
export const CURSORS = {
  cases: cursors('cases', z.strictObject({ createdAt: instant, id: name })),
  deadlines: cursors('deadlines', z.strictObject({ at: instant, id: name })),
  exceptions: cursors('exceptions', z.strictObject({ at: instant, id: name })),
  suppressions: cursors('suppressions', z.strictObject({ id: z.int().min(1) })),
  runRows: cursors('runRows', z.strictObject({ position: z.int().min(0) })),
  bankFiles: cursors('bankFiles', z.strictObject({ at: instant, id: name })),
  bankEntries: cursors('bankEntries', z.strictObject({ id: z.int().min(0) })),
  paymentAnswers: cursors('paymentAnswers', z.strictObject({ at: instant, id: name })),
  statement: cursors('statement', z.strictObject({ at: instant, id: z.int().min(0) })),
  register: cursors('register', z.strictObject({ at: instant, rootId: name, seq: z.int() })),
} as const;

/** The 422 for a cursor that belongs to no list, or to another one. */
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
