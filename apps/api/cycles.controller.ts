import type { ServerResponse } from 'node:http';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Rounds, type RoundOutcome, type Unchecked } from '#apps/installation';
import { formatEnd, formatInstant } from '#calendar';
import { CyclesService, difference, movedDates, Programmes, type CycleRow } from '#cases';
import type { Actor, Json, Programme } from '#kernel';
import { Answers, NeedsKey, NeedsVersion, Public, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { keyed } from './commands.ts';
import { cursorInvalid } from './cursor.ts';
import { etagOf, idempotencyKey, ifMatch } from './headers.ts';
import { Problem } from './problem.ts';
import { AGENCY, Refusals } from './refusals.ts';
import type { ApiRequest } from './request.ts';
import { parse } from './shape.ts';
import { pageQuery } from './wire.ts';
import { cycleDetail, cycles, previewOrder, revisionOrder, revisions, roundOrder, roundPreview } from './wire.rounds.ts';

/** Funding rounds: everybody reads them, an administrator opens and revises them, and every case follows. */
@ApiTags('programmes')
@Controller('cycles')
export class CyclesController {
  readonly #cycles: CyclesService;
  readonly #programmes: Programmes;
  readonly #refusals: Refusals;
  readonly #rounds: Rounds;

  constructor(rows: CyclesService, programmes: Programmes, refusals: Refusals, rounds: Rounds) {
    this.#cycles = rows;
    this.#programmes = programmes;
    this.#refusals = refusals;
    this.#rounds = rounds;
  }

  @Get()
  @Public()
  @ApiOperation({ summary: 'The funding rounds: window, deadlines with their derivation, figures' })
  @Answers({ status: 200, schema: cycles })
  async list(): Promise<z.output<typeof cycles>> {
    return { items: (await this.#cycles.list()).flatMap((row) => (this.#programmes.current(row.programme) ? [this.#sheet(row)] : [])) };
  }

  @Get(':id')
  @Public()
  @ApiOperation({ summary: 'A round with every date that follows from it, in Berlin and in UTC, and how each was derived' })
  @Answers({ status: 200, schema: cycleDetail, headers: ['ETag'], refuses: [404] })
  async read(@Param('id') id: string, @Res({ passthrough: true }) response: ServerResponse): Promise<z.output<typeof cycleDetail>> {
    return this.#detail(await this.#row(id), response);
  }

  @Get(':id/revisions')
  @SignedIn()
  @ApiOperation({ summary: 'Who changed what of a round, when and why; newest first' })
  @Answers({ status: 200, schema: revisions, refuses: [403, 404, 422] })
  async revisions(@Param('id') id: string, @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>, @Caller() actor: Actor): Promise<z.output<typeof revisions>> {
    const programme = this.#programmeOf(await this.#row(id));
    await this.#refusals.demand(actor, AGENCY);
    if (cursor !== undefined && !/^[1-9]\d{0,8}$/.test(cursor)) throw cursorInvalid();
    const rows = (await this.#cycles.revisions(id)).filter(({ revision }) => cursor === undefined || revision < Number(cursor));
    const items = rows.slice(0, limit).map(({ revision, createdAt, account, reason, data }, index) => {
      const before = rows[index + 1]?.data ?? null;
      return { revision, createdAt, account, reason, changed: before === null ? [] : [...difference(before, data)], moved: before === null ? [] : [...movedDates(programme, before, data)] };
    });
    return { items, next: rows.length > limit ? String(items.at(-1)?.revision) : null };
  }

  @Post()
  @SignedIn()
  @ApiOperation({ summary: 'Open a round (administrator)' })
  @NeedsKey(true)
  @Answers({ status: 201, schema: cycleDetail, headers: ['ETag', 'Location', 'Idempotency-Replayed'], refuses: [400, 403, 404, 409, 413, 415, 422, 428] })
  async open(@Body({ schema: roundOrder }) body: z.output<typeof roundOrder>, @Caller() actor: Actor, @Req() request: ApiRequest, @Res({ passthrough: true }) response: ServerResponse): Promise<z.output<typeof cycleDetail>> {
    const order = { programme: body.programme, round: body.round as { fundingYear: number; [field: string]: Json } };
    check('round', this.#rounds.drafted(order));
    const key = keyed(idempotencyKey(request.headers), 'POST /cycles', body);
    const { id } = await this.#written(await this.#rounds.open({ ...order, actor, key }), actor, response);
    response.setHeader('Location', `/api/v1/cycles/${id}`);
    return this.#detail(await this.#row(id), response);
  }

  @Post(':id/revisions')
  @SignedIn()
  @ApiOperation({ summary: 'Change a round (administrator): every case follows, and nothing moves into the past' })
  @NeedsVersion()
  @NeedsKey(true)
  @Answers({ status: 201, schema: cycleDetail, headers: ['ETag', 'Idempotency-Replayed'], refuses: [400, 403, 404, 409, 412, 413, 415, 422, 428] })
  async revise(
    @Param('id') id: string, @Body({ schema: revisionOrder }) body: z.output<typeof revisionOrder>, @Caller() actor: Actor, @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<z.output<typeof cycleDetail>> {
    check('changes', await this.#rounds.changed(id, body.changes));
    const expected = ifMatch(request.headers);
    const key = keyed(idempotencyKey(request.headers), `POST /cycles/${id}/revisions`, body);
    await this.#written(await this.#rounds.revise({ id, ...body, expected, actor, key }), actor, response);
    return this.#detail(await this.#row(id), response);
  }

  @Post(':id/revisions/preview')
  @HttpCode(200)
  @SignedIn()
  @ApiOperation({ summary: 'What a change would move, for how many, and why it would be refused; nothing is written' })
  @Answers({ status: 200, schema: roundPreview, refuses: [400, 403, 404, 413, 415, 422] })
  async preview(@Param('id') id: string, @Body({ schema: previewOrder }) { changes }: z.output<typeof previewOrder>, @Caller() actor: Actor): Promise<z.output<typeof roundPreview>> {
    check('changes', await this.#rounds.changed(id, changes));
    await this.#refusals.demand(actor, AGENCY);
    const preview = await this.#rounds.preview(id, changes);
    if (preview === null) throw new Problem('notFound');
    return { ...preview, moved: [...preview.moved], reasons: await this.#refusals.reasons(preview.reasons, { actor, applicant: '' }) as never };
  }

  async #row(id: string): Promise<CycleRow> {
    const row = /^[\w-]{1,64}$/.test(id) ? await this.#cycles.get(id) : null;
    if (row === null) throw new Problem('notFound');
    return row;
  }

  #programmeOf({ programme }: CycleRow): Programme {
    const found = this.#programmes.current(programme);
    if (found === undefined) throw new Error(`programme ${programme} is not loaded`);
    return found;
  }

  #sheet(row: CycleRow): z.output<typeof cycles>['items'][number] {
    const sheet = this.#programmeOf(row).cycle.sheet(row.data);
    return { id: row.id, programme: row.programme, ...sheet, payDates: [...sheet.payDates] };
  }

  #detail(row: CycleRow, response: ServerResponse): z.output<typeof cycleDetail> {
    response.setHeader('ETag', etagOf(row.revision));
    const dates = this.#programmeOf(row).cycle.dates(row.data).map(({ name, label, at, because, end, reminder }) => {
      const format = end === true ? formatEnd : formatInstant;
      return { name, label, at, berlin: { de: format(at, 'de'), en: format(at, 'en') }, because, reminder: reminder === true, end: end === true };
    });
    return { ...this.#sheet(row), revision: row.revision, revisedAt: row.createdAt, dates, round: row.data };
  }

  async #written(outcome: RoundOutcome, actor: Actor, response: ServerResponse): Promise<{ id: string }> {
    if (outcome.replayed) response.setHeader('Idempotency-Replayed', 'true');
    if (!outcome.ok) throw await this.#refusals.problem(outcome.refusal, { actor, applicant: '' });
    return { id: outcome.id };
  }
}

/** What is wrong with a round's data is said by the field of the body in which it stands. */
function check(field: string, unchecked: Unchecked | null): void {
  if (unchecked === null) throw new Problem('notFound');
  parse(z.object({ [field]: unchecked.schema }), { [field]: unchecked.data });
}
