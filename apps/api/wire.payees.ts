import { z } from 'zod';
import { id, list, text, word } from './wire.ts';

/** The shape of what stands out about payees. */
export const payeeFlags = list(z.strictObject({
  code: z.enum(['sameIban', 'lookAlike']), text,
  places: z.array(z.strictObject({
    case: id, fileNumber: z.string(), applicant: z.strictObject({ key: z.string(), name: z.string() }), holder: z.string(), ibanEnding: z.string(),
  })),
})).meta({ id: 'PayeeFlags' });

export const payeeFlagQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  case: word.meta({ description: 'A case: only what concerns its family' }),
});
