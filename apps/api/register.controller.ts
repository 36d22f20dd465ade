import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { RegisterList } from '#cases';
import type { Actor } from '#kernel';
import { Answers, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { CURSORS } from './cursor.ts';
import { AGENCY, Refusals } from './refusals.ts';
import { exceptionRegister, registerQuery } from './wire.lists.ts';

/** What was decided otherwise than the rule says. Not to be confused with exceptions: those are things that went wrong. */
@ApiTags('operations')
@SignedIn()
@Controller('exception-register')
export class RegisterController {
  readonly #register: RegisterList;
  readonly #refusals: Refusals;

  constructor(register: RegisterList, refusals: Refusals) {
    this.#register = register;
    this.#refusals = refusals;
  }

  @Get()
  @ApiOperation({ summary: 'Decisions that depart from the rule, with who, when and why; newest first' })
  @Answers({ status: 200, schema: exceptionRegister, refuses: [403, 422] })
  async list(
    @Query({ schema: registerQuery }) { cursor, ...filter }: z.output<typeof registerQuery>,
    @Caller() actor: Actor,
  ): Promise<z.output<typeof exceptionRegister>> {
    const after = cursor === undefined ? {} : { after: CURSORS.register.read(cursor) };
    await this.#refusals.demand(actor, AGENCY);
    const { items, next } = await this.#register.list({ ...filter, ...after }, actor);
    return { items: [...items], next: next === null ? null : CURSORS.register.of(next) };
  }
}
