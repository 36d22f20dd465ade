/** What the exit code of every command says. */
export const EXIT = { done: 0, refused: 1, usage: 2, notReachable: 3, notVerified: 4 } as const;

/** A command that ends otherwise than done: with which code, and what to tell the person at the terminal. */
export class Exit extends Error {
  constructor(readonly code: number, message: string, readonly details: unknown = undefined) {
    super(message);
    this.name = 'Exit';
  }
}

/** Where a command writes, results to `out` and everything else to `err`; and the environment it is given (default: the process's). */
export interface Terminal {
  readonly environment?: { readonly [name: string]: string | undefined };
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}
