import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { STANDING_STILL } from '#apps/installation';
import { AroundPayments } from '#apps/installation';
import { formatInstant } from '#calendar';
import type { Actor, Instant, Role, Text } from '#kernel';
import { FreezeService } from '#payments';
import { resumeEffects, Store } from '#store';
import { Answers, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { Problem, type WireReason } from './problem.ts';
import { AGENCY, Refusals } from './refusals.ts';
import { freezeOrder, freezeView, liftOrder } from './wire.runs.ts';

/** Whoever sees that something is wrong may stop all payments; only who orders payments lets them go on. */
const MAY_FREEZE: readonly Role[] = ['financeCertifier', 'financeAuthoriser', 'administrator'];

const MAY_LIFT: readonly Role[] = ['financeAuthoriser'];

const orderedBy = ({ account, at, reason }: { readonly account: string; readonly at: Instant; readonly reason: string }): Text => ({
  de: `Vier-Augen-Prinzip: Sie selbst (${account}) haben die Zahlungen am ${formatInstant(at, 'de')} angehalten („${reason}“).`,
  en: `Four-eyes principle: you yourself (${account}) froze the payments on ${formatInstant(at, 'en')} (“${reason}”).`,
});

/** So many references are named; whoever mistyped one finds it among them. */
const MOST_NAMED = 20;

/** A reference with a slip in it would keep nothing from being paid again. */
const notOurs = (references: readonly string[]): WireReason => ({
  code: 'goneOutOurs',
  text: {
    de: `Diese Referenzen kann hier keine Rate haben: ${references.slice(0, MOST_NAMED).join(', ')}.`, en: `No instalment here can have these references: ${references.slice(0, MOST_NAMED).join(', ')}.`,
  },
  remedy: {
    de: 'Die Schreibweise prüfen. Gehören sie zu Vorgängen, die die Sicherung nicht kennt, mit „strangers: true“ (ctl: --strangers) angeben.',
    en: 'Check the spelling. If they belong to cases that the backup does not know, give them with `strangers: true` (ctl: --strangers).',
  },
});

/** All payments stand still: noticed after a restore, or because a person said so. Repeating either command changes nothing. */
@ApiTags('payments')
@SignedIn()
@Controller('payments/freeze')
export class FreezeController {
  readonly #freezes: FreezeService;
  readonly #store: Store;
  readonly #refusals: Refusals;
  readonly #around: AroundPayments;

  constructor(freezes: FreezeService, store: Store, refusals: Refusals, around: AroundPayments) {
    this.#around = around;
    this.#freezes = freezes;
    this.#store = store;
    this.#refusals = refusals;
  }

  @Get()
  @ApiOperation({ summary: 'Whether payments stand still, since when, by whom and why' })
  @Answers({ status: 200, schema: freezeView, refuses: [403] })
  async read(@Caller() actor: Actor): Promise<z.output<typeof freezeView>> {
    await this.#refusals.demand(actor, AGENCY);
    await this.#store.transaction((tx) => this.#freezes.frozen(tx));
    return this.#view();
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Stop all payments: nothing is ordered and no file is written until another person lets them go on' })
  @Answers({ status: 200, schema: freezeView, refuses: [400, 403, 413, 415, 422] })
  async freeze(@Body({ schema: freezeOrder }) { reason }: z.output<typeof freezeOrder>, @Caller() actor: Actor): Promise<z.output<typeof freezeView>> {
    await this.#refusals.demand(actor, MAY_FREEZE);
    await this.#store.transaction((tx) => this.#freezes.freeze(tx, { reason, account: actor.account }));
    this.#store.committed();
    return this.#view();
  }

  @Post('lift')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let payments go on, naming what left the house although this database does not know it: that is never sent again' })
  @Answers({ status: 200, schema: freezeView, refuses: [400, 403, 409, 413, 415, 422] })
  async lift(@Body({ schema: liftOrder }) { reason, goneOut, strangers }: z.output<typeof liftOrder>, @Caller() actor: Actor): Promise<z.output<typeof freezeView>> {
    await this.#refusals.demand(actor, MAY_LIFT);
    const freeze = await this.#freezes.current();
    if (freeze === null) throw new Problem('paymentsFrozen');
    await this.#refusals.demandAnother(actor, { account: freeze.account, text: orderedBy(freeze) }, MAY_LIFT);
    const unknown = strangers === true ? [] : await this.#around.strangers(goneOut);
    if (unknown.length > 0) throw new Problem('goneOutOurs', { reasons: [notOurs(unknown)] });
    await this.#store.transaction(async (tx) => {
      await this.#freezes.lift(tx, { reason, goneOut, account: actor.account });
      await resumeEffects(tx, STANDING_STILL.code);
    });
    this.#store.committed();
    return this.#view();
  }

  async #view(): Promise<z.output<typeof freezeView>> {
    const freeze = await this.#freezes.current();
    return { frozen: freeze !== null, freeze: freeze === null ? null : { reason: freeze.reason, account: freeze.account, at: freeze.at } };
  }
}
