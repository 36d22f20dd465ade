import { DBOS } from '@dbos-inc/dbos-sdk';
import { type Contender, lanes } from './rounds.ts';

/**
 * DBOS on a database of its own, twice: workflows of six durable steps. A step of `DBOS` keeps the case as our answer to
 * that event shows it, about half of what we write for it: something has to be there after a crash. A step of `DBOS empty`
 * keeps only the name of a state, so it shows what a step costs that does nothing. Starting a workflow is in the time and
 * not in the count, as is the opening of our cases.
 * @param results what the six steps return
 */
export async function dbos(url: string, results: readonly object[]): Promise<readonly Contender[]> {
  DBOS.setConfig({ name: 'tranche-bench', systemDatabaseUrl: url, logger: { info: nothing, debug: nothing, warn: nothing, error: console.error } });
  const contender = (name: string, kept: readonly object[], close: () => Promise<void>): Contender => {
    const walk = DBOS.registerWorkflow(async () => {
      for (const [place, result] of kept.entries()) await DBOS.runStep(async () => result, { name: `step${place}` });
    }, { name });
    return {
      name, close,
      measure: (_, seconds) => lanes(seconds, async function* () {
        await walk();
        yield kept.length;
      }),
    };
  };
  const both = [
    contender('DBOS', results, () => DBOS.shutdown()),
    contender('DBOS empty', results.map((_, place) => ({ state: `state${place}` })), async () => undefined),
  ];
  await DBOS.launch();
  return both;
}

function nothing(): void {}
