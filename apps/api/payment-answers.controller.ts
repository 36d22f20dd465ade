import type { ServerResponse } from 'node:http';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { doubtOf, PaymentAnswers, type PaymentAnswer } from '#apps/installation';
import type { Actor } from '#kernel';
import { Answers, NeedsKey, SignedIn } from './answers.ts';
import { BANK_READERS } from './bank-entries.controller.ts';
import { Caller } from './case.guard.ts';
import { keyed } from './commands.ts';
import { CURSORS } from './cursor.ts';
import { BANK_CLERKS } from './exception.money.ts';
import { idempotencyKey } from './headers.ts';
import { Problem } from './problem.ts';
import { Refusals } from './refusals.ts';
import type { ApiRequest } from './request.ts';
import { confirmOrder, paymentAnswer, paymentAnswerQuery, paymentAnswers } from './wire.answers.ts';

/** What was said of payments and the bank's files do not bear out, until another person does. */
@ApiTags('payments')
@SignedIn()
@Controller('payment-answers')
export class PaymentAnswersController {
  readonly #answers: PaymentAnswers;
  readonly #refusals: Refusals;

  constructor(answers: PaymentAnswers, refusals: Refusals) {
    this.#answers = answers;
    this.#refusals = refusals;
  }

  @Get()
  @ApiOperation({ summary: 'What was said of payments and the bank\'s files do not bear out, the newest first; `confirmed=false` are those that wait for another person' })
  @Answers({ status: 200, schema: paymentAnswers, refuses: [403, 422] })
  async list(@Query({ schema: paymentAnswerQuery }) { limit, cursor, confirmed }: z.output<typeof paymentAnswerQuery>, @Caller() actor: Actor): Promise<z.output<typeof paymentAnswers>> {
    const before = cursor === undefined ? undefined : CURSORS.paymentAnswers.read(cursor);
    await this.#refusals.demand(actor, BANK_READERS);
    const found = await this.#answers.list({ limit: limit + 1, ...(before && { before }), ...(confirmed !== undefined && { confirmed: confirmed === 'true' }) });
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items: items.map(viewOf), next: last === undefined ? null : CURSORS.paymentAnswers.of({ at: last.at, id: last.id }) };
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @NeedsKey(true)
  @ApiOperation({ summary: 'Confirm what somebody else has said of a payment, after a look at the statement' })
  @Answers({ status: 200, schema: paymentAnswer, headers: ['Idempotency-Replayed'], refuses: [400, 403, 404, 409, 413, 415, 422, 428] })
  async confirm(
    @Param('id') id: string, @Body({ schema: confirmOrder }) { reason }: z.output<typeof confirmOrder>, @Caller() actor: Actor, @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<z.output<typeof paymentAnswer>> {
    const route = `POST /payment-answers/${id}/confirm`;
    const key = keyed(idempotencyKey(request.headers), route, { reason });
    const answer = await this.#answers.one(id);
    await this.#refusals.demand(actor, BANK_CLERKS);
    if (answer !== null) await this.#refusals.demandAnother(actor, { account: answer.account, text: saidBy(answer) }, BANK_CLERKS);
    const outcome = await this.#answers.confirm({ id, reason, account: actor.account }, { actor: actor.account, route, ...key });
    // The bank's word is also that of whoever imported it.
    if (!outcome.ok && outcome.code === 'differentPerson') await this.#refusals.demandAnother(actor, { account: actor.account, text: saidBy({ account: actor.account, endToEndId: answer?.endToEndId ?? id }) }, BANK_CLERKS);
    if (outcome.replayed) response.setHeader('Idempotency-Replayed', 'true');
    if (!outcome.ok) throw new Problem(outcome.code);
    return viewOf(outcome.done);
  }
}

const saidBy = ({ account, endToEndId }: Pick<PaymentAnswer, 'account' | 'endToEndId'>) => ({
  de: `Vier-Augen-Prinzip: Was zu bestätigen ist, haben Sie selbst (${account}) von der Zahlung ${endToEndId} gemeldet.`,
  en: `Four-eyes principle: what is to be confirmed you yourself (${account}) reported of the payment ${endToEndId}.`,
});

function viewOf(answer: PaymentAnswer): z.output<typeof paymentAnswer> {
  const { caseId, orderId: _, rootId: __, seq: ___, ...shown } = answer;
  return { ...shown, case: caseId, ...doubtOf(answer) };
}
