import { z } from 'zod';
import { cents, id, instant, page, pageQuery, text } from './wire.ts';

/** The shapes of what was said of payments and waits to be borne out. */
export const paymentAnswer = z.strictObject({
  id, case: id, endToEndId: z.string(), amountCents: cents,
  code: z.enum(['settledFromFile', 'settlementTold', 'valueDateTold', 'returnTold', 'executedTold', 'importerApart', 'noReturnTold', 'recoveryTold'])
    .meta({ description: 'Settled though in no file; settled by hand and not told by the bank within a week, or with another value date; returned by hand and not told by the bank, or told to be executed; returned by a file of the bank whose importer has certified the next payment; a return withdrawn though the bank has told of one; a repayment that one person alone has reported' }),
  reportedCents: cents.meta({ description: 'How much of the order persons have said to be back, this included' }),
  creditedCents: cents.meta({ description: 'How much the bank has credited for it, also without marking it as a return' }),
  withdrawable: z.boolean().meta({ description: 'Of what a person said came back: whether another one can still withdraw it' }),
  text, remedy: text, account: z.string().meta({ description: 'Who said it, or imported it; `system` is the bank' }), at: instant, ageDays: z.int().min(0),
  confirmation: z.strictObject({ account: z.string(), reason: z.string(), at: instant }).nullable(),
}).meta({ id: 'PaymentAnswer' });

export const paymentAnswers = page(paymentAnswer).meta({ id: 'PaymentAnswers' });

export const paymentAnswerQuery = pageQuery.extend({ confirmed: z.enum(['true', 'false']).optional() });

export const confirmOrder = z.strictObject({ reason: z.string().trim().min(1).max(500) }).meta({ id: 'ConfirmPaymentAnswer' });
