import { z } from 'zod';
import { ROLES } from '#kernel';
import { paymentFlags as flags } from './wire.payees.ts';
import { day, id, instant, text } from './wire.ts';

/** The shape of readiness: every check, whether it holds, since when the answer is what it is, and whose matter it is. */
export const readiness = z.strictObject({ items: z.array(z.strictObject({
  case: id, fileNumber: z.string(), number: z.int(), state: z.string(), ready: z.boolean(),
  checks: z.array(z.strictObject({
    code: z.string().meta({ description: 'The requirement, which is also the code of the refusal' }),
    ok: z.boolean(), since: instant.nullable(), owner: z.enum(ROLES), text, remedy: text, from: instant.optional(),
  })),
  flags: flags.optional().meta({ description: 'That it is paid once more, and what stands out about payees; told to the agency only: it names other municipalities. It stops nothing' }),
})),
  orders: z.array(z.strictObject({
    case: id, endToEndId: z.string(), run: z.strictObject({ id, fileNumber: z.string(), executionOn: day, file: z.string().nullable() }).nullable(), text,
  })).meta({ description: 'Payment orders that are given and not answered: in which run each is, or in none yet. Told to the agency only' }),
}).meta({ id: 'Readiness' });
