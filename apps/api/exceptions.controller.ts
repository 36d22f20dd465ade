import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor } from '#kernel';
import { Answers, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { CURSORS } from './cursor.ts';
import { ExceptionList } from './exception.list.ts';
import { AGENCY, Refusals } from './refusals.ts';
import { exceptions, pageQuery } from './wire.ts';

/** What did not go its way and waits for a person. */
@ApiTags('operations')
@SignedIn()
@Controller('exceptions')
export class ExceptionsController {
  readonly #list: ExceptionList;
  readonly #refusals: Refusals;

  constructor(list: ExceptionList, refusals: Refusals) {
    this.#list = list;
    this.#refusals = refusals;
  }

  @Get()
  @ApiOperation({ summary: 'Outward work that was given up or is not done after an hour, deadlines whose event was refused, letters that did not arrive, what the bank says that fits no payment, what was said of payments and the bank does not bear out, payments that came back or were rejected and that nobody has taken further, payments and payment runs that were brought to mind and that nobody has moved since, and a freeze that nobody has lifted; newest first' })
  @Answers({ status: 200, schema: exceptions, refuses: [403, 422] })
  async list(@Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>, @Caller() actor: Actor): Promise<z.output<typeof exceptions>> {
    await this.#refusals.demand(actor, AGENCY);
    const { items, next } = await this.#list.page(limit, cursor === undefined ? undefined : CURSORS.exceptions.read(cursor));
    return { items, next: next === null ? null : CURSORS.exceptions.of(next) };
  }
}
