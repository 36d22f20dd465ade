import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor } from '#kernel';
import { SubscriptionsService } from '#letters';
import { Answers, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { LetterKinds } from './letter-kinds.ts';
import { Problem } from './problem.ts';
import { mailChoice, mailChoices, mailOrder } from './wire.mail.ts';

const UNKNOWN = {
  de: 'Diese Art von Schreiben gibt es nicht. GET /me/mail nennt alle, die sich abbestellen lassen.',
  en: 'There is no such kind of letter. GET /me/mail names all that one can unsubscribe from.',
};
const MANDATORY = {
  code: 'letterMandatory',
  text: { de: 'Dieses Schreiben gehört zum Verfahren und lässt sich nicht abbestellen.', en: 'This letter is part of the procedure; one cannot unsubscribe from it.' },
  remedy: { de: 'Abbestellen lassen sich die Arten, die GET /me/mail nennt.', en: 'One can unsubscribe from the kinds that GET /me/mail names.' },
};

/** Which reminders a person wants by mail. What informs of rights, periods or decisions always goes. */
@ApiTags('mail')
@SignedIn()
@Controller('me/mail')
export class MailController {
  readonly #subscriptions: SubscriptionsService;
  readonly #kinds: LetterKinds;

  constructor(subscriptions: SubscriptionsService, kinds: LetterKinds) {
    this.#subscriptions = subscriptions;
    this.#kinds = kinds;
  }

  @Get()
  @ApiOperation({ summary: 'The kinds of letters that one can unsubscribe from, and whether you get them' })
  @Answers({ status: 200, schema: mailChoices })
  async choices(@Caller() { account }: Actor): Promise<z.output<typeof mailChoices>> {
    const unsubscribed = await this.#subscriptions.unsubscribed(account);
    return { items: this.#kinds.optional.map((kind) => ({ ...kind, subscribed: !unsubscribed.includes(kind.kind) })) };
  }

  @Put()
  @ApiOperation({ summary: 'Subscribe to a kind of letters, or unsubscribe from it' })
  @Answers({ status: 200, schema: mailChoice, refuses: [400, 409, 413, 415, 422] })
  async choose(@Body({ schema: mailOrder }) { kind, subscribed }: z.output<typeof mailOrder>, @Caller() { account }: Actor): Promise<z.output<typeof mailChoice>> {
    const known = this.#kinds.optional.find((each) => each.kind === kind);
    if (known === undefined) {
      throw this.#kinds.knows(kind) ? new Problem('letterMandatory', { reasons: [MANDATORY] }) : new Problem('invalidBody', { errors: [{ path: '/kind', code: 'unknownKind', text: UNKNOWN }] });
    }
    await this.#subscriptions.choose(account, kind, subscribed);
    return { ...known, subscribed };
  }
}
