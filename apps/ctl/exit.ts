import type { Text } from '#kernel';

/** What the exit code of every command says. */
export const EXIT = { done: 0, refused: 1, usage: 2, notReachable: 3, notVerified: 4 } as const;

/** A command that ends otherwise than done: with which code, and what to tell the person at the terminal, in both languages unless it has been worded. */
export class Exit extends Error {
  constructor(readonly code: number, readonly told: string | Text, readonly details: unknown = undefined) {
    super(typeof told === 'string' ? told : told.en);
    this.name = 'Exit';
  }
}

/** Where a command writes, results to `out` and everything else to `err`; and the environment it is given (default: the process's). */
export interface Terminal {
  readonly environment?: { readonly [name: string]: string | undefined };
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}
