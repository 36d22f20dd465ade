import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { LettersService } from '#letters';
import { Answers, Demo } from './answers.ts';
import { cursorInvalid } from './cursor.ts';
import { inboxPage, inboxQuery } from './wire.ts';

/** Everybody's mail of the demo, to look into. */
@ApiTags('demo')
@Controller('inbox')
export class InboxController {
  readonly #letters: LettersService;

  constructor(letters: LettersService) {
    this.#letters = letters;
  }

  @Get()
  @Demo('signedIn')
  @ApiOperation({ summary: 'The letters that were sent, newest first' })
  @Answers({ status: 200, schema: inboxPage, refuses: [422] })
  async inbox(@Query({ schema: inboxQuery }) { to, case: about, cursor, limit }: z.output<typeof inboxQuery>): Promise<z.output<typeof inboxPage>> {
    const found = await this.#letters.inbox({
      limit, ...(to === undefined ? {} : { to }), ...(about === undefined ? {} : { case: about }), ...(cursor === undefined ? {} : { cursor }),
    });
    if ('code' in found) throw cursorInvalid();
    return found;
  }
}
