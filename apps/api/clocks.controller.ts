import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { ClocksService } from '#cases';
import type { Actor } from '#kernel';
import { lastWakeUpReport, rebuildWakeUps, Store } from '#store';
import { Answers, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { AGENCY, Refusals } from './refusals.ts';
import { bodyOf, parse } from './shape.ts';
import { drift, nothing, rebuilding } from './wire.clocks.ts';

/** A clock that is overdue by more than this was missed by its alarm and by the sweep. */
const LATE_SECONDS = 60;

/** Whether the queue holds what the clocks need, and putting it right. Asks the database only, so it works while the queue is down. */
@ApiTags('operations')
@SignedIn()
@Controller('clocks')
export class ClocksController {
  readonly #store: Store;
  readonly #clocks: ClocksService;
  readonly #refusals: Refusals;

  constructor(store: Store, clocks: ClocksService, refusals: Refusals) {
    this.#store = store;
    this.#clocks = clocks;
    this.#refusals = refusals;
  }

  @Get('drift')
  @ApiOperation({ summary: 'Whether what wakes the clocks up is whole: wake-ups against clocks, the schedule of the sweep, deadlines that nobody woke' })
  @Answers({ status: 200, schema: drift, refuses: [403] })
  async drift(@Caller() actor: Actor): Promise<z.output<typeof drift>> {
    await this.#refusals.demand(actor, AGENCY);
    const [{ checkedAt, fresh, missing, withoutClock, sweepNextAt }, { count, oldestAt }] =
      await Promise.all([lastWakeUpReport(this.#store), this.#clocks.late(LATE_SECONDS)]);
    return {
      checkedAt, watched: fresh, wakeUpsMissing: missing, wakeUpsWithoutClock: withoutClock, overdue: count, oldestOverdueAt: oldestAt,
      sweep: sweepNextAt === null ? null : { nextAt: sweepNextAt },
    };
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
