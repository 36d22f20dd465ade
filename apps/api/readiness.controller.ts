import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AroundPayments, paymentFlags, STANDING_STILL, type OrderPlace, type PaymentFlag } from '#apps/installation';
import { CasesService, Programmes, type Prepared } from '#cases';
import type { Actor, Checked } from '#kernel';
import { Store } from '#store';
import { Answers, SignedIn } from './answers.ts';
import { Caller, OfCase, TheCase, type Place } from './case.guard.ts';
import { Problem } from './problem.ts';
import { readiness } from './wire.readiness.ts';

/** What the agency is told beside it. */
interface Told {
  readonly flags?: readonly PaymentFlag[];
}

/** What stands between an instalment and its payment. */
@ApiTags('cases')
@SignedIn()
@OfCase()
@Controller('cases/:id/readiness')
export class ReadinessController {
  readonly #cases: CasesService;
  readonly #store: Store;
  readonly #programmes: Programmes;
  readonly #around: AroundPayments;

  constructor(cases: CasesService, store: Store, programmes: Programmes, around: AroundPayments) {
    this.#cases = cases;
    this.#store = store;
    this.#programmes = programmes;
    this.#around = around;
  }

  @Get()
  @ApiOperation({ summary: 'What is still missing for the payment of an instalment, or of each open instalment of an application; and where what is ordered is' })
  @Answers({ status: 200, schema: readiness, refuses: [404] })
  async read(@TheCase() { id }: Place, @Caller() actor: Actor): Promise<{ items: readonly (Prepared & Told)[]; orders: readonly OrderPlace[] }> {
    const prepared = await this.#cases.readiness(id, actor, await this.#store.now());
    if (prepared === null) throw new Problem('notFound');
    const standing = await this.#standing();
    const besides = await this.#around.besides(prepared.map((item) => item.case));
    const items = prepared.map((item) => {
      const checks = [...besides(item.case), standing];
      return { ...item, ready: item.ready && checks.every(({ ok }) => ok), checks: [...item.checks, ...checks] };
    });
    if (actor.organisation !== null) return { items, orders: [] };
    const [flags, view] = [await paymentFlags(this.#store, this.#programmes, items.map((item) => item.case)), await this.#cases.read(id, actor)];
    return { items: items.map((item) => ({ ...item, flags: flags(item.case) })), orders: view === null ? [] : await this.#around.orders([view.id, ...view.instalments.map((instalment) => instalment.id)]) };
  }

  /** What no instalment knows of itself: whether payments stand still, each of them. */
  async #standing(): Promise<Checked> {
    const freeze = await this.#around.freeze();
    return { ...STANDING_STILL, ok: freeze === null, since: freeze?.at ?? null, owner: 'financeAuthoriser' };
  }
}
