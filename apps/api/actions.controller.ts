import type { ServerResponse } from 'node:http';
import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AroundPayments, NOTHING_SENT, WAITS_FROZEN } from '#apps/installation';
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

/** A hint as the wire has it. */
type WireHint = Omit<ActionHint, 'reasons'> & { readonly reasons: readonly WireReason[]; readonly notes?: readonly Pick<WireReason, 'code' | 'text' | 'remedy'>[] };

/** The act that orders every row of a payment run. */
const RELEASE = { machine: 'paymentRun', event: 'release' };

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
  readonly #around: AroundPayments;

  constructor(cases: CasesService, commands: Commands, refusals: Refusals, store: Store, around: AroundPayments) {
    this.#cases = cases;
    this.#commands = commands;
    this.#refusals = refusals;
    this.#store = store;
    this.#around = around;
  }

  @Get()
  @ApiOperation({ summary: 'What can I do next, and why not' })
  @Answers({ status: 200, schema: actions, refuses: [404] })
  async explain(@TheCase() place: Place, @Caller() actor: Actor): Promise<{ items: readonly WireHint[] }> {
    const { id, applicantKey: applicant } = place;
    const hints = await this.#cases.explain(id, actor, await this.#store.now());
    if (hints === null) throw new Problem('notFound');
    const noted = await this.#noted(place);
    return { items: await Promise.all(hints.map(async (hint) => ({ ...hint, reasons: await this.#refusals.reasons(hint.reasons, { actor, applicant }), ...(hint.allowed && noted(hint.event)) }))) };
  }

  /** What is to be known of an event although nothing stands against it: an order that is given while payments are frozen waits, and what never went out does not come back. */
  async #noted({ id, programme: { payment }, machine }: Place): Promise<(event: string) => Pick<WireHint, 'notes'>> {
    const ordering = [RELEASE, { machine: payment?.machine, event: payment?.authorise.event }].filter((each) => each.machine === machine).map(({ event }) => event);
    const frozen = ordering.length > 0 && await this.#around.freeze() !== null;
    const unsent = machine === payment?.machine && await this.#around.isUnsent(id);
    return (event) => {
      if (frozen && ordering.includes(event)) return { notes: [WAITS_FROZEN] };
      return unsent && event === payment?.answer.returned ? { notes: [NOTHING_SENT] } : {};
    };
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
