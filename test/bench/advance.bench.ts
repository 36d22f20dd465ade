import { CasesService, Programmes } from '#cases';
import { programmes } from '#workflows';
import { bare } from './advance.bare.ts';
import { dbos } from './advance.dbos.ts';
import { MOST_ROUNDS, ours, prepare, yearOf } from './advance.ours.ts';
import { pgbench, pgbenchInstalled } from './advance.pgbench.ts';
import type { Bench, Verdict } from './bench.ts';
import { record, type Recording } from './recording.ts';
import { type Contender, type Figures, interleave, median, ratios, table } from './rounds.ts';
import { startServer, type OwnServer } from '#test/ground';

const FLOOR = 0.8;

/** Single `advance` on KIM at concurrency 8, beside DBOS and beside its own statements sent bare. */
export const advance: Bench = {
  about: 'events per second through CasesService.advance at concurrency 8; floor 0.8 of DBOS',
  run: async (effort) => {
    const rounds = Math.min(effort.rounds, MOST_ROUNDS);
    const server = await startServer();
    const contenders: Contender[] = [];
    try {
      contenders.push(...await gather(server, rounds));
      return verdictOf(await interleave(contenders, { rounds, seconds: effort.seconds }));
    } finally {
      for (const contender of contenders.toReversed()) await contender.close();
      await server.stop();
    }
  },
};

async function gather(server: OwnServer, rounds: number): Promise<readonly Contender[]> {
  const store = await prepare(await server.database('ours'), rounds);
  const cases = new CasesService(store, new Programmes(programmes));
  const known = new Map<number, Promise<Recording>>();
  const recordings = (round: number): Promise<Recording> => {
    const found = known.get(round) ?? record(store, cases, yearOf(round));
    known.set(round, found);
    return found;
  };
  const [bareUrl, benchUrl] = [await server.database('bare'), await server.database('pgbench')];
  for (const url of [bareUrl, benchUrl]) await (await prepare(url, rounds)).close();
  return [
    { ...ours(store), close: () => store.close() },
    ...await dbos(await server.database('dbos'), (await recordings(0)).answers.slice(3, 9)),
    bare(bareUrl, recordings),
    ...(await pgbenchInstalled() ? [await pgbench(benchUrl, recordings)] : []),
  ];
}

/** Round by round the rates, then how ours stand to each of the others. */
function verdictOf(figures: Figures): Verdict {
  const names = [...figures.keys()];
  const others = names.filter((name) => name !== 'ours');
  const over = new Map(others.map((name) => [name, ratios(figures, 'ours', name)]));
  const row = (head: string, pick: (list: readonly number[]) => number): readonly string[] =>
    [head, ...names.map((name) => String(Math.round(pick(figures.get(name) ?? [])))), ...others.map((name) => pick(over.get(name) ?? []).toFixed(2))];
  const rounds = figures.get('ours')?.length ?? 0;
  const best = Math.max(...over.get('DBOS') ?? []);
  return {
    table: table([
      ['round', ...names.map((name) => `${name}/s`), ...others.map((name) => `ours/${name}`)],
      ...Array.from({ length: rounds }, (_, round) => row(String(round + 1), (list) => list[round] ?? NaN)),
      row('median', median),
    ]),
    figures: `${names.map((name) => `${name} ${Math.round(median(figures.get(name) ?? []))}/s`).join(', ')}; ours/DBOS ${median(over.get('DBOS') ?? []).toFixed(2)}`
      + ` (best ${best.toFixed(2)}, floor ${FLOOR.toFixed(2)}), ours/DBOS empty ${median(over.get('DBOS empty') ?? []).toFixed(2)}, ours/pg ${median(over.get('pg') ?? []).toFixed(2)}`,
    passed: best >= FLOOR,
  };
}
