import type { ServerResponse } from 'node:http';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { holderAtBank, PaymentRuns } from '#apps/installation';
import { CaseList } from '#cases';
import type { Actor, Role } from '#kernel';
import { Answers, NeedsKey, NeedsVersion, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { Commands, keyed } from './commands.ts';
import { CURSORS } from './cursor.ts';
import { etagOf, idempotencyKey, ifMatch } from './headers.ts';
import { Problem } from './problem.ts';
import { AGENCY, Refusals } from './refusals.ts';
import { arrivalOf, type ApiRequest } from './request.ts';
import { RunViews } from './run.views.ts';
import { dropOrder, paymentRun, paymentRuns, previewRunOrder, runOrder, runPreview, runQuery } from './wire.runs.ts';

/** Who may look ahead at a run, and prepare it. */
const FINANCE: readonly Role[] = ['financeCertifier', 'financeAuthoriser'];

/** Payment runs: look, prepare, let another person release, download. Release and recall are actions of the run's case. */
@ApiTags('payments')
@SignedIn()
@Controller('payment-runs')
export class PaymentRunsController {
  readonly #runs: PaymentRuns;
  readonly #views: RunViews;
  readonly #list: CaseList;
  readonly #commands: Commands;
  readonly #refusals: Refusals;

  constructor(runs: PaymentRuns, views: RunViews, list: CaseList, commands: Commands, refusals: Refusals) {
    this.#runs = runs;
    this.#views = views;
    this.#list = list;
    this.#commands = commands;
    this.#refusals = refusals;
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'What a run of this round would pay now, what is blocked and why, and the sum; changes nothing' })
  @Answers({ status: 200, schema: runPreview, refuses: [400, 403, 404, 413, 415, 422] })
  async preview(@Body({ schema: previewRunOrder }) { cycle }: z.output<typeof previewRunOrder>, @Caller() actor: Actor, @Req() request: ApiRequest): Promise<z.output<typeof runPreview>> {
    await this.#refusals.demand(actor, [...FINANCE, 'auditor']);
    const preview = await this.#runs.preview(cycle, await arrivalOf(request));
    if (preview === null) throw new Problem('notFound');
    const { rows, certifiers, ...rest } = preview;
    const flags = await this.#runs.flags(rows.map(({ caseId }) => caseId));
    return {
      cycle, ...rest, certifiers: [...certifiers],
      rows: rows.map(({ position: _, caseId, applicantName, caseVersion, reasons, ...row }) => ({ ...row, case: caseId, applicant: applicantName, version: caseVersion, holderAtBank: holderAtBank(row.holder), reasons: [...reasons], flags: [...flags(caseId)] })),
    };
  }

  @Post()
  @ApiOperation({ summary: 'Prepare a run: exactly what its preview showed' })
  @NeedsKey(true)
  @Answers({ status: 201, schema: paymentRun, headers: ['ETag', 'Location', 'Idempotency-Replayed'], refuses: [400, 403, 404, 409, 413, 415, 422, 428] })
  async prepare(
    @Body({ schema: runOrder }) order: z.output<typeof runOrder>, @Caller() actor: Actor, @Req() request: ApiRequest, @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<z.output<typeof paymentRun>> {
    const key = keyed(idempotencyKey(request.headers), 'POST /payment-runs', order);
    const outcome = await this.#runs.prepare({ ...order, actor, at: await arrivalOf(request), key });
    const { id } = await this.#commands.answer(outcome, { actor, applicant: 'agency', response });
    response.setHeader('Location', `/api/v1/payment-runs/${id}`);
    return this.#views.read(id, actor);
  }

  @Get()
  @ApiOperation({ summary: 'Payment runs, the oldest first: when each is to be carried out, whether that day has passed, and how much it pays' })
  @Answers({ status: 200, schema: paymentRuns, refuses: [403, 422] })
  async list(@Query({ schema: runQuery }) query: z.output<typeof runQuery>, @Caller() actor: Actor): Promise<z.output<typeof paymentRuns>> {
    await this.#refusals.demand(actor, AGENCY);
    const { cursor, ...filter } = query;
    const { items, next } = await this.#list.list({ ...filter, machine: 'paymentRun', ...(cursor === undefined ? {} : { after: CURSORS.cases.read(cursor) }) }, actor);
    return { items: await this.#views.listed(items), next: next === null ? null : CURSORS.cases.of(next) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'A run: who prepared and released it, how far it is, and its file' })
  @Answers({ status: 200, schema: paymentRun, headers: ['ETag'], refuses: [404] })
  async read(@Param('id') id: string, @Caller() actor: Actor, @Res({ passthrough: true }) response: ServerResponse): Promise<z.output<typeof paymentRun>> {
    const run = await this.#views.read(id, actor);
    response.setHeader('ETag', etagOf(run.version));
    return run;
  }

  @Post(':id/rows/:case/drop')
  @HttpCode(200)
  @NeedsVersion()
  @NeedsKey(true)
  @ApiOperation({ summary: 'Take one instalment out of a run that nobody has released' })
  @Answers({ status: 200, schema: paymentRun, headers: ['ETag', 'Idempotency-Replayed'], refuses: [400, 403, 404, 409, 412, 413, 415, 422, 428] })
  async drop(
    @Param('id') id: string, @Param('case') caseId: string, @Body({ schema: dropOrder }) { reason }: z.output<typeof dropOrder>,
    @Caller() actor: Actor, @Req() request: ApiRequest, @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<z.output<typeof paymentRun>> {
    await this.#views.named(id, actor);
    const key = keyed(idempotencyKey(request.headers), `POST /payment-runs/${id}/rows/${caseId}/drop`, { reason });
    const outcome = await this.#runs.dropRow({ runId: id, caseId, reason, actor, at: await arrivalOf(request), key, expectedVersion: ifMatch(request.headers) });
    await this.#commands.answer(outcome, { actor, applicant: 'agency', response });
    return this.#views.read(id, actor);
  }
}
