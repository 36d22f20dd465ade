import type { CrashPoint } from '#store';
import type { App } from './processes.ts';

/** One after the other they die here, each over work of its own; the last two bury what the first four left. */
export const DEATHS: readonly (readonly [App, CrashPoint])[] = [
  ['api', 'before-commit'], ['api', 'after-commit'],
  ['worker', 'before-commit'], ['worker', 'after-commit'],
  ['worker', 'after-publish'], ['worker', 'before-effect'], ['worker', 'after-effect'], ['worker', 'before-done'],
];

/** Where a worker dies over payment runs: before and after the export mark of an instalment, before and after the file. */
export const DEATHS_OVER_RUNS: readonly CrashPoint[] = ['before-mark', 'after-mark', 'before-file', 'after-file'];
