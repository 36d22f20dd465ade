import { createHash, randomUUID } from 'node:crypto';
import { Objections, PaymentAnswers, PaymentRuns } from '#apps/installation';
import { addDays, dayOf, isBankingDay, type Day } from '#calendar';
import { CyclesService, Programmes, Survey } from '#cases';
import { BankList, fileOf, FreezeService, RunsService, type StoredFile } from '#payments';
import type { Store } from '#store';
import { programmes } from '#workflows';
import { Clerks } from './clerks.ts';

/** The day itself when banks work, else the next one on which they do. */
const bankingDayFrom = (day: Day): Day => (isBankingDay(day) ? day : bankingDayFrom(addDays(day, 1)));

/** Finance beside the database: certifies, prepares and releases payment runs while workers are the victims. */
export class Cashier {
  readonly clerks: Clerks;
  readonly #runs: PaymentRuns;

  constructor(private readonly store: Store, private readonly cycle: string) {
    this.clerks = new Clerks(store);
    const known = new Programmes(programmes);
    const freezes = new FreezeService(store);
    const sources = { survey: new Survey(store, known), runs: new RunsService(store), freezes, objections: new Objections(freezes, new BankList(store), new PaymentAnswers(store, known)) };
    this.#runs = new PaymentRuns(store, this.clerks.cases, sources, { cycles: new CyclesService(store), programmes: known });
  }

  async certify(...instalments: readonly string[]): Promise<void> {
    for (const id of instalments) await this.clerks.act('certifier1', id, 'certify', { factual: true, arithmetic: true });
  }

  /** Prepares and releases a run of whatever is payable; null when nothing is, or what was seen has changed. @returns the run's id */
  async pay(): Promise<string | null> {
    const run = await this.prepare();
    if (run !== null) await this.release(run);
    return run;
  }

  /** Prepares a run, to be carried out as soon as banks work, or on a later day. */
  async prepare(executionOn?: Day): Promise<string | null> {
    const at = await this.store.now();
    const preview = await this.#runs.preview(this.cycle, at);
    if (preview === null || preview.count === 0) return null;
    const key = randomUUID();
    const outcome = await this.#runs.prepare({
      cycle: this.cycle, executionOn: executionOn ?? bankingDayFrom(dayOf(at)), rowsHash: preview.rowsHash, at, key: { key, bodyHash: key },
      actor: { account: 'certifier1', roles: ['financeCertifier'], organisation: null },
    });
    // Something fell due or was settled while they looked: they look again.
    if (!outcome.ok && outcome.refusal.code === 'previewCurrent') return null;
    if (!outcome.ok) throw new Error(`the run is refused: ${JSON.stringify(outcome.refusal)}`);
    return outcome.view.id;
  }

  async release(run: string): Promise<void> {
    await this.clerks.act('authoriser1', run, 'release');
  }

  /** Recalls released runs whose execution day has passed before there was a file, as their exception asks: the next run pays what they ordered. */
  async recallOverdue(): Promise<void> {
    const today = dayOf(await this.store.now());
    const runs = await this.store.query<{ id: string }>(`select r.id from payment_runs r join cases c on c.id = r.id where c.state = 'releasing' and r.execution_on < $1::date`, [today]);
    for (const { id } of runs) {
      await this.clerks.act('certifier1', id, 'recallRun', { reason: 'Ausführungstag vorbei' }).catch(async (error: unknown) => {
        // A worker that had begun before the day ended may just have written it.
        if (await this.file(id) === null) throw error;
      });
    }
  }

  /** A run's file, or null while there is none; its bytes are what its hash says. */
  async file(runId: string): Promise<StoredFile | null> {
    const file = await fileOf(this.store, runId);
    if (file !== null && createHash('sha256').update(file.bytes).digest('hex') !== file.sha256) throw new Error(`the file of ${runId} is not what its hash says`);
    return file;
  }
}
