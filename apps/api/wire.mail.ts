import { z } from 'zod';
import { isAddress } from '#letters';
import { id, instant, page, text } from './wire.ts';

/** The shapes of mail: what people want of it, what did not arrive, and the addresses nobody writes to any more. */
const choice = z.strictObject({ kind: z.string(), title: text.optional(), subscribed: z.boolean() });

export const mailChoice = choice.meta({ id: 'MailChoice' });
export const mailChoices = z.strictObject({ items: z.array(choice) }).meta({ id: 'MailChoices' });
export const mailOrder = z.strictObject({ kind: z.string().max(100), subscribed: z.boolean() }).meta({ id: 'MailOrder' });

const status = z.string().regex(/^[45]\.\d{1,3}\.\d{1,3}$/).meta({ description: 'RFC 3463: 5.… for good, 4.… for now' });

/** Exactly one mailbox: no list, no name, no line break. */
const address = z.string().max(254).refine(isAddress, {
  params: { de: 'Das ist nicht genau eine Mailadresse.', en: 'This is not exactly one mail address.' },
});

export const bounceReport = z.strictObject({
  messageId: z.string().max(998).regex(/^(?:<[^<>\s]+>|[^<>\s]+)$/).meta({ description: 'Message-ID of our mail, with or without angle brackets' }),
  address: address.optional().meta({ description: 'The recipient; must be the one the mail went to' }),
  status,
  diagnostic: z.string().max(2_000).optional(),
}).meta({ id: 'BounceReport' });

export const bounce = z.strictObject({
  id, case: id, kind: z.string().meta({ description: 'The kind of letter' }), address: z.string(), status: z.string(), diagnostic: z.string().nullable(), at: instant,
  suppressed: z.boolean().meta({ description: 'Nothing is mailed to this address any more' }),
  repeated: z.boolean().meta({ description: 'It was known before: nothing has changed' }),
}).meta({ id: 'Bounce' });

export const suppressions = page(z.strictObject({
  address: z.string(), since: instant, status: z.string(), diagnostic: z.string().nullable(), case: id, kind: z.string(),
})).meta({ id: 'Suppressions' });
