import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';
import { CasesService, eventsOf, lockFamily, type Outcome, type Said } from '#cases';
import { SYSTEM, type Json, type PaymentCourse } from '#kernel';
import { BankService, type EntryResult, type EntryWork } from '#payments';
import { legalTime, type Tx } from '#store';
import type { Carried, EffectOf } from './effects.ts';
import { EffectsService } from './effects.service.ts';
import { JOB_RULES } from './job.rules.ts';

/**
 * Brings the bank's answers to their instalments, and writes down what came of each in the same transaction. What an
 * instalment cannot take is an exception for a person, not a fault: trying again would not change it.
 */
@Processor('bank', { ...JOB_RULES, concurrency: 4 })
export class BankProcessor extends WorkerHost {
  constructor(
    @Inject(EffectsService) private readonly effects: EffectsService,
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(BankService) private readonly bank: BankService,
  ) {
    super();
  }

  process(job: Job): Promise<void> {
    return this.effects.work(job, 'bankEntry', (effect) => this.bring(effect));
  }

  private async bring(effect: EffectOf<'bankEntry'>): Promise<Carried> {
    const payment = (await this.cases.locate(effect.caseId, SYSTEM))?.programme.payment;
    if (payment === undefined) return { is: 'refused', why: 'no course of payments' };
    return { is: 'done', conclude: (tx) => this.tell(tx, effect, payment.answer).then(() => null) };
  }

  private async tell(tx: Tx, { id: effectId, caseId, payload: { entryId, round } }: EffectOf<'bankEntry'>, answer: Answering): Promise<void> {
    // The order must still be the newest when the event arrives: a new one is only written under this lock.
    await lockFamily(tx, caseId);
    const work = await this.bank.work(tx, entryId, round);
    if (work !== null) await this.bank.conclude(tx, { entryId, round, effectId }, await this.result(tx, caseId, work, answer));
  }

  private async result(tx: Tx, caseId: string, work: EntryWork, answer: Answering): Promise<EntryResult> {
    const { order, nextSeq } = work;
    const { settled, returned, withdrawn = [], borneOut, valued } = answer;
    const told = standing(await eventsOf(tx, caseId, { events: [settled, returned, withdrawn].flat(), after: order.journalSeq, before: nextSeq }), answer);
    // What came back has been booked against the payment: that it had gone out before is no news.
    if (work.answer === 'settled' && (work.cameBack || told.at(-1)?.event === settled)) {
      await this.tellDay(tx, caseId, work, valued);
      return { result: 'known' };
    }
    if (work.answer !== 'settled' && unheardCents(told, work, answer) > 0) {
      // From then on it is the bank's word, also where the amounts differ. Where the instalment has moved on it cannot hear it, and need not: nobody can take the return back there.
      if (borneOut !== undefined && nextSeq === null) await this.tellAlso(tx, caseId, borneOut, {});
      if (work.amountCents <= unheardCents(told, work, answer)) return { result: 'known' };
    }
    if (nextSeq !== null) return work.repeats ? { result: 'known' } : { result: 'exception', code: 'orderNewest' };
    const outcome = await this.send(tx, caseId, work, answer);
    if (outcome.ok) return { result: 'applied' };
    if (outcome.refusal.code === answer.within) return { result: 'exception', code: 'returnWithinPayment' };
    // Whatever a person makes of a debit after a return: should that be withdrawn, the bank has told on which day it was paid.
    if (work.answer === 'settled') await this.tellDay(tx, caseId, work, valued);
    if (work.repeats) return { result: 'known' };
    return { result: 'exception', code: 'possibleHere' };
  }

  /** The day of a settlement. Refused where it is the same day, and where the instalment has moved on. */
  private async tellDay(tx: Tx, caseId: string, { valuedOn, nextSeq, cameBack }: EntryWork, valued: string | undefined): Promise<void> {
    if (valued !== undefined && valuedOn !== null && nextSeq === null && !cameBack) await this.tellAlso(tx, caseId, valued, { valueDate: valuedOn });
  }

  /** What the case hears beside the answer, where it can take it. */
  private async tellAlso(tx: Tx, caseId: string, event: string, data: { readonly [field: string]: Json }): Promise<void> {
    await this.cases.advanceWithin(tx, { caseId, event, data, actor: SYSTEM, at: await legalTime(tx) });
  }

  private async send(tx: Tx, caseId: string, work: EntryWork, answer: Answering): Promise<Outcome> {
    const [event, data] = eventOf(work, answer);
    return this.cases.advanceWithin(tx, { caseId, event, data, actor: SYSTEM, at: await legalTime(tx) });
  }
}

/** The events by which a programme hears the bank. */
type Answering = PaymentCourse['answer'];

/** What was said without what was taken back, which is always the return before it: until it is reopened nothing else is said of it. */
function standing(told: readonly Said[], { withdrawn }: Answering): readonly Said[] {
  return told.reduce<readonly Said[]>((kept, said) => (said.event === withdrawn ? kept.slice(0, -1) : [...kept, said]), []);
}

/**
 * What persons have said of this order before the bank did is known, by the journal alone: the state may be that of a part
 * which waits for its rest, of what came back since, or of the order after it. Of what they said came back, in cents, how
 * much the bank has not told of yet.
 */
function unheardCents(told: readonly Said[], { heardCents }: EntryWork, { returned }: Answering): number {
  const byHand = told.filter(({ event, role }) => event === returned && role !== SYSTEM.roles[0]);
  return byHand.reduce((sum, { data }) => sum + Number(data['amountCents']), 0) - heardCents;
}

/** The event that people send for the same fact. */
function eventOf({ answer, amountCents, valueOn, reason, reference }: EntryWork, { settled, returned, reasons }: Answering): readonly [event: string, data: { readonly [field: string]: Json }] {
  if (answer === 'settled') return [settled, { valueDate: valueOn, reference }];
  const said = reasons[answer === 'rejected' ? 'rejected' : 'returned'];
  return [returned, { reason: reason === null ? said : `${said} (${reason})`, amountCents }];
}
