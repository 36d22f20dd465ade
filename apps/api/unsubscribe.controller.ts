import type { ServerResponse } from 'node:http';
import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { SubscriptionsService, type Subscription } from '#letters';
import { Answers, Public } from './answers.ts';
import { LetterKinds } from './letter-kinds.ts';
import { Problem } from './problem.ts';
import type { ApiRequest } from './request.ts';
import { askingPage, donePage, missingPage } from './unsubscribe.page.ts';

/** The way out in every optional mail (RFC 8058): whoever holds its address may unsubscribe, and nothing else. */
@ApiTags('mail')
@Public()
@Controller('unsubscribe')
export class UnsubscribeController {
  readonly #subscriptions: SubscriptionsService;
  readonly #kinds: LetterKinds;

  constructor(subscriptions: SubscriptionsService, kinds: LetterKinds) {
    this.#subscriptions = subscriptions;
    this.#kinds = kinds;
  }

  @Get(':token')
  @ApiOperation({ summary: 'A page with a button; looking changes nothing' })
  @Answers({ status: 200, type: 'text/html', refuses: [404] })
  async ask(@Param('token') token: string, @Req() request: ApiRequest, @Res({ passthrough: true }) response: ServerResponse): Promise<string> {
    const found = await this.#subscriptions.behind(token);
    return this.#answer(found, found?.subscribed === false ? donePage : askingPage, { request, response });
  }

  @Post(':token')
  @HttpCode(200)
  @ApiOperation({ summary: 'Unsubscribe, by the button or by one click in a mail program; whatever the body says' })
  @Answers({ status: 200, type: 'text/html', refuses: [404] })
  async unsubscribe(@Param('token') token: string, @Req() request: ApiRequest, @Res({ passthrough: true }) response: ServerResponse): Promise<string> {
    return this.#answer(await this.#subscriptions.unsubscribe(token), donePage, { request, response });
  }

  /** A person with half a link sees a page, a program the problem that every wrong address is. */
  #answer(found: Subscription | null, page: typeof donePage, { request, response }: { readonly request: ApiRequest; readonly response: ServerResponse }): string {
    if (found === null && !/\btext\/html\b/.test(request.headers.accept ?? '')) throw new Problem('notFound');
    response.statusCode = found === null ? 404 : 200;
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Language', request.language);
    response.setHeader('Vary', 'Accept-Language, Accept');
    return found === null ? missingPage(request.language) : page(this.#kinds.titleOf(found.kind), request.language);
  }
}
