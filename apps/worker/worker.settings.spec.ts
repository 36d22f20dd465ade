import { expect, test } from '@jest/globals';
import { retryDelayMs, WorkerSettings } from './worker.settings.ts';

test('a mail server may be away for a day: the pauses of a failing effect add up to that and one more pause', () => {
  const settings = new WorkerSettings();
  const pauses = Array.from({ length: settings.mostFailures - 1 }, (_, failures) => retryDelayMs(settings, failures));
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(86_400_000 + settings.longestRetryMs);
});
