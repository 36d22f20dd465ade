import type { Day, Instant } from '#kernel';

/** The context of a payment run. Its rows are facts of the payments; their digest binds the run to them. */
export type PaymentRun = {
  readonly fileNumber: string;
  readonly preparedAt: Instant;
  /** The day on which the bank is to carry the file out. */
  readonly executionOn: Day;
  /** Rows to be paid and what they add up to; blocked rows are not among them. */
  readonly count: number;
  readonly sumCents: number;
  readonly blocked: number;
  /** Of every row as it was prepared. */
  readonly rowsHash: string;
  /** Who certified any of the rows. */
  readonly certifiers: readonly string[];
  readonly releasedAt: Instant | null;
  readonly exportedAt: Instant | null;
  /** What the file holds, and how many rows were refused on the way. */
  readonly file: { readonly messageId: string; readonly sha256: string; readonly count: number; readonly sumCents: number } | null;
  readonly refused: number;
};
