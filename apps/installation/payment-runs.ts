import type { CasesService, CommandKey, CyclesService, Outcome, Programmes, Refusal } from '#cases';
import { SYSTEM, type Actor, type Instant } from '#kernel';
import type { DecidedRow } from '#payments';
import type { Store, Tx } from '#store';
import { paymentFlags } from './repayment.flags.ts';
import { STANDING_STILL, worded } from './run.reasons.ts';
import { previewRun, type RunPreview, type Sources } from './run.preview.ts';
import { RELEASING } from './run.waits.ts';

interface Command {
  readonly actor: Actor;
  readonly at: Instant;
  readonly key: CommandKey;
}

/** A run to be prepared: of which round, when the bank is to carry it out, and the digest of the preview that was seen. */
export interface PrepareRun extends Command {
  readonly cycle: string;
  readonly executionOn: string;
  readonly rowsHash: string;
}

/** A row to be taken out of a run that nobody has released. */
export interface DropRow extends Command {
  readonly runId: string;
  readonly caseId: string;
  readonly reason: string;
  readonly expectedVersion: number;
}

/** Carries a refusal out of a transaction that must leave no trace. */
class Withdrawn extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

const PREVIEW_CURRENT: Refusal = {
  code: 'previewCurrent',
  reasons: [{
    code: 'previewCurrent', retry: 'afterChange',
    text: { de: 'Seit der Vorschau hat sich mindestens eine Rate geändert.', en: 'At least one instalment has changed since the preview.' },
    remedy: { de: 'Die Vorschau neu abrufen, ansehen und mit ihrem rowsHash vorbereiten.', en: 'Get the preview again, look at it and prepare with its rowsHash.' },
  }],
};

const NOT_FROZEN: Refusal = { code: STANDING_STILL.code, reasons: [{ ...STANDING_STILL, retry: 'later' }] };

const ROW_OPEN: Refusal = {
  code: 'rowOpen',
  reasons: [{
    code: 'rowOpen', retry: 'never',
    text: { de: 'Diese Rate wird in diesem Lauf nicht gezahlt oder ist schon herausgenommen.', en: 'This instalment is not to be paid in this run, or was dropped before.' },
    remedy: { de: 'Die Zeilen des Laufs nennen, was aus jeder Rate geworden ist.', en: 'The rows of the run say what became of each instalment.' },
  }],
};

/** Payment runs as people prepare them. A run is a case; its rows are frozen in the transaction that opens it. */
export class PaymentRuns {
  constructor(
    private readonly store: Store, private readonly cases: CasesService, private readonly sources: Sources, private readonly rounds: { readonly cycles: CyclesService; readonly programmes: Programmes },
  ) {}

  /** What a run of this round would pay now; null for a round that nobody knows, or whose programme pays nothing. */
  async preview(cycleId: string, at: Instant): Promise<RunPreview | null> {
    const round = await this.rounds.cycles.get(cycleId);
    const payment = round === null ? undefined : this.rounds.programmes.current(round.programme)?.payment;
    if (payment === undefined) return null;
    const { letGo: _, ...preview } = await previewRun(this.sources, { cycleId, payment, at });
    return preview;
  }

  /** What stands out about these cases now, by case: what is paid once more, and their payees. It stops nothing, so that no digest covers it. */
  flags(caseIds: readonly string[]): ReturnType<typeof paymentFlags> {
    return paymentFlags(this.store, this.rounds.programmes, caseIds);
  }

  /** Up to `limit` rows of a run after `after`, by position; once it is released, each that is still open says what it waits for. */
  async rows(runId: string, page: { readonly after?: number; readonly limit: number }): Promise<readonly DecidedRow[]> {
    const rows = await this.sources.runs.rows(runId, page);
    const open = new Set(rows.filter(({ verdict, result }) => verdict === 'ok' && result === null).map(({ caseId }) => caseId));
    if (open.size === 0 || (await this.cases.read(runId, SYSTEM))?.state !== RELEASING) return rows;
    const freeze = await this.sources.freezes.current();
    const prospects = await this.sources.survey.of([...open], { ordering: true, actor: SYSTEM, at: await this.store.now() });
    const against = new Map(prospects.filter(({ view, payment }) => view.state === payment?.order.state).map(({ view, reasons }) => [view.id, reasons]));
    const waits = (caseId: string) => worded([...(freeze === null ? [] : [STANDING_STILL]), ...against.get(caseId) ?? []]);
    return rows.map((row) => (open.has(row.caseId) && row.result === null ? { ...row, reasons: waits(row.caseId) } : row));
  }

  /** Prepares what was seen in the preview, and nothing else. The view is the run's case. */
  async prepare({ cycle, executionOn, rowsHash, actor, at, key }: PrepareRun): Promise<Outcome> {
    const round = await this.rounds.cycles.get(cycle);
    const programme = round === null ? undefined : this.rounds.programmes.current(round.programme);
    const payer = round === null ? undefined : programme?.cycle.payer?.(round.data);
    if (programme?.payment === undefined || payer === undefined) return { ok: false, refusal: { code: 'notFound' }, replayed: false };
    const { rows, count, sumCents, blocked, certifiers, rowsHash: found, letGo } = await previewRun(this.sources, { cycleId: cycle, payment: programme.payment, at });
    return this.#once(async (tx) => {
      const outcome = await this.cases.openWithin(tx, {
        programme: programme.id, cycle, machine: 'paymentRun', applicant: { key: 'agency', name: payer.name, kind: 'agency' },
        data: { executionOn, count, sumCents, blocked, rowsHash: found, certifiers }, actor, at, key,
      });
      if (outcome.replayed || (!outcome.ok && outcome.refusal.code === 'wrongRole')) return outcome;
      if (await this.sources.freezes.current(tx) !== null) throw new Withdrawn(NOT_FROZEN);
      if (found !== rowsHash) throw new Withdrawn(PREVIEW_CURRENT);
      if (!outcome.ok) return outcome;
      // What was recalled lets its rows go through a worker: whoever prepares meanwhile does not wait for it.
      for (const recalled of letGo) await this.sources.runs.letGo(tx, recalled);
      const { id, fileNumber } = outcome.view;
      const messageId = await this.sources.freezes.fileName(fileNumber, tx);
      await this.sources.runs.freeze(tx, { id, cycleId: cycle, messageId, executionOn, payer, preparedBy: actor.account, rowsHash }, rows);
      return outcome;
    });
  }

  /** Takes one row out of a run; its payment is free for another run at once. */
  dropRow({ runId, caseId, reason, actor, at, key, expectedVersion }: DropRow): Promise<Outcome> {
    return this.#once(async (tx) => {
      const row = await this.sources.runs.row(tx, runId, caseId);
      if (row === null) return { ok: false, refusal: { code: 'notFound' }, replayed: false };
      const { endToEndId, amountCents, position } = row;
      const outcome = await this.cases.advanceWithin(tx, { caseId: runId, event: 'dropRow', data: { case: caseId, endToEndId, amountCents, reason }, actor, at, key, expectedVersion });
      if (outcome.ok && !outcome.replayed && !(await this.sources.runs.decide(tx, runId, position, { result: 'dropped' }))) throw new Withdrawn(ROW_OPEN);
      return outcome;
    });
  }

  /** One transaction; a preview that another run has overtaken is found by the index that lets a payment live in one run only. */
  async #once(work: (tx: Tx) => Promise<Outcome>): Promise<Outcome> {
    try {
      const outcome = await this.store.transaction(work);
      this.store.committed();
      return outcome;
    } catch (error) {
      if (error instanceof Withdrawn) return { ok: false, refusal: error.refusal, replayed: false };
      if ((error as { constraint?: unknown }).constraint === 'payment_run_rows_live') return { ok: false, refusal: PREVIEW_CURRENT, replayed: false };
      throw error;
    }
  }
}
