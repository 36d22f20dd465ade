import { CasesService, CyclesService, Programmes } from '#cases';
import { allTables } from '#apps/installation';
import { openBudget } from '#ledger';
import { cents } from '#money';
import { migrate, openStore, type Store } from '#store';
import { programmes } from '#workflows';
import { roundOf, walk } from './kim.walk.ts';
import { type Contender, lanes } from './rounds.ts';

/** Every round of the bench has a funding year of its own: budgets and ledgers stay as small as they are in life. */
export const yearOf = (round: number): number => 2030 + round;

/** The last round there is a year for. */
export const MOST_ROUNDS = 40;

/** A database with all tables and a funding round for every round of the bench, warm-up included. */
export async function prepare(url: string, rounds: number): Promise<Store> {
  await migrate(url, allTables);
  const store = await openStore(url, []);
  const cycles = new CyclesService(store);
  for (let round = 0; round <= rounds; round += 1) {
    const id = `kim-${yearOf(round)}`;
    await store.transaction(async (tx) => {
      await cycles.put(tx, { id, programme: 'kim', data: roundOf(yearOf(round)) });
      await openBudget(tx, id, cents(100_000_000_000), 'bench');
    });
  }
  return store;
}

/** `CasesService.advance`, one event a transaction, as the API and the worker call it. */
export function ours(store: Store): Contender {
  const cases = new CasesService(store, new Programmes(programmes));
  return {
    name: 'ours',
    measure: (round, seconds) => lanes(seconds, () => walk(cases, yearOf(round))),
    close: async () => undefined,
  };
}
