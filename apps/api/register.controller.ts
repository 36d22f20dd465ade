import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { PaymentActs } from '#apps/installation';
import { RegisterList, type RegisterCursor } from '#cases';
import type { Actor } from '#kernel';
import { Answers, SignedIn } from './answers.ts';
import { Caller } from './case.guard.ts';
import { CURSORS } from './cursor.ts';
import { AGENCY, Refusals } from './refusals.ts';
import { exceptionRegister, registerQuery } from './wire.lists.ts';

/** The newest first; of one instant by family, then by place. */
const newestFirst = ({ place: a }: { readonly place: RegisterCursor }, { place: b }: { readonly place: RegisterCursor }): number =>
  (a.at !== b.at ? (a.at > b.at ? -1 : 1) : a.rootId !== b.rootId ? (a.rootId > b.rootId ? -1 : 1) : b.seq - a.seq);

/** What was decided otherwise than the rule says. Not to be confused with exceptions: those are things that went wrong. */
@ApiTags('operations')
@SignedIn()
@Controller('exception-register')
export class RegisterController {
  readonly #register: RegisterList;
  readonly #acts: PaymentActs;
  readonly #refusals: Refusals;

  constructor(register: RegisterList, acts: PaymentActs, refusals: Refusals) {
    this.#register = register;
    this.#acts = acts;
    this.#refusals = refusals;
  }

  @Get()
  @ApiOperation({ summary: 'Decisions that depart from the rule, confirmations of what was said of payments and resolved messages of the bank, of one case the freezes of its payments, too; with who, when and why, newest first' })
  @Answers({ status: 200, schema: exceptionRegister, refuses: [403, 422] })
  async list(
    @Query({ schema: registerQuery }) { cursor, ...filter }: z.output<typeof registerQuery>,
    @Caller() actor: Actor,
  ): Promise<z.output<typeof exceptionRegister>> {
    const after = cursor === undefined ? {} : { after: CURSORS.register.read(cursor) };
    await this.#refusals.demand(actor, AGENCY);
    const wanted = { ...filter, ...after, limit: filter.limit + 1 };
    const found = [...await this.#register.list(wanted, actor), ...await this.#acts.list(wanted)].toSorted(newestFirst);
    const page = found.slice(0, filter.limit);
    const last = page.at(-1);
    return { items: page.map(({ entry }) => entry), next: found.length > page.length && last ? CURSORS.register.of(last.place) : null };
  }
}
