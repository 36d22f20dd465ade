import { Inject, Injectable } from '@nestjs/common';
import { dayOf } from '#calendar';
import { Survey } from '#cases';
import { SYSTEM, type Checked, type Instant, type Text } from '#kernel';
import { endToEndId, FreezeService, RunsService, type Freeze, type RowReason } from '#payments';
import { Store } from '#store';
import { Objections } from './objections.ts';
import { KEEPING_OUT } from './payment-answers.words.ts';
import { orderPlace, unreleasedPlace, type OrderPlace } from './order.place.ts';
import { BANK_WAITING, RETURN_TOLD } from './run.reasons.ts';
import { PREPARED, type KnownRun } from './run.waits.ts';

/** What no payment knows of itself: in which run it or its order is, and whether all payments stand still. */
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
      return [check(found(...KEEPING_OUT), RETURN_TOLD), check(found(BANK_WAITING.code), BANK_WAITING)];
    };
  }

  /** What people call these runs, and whether their day has passed, by their ids. */
  async known(runIds: readonly string[]): Promise<ReadonlyMap<string, KnownRun>> {
    const at = await this.store.now();
    const [short, numberOf] = [await this.runs.inShort(runIds), await this.#numbers(runIds, at)];
    return new Map([...short].flatMap(([id, { executionOn }]) => {
      const fileNumber = numberOf.get(id);
      return fileNumber === undefined ? [] : [[id, { fileNumber, dayPassed: executionOn < dayOf(at) }] as const];
    }));
  }

  /** Where the orders of these cases are, as far as they wait for the bank's answer. */
  async orders(caseIds: readonly string[]): Promise<readonly OrderPlace[]> {
    if (caseIds.length === 0) return [];
    const at = await this.store.now();
    const awaited = await this.survey.each(caseIds, { actor: SYSTEM, at }, ({ view, payment }) => (view.machine === payment?.machine && view.state === payment.answer.state ? [view.id] : []));
    const ordered = await this.runs.whereOrdered(awaited.flat());
    const numberOf = await this.#numbers(ordered.flatMap(({ runId }) => runId ?? []), at);
    return ordered.map((order) => orderPlace(order, numberOf.get(order.runId ?? ''), dayOf(at)));
  }

  /** Whether an instalment has an order that waits for an answer although nothing of it ever went to the bank from here. */
  async isUnsent(caseId: string): Promise<boolean> {
    const [order] = await this.orders([caseId]);
    return order !== undefined && (order.run === null || order.run.file === null) && !(await this.freezes.goneOut([order.endToEndId])).has(order.endToEndId);
  }

  /** The same in words by case, and for what is certified the run that holds it and waits to be released. */
  async places(caseIds: readonly string[]): Promise<ReadonlyMap<string, Text>> {
    const orders = await this.orders(caseIds);
    return new Map([...orders.map(({ case: id, text }) => [id, text] as const), ...await this.#unreleased(caseIds)]);
  }

  /** A row whose instalment has moved since is refused when the run is released: such a run is no place for it. */
  async #unreleased(caseIds: readonly string[]): Promise<readonly (readonly [string, Text])[]> {
    const rows = await this.runs.openIn(caseIds);
    if (rows.length === 0) return [];
    const at = await this.store.now();
    const certified = new Map(await this.survey.each(rows.map(({ caseId }) => caseId), { actor: SYSTEM, at }, ({ view, payment }) => [view.id, view.state === payment?.authorise.state ? view.version : 0] as const));
    const numberOf = await this.#numbers(rows.map(({ runId }) => runId), at, PREPARED);
    return rows.flatMap(({ caseId, caseVersion, runId, executionOn }) => {
      const fileNumber = numberOf.get(runId);
      return fileNumber === undefined || certified.get(caseId) !== caseVersion ? [] : [[caseId, unreleasedPlace({ fileNumber, executionOn }, dayOf(at))] as const];
    });
  }

  /** The file numbers of runs by their ids, where asked for only of those in one state: after a freeze their files are called something else. */
  async #numbers(runIds: readonly string[], at: Instant, state?: string): Promise<ReadonlyMap<string, string>> {
    const runs = await this.survey.each([...new Set(runIds)], { actor: SYSTEM, at }, ({ view }) => view);
    return new Map(runs.flatMap((run) => (state === undefined || run.state === state ? [[run.id, run.fileNumber] as const] : [])));
  }

  /** Those of these references that no instalment of this database has or will have. */
  async strangers(references: readonly string[]): Promise<readonly string[]> {
    const instalments = await this.store.query<{ fileNumber: string; number: number }>(
      'select root.file_number as "fileNumber", c.number from cases c join cases root on root.id = c.root_id where c.number > 0');
    const ours = new Set(instalments.map(({ fileNumber, number }) => stemOf(endToEndId(fileNumber, number, 1))));
    return references.filter((reference) => !ours.has(stemOf(reference)));
  }
}

/** A reference without the number of the order, in capitals: what all orders of one instalment share. */
const stemOf = (reference: string): string => reference.toUpperCase().replace(/-\d+$/, '');
