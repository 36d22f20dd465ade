import { setTimeout as pause } from 'node:timers/promises';

/** Chance that comes the same way again under the same seed, between 0 and 1 (mulberry32). */
export function chanceFrom(seed: number): () => number {
  const state = { at: seed };
  return () => {
    state.at = (state.at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state.at ^ (state.at >>> 15), 1 | state.at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A moment that nobody chose: for the hand that holds the knife, never for a test that waits. */
export const someMoment = (chance: () => number, mostMs: number): Promise<void> => pause(chance() * mostMs);
