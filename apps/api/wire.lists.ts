import { z } from 'zod';
import { endOfDay, startOfDay } from '#calendar';
import { id, instant, page, pageQuery, someDay, someInstant, text, timelineItem, word } from './wire.ts';

/** The shapes of the lists over all cases: deadlines, and the register of exceptions. */
const applicant = z.strictObject({ key: z.string(), name: z.string() });

export const deadlines = page(z.strictObject({
  id, case: id, fileNumber: z.string(), cycle: z.string(), applicant, machine: z.string(), state: z.string(),
  name: z.string(), at: instant, event: z.string(), reminder: z.boolean(), because: text, officer: z.string().nullable(),
})).meta({ id: 'Deadlines' });

export const exceptionRegister = page(timelineItem.extend({
  applicant, cycle: z.string(), reason: z.string().nullable(),
})).meta({ id: 'ExceptionRegister' });

/** An instant, or a day: 24:00 of a day belongs to it, so both ends count. */
const bound = (ofDay: (day: string) => string, end: string) =>
  z.union([someDay.transform(ofDay), someInstant]).optional().meta({ description: `An instant, or a day in Berlin (its ${end}); itself included` });

export const deadlineQuery = pageQuery.extend({
  from: bound(startOfDay, '00:00'), to: bound(endOfDay, '24:00'),
  case: word.meta({ description: 'A case: those of its whole family' }),
  officer: word.meta({ description: 'The account that has the case' }),
  cycle: word, applicant: word,
  reminders: z.enum(['true', 'false']).default('false').transform((said) => said === 'true'),
});

export const registerQuery = pageQuery.extend({ cycle: word, case: word.meta({ description: 'A case: those of its whole family' }) });
