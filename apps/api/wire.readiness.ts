import { z } from 'zod';
import { ROLES } from '#kernel';
import { flags } from './wire.payees.ts';
import { id, instant, list, text } from './wire.ts';

/** The shape of readiness: every check, whether it holds, since when the answer is what it is, and whose matter it is. */
export const readiness = list(z.strictObject({
  case: id, fileNumber: z.string(), number: z.int(), state: z.string(), ready: z.boolean(),
  checks: z.array(z.strictObject({
    code: z.string().meta({ description: 'The requirement, which is also the code of the refusal' }),
    ok: z.boolean(), since: instant.nullable(), owner: z.enum(ROLES), text, remedy: text, from: instant.optional(),
  })),
  flags: flags.optional().meta({ description: 'What stands out about payees, told to the agency only: it names other municipalities. It stops nothing' }),
})).meta({ id: 'Readiness' });
