import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';
import { payeeIn } from '#apps/installation';
import { CasesService, type CaseView } from '#cases';
import { SYSTEM, type Json, type PaymentCourse } from '#kernel';
import { cents } from '#money';
import { PaymentsService } from '#payments';
import { crashPoint, isNewest, legalTime, type Tx } from '#store';
import type { Carried, EffectOf, Hindrance } from './effects.ts';
import { EffectsService } from './effects.service.ts';
import { JOB_RULES } from './job.rules.ts';
import { FROZEN, Surroundings } from './surroundings.ts';

/** Writes the payment order and tells the instalment so, both in one transaction: one without the other cannot be. */
@Processor('payouts', { ...JOB_RULES, concurrency: 4 })
export class PayoutProcessor extends WorkerHost {
  constructor(
    @Inject(EffectsService) private readonly effects: EffectsService,
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(PaymentsService) private readonly payments: PaymentsService,
    @Inject(Surroundings) private readonly around: Surroundings,
  ) {
    super();
  }

  process(job: Job): Promise<void> {
    return this.effects.work(job, 'payout', (effect) => this.pay(effect));
  }

  /** Ordering is a row in our own database, where the way to the bank begins: so all the work is the conclusion. */
  private async pay(effect: EffectOf<'payout'>): Promise<Carried> {
    // Asked outside, too: what is noticed in a transaction that is undone is forgotten with it.
    if (await this.around.frozen()) return FROZEN;
    const head = await this.cases.read(effect.rootId, SYSTEM);
    if (head === null) return { is: 'refused', why: 'no such application' };
    const payment = (await this.cases.locate(effect.caseId, SYSTEM))?.programme.payment;
    if (payment === undefined) return { is: 'refused', why: 'no course of payments' };
    return { is: 'done', conclude: (tx) => this.order(tx, effect, head, payment.order), committed: () => crashPoint('after-mark') };
  }

  private async order(tx: Tx, effect: EffectOf<'payout'>, head: CaseView, { event, stands }: PaymentCourse['order']): Promise<Hindrance | null> {
    const { id: effectId, caseId, payload } = effect;
    if (await this.around.frozen(tx)) return FROZEN;
    // Recalled and authorised anew meanwhile: that is another effect, and only the newest says what was signed.
    if (!(await isNewest(tx, effect))) return null;
    crashPoint('before-mark');
    const data: { readonly [field: string]: Json } = 'signed' in payload && payload.signed !== undefined ? { signed: payload.signed } : {};
    const outcome = await this.cases.advanceWithin(tx, { caseId, event, data, actor: SYSTEM, at: await legalTime(tx) });
    if (!outcome.ok) {
      const { code } = outcome.refusal;
      // Recalled, cancelled or voided since it was authorised: nothing is to be paid.
      if (code === 'notPossibleHere' || code === stands) return null;
      return code === 'notFound' ? { is: 'refused', why: code } : { is: 'waits', why: code };
    }
    const share = head.instalments.find(({ id }) => id === caseId);
    if (share === undefined) return { is: 'refused', why: 'no such instalment' };
    const order = await this.payments.order(tx, {
      effectId, caseId,
      fileNumber: head.fileNumber,
      number: share.number,
      cycleId: head.cycle,
      amountCents: cents('amountCents' in payload ? payload.amountCents : share.amountCents - outcome.view.paidCents),
      ...payeeIn([payload], head),
      purpose: 'purpose' in payload ? payload.purpose : `${head.fileNumber} ${share.number}`,
    });
    return 'code' in order ? { is: 'refused', why: order.code } : null;
  }
}
