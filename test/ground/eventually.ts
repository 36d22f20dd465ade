import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits for a fact that other processes bring about: asks until it holds, at most `seconds` long. Never waits for time
 * itself; a test that knows what it waits for is as fast as the machine.
 */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>, seconds = 120): Promise<void> {
  for (const until = performance.now() + seconds * 1_000; performance.now() < until; await pause(20)) {
    if (await holds()) return;
  }
  throw new Error(`waited ${seconds} s in vain: ${what}`);
}
