import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { ClocksService } from '#cases';
import type { Actor } from '#kernel';
import { listFailed, Store } from '#store';
import { Answers, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { AGENCY, Refusals } from './refusals.ts';
import { exceptions } from './wire.ts';

/** What did not go its way and waits for a person. */
@ApiTags('operations')
@SignedIn()
@Controller('exceptions')
export class ExceptionsController {
  readonly #store: Store;
  readonly #clocks: ClocksService;
  readonly #refusals: Refusals;

  constructor(store: Store, clocks: ClocksService, refusals: Refusals) {
    this.#store = store;
    this.#clocks = clocks;
    this.#refusals = refusals;
  }

  @Get()
  @ApiOperation({ summary: 'Outward work that was given up, and deadlines whose event was refused; newest first' })
  @Answers({ status: 200, schema: exceptions, refuses: [403] })
  async list(@Caller() actor: Actor): Promise<z.output<typeof exceptions>> {
    await this.#refusals.demand(actor, AGENCY);
    const [effects, refused] = await Promise.all([listFailed(this.#store), this.#clocks.refused()]);
    const items = [
      ...effects.map(({ id, queue, caseId, failedAt, error, failures }) => ({
        id: `effect-${id}`, kind: 'effect' as const, case: caseId, name: queue, at: failedAt,
        text: { de: `Nach ${failures} Versuchen aufgegeben: ${error}`, en: `Given up after ${failures} attempts: ${error}` },
      })),
      ...refused.map(({ clockId, caseId, name, event, at }) => ({
        id: `clock-${clockId}`, kind: 'clock' as const, case: caseId, name, at,
        text: { de: `Die Frist „${name}“ ist abgelaufen, aber „${event}“ war nicht möglich.`, en: `The deadline “${name}” has passed, but “${event}” was not possible.` },
      })),
    ];
    return { items: items.toSorted((a, b) => (a.at < b.at ? 1 : -1)) };
  }
}
