import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CasesService, type Prepared } from '#cases';
import type { Actor } from '#kernel';
import { Store } from '#store';
import { Answers, SignedIn } from './answers.ts';
import { Caller, OfCase, TheCase, type Place } from './case.guard.ts';
import { Problem } from './problem.ts';
import { readiness } from './wire.readiness.ts';

/** What stands between an instalment and its payment. */
@ApiTags('cases')
@SignedIn()
@OfCase()
@Controller('cases/:id/readiness')
export class ReadinessController {
  readonly #cases: CasesService;
  readonly #store: Store;

  constructor(cases: CasesService, store: Store) {
    this.#cases = cases;
    this.#store = store;
  }

  @Get()
  @ApiOperation({ summary: 'What is still missing for the payment of an instalment, or of each open instalment of an application' })
  @Answers({ status: 200, schema: readiness, refuses: [404] })
  async read(@TheCase() { id }: Place, @Caller() actor: Actor): Promise<{ items: readonly Prepared[] }> {
    const items = await this.#cases.readiness(id, actor, await this.#store.now());
    if (items === null) throw new Problem('notFound');
    return { items };
  }
}
