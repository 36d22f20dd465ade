import { z } from 'zod';
import { cents, id, instant, page, pageQuery, text } from './wire.ts';

/** The shapes of what was said of payments and waits to be borne out. */
export const paymentAnswer = z.strictObject({
  id, case: id, endToEndId: z.string(), amountCents: cents,
  code: z.enum(['settledFromFile', 'settlementTold', 'valueDateTold', 'returnTold', 'executedTold', 'noReturnTold', 'recoveryTold'])
    .meta({ description: 'Settled though in no file; settled by hand and not told by the bank within a week, or with another value date; returned by hand and not told by the bank, or told to be executed; a return withdrawn though the bank has told of one; a repayment that one person alone has reported' }),
  text, remedy: text, account: z.string().meta({ description: 'Who said it; `system` is the bank' }), at: instant, ageDays: z.int().min(0),
  confirmation: z.strictObject({ account: z.string(), reason: z.string(), at: instant }).nullable(),
}).meta({ id: 'PaymentAnswer' });

export const paymentAnswers = page(paymentAnswer).meta({ id: 'PaymentAnswers' });

export const paymentAnswerQuery = pageQuery.extend({ confirmed: z.enum(['true', 'false']).optional() });

export const confirmOrder = z.strictObject({ reason: z.string().trim().min(1).max(500) }).meta({ id: 'ConfirmPaymentAnswer' });
