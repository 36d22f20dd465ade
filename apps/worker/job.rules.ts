import type { WorkerOptions } from 'bullmq';

/**
 * How every worker treats its jobs. A job whose worker died goes back to its queue as often as that happens: whether it
 * is still to be done is for the row to say. Times in milliseconds.
 */
export const JOB_RULES = {
  maxStalledCount: 1_000,
  lockDuration: 15_000,
  stalledInterval: 5_000,
  /** After the backend was away. */
  runRetryDelay: 1_000,
} as const satisfies Partial<WorkerOptions>;
