import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CasesService, type Located } from '#cases';
import { machineOf, type Actor, type Instant, type Json } from '#kernel';
import { Answers, NeedsKey, SignedIn } from './answers.ts';
import { Caller, knows } from './case.guard.ts';
import { keyed } from './commands.ts';
import { idempotencyKey } from './headers.ts';
import { Refusals } from './refusals.ts';
import { arrivalOf, type ApiRequest } from './request.ts';
import { parse } from './shape.ts';
import { bulkAnswer, bulkOrder } from './wire.rounds.ts';

type Row = z.output<typeof bulkAnswer>['items'][number];

/** A case of a selection; null where it is not there for this person, or does not know the event. */
type Selected = { readonly caseId: string } & (
  { readonly place: null } | { readonly place: Located; readonly fields: { readonly [field: string]: Json } });

/** The same event for many cases: each by itself, none silently dropped. */
@ApiTags('actions')
@SignedIn()
@Controller('cases/bulk')
export class BulkController {
  readonly #cases: CasesService;
  readonly #refusals: Refusals;

  constructor(cases: CasesService, refusals: Refusals) {
    this.#cases = cases;
    this.#refusals = refusals;
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Send one event to many cases, such as a reminder to selected drafts; one result for each' })
  @NeedsKey(true)
  @Answers({ status: 200, schema: bulkAnswer, refuses: [400, 413, 415, 422, 428] })
  async send(@Body({ schema: bulkOrder }) order: z.output<typeof bulkOrder>, @Caller() actor: Actor, @Req() request: ApiRequest): Promise<z.output<typeof bulkAnswer>> {
    const rows: Selected[] = [];
    for (const caseId of new Set(order.cases)) rows.push(await this.#select(caseId, order, actor));
    const key = idempotencyKey(request.headers);
    const at = await arrivalOf(request);
    const items: Row[] = [];
    // One after the other: a selection may be large, and people are waiting for their own cases meanwhile.
    for (const row of rows) items.push(await this.#one(row, order.event, { actor, at, key }));
    return { items };
  }

  /** A case of the selection with the fields as its machine reads them: a wrong shape is refused before anything has happened. */
  async #select(caseId: string, { event, fields }: z.output<typeof bulkOrder>, actor: Actor): Promise<Selected> {
    const place = /^[\w-]{1,64}$/.test(caseId) ? await this.#cases.locate(caseId, actor) : null;
    if (place === null || !knows(place, undefined, event)) return { caseId, place: null };
    const definition = machineOf(place.programme, place.machine).events[event];
    if (definition === undefined) throw new Error(`${place.machine} knows ${event} and has no definition of it`);
    return { caseId, place, ...parse(z.object({ fields: definition.fields }), { fields }) as { fields: { readonly [field: string]: Json } } };
  }

  /** The row's own key is the order's with the case: who repeats the order goes on where it broke off. */
  async #one({ caseId, ...row }: Selected, event: string, { actor, at, key }: { actor: Actor; at: Instant; key: string }): Promise<Row> {
    if (row.place === null) return { case: caseId, ok: false, state: null, code: 'notFound', reasons: [] };
    const outcome = await this.#cases.advance({ caseId, event, data: row.fields, actor, at, key: keyed(`${key}:${caseId}`, `POST /cases/bulk/${event}`, row.fields) });
    if (outcome.ok) return { case: caseId, ok: true, state: outcome.view.state, code: null, reasons: [] };
    const { code, extras } = await this.#refusals.problem(outcome.refusal, { actor, applicant: row.place.applicantKey });
    return { case: caseId, ok: false, state: null, code, reasons: [...extras.reasons ?? []] as Row['reasons'] };
  }
}
