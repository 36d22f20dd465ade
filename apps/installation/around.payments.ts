import { Inject, Injectable } from '@nestjs/common';
import { dayOf } from '#calendar';
import { Survey } from '#cases';
import { SYSTEM, type Checked } from '#kernel';
import { endToEndId, FreezeService, RunsService, type Freeze, type RowReason } from '#payments';
import { Store } from '#store';
import { Objections } from './objections.ts';
import { orderPlace, type OrderPlace } from './order.place.ts';
import { BANK_WAITING, RETURN_TOLD } from './run.reasons.ts';
import type { KnownRun } from './run.waits.ts';

/** What no payment knows of itself: in which run its order is, and whether all payments stand still. */
@Injectable()
export class AroundPayments {
  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(Survey) private readonly survey: Survey,
    @Inject(RunsService) private readonly runs: RunsService,
    @Inject(FreezeService) private readonly freezes: FreezeService,
    @Inject(Objections) private readonly objections: Objections,
  ) {}

  /** The freeze that is in force, or null. */
  freeze(): Promise<Freeze | null> {
    return this.freezes.current();
  }

  /** What no instalment knows of itself and a run asks: whether the bank and persons have cleared what they said of it. */
  async besides(caseIds: readonly string[]): Promise<(caseId: string) => readonly Checked[]> {
    const objectionsTo = await this.objections.to(caseIds.map((caseId) => ({ caseId, endToEndId: '' })));
    return (caseId) => {
      const against = objectionsTo({ caseId, endToEndId: '' });
      const found = (...codes: readonly string[]) => against.find(({ code }) => codes.includes(code));
      const check = (reason: RowReason | undefined, otherwise: RowReason): Checked => ({ ...(reason ?? otherwise), ok: reason === undefined, since: null, owner: 'financeAuthoriser' });
      return [check(found('returnTold', 'executedTold'), RETURN_TOLD), check(found(BANK_WAITING.code), BANK_WAITING)];
    };
  }

  /** What people call these runs, and whether their day has passed, by their ids. */
  async known(runIds: readonly string[]): Promise<ReadonlyMap<string, KnownRun>> {
    const today = dayOf(await this.store.now());
    return new Map((await this.runs.known(runIds)).map(({ id, fileNumber, executionOn }) => [id, { fileNumber, dayPassed: executionOn < today }]));
  }

  /** Where the orders of these cases are, as far as they wait for the bank's answer. */
  async orders(caseIds: readonly string[]): Promise<readonly OrderPlace[]> {
    if (caseIds.length === 0) return [];
    const at = await this.store.now();
    const awaited = await this.survey.each(caseIds, { actor: SYSTEM, at }, ({ view, payment }) => (view.machine === payment?.machine && view.state === payment.answer.state ? [view.id] : []));
    return (await this.runs.whereOrdered(awaited.flat())).map((ordered) => orderPlace(ordered, dayOf(at)));
  }

  /** Those of these references that no instalment of this database has or will have. */
  async strangers(references: readonly string[]): Promise<readonly string[]> {
    const instalments = await this.store.query<{ fileNumber: string; number: number }>(
      'select root.file_number as "fileNumber", c.number from cases c join cases root on root.id = c.root_id where c.number > 0');
    const ours = new Set(instalments.map(({ fileNumber, number }) => stemOf(endToEndId(fileNumber, number, 1))));
    return references.filter((reference) => !ours.has(stemOf(reference)));
  }
}

/** A reference without the number of the order: what all orders of one instalment share. */
const stemOf = (reference: string): string => reference.replace(/-\d+$/, '');
