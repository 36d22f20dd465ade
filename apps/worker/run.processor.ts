import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';
import { CALLED_OFF, GONE_OUT, RELEASING, type RunWait } from '#apps/installation';
import { CasesService, lockFamily, staysIn, type CaseView } from '#cases';
import { SYSTEM } from '#kernel';
import { keepFile, RunsService } from '#payments';
import { crashPoint, dismissFailed, legalTime, type Instant, type Tx } from '#store';
import type { Carried, EffectOf, Hindrance } from './effects.ts';
import { EffectsService } from './effects.service.ts';
import { JOB_RULES } from './job.rules.ts';
import { fileOfRun } from './run.file.ts';
import { RunRows } from './run.rows.ts';
import { FROZEN, Surroundings } from './surroundings.ts';

/** Not every row has come to its end. */
const ROWS_WAIT = { is: 'waits', why: 'rowsDecided' satisfies RunWait } as const;

/** Looked at again after this while orders are being written; a run that has been looked at so often waits for people, and the usual pause does. */
const SOON_MS = 500;
const OFTEN = 20;

/** Brings the rows of a payment run in line with it: orders them once it is released, lets them go once it is recalled. */
@Processor('runs', { ...JOB_RULES, concurrency: 1 })
export class RunProcessor extends WorkerHost {
  constructor(
    @Inject(EffectsService) private readonly effects: EffectsService,
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(RunsService) private readonly runs: RunsService,
    @Inject(RunRows) private readonly rows: RunRows,
    @Inject(Surroundings) private readonly around: Surroundings,
  ) {
    super();
  }

  process(job: Job): Promise<void> {
    return this.effects.work(job, 'run', (effect) => this.follow(effect));
  }

  private async follow({ rootId, journalSeq, attempt }: EffectOf<'run'>): Promise<Carried> {
    const run = await this.cases.read(rootId, SYSTEM);
    if (run === null) return { is: 'refused', why: 'no such run' };
    if (run.state === CALLED_OFF) return { is: 'done', conclude: (tx) => this.letGo(tx, rootId) };
    if (run.state !== RELEASING) return { is: 'done' };
    if (await this.around.frozen()) return FROZEN;
    const left = await this.rows.forward(rootId, await this.around.sender(rootId, journalSeq));
    if (left > 0) return { ...ROWS_WAIT, ...(attempt < OFTEN && { afterMs: SOON_MS }) };
    return { is: 'done', conclude: (tx) => this.export(tx, run), committed: () => crashPoint('after-file') };
  }

  /** Whatever kept its file from being written is over with the run. */
  private async letGo(tx: Tx, runId: string): Promise<null> {
    await this.runs.letGo(tx, runId);
    await dismissFailed(tx, 'runs', [runId]);
    return null;
  }

  /** File and mark in one transaction: a file without its run's word, or the other way round, cannot be. */
  private async export(tx: Tx, run: CaseView): Promise<Hindrance | null> {
    if (await this.around.frozen(tx)) return FROZEN;
    // Recalled meanwhile: its rows are let go by the recall's own work.
    if (!await this.isReleasing(tx, run.id)) return null;
    const prepared = await this.runs.run(run.id, tx);
    if (prepared === null) return { is: 'refused', why: 'the run has no rows' };
    await this.runs.leaveGoneOut(tx, run.id, GONE_OUT);
    if (!await this.rows.letGoOfAnswered(tx, run.id)) return { ...ROWS_WAIT, afterMs: SOON_MS };
    const { ordered, refused, orderedCents } = await this.runs.tally(tx, run.id);
    const at = await legalTime(tx);
    if (ordered === 0) return this.tell(tx, run.id, 'nothingOrdered', { refused }, at);
    const written = fileOfRun({ ...prepared, messageId: await this.around.fileName(run.fileNumber, tx) }, await this.runs.ordersOf(tx, run.id), at);
    if ('why' in written) return { is: 'refused', why: written.why };
    const { messageId, sha256, count, sumCents } = written;
    if (count !== ordered || sumCents !== orderedCents) throw new Error(`the file of ${messageId} is not what its rows say`);
    crashPoint('before-file');
    await keepFile(tx, { runId: run.id, ...written });
    return this.tell(tx, run.id, 'fileWritten', { messageId, sha256, count, sumCents, refused }, at);
  }

  private async isReleasing(tx: Tx, runId: string): Promise<boolean> {
    await lockFamily(tx, runId);
    return staysIn(tx, runId, RELEASING);
  }

  private async tell(tx: Tx, caseId: string, event: string, data: { readonly [field: string]: string | number }, at: Instant): Promise<Hindrance | null> {
    const outcome = await this.cases.advanceWithin(tx, { caseId, event, data, actor: SYSTEM, at });
    return outcome.ok ? null : { is: 'refused', why: outcome.refusal.code };
  }
}
