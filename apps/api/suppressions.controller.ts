import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor } from '#kernel';
import { isAddress, SuppressionsService } from '#letters';
import { Answers, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { CURSORS } from './cursor.ts';
import { Problem } from './problem.ts';
import { AGENCY, Refusals } from './refusals.ts';
import { pageQuery } from './wire.ts';
import { suppressions } from './wire.mail.ts';

/** The addresses nothing is mailed to any more, because mail to them came back for good. */
@ApiTags('mail')
@SignedIn()
@Controller('suppressions')
export class SuppressionsController {
  readonly #suppressions: SuppressionsService;
  readonly #refusals: Refusals;

  constructor(owned: SuppressionsService, refusals: Refusals) {
    this.#suppressions = owned;
    this.#refusals = refusals;
  }

  @Get()
  @ApiOperation({ summary: 'Suppressed addresses and the bounce behind each, newest first' })
  @Answers({ status: 200, schema: suppressions, refuses: [403, 422] })
  async list(@Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>, @Caller() actor: Actor): Promise<z.output<typeof suppressions>> {
    await this.#refusals.demand(actor, AGENCY);
    const found = await this.#suppressions.list({ limit: limit + 1, ...(cursor === undefined ? {} : { before: CURSORS.suppressions.read(cursor).id }) });
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return {
      items: items.map(({ address, since, status, diagnostic, caseId, kind }) => ({ address, since, status, diagnostic, case: caseId, kind })),
      next: last === undefined ? null : CURSORS.suppressions.of({ id: last.id }),
    };
  }

  @Delete(':address')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let mail go to an address again' })
  @Answers({ status: 204, refuses: [403, 404] })
  async lift(@Param('address') address: string, @Caller() actor: Actor): Promise<void> {
    await this.#refusals.demand(actor, ['administrator']);
    if (!isAddress(address) || await this.#suppressions.lift(address, actor.account) === null) throw new Problem('notFound');
  }
}
