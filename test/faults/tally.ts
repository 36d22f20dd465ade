import { breaches, type Breach } from '#apps/installation';
import { Programmes } from '#cases';
import type { Store } from '#store';
import { programmes } from '#workflows';

/** What was asked for and never came, and what came more often than it was asked for. */
export interface Tally {
  readonly asked: number;
  readonly lost: readonly string[];
  readonly twice: readonly string[];
}

/** Holds what was done against what was asked for; neither order nor time matters. The negative control is held against it too. */
export function tally(asked: readonly string[], done: readonly string[]): Tally {
  const times = new Map<string, number>();
  for (const name of done) times.set(name, (times.get(name) ?? 0) + 1);
  return {
    asked: asked.length,
    lost: asked.filter((name) => !times.has(name)),
    twice: [...times].filter(([name, count]) => count > 1 || !asked.includes(name)).map(([name]) => name),
  };
}

/** What an installation has to show for everything that was decided in it. */
export interface Account {
  /** Authorised instalments against payment orders. */
  readonly payments: Tally;
  /** Letters that events asked for, by case, kind and reader, against letters sent. */
  readonly letters: Tally;
  readonly breaches: readonly Breach[];
  /** Effects that were given up, and deadlines whose event was refused. */
  readonly exceptions: number;
}

/** Everything was done once and nothing is broken: what an account has to match after so many payments. */
export const flawless = (payments: number) => ({
  payments: { asked: payments, lost: [], twice: [] },
  letters: { lost: [], twice: [] },
  breaches: [],
  exceptions: 0,
});

const names = async (store: Store, sql: string): Promise<string[]> => (await store.query<{ name: string }>(sql)).map(({ name }) => name);

/** Asks the tables; to be called when nothing is open any more. */
export async function accountOf(store: Store): Promise<Account> {
  const [exceptions] = await store.query<{ count: number }>(
    `select (select count(*) from outbox where failed_at is not null) + (select count(*) from clocks where outcome = 'refused') as count`);
  return {
    payments: tally(
      await names(store, `select case_id as name from journal where event = 'authorise'`),
      await names(store, 'select case_id as name from payment_orders'),
    ),
    letters: tally(await names(store, LETTERS_ASKED), await names(store, LETTERS_SENT)),
    breaches: await breaches(store, new Programmes(programmes)),
    exceptions: exceptions?.count ?? 0,
  };
}

/**
 * By reader; one that a gathering letter speaks for has that letter. A reminder (a clock's event that moved nothing) that
 * its case has overtaken goes to nobody and is not missed. What no case asked for is the word of a freeze.
 */
const LETTERS_ASKED = `
  select distinct coalesce(l.case_id, o.case_id) || ' ' || coalesce(l.effect_id, o.id) || ' ' || coalesce(l.account, 'nobody') as name from outbox o
  left join journal j on j.root_id = o.root_id and j.seq = o.journal_seq left join letters l on l.effect_id = coalesce(o.spoken_by, o.id)
  where o.queue = 'letters' and (l.id is not null or j.seq is null or j.account <> 'system' or j.from_state is distinct from j.to_state)`;

const LETTERS_SENT = `select case_id || ' ' || effect_id || ' ' || account as name from letters where sent_at is not null`;
