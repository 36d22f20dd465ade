/** One way of doing the same work. Figures of the same round were measured next to each other, so their ratio holds. */
export interface Contender {
  readonly name: string;
  /** Works for about that long and answers how many operations it finished per second. */
  measure(round: number, seconds: number): Promise<number>;
  close(): Promise<void>;
}

/** Operations per second by contender, a row for each round. */
export type Figures = ReadonlyMap<string, readonly number[]>;

const LANES = 8;

/** Runs `lap` again and again on eight lanes until the time is up. A lap yields how many operations it just finished. */
export async function lanes(seconds: number, lap: () => AsyncIterable<number>): Promise<number> {
  const began = performance.now();
  const until = began + seconds * 1_000;
  const finished = await Promise.all(Array.from({ length: LANES }, async () => {
    let done = 0;
    while (performance.now() < until) {
      for await (const operations of lap()) {
        done += operations;
        if (performance.now() >= until) break;
      }
    }
    return done;
  }));
  return finished.reduce((a, b) => a + b, 0) / ((performance.now() - began) / 1_000);
}

/**
 * Measures everybody in every round, each round in another order: a machine that others use too is slow to all of them.
 * Round 0 warms up and is not counted.
 */
export async function interleave(contenders: readonly Contender[], { rounds, seconds }: { readonly rounds: number; readonly seconds: number }): Promise<Figures> {
  const figures = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    const turn = round % contenders.length;
    for (const contender of [...contenders.slice(turn), ...contenders.slice(0, turn)]) {
      const rate = await contender.measure(round, round === 0 ? Math.min(seconds, 2) : seconds);
      if (round > 0) figures.get(contender.name)?.push(rate);
      console.error(`${round === 0 ? 'warm-up' : `round ${round}`}: ${contender.name} ${Math.round(rate)}/s`);
    }
  }
  return figures;
}

/** The middle of a list, or the mean of the two middles. */
export function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return ((low ?? NaN) + (high ?? NaN)) / 2;
}

/** Round by round, one contender's figure over another's. */
export function ratios(figures: Figures, over: string, under: string): readonly number[] {
  const below = figures.get(under) ?? [];
  return (figures.get(over) ?? []).map((rate, round) => rate / (below[round] ?? NaN));
}

/** Lines of cells as text, the first column to the left and the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')).join('\n');
}
