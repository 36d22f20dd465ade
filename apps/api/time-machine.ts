import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ClocksService } from '#cases';
import type { Instant } from '#kernel';
import { moveClock, pendingEffects, Store, Unavailable, type Tx } from '#store';

/** One move at a time in the whole installation. */
const MOVING = 7_726_243_002;
/** Real milliseconds without any progress after which the worker counts as absent. */
const PATIENCE_MS = 120_000;
const LOOK_AGAIN_MS = 20;

/** Moves legal time so that everything in between happens in its order, as if time had passed. */
@Injectable()
export class TimeMachine {
  readonly #store: Store;
  readonly #clocks: ClocksService;

  constructor(store: Store, clocks: ClocksService) {
    this.#store = store;
    this.#clocks = clocks;
  }

  /**
   * Stops at every date on the way and waits there until the worker has done all that is due.
   * @returns the legal time afterwards; null when `target` lies in the past
   * @throws Unavailable when another move does not end, or nothing happens for two minutes
   */
  async moveTo(target: Instant): Promise<Instant | null> {
    // A transaction that only holds the lock: it ends with the move, and with the process.
    return this.#store.transaction(async (lock) => {
      await lock.query('select pg_advisory_xact_lock($1)', [MOVING]);
      if (target < await this.#store.now()) return null;
      for (;;) {
        await this.#quiet(lock);
        const due = await this.#clocks.nextDue(target);
        // Where the last stop was the target itself, time has run past it meanwhile: then it is reached, not refused.
        if (due === null) return await this.#move(target) ?? this.#store.now();
        // A date that legal time has passed meanwhile is not moved to; the next look finds it overdue.
        await this.#move(due);
      }
    });
  }

  async #move(to: Instant): Promise<Instant | null> {
    const moved = await this.#store.transaction((tx) => moveClock(tx, to));
    this.#store.committed();
    return moved;
  }

  /** Waits until no clock is overdue and no effect open. Looking through the lock's connection keeps it from idling out. */
  async #quiet(lock: Tx): Promise<void> {
    let before = '';
    let until = performance.now() + PATIENCE_MS;
    for (;;) {
      const [overdue, open] = [await this.#clocks.overdue(), await pendingEffects(lock)];
      if (overdue + open === 0) return;
      const now = `${overdue} ${open}`;
      if (now !== before) until = performance.now() + PATIENCE_MS;
      if (performance.now() > until) throw new Unavailable(`nothing happens: ${overdue} clocks overdue, ${open} effects open; is the worker running?`);
      before = now;
      await pause(LOOK_AGAIN_MS);
    }
  }
}
