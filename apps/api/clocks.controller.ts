import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor } from '#kernel';
import { rebuildWakeUps, Store } from '#store';
import { Answers, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { Refusals } from './refusals.ts';
import { bodyOf, parse } from './shape.ts';
import { nothing, rebuilding } from './wire.clocks.ts';

/** Whether the queue holds what the clocks need, and putting it right. Asks the database only, so it works while the queue is down. */
@ApiTags('operations')
@SignedIn()
@Controller('clocks')
export class ClocksController {
  readonly #store: Store;
  readonly #refusals: Refusals;

  constructor(store: Store, refusals: Refusals) {
    this.#store = store;
    this.#refusals = refusals;
  }

  @Post('rebuild')
  @HttpCode(200)
  @ApiOperation({ summary: 'Have every wake-up restored from the clocks, and the sweep scheduled anew; the worker does it as soon as it can. Repeatable' })
  @Answers({ status: 200, schema: rebuilding, refuses: [400, 403, 413, 415, 422] })
  async rebuild(@Body() body: unknown, @Caller() actor: Actor): Promise<z.output<typeof rebuilding>> {
    parse(nothing, bodyOf(body));
    await this.#refusals.demand(actor, ['administrator']);
    const rebuild = await rebuildWakeUps(this.#store);
    this.#store.committed();
    return { rebuild };
  }
}
