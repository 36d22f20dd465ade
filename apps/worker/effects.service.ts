import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { effectJob } from '#queue';
import { crashPoint, deferEffect, failEffect, finishEffect, retryEffect, Store, takeEffect, type ClaimedEffect, type Tx } from '#store';
import type { CarryOut, CarryOuts, Carried, EffectOf, Hindrance, Work } from './effects.ts';
import { retryDelayMs, WorkerSettings } from './worker.settings.ts';

type Attempt = Pick<ClaimedEffect, 'id' | 'attempt' | 'failures'>;

/** Carries a hindrance out of a transaction that must leave no trace. */
class Undone extends Error {
  constructor(readonly hindrance: Hindrance) {
    super(hindrance.why);
  }
}

/** Takes an effect from its job to its end: once, whoever else holds the same job. */
@Injectable()
export class EffectsService {
  private readonly logger = new Logger(EffectsService.name);

  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(WorkerSettings) private readonly settings: WorkerSettings,
  ) {}

  /**
   * Works one job off. The queue is not trusted: the row says what is to be done, and whether this attempt still may.
   * Rejects only when the database is away; the row's lease then brings the effect back.
   */
  work<Type extends Work['type']>(job: Job, type: Type, carryOut: CarryOut<Type>): Promise<void> {
    return this.workAny(job, { [type]: carryOut } as unknown as CarryOuts<Type>);
  }

  /** The same for a queue that carries more than one type of work. */
  async workAny<Type extends Work['type']>(job: Job, carryOuts: CarryOuts<Type>): Promise<void> {
    const parsed = effectJob.safeParse(job.data);
    if (!parsed.success) return this.logger.warn(`ignored a job that is no effect: ${job.id}`);
    const effect = await takeEffect(this.store, parsed.data.effectId, parsed.data.attempt);
    if (effect === null) return;
    const carryOut = carriedOutBy(carryOuts, effect);
    if (carryOut === null) return this.logger.warn(`ignored a job of ${Object.keys(carryOuts).join(' or ')} for effect ${effect.id}, which is none`);
    crashPoint('before-effect');
    try {
      const carried = await carryOut();
      crashPoint('after-effect');
      const hindrance = carried.is === 'done' ? await this.finish(effect, carried) : carried;
      if (carried.is === 'done' && hindrance === null) carried.committed?.();
      await this.settle(effect, hindrance);
    } catch (error) {
      await this.failed(effect, error as Error);
    }
  }

  /** Answer and end in one transaction. The fence comes first: whoever holds a newer attempt concludes, not this one. */
  private async finish(effect: Attempt, { conclude }: Extract<Carried, { is: 'done' }>): Promise<Hindrance | null> {
    const concluded = async (tx: Tx): Promise<null> => {
      if (!(await finishEffect(tx, effect.id, effect.attempt))) return null;
      const hindrance = await conclude?.(tx);
      if (hindrance) throw new Undone(hindrance);
      crashPoint('before-done');
      return null;
    };
    return this.store.transaction(concluded).catch((error: unknown) => {
      if (error instanceof Undone) return error.hindrance;
      throw error;
    });
  }

  private async settle(effect: Attempt, hindrance: Hindrance | null): Promise<void> {
    if (hindrance?.is === 'refused') return this.giveUp(effect, hindrance.why);
    if (hindrance?.is === 'waits') await deferEffect(this.store, effect.id, effect.attempt, hindrance.why, hindrance.afterMs ?? this.settings.waitMs);
    else this.store.committed();
  }

  private async failed(effect: Attempt, error: Error): Promise<void> {
    if (effect.failures + 1 >= this.settings.mostFailures) return this.giveUp(effect, error.message);
    const delayMs = retryDelayMs(this.settings, effect.failures);
    this.logger.warn(`effect ${effect.id} failed, again in ${Math.ceil(delayMs / 1_000)} s: ${error.message}`);
    await retryEffect(this.store, effect.id, effect.attempt, error.message, delayMs);
  }

  private async giveUp(effect: Attempt, why: string): Promise<void> {
    this.logger.error(`effect ${effect.id} is given up: ${why}`);
    await failEffect(this.store, effect.id, effect.attempt, why);
  }
}

/** The effect in the hands of whoever does its type of work; null where nobody here does. */
function carriedOutBy<Type extends Work['type']>(carryOuts: CarryOuts<Type>, effect: ClaimedEffect): (() => Promise<Carried>) | null {
  const type = (effect.payload as { type?: unknown } | null)?.type;
  if (typeof type !== 'string' || !Object.hasOwn(carryOuts, type)) return null;
  const carryOut = carryOuts[type as Type] as CarryOut<Type>;
  return () => carryOut(effect as EffectOf<Type>);
}
