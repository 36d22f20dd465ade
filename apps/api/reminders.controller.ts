import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Forecast, type ComingLetter } from '#cases';
import { IdentityService, type Recipient } from '#identity';
import type { Actor } from '#kernel';
import { SubscriptionsService } from '#letters';
import { Store } from '#store';
import { Answers, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { cursorInvalid } from './cursor.ts';
import { comingLetters, comingQuery } from './wire.rounds.ts';

/** Without an end of their own, forecasts reach so far. */
const DAYS = 400;

/** Who will get what on which day. */
@ApiTags('operations')
@SignedIn()
@Controller('reminders')
export class RemindersController {
  readonly #forecast: Forecast;
  readonly #identity: IdentityService;
  readonly #subscriptions: SubscriptionsService;
  readonly #store: Store;

  constructor(forecast: Forecast, identity: IdentityService, subscriptions: SubscriptionsService, store: Store) {
    this.#forecast = forecast;
    this.#identity = identity;
    this.#subscriptions = subscriptions;
    this.#store = store;
  }

  @Get()
  @ApiOperation({ summary: 'The letters that clocks will send, to whom and when, if nobody acts before' })
  @Answers({ status: 200, schema: comingLetters, refuses: [422] })
  async coming(@Query({ schema: comingQuery }) { cursor, until, ...filter }: z.output<typeof comingQuery>, @Caller() actor: Actor): Promise<z.output<typeof comingLetters>> {
    if (cursor !== undefined && !/^[\w-]{1,64}$/.test(cursor)) throw cursorInvalid();
    const [horizon] = until === undefined ? await this.#store.query<{ at: string }>(`select tranche_now() + $1::int * interval '1 day' as at`, [DAYS]) : [{ at: until }];
    const { items, next } = await this.#forecast.letters({ ...given(filter), until: horizon?.at ?? '', ...(cursor === undefined ? {} : { after: cursor }) }, actor);
    const known = new Map<string, readonly Recipient[]>();
    const refusers = await this.#subscriptions.refusers([...new Set(items.filter(({ optional }) => optional).map(({ kind }) => kind))]);
    const named = [];
    for (const { to, person, ...letter } of items) {
      const people = await this.#recipients({ to, person, ...letter }, actor, known);
      named.push({ ...letter, recipients: people.filter(({ account }) => !(letter.optional && refusers.get(letter.kind)?.includes(account))) });
    }
    return { items: named, next };
  }

  /** People as they are now; applicants are not told who in the agency gets what. */
  async #recipients({ to, person, applicant }: ComingLetter, actor: Actor, known: Map<string, readonly Recipient[]>): Promise<z.output<typeof comingLetters>['items'][number]['recipients']> {
    const key = `${to.join()} ${applicant.key}`;
    const people = known.get(key) ?? await this.#identity.recipients(to, applicant.key);
    known.set(key, people);
    const meant = people.some(({ account }) => account === person) ? people.filter(({ account }) => account === person) : people;
    return meant.filter(({ role }) => actor.organisation === null || role.startsWith('applicant')).map(({ account, name, role }) => ({ account, name, role }));
  }
}

const given = ({ cycle, case: caseId, limit }: Pick<z.output<typeof comingQuery>, 'cycle' | 'case' | 'limit'>) =>
  ({ limit, ...(cycle === undefined ? {} : { cycle }), ...(caseId === undefined ? {} : { case: caseId }) });
