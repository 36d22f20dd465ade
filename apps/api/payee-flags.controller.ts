import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { payeeFlags as flagsOf } from '#apps/installation';
import { CasesService, Programmes } from '#cases';
import type { Actor } from '#kernel';
import { Store } from '#store';
import { Answers, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { Problem } from './problem.ts';
import { AGENCY, Refusals } from './refusals.ts';
import { payeeFlagQuery, payeeFlags } from './wire.payees.ts';

/** What stands out about payees over all cases. For the agency only: it names other municipalities. */
@ApiTags('operations')
@SignedIn()
@Controller('payee-flags')
export class PayeeFlagsController {
  readonly #store: Store;
  readonly #programmes: Programmes;
  readonly #cases: CasesService;
  readonly #refusals: Refusals;

  constructor(store: Store, programmes: Programmes, cases: CasesService, refusals: Refusals) {
    this.#store = store;
    this.#programmes = programmes;
    this.#cases = cases;
    this.#refusals = refusals;
  }

  @Get()
  @ApiOperation({ summary: 'One IBAN for two municipalities, and account holders that look alike; they stop nothing' })
  @Answers({ status: 200, schema: payeeFlags, refuses: [403, 404, 422] })
  async list(@Query({ schema: payeeFlagQuery }) { limit, case: caseId }: z.output<typeof payeeFlagQuery>, @Caller() actor: Actor): Promise<z.output<typeof payeeFlags>> {
    await this.#refusals.demand(actor, AGENCY);
    const place = caseId === undefined ? undefined : await this.#cases.locate(caseId, actor);
    if (place === null) throw new Problem('notFound');
    return { items: await flagsOf(this.#store, this.#programmes, { limit, ...(place && { rootId: place.rootId }) }) as never };
  }
}
