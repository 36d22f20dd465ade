import type { ServerResponse } from 'node:http';
import { Body, Controller, Get, Post, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CaseList, CasesService, type CaseView } from '#cases';
import { IdentityService } from '#identity';
import type { Actor } from '#kernel';
import { Answers, NeedsKey, SignedIn } from './answers.ts';
import { caseSheet } from './case.sheet.ts';
import { Caller, OfCase, TheCase, type Place } from './case.guard.ts';
import { Commands, keyed } from './commands.ts';
import { CURSORS } from './cursor.ts';
import { etagOf, idempotencyKey } from './headers.ts';
import { Problem } from './problem.ts';
import { arrivalOf, type ApiRequest } from './request.ts';
import { sheetFile } from './sheet.ts';
import { atQuery, casePage, caseQuery, caseView, opening } from './wire.ts';

/** Cases: open one, list them, read one as it is or as it was. */
@ApiTags('cases')
@SignedIn()
@Controller('cases')
export class CasesController {
  readonly #cases: CasesService;
  readonly #list: CaseList;
  readonly #commands: Commands;
  readonly #identity: IdentityService;

  constructor(cases: CasesService, list: CaseList, commands: Commands, identity: IdentityService) {
    this.#cases = cases;
    this.#list = list;
    this.#commands = commands;
    this.#identity = identity;
  }

  @Post()
  @ApiOperation({ summary: 'Open an application' })
  @NeedsKey(true)
  @Answers({ status: 201, schema: caseView, headers: ['ETag', 'Location', 'Idempotency-Replayed'], refuses: [400, 403, 404, 409, 413, 415, 422, 428] })
  async open(
    @Body({ schema: opening }) body: z.output<typeof opening>,
    @Caller() actor: Actor,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<CaseView> {
    const key = keyed(idempotencyKey(request.headers), 'POST /cases', body);
    // An unknown municipality is refused like one that is not entitled: the programme says so, and nothing else is told.
    const applicant = await this.#identity.organisation(body.applicant) ?? { key: body.applicant, name: body.applicant, kind: 'unknown' };
    const { key: applicantKey, name, kind } = applicant;
    const view = await this.#commands.open(
      { ...body, applicant: { key: applicantKey, name, kind }, actor, at: await arrivalOf(request), key }, response);
    response.setHeader('Location', `/api/v1/cases/${view.id}`);
    return view;
  }

  @Get()
  @ApiOperation({ summary: 'List cases, or take the list along as a table with its sums' })
  @Answers({ status: 200, schema: casePage, refuses: [422] })
  async list(
    @Query({ schema: caseQuery }) query: z.output<typeof caseQuery>, @Caller() actor: Actor, @Req() { language }: ApiRequest,
  ): Promise<z.output<typeof casePage> | StreamableFile> {
    const { cursor, format, limit, ...filter } = query;
    if (format !== 'json') return sheetFile(caseSheet(this.#list, filter, actor, language), format, language);
    const { items, next } = await this.#list.list({ ...filter, limit, ...(cursor === undefined ? {} : { after: CURSORS.cases.read(cursor) }) }, actor);
    return { items: items as never, next: next === null ? null : CURSORS.cases.of(next) };
  }

  @Get(':id')
  @OfCase()
  @ApiOperation({ summary: 'Read a case, now or as it was at an instant' })
  @Answers({ status: 200, schema: caseView, headers: ['ETag'], refuses: [404, 422] })
  async read(
    @TheCase() { id }: Place,
    @Query({ schema: atQuery }) { at }: z.output<typeof atQuery>,
    @Caller() actor: Actor,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<CaseView> {
    const view = await this.#cases.read(id, actor, at === undefined ? {} : { at });
    if (view === null) throw new Problem('notFound');
    if (at === undefined) response.setHeader('ETag', etagOf(view.version));
    return view;
  }
}
