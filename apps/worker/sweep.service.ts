import { Inject, Injectable, Logger } from '@nestjs/common';
import { CasesService, ClocksService, familiesBehind } from '#cases';
import { forgetKeys, Store } from '#store';

/** Families moved in one transaction: more would hold people up who want to move one of them. */
const BATCH = 50;
/** Real days for which the answer to a request key is kept. */
const KEY_DAYS = 30;

/** Whether the worker may begin another batch. */
type GoesOn = () => boolean;

/**
 * Settles what is overdue, the longest overdue first, many families a transaction. Any number may run at once, in one
 * process or in several: where one finds families in another's hands it goes on behind them.
 */
@Injectable()
export class SweepService {
  private readonly logger = new Logger(SweepService.name);

  constructor(
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(ClocksService) private readonly clocks: ClocksService,
    @Inject(Store) private readonly store: Store,
  ) {}

  /** The round of every minute: all that is overdue, even where it has to be waited for, and keys that are past their days. */
  async run(goesOn: GoesOn): Promise<void> {
    const failed = await this.pass(goesOn, 4);
    for await (const rootIds of this.overdue(goesOn, BATCH)) {
      for (const rootId of rootIds) if (!failed.has(rootId)) await this.wait(rootId);
    }
    await forgetKeys(this.store, KEY_DAYS);
  }

  /** Goes through everything overdue once, in so many lanes; waits for nobody. @returns the families that could not move */
  async pass(goesOn: GoesOn, lanes = 1): Promise<ReadonlySet<string>> {
    const failed = new Set<string>();
    for await (const rootIds of this.overdue(goesOn, lanes * BATCH)) {
      const batches = Array.from({ length: lanes }, (_, lane) => rootIds.slice(lane * BATCH, (lane + 1) * BATCH)).filter(({ length }) => length > 0);
      for (const result of await Promise.all(batches.map((batch) => this.cases.settleAll(batch)))) {
        for (const { rootId, why } of result.failed) {
          failed.add(rootId);
          this.say(rootId, why);
        }
      }
    }
    return failed;
  }

  /** First whom a revised round concerns, for it may move what is due. */
  private async * overdue(goesOn: GoesOn, clocks: number): AsyncGenerator<readonly string[]> {
    for (let behind = await familiesBehind(this.store, clocks); behind.length > 0; behind = await familiesBehind(this.store, clocks, behind.at(-1))) {
      if (!goesOn()) return;
      yield behind;
    }
    for (let page = await this.clocks.overdueFamilies(clocks); ; page = await this.clocks.overdueFamilies(clocks, page.next)) {
      if (!goesOn()) return;
      yield page.rootIds;
      if (page.next === null) return;
    }
  }

  /** A family that was in somebody else's hands: it is looked at when they let go. */
  private async wait(rootId: string): Promise<void> {
    await this.cases.settle(rootId).catch((error: Error) => this.say(rootId, error.message));
  }

  /** One family's fault must not keep the others waiting; the next sweep tries it again. */
  private say(rootId: string, why: string): void {
    this.logger.error(`the deadlines of ${rootId} do not settle: ${why}`);
  }
}
