import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { IdentityService, type Token } from '#identity';
import { Store } from '#store';
import { Answers, Demo } from './answers.ts';
import { Problem } from './problem.ts';
import { TimeMachine } from './time-machine.ts';
import { clock, clockOrder, token, tokenOrder } from './wire.ts';

/** Real seconds for which a demo token is good: a working day. */
const TOKEN_SECONDS = 12 * 60 * 60;

/** What only a demo has: tokens for the asking, and a clock that can be moved. */
@ApiTags('demo')
@Controller('demo')
export class DemoController {
  readonly #identity: IdentityService;
  readonly #store: Store;
  readonly #timeMachine: TimeMachine;

  constructor(identity: IdentityService, store: Store, timeMachine: TimeMachine) {
    this.#identity = identity;
    this.#store = store;
    this.#timeMachine = timeMachine;
  }

  @Post('tokens')
  @Demo('everyone')
  @ApiOperation({ summary: 'A token for a demo account' })
  @Answers({ status: 201, schema: token, refuses: [400, 413, 415, 422] })
  async token(@Body({ schema: tokenOrder }) { account }: z.output<typeof tokenOrder>): Promise<Token> {
    const issued = await this.#identity.issueToken(account, TOKEN_SECONDS);
    if ('code' in issued) {
      throw new Problem('invalidBody', { errors: [{ path: '/account', code: issued.code, text: { de: 'Dieses Konto gibt es nicht.', en: 'There is no such account.' } }] });
    }
    return issued;
  }

  @Get('clock')
  @Demo('signedIn')
  @ApiOperation({ summary: 'The legal time of this installation' })
  @Answers({ status: 200, schema: clock })
  async now(): Promise<{ now: string }> {
    return { now: await this.#store.now() };
  }

  @Put('clock')
  @Demo('signedIn')
  @ApiOperation({ summary: 'Move the clock forwards; answered once everything due up to then has happened in order' })
  @Answers({ status: 200, schema: clock, refuses: [400, 409, 413, 415, 422] })
  async move(@Body({ schema: clockOrder }) { now }: z.output<typeof clockOrder>): Promise<{ now: string }> {
    const moved = await this.#timeMachine.moveTo(now);
    if (moved === null) throw new Problem('clockForwards');
    return { now: moved };
  }
}
