import { Controller, Get, Param, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { PaymentRuns } from '#apps/installation';
import type { Actor } from '#kernel';
import { coverSheetText, RunsService } from '#payments';
import { Answers, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { CURSORS } from './cursor.ts';
import { attachment } from './headers.ts';
import { FINANCE_READERS, Refusals } from './refusals.ts';
import type { ApiRequest } from './request.ts';
import { runSheet } from './run.sheet.ts';
import { rowOf, RunViews } from './run.views.ts';
import { sheetFile } from './sheet.ts';
import { rowQuery, runRows } from './wire.runs.ts';

/** What one takes along from a payment run: its rows with their results, the file for the bank and its cover sheet. */
@ApiTags('payments')
@SignedIn()
@Controller('payment-runs/:id')
export class PaymentRunPapersController {
  readonly #runs: RunsService;
  readonly #prepared: PaymentRuns;
  readonly #views: RunViews;
  readonly #refusals: Refusals;

  constructor(runs: RunsService, prepared: PaymentRuns, views: RunViews, refusals: Refusals) {
    this.#runs = runs;
    this.#prepared = prepared;
    this.#views = views;
    this.#refusals = refusals;
  }

  @Get('rows')
  @ApiOperation({ summary: 'Every instalment of a run with what became of it, none vanishes; or the whole as a table to take along' })
  @Answers({ status: 200, schema: runRows, refuses: [404, 422] })
  async rows(
    @Param('id') id: string, @Query({ schema: rowQuery }) { limit, cursor, format }: z.output<typeof rowQuery>, @Caller() actor: Actor, @Req() { language }: ApiRequest,
  ): Promise<z.output<typeof runRows> | StreamableFile> {
    const after = cursor === undefined ? 0 : CURSORS.runRows.read(cursor).position;
    const run = await this.#views.named(id, actor);
    if (format !== 'json') return sheetFile(runSheet(this.#prepared, run, await this.#prepared.flags(await this.#runs.casesOf(id)), language), format, language);
    const rows = await this.#prepared.rows(id, { after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const flags = await this.#prepared.flags(page.map(({ caseId }) => caseId));
    return { items: page.map((row) => rowOf(row, flags)), next: rows.length > limit && last ? CURSORS.runRows.of({ position: last.position }) : null };
  }

  @Get('file')
  @ApiOperation({ summary: 'The file for the bank: pain.001.001.09, the same bytes every time (finance, audit, administration)' })
  @Answers({ status: 200, type: 'application/xml', headers: ['Content-Disposition'], refuses: [403, 404, 409] })
  async file(@Param('id') id: string, @Caller() actor: Actor): Promise<StreamableFile> {
    const { file } = await this.#file(id, actor);
    return new StreamableFile(file.bytes, { type: 'application/xml', disposition: attachment(`${file.messageId}.xml`), length: file.bytes.length });
  }

  @Get('cover-sheet')
  @ApiOperation({ summary: 'The paper that goes with the file: count, sum and hash, who prepared and who released (finance, audit, administration)' })
  @Answers({ status: 200, type: 'text/plain', headers: ['Content-Disposition'], refuses: [403, 404, 409] })
  async coverSheet(@Param('id') id: string, @Caller() actor: Actor): Promise<StreamableFile> {
    const [{ prepared, file }, run] = [await this.#file(id, actor), await this.#views.read(id, actor)];
    const paper = Buffer.from(coverSheetText({
      ...prepared, ...file, preparedBy: prepared.preparedBy, releasedBy: run.released?.account ?? '', refused: run.results.refused,
    }));
    return new StreamableFile(paper, { type: 'text/plain; charset=utf-8', disposition: attachment(`${file.messageId}.txt`), length: paper.length });
  }

  /** What goes to the bank is for those who pay and those who look over their shoulder; to everyone of the agency the run and its rows say what was paid. */
  async #file(id: string, actor: Actor): ReturnType<RunViews['file']> {
    await this.#views.named(id, actor);
    await this.#refusals.demand(actor, FINANCE_READERS);
    return this.#views.file(id, actor);
  }
}
