/** How a worker paces itself. All times are real time in milliseconds. */
export class WorkerSettings {
  /** Clocks due later than this have no alarm yet; the default lets normally every clock have one. */
  readonly horizonDays: number = 400;
  /** Between two rounds of the relay while there is work, and at most while there is none. */
  readonly busyMs: number = 25;
  readonly idleMs: number = 1_000;
  /** How often the relay asks whether the queue still has its data. */
  readonly epochMs: number = 1_000;
  /** How often one of the workers compares the clocks with their wake-ups. */
  readonly reconcileMs: number = 60_000;
  /** An effect that cannot be done yet, because a hold stops it, is tried again after this. */
  readonly waitMs: number = 10_000;
  /** A failed effect is tried again after this, then after twice as long, and so on up to the longest. */
  readonly firstRetryMs: number = 1_000;
  readonly longestRetryMs: number = 1_800_000;
  /** After so many failures an effect is given up: with the pauses above a mail server may be away for a day. */
  readonly mostFailures: number = 60;

  constructor(changed: Partial<WorkerSettings> = {}) {
    Object.assign(this, changed);
  }
}

/** The pause before the next attempt of an effect that has failed `failures` times before. */
export function retryDelayMs({ firstRetryMs, longestRetryMs }: WorkerSettings, failures: number): number {
  return Math.min(firstRetryMs * 2 ** failures, longestRetryMs);
}
