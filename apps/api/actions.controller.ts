import type { ServerResponse } from 'node:http';
import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CasesService, type CaseView } from '#cases';
import { machineOf, type ActionHint, type Actor, type EventDefinition, type Json } from '#kernel';
import { Store } from '#store';
import { Answers, NeedsKey, NeedsVersion, SignedIn } from './answers.ts';
import { Caller, OfCase, TheCase, type Place } from './case.guard.ts';
import { Commands, keyed } from './commands.ts';
import { idempotencyKey, ifMatch } from './headers.ts';
import { Problem, type WireReason } from './problem.ts';
import { Refusals } from './refusals.ts';
import { arrivalOf, type ApiRequest } from './request.ts';
import { bodyOf, parse } from './shape.ts';
import { actions, caseView } from './wire.ts';

/** What a person can do with a case, and doing it. */
@ApiTags('actions')
@SignedIn()
@OfCase()
@Controller('cases/:id/actions')
export class ActionsController {
  readonly #cases: CasesService;
  readonly #commands: Commands;
  readonly #refusals: Refusals;
  readonly #store: Store;

  constructor(cases: CasesService, commands: Commands, refusals: Refusals, store: Store) {
    this.#cases = cases;
    this.#commands = commands;
    this.#refusals = refusals;
    this.#store = store;
  }

  @Get()
  @ApiOperation({ summary: 'What can I do next, and why not' })
  @Answers({ status: 200, schema: actions, refuses: [404] })
  async explain(@TheCase() { id, applicantKey: applicant }: Place, @Caller() actor: Actor): Promise<{ items: (Omit<ActionHint, 'reasons'> & { reasons: WireReason[] })[] }> {
    const hints = await this.#cases.explain(id, actor, await this.#store.now());
    if (hints === null) throw new Problem('notFound');
    return { items: await Promise.all(hints.map(async (hint) => ({ ...hint, reasons: await this.#refusals.reasons(hint.reasons, { actor, applicant }) }))) };
  }

  @Post(':event')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send the case an event' })
  @NeedsVersion()
  @NeedsKey(true)
  @Answers({ status: 200, schema: caseView, headers: ['ETag', 'Idempotency-Replayed'], refuses: [400, 403, 404, 409, 412, 413, 415, 422, 428] })
  async send(
    @TheCase() place: Place,
    @Param('event') event: string,
    @Body() body: unknown,
    @Caller() actor: Actor,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<CaseView> {
    const { fields } = machineOf(place.programme, place.machine).events[event] as EventDefinition;
    const data = parse(fields, bodyOf(body)) as { readonly [field: string]: Json };
    const expectedVersion = ifMatch(request.headers);
    const key = keyed(idempotencyKey(request.headers), `POST /cases/${place.id}/actions/${event}`, body);
    return this.#commands.advance({ caseId: place.id, event, data, actor, at: await arrivalOf(request), expectedVersion, key }, place.applicantKey, response);
  }
}
