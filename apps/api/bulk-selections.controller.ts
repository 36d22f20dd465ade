import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { BulkService, CasesService, MOST_BULK_ROWS, type BulkRowView, type BulkView, type Located } from '#cases';
import { machineOf, type Actor, type Json, type Text } from '#kernel';
import { Answers, NeedsKey, SignedIn } from './answers.ts';
import { bulkSheet } from './bulk.sheet.ts';
import { Caller, knows } from './case.guard.ts';
import { keyed } from './commands.ts';
import { idempotencyKey } from './headers.ts';
import { Problem } from './problem.ts';
import { problemKind } from './problem.words.ts';
import { afterwards } from './refusals.ts';
import { arrivalOf, type ApiRequest } from './request.ts';
import { parse } from './shape.ts';
import { sheetFile } from './sheet.ts';
import { bulkPreviewOrder, bulkQuery, bulkSelection } from './wire.bulk.ts';

type Selection = z.output<typeof bulkSelection>;
type Row = Selection['rows'][number];
type Fields = { readonly [field: string]: Json };

/** One event for many cases: look, confirm, and see what became of each; none is silently dropped. */
@ApiTags('actions')
@SignedIn()
@Controller('cases/bulk')
export class BulkSelectionsController {
  readonly #bulk: BulkService;
  readonly #cases: CasesService;

  constructor(bulk: BulkService, cases: CasesService) {
    this.#bulk = bulk;
    this.#cases = cases;
  }

  @Post('preview')
  @ApiOperation({ summary: 'What would become of one event on many cases: freezes ids and versions under a token, and changes nothing' })
  @Answers({ status: 201, schema: bulkSelection, refuses: [400, 413, 415, 422] })
  async preview(@Body({ schema: bulkPreviewOrder }) { event, data, cases, filter }: z.output<typeof bulkPreviewOrder>, @Caller() actor: Actor, @Req() request: ApiRequest): Promise<Selection> {
    const ids = [...new Set(cases ?? (filter ? await this.#bulk.select(plain(filter), actor) : []))];
    if (ids.length > MOST_BULK_ROWS) throw tooMany();
    const places = await this.#cases.locateAll(ids.filter((each) => /^[\w-]{1,64}$/.test(each)), actor);
    const rows = ids.map((caseId) => ({ caseId, data: fieldsFor(places.get(caseId), event, data as Fields) }));
    return wired(await this.#bulk.preview({ event, rows, actor, at: await arrivalOf(request) }));
  }

  @Post(':token/confirm')
  @HttpCode(200)
  @NeedsKey(true)
  @ApiOperation({ summary: 'Do what the preview allowed, row by row; who repeats this goes on where it broke off' })
  @Answers({ status: 200, schema: bulkSelection, refuses: [400, 404, 409, 422, 428] })
  async confirm(@Param('token') token: string, @Caller() actor: Actor, @Req() request: ApiRequest): Promise<Selection> {
    await this.#read(token, actor);
    const key = keyed(idempotencyKey(request.headers), `POST /cases/bulk/${token}/confirm`, undefined);
    const confirmed = await this.#bulk.confirm({ token, actor, key, at: await arrivalOf(request) });
    if (confirmed === null) throw new Problem('notFound');
    if ('refused' in confirmed) throw new Problem(confirmed.refused);
    return wired(confirmed);
  }

  @Get(':token')
  @ApiOperation({ summary: 'What became of each case of a selection; or the whole as a table to take along' })
  @Answers({ status: 200, schema: bulkSelection, refuses: [404, 422] })
  async read(@Param('token') token: string, @Query({ schema: bulkQuery }) { format }: z.output<typeof bulkQuery>, @Caller() actor: Actor, @Req() { language }: ApiRequest): Promise<Selection | StreamableFile> {
    const selection = wired(await this.#read(token, actor));
    if (format === 'json') return selection;
    const places = await this.#cases.locateAll(selection.rows.map((row) => row.case).filter((each) => /^[\w-]{1,64}$/.test(each)), actor);
    return sheetFile(bulkSheet(selection, (caseId, state) => stateName(places.get(caseId), state), language), format, language);
  }

  async #read(token: string, actor: Actor): Promise<BulkView> {
    const view = /^[0-9a-f-]{36}$/.test(token) ? await this.#bulk.read(token, actor) : null;
    if (view === null) throw new Problem('notFound');
    return view;
  }
}

/** The event's fields as the case's machine reads them; null where it is not there, or knows no such event. A wrong shape is refused for all. */
function fieldsFor(place: Located | undefined, event: string, data: Fields): Fields | null {
  if (place === undefined || !knows(place, undefined, event)) return null;
  const definition = machineOf(place.programme, place.machine).events[event];
  if (definition === undefined) throw new Error(`${place.machine} knows ${event} and has no definition of it`);
  return (parse(z.object({ data: definition.fields }), { data }) as { data: Fields }).data;
}

const stateName = (place: Located | undefined, state: string): Text =>
  (place === undefined ? undefined : machineOf(place.programme, place.machine).stateLabels[state]) ?? { de: state, en: state };

/** The schema's absent fields, absent. */
const plain = <T extends object>(given: T) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };

const tooMany = (): Problem => new Problem('invalidBody', { errors: [{
  path: '/filter', code: 'tooBig',
  text: { de: `Eine Auswahl fasst höchstens ${MOST_BULK_ROWS} Vorgänge. Grenzen Sie den Filter ein.`, en: `A selection has at most ${MOST_BULK_ROWS} cases. Narrow the filter.` },
}] });

function wired({ rows, ...order }: BulkView): Selection {
  const sum = (of: readonly BulkRowView[]): number => of.reduce((total, { amountCents }) => total + amountCents, 0);
  const [allowed, done] = [rows.filter((row) => row.allowed), rows.filter(({ result }) => result === 'done')];
  const count = (wanted: BulkRowView['result']): number => rows.filter(({ result }) => result === wanted).length;
  return {
    ...order, rows: rows.map(rowOf), ok: allowed.length, refused: rows.length - allowed.length, sumCents: sum(allowed),
    results: { done: done.length, refused: count('refused'), pending: count('pending'), doneCents: sum(done) },
  };
}

const rowOf = ({ caseId, ...row }: BulkRowView): Row => ({ case: caseId, ...row, reasons: reasonsOf(row) });

/** Whatever is refused says why, also a case that is not there or has changed. Who else could do it is told at the case itself. */
function reasonsOf({ allowed, reasons, result, code }: Omit<BulkRowView, 'caseId'>): Row['reasons'] {
  if (reasons.length > 0) return reasons.map(({ code: name, text, remedy, from, by }) => ({ code: name, text: by === undefined ? text : afterwards(text, by), remedy, ...(from === undefined ? {} : { from }) }));
  if (allowed && result !== 'refused') return [];
  const name = code ?? 'notFound';
  const { title, detail } = problemKind(name);
  return [{ code: name, text: title, remedy: detail }];
}
