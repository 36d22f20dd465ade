import { z } from 'zod';
import { id, list, text, word } from './wire.ts';

const code = z.enum(['sameIban', 'lookAlike']);

/** What stands out about a payment, where it is told beside something else. */
export const paymentFlags = z.array(z.strictObject({ code: z.enum(['paidAgain', 'otherReturned', ...code.options]), text }))
  .meta({ description: 'That it is paid once more, or that money of the other instalment came back, by whose word; and what stands out about the payees of its family over all cases, as things are now. It stops nothing. Of the latter at most five: `/payee-flags` has all with their places' });

/** The shape of what stands out about payees. */
export const payeeFlags = list(z.strictObject({
  code, text,
  places: z.array(z.strictObject({
    case: id, fileNumber: z.string(), applicant: z.strictObject({ key: z.string(), name: z.string() }), holder: z.string(), ibanEnding: z.string(),
  })),
})).meta({ id: 'PayeeFlags' });

export const payeeFlagQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  case: word.meta({ description: 'A case: only what concerns its family' }),
});
