import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { DeadlineList } from '#cases';
import type { Actor } from '#kernel';
import { Answers, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { CURSORS } from './cursor.ts';
import { deadlineQuery, deadlines } from './wire.lists.ts';

/** What is open and until when, each date with its derivation. */
@ApiTags('deadlines')
@SignedIn()
@Controller('deadlines')
export class DeadlinesController {
  readonly #list: DeadlineList;

  constructor(list: DeadlineList) {
    this.#list = list;
  }

  @Get()
  @ApiOperation({ summary: 'The open deadlines of all cases that you may see, by date' })
  @Answers({ status: 200, schema: deadlines, refuses: [422] })
  async list(@Query({ schema: deadlineQuery }) { cursor, ...filter }: z.output<typeof deadlineQuery>, @Caller() actor: Actor): Promise<z.output<typeof deadlines>> {
    const { items, next } = await this.#list.list({ ...filter, ...(cursor === undefined ? {} : { after: CURSORS.deadlines.read(cursor) }) }, actor);
    return { items: [...items], next: next === null ? null : CURSORS.deadlines.of(next) };
  }
}
