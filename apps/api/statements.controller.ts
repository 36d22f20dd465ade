import { Controller, Get, Param, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CaseList, CyclesService } from '#cases';
import type { Actor } from '#kernel';
import { Store } from '#store';
import { Answers, SignedIn } from './answers.ts';
import { reached } from './as-of.ts';
import { Caller, OfCase, TheCase, type Place } from './case.guard.ts';
import { Problem } from './problem.ts';
import { FINANCE_READERS, Refusals } from './refusals.ts';
import type { ApiRequest } from './request.ts';
import { sheetFile } from './sheet.ts';
import { StatementPapers, type StatementOrder } from './statement.papers.ts';
import { statementAnswer, statementQuery } from './wire.statements.ts';

type Asked = z.output<typeof statementQuery>;
type Answer = z.output<typeof statementAnswer> | StreamableFile;

/** Statements, for those who read the books and for the applicant of a case: where every cent is and how it came there, as of any instant. */
@ApiTags('payments')
@SignedIn()
@Controller()
export class StatementsController {
  readonly #papers: StatementPapers;
  readonly #cycles: CyclesService;
  readonly #list: CaseList;
  readonly #store: Store;
  readonly #refusals: Refusals;

  constructor(papers: StatementPapers, cycles: CyclesService, list: CaseList, store: Store, refusals: Refusals) {
    this.#papers = papers;
    this.#cycles = cycles;
    this.#list = list;
    this.#store = store;
    this.#refusals = refusals;
  }

  @Get('cycles/:id/statement')
  @ApiParam({ name: 'id', description: 'The round' })
  @ApiOperation({ summary: 'The books of a round (finance, audit, administration)' })
  @Answers({ status: 200, schema: statementAnswer, refuses: [403, 404, 422] })
  async ofCycle(@Param('id') id: string, @Query({ schema: statementQuery }) query: Asked, @Caller() actor: Actor, @Req() request: ApiRequest): Promise<Answer> {
    const round = /^[\w-]{1,64}$/.test(id) ? await this.#cycles.get(id) : null;
    if (round === null) throw new Problem('notFound');
    await this.#refusals.demand(actor, FINANCE_READERS);
    return this.#said({ cycleId: id, programme: round.programme, ...await this.#asked(query, actor) }, query, request);
  }

  @Get('cases/:id/statement')
  @OfCase()
  @ApiOperation({ summary: 'What was reserved, ordered, paid and claimed for a case and its family (finance, audit, administration, and its applicant)' })
  @Answers({ status: 200, schema: statementAnswer, refuses: [403, 404, 422] })
  async ofCase(@TheCase() { rootId, cycleId, programme }: Place, @Query({ schema: statementQuery }) query: Asked, @Caller() actor: Actor, @Req() request: ApiRequest): Promise<Answer> {
    if (actor.organisation === null) await this.#refusals.demand(actor, FINANCE_READERS);
    const fileNumber = (await this.#list.named([rootId])).get(rootId)?.fileNumber ?? rootId;
    return this.#said({ cycleId, programme: programme.id, rootId, fileNumber, ...await this.#asked(query, actor) }, query, request);
  }

  async #asked({ at, budgetLine }: Asked, { organisation }: Actor): Promise<Pick<StatementOrder, 'at' | 'budgetLine' | 'withUnbooked'>> {
    const now = await this.#store.now();
    return { at: reached(at ?? now, now), budgetLine, withUnbooked: at === undefined && budgetLine === undefined && organisation === null };
  }

  async #said(order: StatementOrder, { format, limit, cursor }: Asked, { language }: ApiRequest): Promise<Answer> {
    return format === 'json' ? this.#papers.answer(order, { limit, cursor }) : sheetFile(this.#papers.sheet(order, language), format, language);
  }
}
