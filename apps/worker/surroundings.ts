import { Inject, Injectable } from '@nestjs/common';
import type { RunWait } from '#apps/installation';
import { loadJournal } from '#cases';
import { IdentityService } from '#identity';
import type { Actor } from '#kernel';
import { FreezeService } from '#payments';
import { Store, type Runner, type Tx } from '#store';
import type { Hindrance } from './effects.ts';

/** Nothing is ordered and no file is written until a person has said what went out. */
export const FROZEN: Hindrance = { is: 'waits', why: 'paymentsNotFrozen' satisfies RunWait };

/** What a processor asks beside its effect: whether payments stand still, and who stands behind a step. */
@Injectable()
export class Surroundings {
  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(IdentityService) private readonly identity: IdentityService,
    @Inject(FreezeService) private readonly freezes: FreezeService,
  ) {}

  /** Whether all payments stand still, asked in the transaction that would order or export, or before it. */
  frozen(runner: Runner = this.store): Promise<boolean> {
    return this.freezes.frozen(runner);
  }

  /** What a run's file is called, if it is written now. */
  fileName(fileNumber: string, tx: Tx): Promise<string> {
    return this.freezes.fileName(fileNumber, tx);
  }

  /** Who took a step of a family's history, as they are now: with the roles they still have, or null. */
  async sender(rootId: string, seq: number): Promise<Actor | null> {
    const step = (await loadJournal(this.store, rootId)).find((row) => row.seq === seq);
    return step === undefined ? null : this.identity.actorFor(step.account);
  }
}
