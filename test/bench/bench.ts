/** How often and how long to measure. */
export interface Effort {
  readonly rounds: number;
  readonly seconds: number;
}

/** What a bench found: its table, its figures for the last line, and whether they reached the floor. */
export interface Verdict {
  readonly table: string;
  readonly figures: string;
  readonly passed: boolean;
}

/** One bench by its name on the command line. */
export interface Bench {
  /** What is measured, in half a line. */
  readonly about: string;
  readonly run: (effort: Effort) => Promise<Verdict>;
}
