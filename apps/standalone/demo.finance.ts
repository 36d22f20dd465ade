import { setTimeout as pause } from 'node:timers/promises';
import { addWorkingDays } from '#calendar';
import type { Day, Json, Text } from '#kernel';
import type { Agenda } from './demo.agenda.ts';
import type { HouseBank } from './demo.bank.ts';
import type { DemoClient } from './demo.client.ts';

/** A payment run as the API shows it, as far as the demo reads it. */
interface RunView {
  readonly id: string;
  readonly fileNumber: string;
  readonly state: string;
  readonly executionOn: Day;
  readonly results: { readonly refused: number };
  readonly file: { readonly count: number; readonly sumCents: number } | null;
}

/** A run whose file is there to be fetched. */
type WrittenRun = RunView & { readonly file: NonNullable<RunView['file']> };

/** A row of a preview or a run: an instalment with its payment. */
interface RunRow {
  readonly case: string;
  readonly applicant: string;
  readonly endToEndId: string;
  readonly verdict: 'ok' | 'blocked';
  readonly reasons: readonly { readonly text: Text }[];
}

/** A run that went to the bank, and the instalments that were due and not payable. */
export interface PaidRun {
  readonly day: Day;
  readonly run: WrittenRun;
  readonly blocked: readonly RunRow[];
}

/** A line of an imported file. */
interface BankEntry {
  readonly answer: string;
}

/** A selection as it is shown, and what became of it. */
interface Selection {
  readonly token: string;
  readonly ok: number;
  readonly results: { readonly done: number };
}

/** The bank carries a file out on this working day after it was written. */
const EXECUTION_WORKING_DAYS = 1;
/** Working days on which the bank is asked for answers after a file was carried out: what comes back comes within them. */
const ANSWER_WORKING_DAYS = 5;
/** Working days until it is clear why a payment came back. */
const CLARIFY_WORKING_DAYS = 4;
const LOOK_AGAIN_MS = 50;
const MOST_LOOKS = 2_400;

/** What finance does on pay days and between them: certify, prepare, release, carry the file to the bank, fetch its answers. */
export class Finance {
  readonly paid: PaidRun[] = [];
  readonly #noted = new Set<string>();
  /** Instalments whose first payment comes back. */
  readonly #returning = new Set<string>();

  constructor(private readonly client: DemoClient, private readonly agenda: Agenda, private readonly bank: HouseBank, private readonly cycle: string) {}

  /** Notes that instalments fall due on a day: all of them are paid by one run. */
  payOn(day: Day): void {
    this.#once(day, '10:00', () => this.#pay(day));
  }

  /** The bank sends the instalment's next payment back. */
  willComeBack(instalment: string): void {
    this.#returning.add(instalment);
  }

  #once(day: Day, time: string, run: () => Promise<void>): void {
    if (this.#noted.has(`${day} ${time}`)) return;
    this.#noted.add(`${day} ${time}`);
    this.agenda.on(day, time, run);
  }

  async #pay(day: Day): Promise<void> {
    if (await this.#forAll('due', 'certify', { factual: true, arithmetic: true }) === 0) return;
    const { rows, rowsHash } = await this.client.post<{ rows: readonly RunRow[]; rowsHash: string }>('certifier1', '/payment-runs/preview', { cycle: this.cycle });
    const order = { cycle: this.cycle, executionOn: addWorkingDays(day, EXECUTION_WORKING_DAYS), rowsHash };
    const { id } = await this.client.post<RunView>('certifier1', '/payment-runs', order);
    await this.client.tryInVain('certifier1', id, 'release');
    await this.client.act('authoriser1', id, 'release');
    const run = await this.#written(id);
    this.paid.push({ day, run, blocked: rows.filter(({ verdict }) => verdict === 'blocked') });
    this.agenda.on(day, '14:00', () => this.#carry(run));
  }

  /** Sends an event to every instalment in a state: looked at first, then confirmed. @returns for how many it was done */
  async #forAll(state: string, event: string, data: Json): Promise<number> {
    const { token, ok } = await this.client.post<Selection>('certifier1', '/cases/bulk/preview', { event, data, filter: { machine: 'instalment', state, cycle: this.cycle } });
    if (ok === 0) return 0;
    const { results } = await this.client.post<Selection>('certifier1', `/cases/bulk/${token}/confirm`);
    if (results.done !== ok) throw new Error(`${event}: ${results.done} of ${ok} instalments`);
    return ok;
  }

  /** The run once the worker has decided all of its rows and written its file. */
  async #written(id: string): Promise<WrittenRun> {
    for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
      const run = await this.client.get<RunView>('authoriser1', `/payment-runs/${id}`);
      if (run.file !== null) return { ...run, file: run.file };
      if (run.state !== 'releasing') throw new Error(`${run.fileNumber} is ${run.state}`);
      await pause(LOOK_AGAIN_MS);
    }
    throw new Error(`run ${id} has no file; is the worker running?`);
  }

  async #carry({ id, file, executionOn }: WrittenRun): Promise<void> {
    const rows = await this.client.all<RunRow>('authoriser1', `/payment-runs/${id}/rows`);
    const returning = rows.filter((row) => row.verdict === 'ok' && this.#returning.delete(row.case)).map(({ endToEndId }) => endToEndId);
    this.bank.take(await this.client.download('authoriser1', `/payment-runs/${id}/file`), { count: file.count, executionOn, returning });
    for (let after = 0; after <= ANSWER_WORKING_DAYS; after += 1) {
      const day = addWorkingDays(executionOn, after);
      // Banks close their books in the evening.
      this.#once(day, '21:00', () => this.#fetch(day));
    }
  }

  /** Whoever orders payments brings the bank's files of a day in, so that whoever certifies does so by another's word; what came back is looked into, reopened and paid by a run of its own. */
  async #fetch(day: Day): Promise<void> {
    const entries: BankEntry[] = [];
    for (const { xml } of this.bank.answers(day)) {
      const { id } = await this.client.upload<{ id: string }>('authoriser1', '/bank-files', new Blob([xml], { type: 'application/xml' }));
      entries.push(...await this.client.all<BankEntry>('authoriser1', `/bank-files/${id}/entries`));
    }
    if (entries.every(({ answer }) => answer !== 'returned')) return;
    const again = addWorkingDays(day, CLARIFY_WORKING_DAYS);
    this.#once(again, '09:00', async () => void (await this.#forAll('returned', 'reopen', { reason: 'Konto besteht doch, Irrtum der Bank' })));
    this.payOn(again);
  }
}
