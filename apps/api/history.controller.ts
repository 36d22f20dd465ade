import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { PaymentActs } from '#apps/installation';
import { CaseList, CasesService, type CaseView, type TimelineItem } from '#cases';
import { dot, machineOf, mermaid, type Actor, type Mark } from '#kernel';
import { Answers, SignedIn } from './answers.ts';
import { Caller, OfCase, TheCase, type Place } from './case.guard.ts';
import { Drawing } from './drawing.ts';
import { Problem } from './problem.ts';
import type { ApiRequest } from './request.ts';
import { timeline } from './wire.ts';

/** A family's journal, whose order is that of its numbers, with what was done beside it put where its time is. */
function amidst(items: readonly TimelineItem[], acts: readonly TimelineItem[]): readonly TimelineItem[] {
  const place = ({ at }: TimelineItem): number => {
    const later = items.findIndex((item) => item.at > at);
    return later === -1 ? items.length : later;
  };
  const placed = acts.map((act) => ({ act, before: place(act) }));
  return [...items.keys(), items.length].flatMap((index) => [...placed.flatMap(({ act, before }) => (before === index ? [act] : [])), ...items.slice(index, index + 1)]);
}

/** Where a case has been: in sentences and as a drawing of its lifecycle. */
@ApiTags('cases')
@SignedIn()
@OfCase()
@Controller('cases/:id')
export class HistoryController {
  readonly #cases: CasesService;
  readonly #list: CaseList;
  readonly #acts: PaymentActs;
  readonly #drawing: Drawing;

  constructor(cases: CasesService, list: CaseList, acts: PaymentActs, drawing: Drawing) {
    this.#cases = cases;
    this.#list = list;
    this.#acts = acts;
    this.#drawing = drawing;
  }

  @Get('timeline')
  @ApiOperation({ summary: 'The history of the whole family; to the agency with what was done about its payments beside it: freezes, confirmations of what was said of payments, and resolved messages of the bank' })
  @Answers({ status: 200, schema: timeline, refuses: [404] })
  async timeline(@TheCase() { id }: Place, @Caller() actor: Actor): Promise<{ items: readonly TimelineItem[] }> {
    const items = await this.#list.timeline(id, actor);
    if (items === null) throw new Problem('notFound');
    if (actor.organisation !== null) return { items };
    const acts = (await this.#acts.list({ case: id, limit: null })).map(({ entry: { applicant: _, cycle: __, reason: ___, ...item } }) => item);
    return { items: amidst(items, acts.toReversed()) };
  }

  @Get('diagram.svg')
  @Header('Content-Type', 'image/svg+xml; charset=utf-8')
  @ApiProduces('image/svg+xml')
  @ApiOperation({ summary: 'The lifecycle with the current state and the path taken' })
  @Answers({ status: 200, type: 'image/svg+xml', refuses: [404] })
  async svg(@TheCase() place: Place, @Caller() actor: Actor, @Req() { language }: ApiRequest): Promise<string> {
    const { view, mark } = await this.#marked(place, actor);
    const machine = machineOf(place.programme, place.machine);
    return this.#drawing.svg(dot(machine, { language, mark }), { machine, view, mark, language });
  }

  @Get('diagram.mmd')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @ApiProduces('text/plain')
  @ApiOperation({ summary: 'The same as Mermaid text' })
  @Answers({ status: 200, type: 'text/plain', refuses: [404] })
  async mmd(@TheCase() place: Place, @Caller() actor: Actor, @Req() { language }: ApiRequest): Promise<string> {
    const { mark } = await this.#marked(place, actor);
    return mermaid(machineOf(place.programme, place.machine), { language, mark });
  }

  async #marked({ id }: Place, actor: Actor): Promise<{ view: CaseView; mark: Mark }> {
    const [view, items] = await Promise.all([this.#cases.read(id, actor), this.#list.timeline(id, actor)]);
    if (view === null || items === null) throw new Problem('notFound');
    const path = items.flatMap(({ case: member, from, to }) => (member === id && from !== null && to !== null ? [{ from, to }] : []));
    return { view, mark: { current: view.state, path } };
  }
}
