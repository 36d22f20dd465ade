import { Inject, Injectable } from '@nestjs/common';
import { ANSWERED, CHANGED, Objections, orderGivenUp, RECALLED, RELEASER_GONE, RELEASING, SINCE_ORDERED, worded } from '#apps/installation';
import { CasesService, leftState, staysIn, Survey, type Outcome, type Prospect } from '#cases';
import { SYSTEM, underWay, type Actor } from '#kernel';
import { RunsService, type DecidedRow, type PaymentOrder, type RowReason } from '#payments';
import { crashPoint, legalTime, Store, type Tx } from '#store';

/** Rows looked at together, and those of them authorised at the same time: each is a family of its own. */
const PAGE = 200;
const AT_ONCE = 4;

/** A pass ends after this: the effect's lease lasts a minute, and the next pass goes on. */
const LONGEST_PASS_MS = 20_000;

/** A released run's rows, each authorised by itself and each with its own result: none vanishes, none waits for another. */
@Injectable()
export class RunRows {
  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(Survey) private readonly survey: Survey,
    @Inject(RunsService) private readonly runs: RunsService,
    @Inject(Objections) private readonly objections: Objections,
  ) {}

  /**
   * Brings the open rows of a run forward, in the releaser's name: authorises those that stand as they were seen, and
   * writes down what became of the others. Safe to be repeated: the instalment's own state says what was done.
   * @returns how many rows are still open
   */
  async forward(runId: string, releaser: Actor | null): Promise<number> {
    const [until, began] = [performance.now() + LONGEST_PASS_MS, await this.store.now()];
    for (let after = 0; performance.now() < until;) {
      const page = await this.runs.rows(runId, { after, limit: PAGE, undecided: true });
      const last = page.at(-1);
      if (last === undefined) break;
      await this.#page(runId, page, releaser);
      after = last.position;
    }
    const { undecided } = await this.runs.tally(this.store, runId);
    if (undecided === 0) await this.#reconsider(runId, began);
    return undecided;
  }

  /** What was ordered in an earlier pass may have waited for days: it is let go where something has come up against it since. */
  async #reconsider(runId: string, orderedBefore: string): Promise<void> {
    for (let after = 0; ;) {
      const page = await this.runs.rows(runId, { after, limit: PAGE, orderedBefore });
      const last = page.at(-1);
      if (last === undefined) return;
      for (const { view, payment, reasons } of await this.survey.of(page.map(({ caseId }) => caseId), { ordering: true, actor: SYSTEM, at: await this.store.now() })) {
        if (reasons.length > 0 && view.state === payment?.answer.state) await this.store.transaction((tx) => this.runs.letGoOf(tx, runId, [view.id], worded([SINCE_ORDERED, ...reasons])));
      }
      after = last.position;
    }
  }

  /**
   * Lets go of ordered rows whose payment waits for the bank no more: a person has told what became of it, or it was ordered
   * anew; and of those that something has come up against. The others wait until the transaction ends.
   * @returns false when one of them is being moved at this moment: then it is to be tried again
   */
  async letGoOfAnswered(tx: Tx, runId: string): Promise<boolean> {
    const ordered = await this.runs.orderedCases(tx, runId);
    const places = await this.cases.locateAll(ordered.map(({ caseId }) => caseId), SYSTEM);
    const awaitedIn = ({ caseId }: { readonly caseId: string }): string => places.get(caseId)?.programme.payment?.answer.state ?? '';
    const answered = ordered.filter(({ replaced }) => replaced).map(({ caseId }) => caseId);
    for (const state of new Set(ordered.map(awaitedIn))) {
      const left = await leftState(tx, ordered.filter((row) => awaitedIn(row) === state).map(({ caseId }) => caseId), state);
      if (left === null) return false;
      answered.push(...left);
    }
    if (answered.length > 0) await this.runs.letGoOf(tx, runId, answered, [ANSWERED]);
    const objectionsTo = await this.objections.to(ordered, tx);
    for (const row of ordered) {
      const reasons = objectionsTo(row);
      if (reasons.length > 0) await this.runs.letGoOf(tx, runId, [row.caseId], reasons);
    }
    return true;
  }

  async #page(runId: string, rows: readonly DecidedRow[], releaser: Actor | null): Promise<void> {
    const orders = await this.runs.orders(rows.map(({ endToEndId }) => endToEndId));
    const soFar = await this.runs.ordersSoFar(rows.map(({ caseId }) => caseId));
    const objectionsTo = await this.objections.to(rows);
    const at = await this.store.now();
    const standing = new Map((await this.survey.of(rows.map(({ caseId }) => caseId), { ordering: true, actor: SYSTEM, at })).map((prospect) => [prospect.view.id, prospect]));
    // Asked after what stands: whoever is authorised by then waits for its newest order.
    const givenUp = await this.runs.ordersGivenUp(rows.map(({ caseId }) => caseId));
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      await Promise.all(rows.slice(from, from + AT_ONCE).map((row) => {
        const reasons = objectionsTo(row);
        if (reasons.length > 0) return this.#decide(runId, row, { result: 'refused', reasons });
        return this.#row(runId, row, { releaser, order: orders.get(row.endToEndId), orders: soFar.get(row.caseId) ?? 0, stands: standing.get(row.caseId), givenUp: givenUp.get(row.caseId) });
      }));
    }
  }

  async #row(runId: string, row: DecidedRow, { releaser, order, orders, stands, givenUp }: {
    readonly releaser: Actor | null; readonly order: PaymentOrder | undefined; readonly orders: number; readonly stands: Prospect | undefined; readonly givenUp: string | undefined;
  }): Promise<void> {
    if (order !== undefined) {
      const same = order.amountCents === row.amountCents && order.iban === row.iban && order.holder === row.holder;
      if (!same) return this.#decide(runId, row, { result: 'refused', reasons: [CHANGED] });
      const awaited = order.sequence === orders && stands !== undefined && stands.view.state === stands.payment?.answer.state;
      if (!awaited) return this.#decide(runId, row, { result: 'refused', reasons: [ANSWERED] });
      if (stands.reasons.length > 0) return this.#decide(runId, row, { result: 'refused', reasons: worded([SINCE_ORDERED, ...stands.reasons]) });
      return this.#decide(runId, row, { result: 'ordered', orderId: order.id });
    }
    if (stands?.payment === undefined) return this.#decide(runId, row, { result: 'refused', reasons: [RECALLED] });
    const { view: { state, version }, payment } = stands;
    if (state === payment.order.state && givenUp !== undefined) return this.#decide(runId, row, { result: 'refused', reasons: [orderGivenUp(givenUp)] });
    // Authorised, by this run or by somebody: its order is on the way, or waits until a hold is lifted or it is recalled.
    if (underWay(payment).includes(state)) return;
    if (state !== payment.authorise.state) return this.#decide(runId, row, { result: 'refused', reasons: [RECALLED] });
    if (version !== row.caseVersion) return this.#decide(runId, row, { result: 'refused', reasons: [CHANGED] });
    if (releaser === null) return this.#decide(runId, row, { result: 'refused', reasons: [RELEASER_GONE] });
    await this.#authorise(runId, row, { actor: releaser, event: payment.authorise.event });
  }

  /** The act and, where it is refused, the row's result in one transaction: a refusal leaves nothing else behind. */
  async #authorise(runId: string, { caseId, caseVersion, position }: DecidedRow, { actor, event }: { readonly actor: Actor; readonly event: string }): Promise<void> {
    await this.store.transaction(async (tx) => {
      // Whoever recalls the run waits for this row, and none is authorised after them.
      if (!await staysIn(tx, runId, RELEASING)) return;
      const outcome = await this.cases.advanceWithin(tx, {
        caseId, event, data: {}, actor, at: await legalTime(tx), ...(caseVersion === null ? {} : { expectedVersion: caseVersion }),
      });
      if (!outcome.ok) await this.runs.decide(tx, runId, position, { result: 'refused', reasons: reasonsOf(outcome) });
      crashPoint('before-commit');
    });
    crashPoint('after-commit');
    this.store.committed();
  }

  #decide(runId: string, { position }: DecidedRow, decision: Parameters<RunsService['decide']>[3]): Promise<void> {
    return this.store.transaction(async (tx: Tx) => void await this.runs.decide(tx, runId, position, decision));
  }
}

function reasonsOf({ refusal }: Extract<Outcome, { ok: false }>): readonly RowReason[] {
  return 'reasons' in refusal ? worded(refusal.reasons) : [CHANGED];
}
