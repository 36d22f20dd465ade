import type { ServerResponse } from 'node:http';
import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Installation } from '#apps/installation';
import { DeadlineList } from '#cases';
import { FeedsService, MOST_FEEDS, type Feed } from '#identity';
import type { Actor } from '#kernel';
import { Store } from '#store';
import { Answers, Public, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { writeCalendar } from './feed.calendar.ts';
import { Problem } from './problem.ts';
import { feedOrder, feeds, newFeed } from './wire.feeds.ts';

/** Entries of a feed: the next ones. A reader that asks every hour is told of the others in time. */
const MOST_ENTRIES = 500;

/** Private calendar feeds: a secret address that calendar programs read, since they cannot sign in. */
@ApiTags('feeds')
@Controller('feeds')
export class FeedsController {
  readonly #feeds: FeedsService;
  readonly #deadlines: DeadlineList;
  readonly #store: Store;
  readonly #base: string;

  constructor(owned: FeedsService, deadlines: DeadlineList, store: Store, { config }: Installation) {
    this.#feeds = owned;
    this.#deadlines = deadlines;
    this.#store = store;
    this.#base = config.publicUrl;
  }

  @Post()
  @SignedIn()
  @ApiOperation({ summary: 'Make a calendar feed; its address is told once', description: `At most ${MOST_FEEDS} a person.` })
  @Answers({ status: 201, schema: newFeed, refuses: [400, 409, 413, 415, 422] })
  async create(@Body({ schema: feedOrder }) order: z.output<typeof feedOrder>, @Caller() { account }: Actor): Promise<z.output<typeof newFeed>> {
    const made = await this.#feeds.create(account, order);
    if ('code' in made) throw new Problem(made.code);
    return { ...made.feed, url: `${this.#base}/api/v1/feeds/${made.token}.ics` };
  }

  @Get()
  @SignedIn()
  @ApiOperation({ summary: 'Your calendar feeds, without their addresses' })
  @Answers({ status: 200, schema: feeds })
  async list(@Caller() { account }: Actor): Promise<{ items: Feed[] }> {
    return { items: await this.#feeds.list(account) };
  }

  @Delete(':id')
  @SignedIn()
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke one of your calendar feeds' })
  @Answers({ status: 204, refuses: [404] })
  async revoke(@Param('id') id: string, @Caller() { account }: Actor): Promise<void> {
    if (!/^[\w-]{1,64}$/.test(id) || !await this.#feeds.revoke(account, id)) throw new Problem('notFound');
  }

  @Get(':token.ics')
  @Public()
  @Header('Content-Type', 'text/calendar; charset=utf-8')
  @ApiProduces('text/calendar')
  @ApiOperation({ summary: 'The calendar behind a secret address: what its person may see now' })
  @Answers({ status: 200, type: 'text/calendar', refuses: [404] })
  async read(@Param('token') token: string, @Res({ passthrough: true }) response: ServerResponse): Promise<string> {
    const found = await this.#feeds.open(token);
    if (found === null) throw new Problem('notFound');
    const { feed: { of, reminders, language }, actor } = found;
    const own = actor.organisation !== null;
    const [now, appointments] = await Promise.all([
      this.#store.now(),
      this.#deadlines.appointments({ reminders, limit: MOST_ENTRIES, ...(of === 'mine' && !own ? { officer: actor.account } : {}) }, actor),
    ]);
    response.setHeader('Cache-Control', 'private, no-cache');
    return writeCalendar({ title: own ? 'own' : of, language, now, appointments });
  }
}
