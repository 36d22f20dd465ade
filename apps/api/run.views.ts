import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { holderAtBank, type PaymentRuns } from '#apps/installation';
import { dayOf } from '#calendar';
import { CaseList, CasesService, Programmes, type CaseView } from '#cases';
import { hasEnded, machineOf, type Actor, type Day } from '#kernel';
import { fileOf, RunsService, type DecidedRow, type PreparedRun, type StoredFile } from '#payments';
import { Store } from '#store';
import { Problem } from './problem.ts';
import type { paymentRun, paymentRuns, runRows } from './wire.runs.ts';

/** What stands out about payees, by case. */
export type Flags = Awaited<ReturnType<PaymentRuns['flags']>>;

/** A payment run from all its places: its case, what was frozen, its rows and its file. */
@Injectable()
export class RunViews {
  readonly #cases: CasesService;
  readonly #list: CaseList;
  readonly #runs: RunsService;
  readonly #store: Store;
  readonly #programmes: Programmes;

  constructor(cases: CasesService, list: CaseList, runs: RunsService, store: Store, programmes: Programmes) {
    this.#cases = cases;
    this.#list = list;
    this.#runs = runs;
    this.#store = store;
    this.#programmes = programmes;
  }

  /** A run as people see it; 404 for whatever is no run of theirs. */
  async read(id: string, actor: Actor): Promise<z.output<typeof paymentRun>> {
    const { view, prepared, file } = await this.#find(id, actor);
    const { undecided, ordered, refused, orderedCents } = await this.#runs.tally(this.#store, id);
    const timeline = await this.#list.timeline(id, actor) ?? [];
    const released = timeline.find(({ event }) => event === 'release');
    const recalled = timeline.find(({ event }) => event === 'recallRun');
    const dropped = timeline.filter(({ event }) => event === 'dropRow').length;
    const rows = await this.#runs.counts(id);
    return {
      id, fileNumber: view.fileNumber, cycle: view.cycle, state: view.state, version: view.version, executionOn: prepared.executionOn, payer: { ...prepared.payer },
      prepared: { account: prepared.preparedBy, at: prepared.createdAt },
      released: released === undefined ? null : { account: released.actor.account, at: released.at },
      recalled: recalled === undefined ? null : { account: recalled.actor.account, at: recalled.at, text: recalled.text },
      overdue: this.#isOverdue(view, prepared.executionOn, dayOf(await this.#store.now())),
      rowsHash: prepared.rowsHash, count: rows.ok - dropped, sumCents: view.requestedCents, blocked: rows.blocked,
      results: { undecided, ordered, refused, orderedCents },
      file: file === null ? null : { messageId: file.messageId, count: file.count, sumCents: file.sumCents, sha256: file.sha256, createdAt: file.createdAt },
    };
  }

  /** Runs in short, as a list has them. */
  async listed(views: readonly CaseView[]): Promise<z.output<typeof paymentRuns>['items']> {
    const [runs, today] = [await this.#runs.inShort(views.map(({ id }) => id)), dayOf(await this.#store.now())];
    return views.flatMap((view) => {
      const { id, fileNumber, cycle, state, requestedCents, createdAt } = view;
      const run = runs.get(id);
      return run === undefined ? [] : [{ id, fileNumber, cycle, state, ...run, overdue: this.#isOverdue(view, run.executionOn, today), sumCents: requestedCents, createdAt }];
    });
  }

  /** A run's file, as it went or will go to the bank. */
  async file(id: string, actor: Actor): Promise<{ readonly prepared: PreparedRun; readonly file: StoredFile }> {
    const { prepared, file } = await this.#find(id, actor);
    if (file === null) throw new Problem('fileNotWritten');
    return { prepared, file };
  }

  /** What people call a run; 404 for whatever is no run of theirs. */
  async named(id: string, actor: Actor): Promise<Pick<CaseView, 'id' | 'fileNumber'>> {
    return (await this.#find(id, actor)).view;
  }

  /** Its day is over, and it is not. */
  #isOverdue({ programme, programmeVersion, machine, state }: CaseView, executionOn: Day, today: Day): boolean {
    return executionOn < today && !hasEnded(machineOf(this.#programmes.speaking(programme, programmeVersion), machine), state);
  }

  async #find(id: string, actor: Actor): Promise<{ readonly view: CaseView; readonly prepared: PreparedRun; readonly file: StoredFile | null }> {
    const view = actor.organisation === null && /^[\w-]{1,64}$/.test(id) ? await this.#cases.read(id, actor) : null;
    const prepared = view?.machine === 'paymentRun' ? await this.#runs.run(id) : null;
    if (view === null || prepared === null) throw new Problem('notFound');
    return { view, prepared, file: await fileOf(this.#store, id) };
  }
}

/** A row on the wire, with what stands out about its payee. */
export const rowOf = ({ caseId, applicantName, caseVersion, orderId: _, ...row }: DecidedRow, flags: Flags): z.output<typeof runRows>['items'][number] => ({
  ...row, holderAtBank: holderAtBank(row.holder), flags: [...flags(caseId)], case: caseId, applicant: applicantName, version: caseVersion, reasons: row.reasons.map((reason) => ({ ...reason })),
});
