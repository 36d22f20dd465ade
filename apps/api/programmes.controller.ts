import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CyclesService, Programmes, type CycleRow } from '#cases';
import type { Json, Programme } from '#kernel';
import { Answers, Public } from './answers.ts';
import { bodyOf, parse } from './shape.ts';
import { matches, programmes } from './wire.ts';

/** What anyone may ask without an account: which programmes there are, when, and whether they fit. */
@ApiTags('programmes')
@Public()
@Controller()
export class ProgrammesController {
  readonly #programmes: Programmes;
  readonly #cycles: CyclesService;

  constructor(list: Programmes, rounds: CyclesService) {
    this.#programmes = list;
    this.#cycles = rounds;
  }

  @Get('programmes')
  @ApiOperation({ summary: 'The programmes, each at its newest version' })
  @Answers({ status: 200, schema: programmes })
  programmes(): z.output<typeof programmes> {
    return { items: this.#newest().map(({ id, version, title }) => ({ id, version, title })) };
  }

  @Post('match')
  @HttpCode(200)
  @ApiOperation({ summary: 'Does a programme fit us, through whom, and up to how much' })
  @Answers({ status: 200, schema: matches, refuses: [400, 413, 415, 422] })
  async match(@Body() body: unknown): Promise<z.output<typeof matches>> {
    const asked = this.#newest().map((programme) => ({ programme, query: parse(programme.match.schema, bodyOf(body)) as Json }));
    const rows = await this.#cycles.list();
    return {
      items: asked.map(({ programme, query }) => {
        const cycle = latest(programme, rows);
        const { reasons, ...verdict } = programme.match.run(query, cycle?.data ?? null);
        return { programme: programme.id, cycle: cycle?.id ?? null, ...verdict, reasons: [...reasons] };
      }),
    };
  }

  #newest(): Programme[] {
    return [...new Set(this.#programmes.list.map(({ id }) => id))].flatMap((id) => this.#programmes.current(id) ?? []);
  }
}

/** The programme's funding round of the latest year. */
const latest = (programme: Programme, rows: readonly CycleRow[]): CycleRow | undefined =>
  rows.filter((row) => row.programme === programme.id)
    .toSorted((a, b) => programme.cycle.sheet(b.data).fundingYear - programme.cycle.sheet(a.data).fundingYear)[0];
