import { DBOS } from '@dbos-inc/dbos-sdk';
import { type Contender, lanes } from './rounds.ts';

const STEPS = ['sign', 'accept', 'recommend', 'countersign', 'draftNotice', 'issueNotice'] as const;

/**
 * DBOS on a database of its own: a workflow of six durable steps, each of which returns the state it leads to and keeps
 * nothing else; DBOS writes less than half of what we do for an event. Its start is in the time and not in the count, as
 * is the opening of our cases.
 */
export async function dbos(url: string): Promise<Contender> {
  const walk = DBOS.registerWorkflow(async () => {
    for (const [place, name] of STEPS.entries()) {
      await DBOS.runStep(async () => ({ state: `submitted.${name}`, version: place + 1, at: '2029-10-04T09:00:00.000Z' }), { name });
    }
  }, { name: 'walk' });
  DBOS.setConfig({ name: 'tranche-bench', systemDatabaseUrl: url, logger: { info: nothing, debug: nothing, warn: nothing, error: (entry) => console.error(entry) } });
  await DBOS.launch();
  return {
    name: 'DBOS',
    measure: (_, seconds) => lanes(seconds, async function* () {
      await walk();
      yield STEPS.length;
    }),
    close: () => DBOS.shutdown(),
  };
}

function nothing(): void {}
