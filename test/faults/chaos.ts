import { openEffects } from '#store';
import { eventually } from '#test/ground';
import { BankDesk, type BankTruth } from './bank-desk.ts';
import { Cashier } from './cashier.ts';
import { chanceFrom, someMoment } from './chance.ts';
import type { Site } from './place.ts';
import { accountOf, type Account } from './tally.ts';

/** How much is killed, over how much work; the same seed chooses the same moments. */
export interface Chaos {
  readonly kills: number;
  readonly cases: number;
  readonly seed: number;
}

/** What is left after the last kill, once everything has come to rest. */
export interface Aftermath {
  readonly account: Account;
  readonly bank: BankTruth;
  readonly runs: number;
  readonly seconds: number;
}

/** So many workers are alive or coming to life at any time. */
const LANES = 2;
/** Steps that a worker may do at most before it dies, how far into the next one it may come, and how long it is waited for. */
const MOST_STEPS = 10;
const INTO_THE_NEXT_MS = 50;
const LONGEST_LIFE = 3;
/** After so many kills the leases of the dead end, so that new attempts meet the jobs that the old ones left in the queue. */
const KILLS_A_MINUTE = 2;
/** Instalments that are certified for each worker. */
const AT_ONCE = 4;

/** A funding year whose workers are killed at random moments, while people pay by runs and the bank answers by files. */
export async function chaos(site: Site, { kills: wanted, cases, seed }: Chaos): Promise<Aftermath> {
  const from = performance.now();
  const cashier = new Cashier(site.store, site.round.id);
  const desk = new BankDesk(site.store, cashier, seed);
  const state = { kills: 0, desk: Promise.resolve(), runs: [] as string[] };
  const applicants = await site.store.query<{ key: string }>(`select key from organisations where kind <> 'agency' order by key limit $1`, [cases]);
  for (const { key } of applicants) await cashier.clerks.noticed(key, site.round.id);

  /** What people do meanwhile, one after the other: two at once would find each other's work done. */
  const deskWork = (atOnce: number): Promise<void> => {
    state.desk = state.desk.then(async () => {
      await cashier.recallOverdue();
      await cashier.certify(...(await cashier.clerks.payable('due')).slice(0, atOnce));
      const run = (await cashier.clerks.payable('certified')).length > 0 ? await cashier.pay() : null;
      if (run !== null) state.runs.push(run);
      await desk.walk(state.runs);
    });
    return state.desk;
  };

  /** Worker after worker is killed over the work that the desks bring; in the middle of it the second pay day comes. */
  const reap = async (chance: () => number): Promise<void> => {
    while (state.kills < wanted) {
      const worker = site.start('worker');
      await worker.ready;
      state.kills += 1;
      if (state.kills === 1 || state.kills === Math.ceil(wanted / 2)) await site.moveClock(site.round.payDays[state.kills === 1 ? 0 : 1] ?? '');
      if (state.kills % KILLS_A_MINUTE === 0) await site.endLeases();
      const last = await steps(site) + Math.floor(chance() * MOST_STEPS);
      const work = deskWork(AT_ONCE);
      // What fails here is thrown below; until then it must not end the process, which has a server to stop.
      work.catch(() => undefined);
      await eventually('it has come so far', async () => await steps(site) >= last, LONGEST_LIFE).catch(() => undefined);
      await someMoment(chance, INTO_THE_NEXT_MS);
      await Promise.all([worker.kill(), work]);
    }
  };

  const chance = chanceFrom(seed);
  await Promise.all(Array.from({ length: LANES }, () => reap(chance)));
  await site.moveClock(site.round.payDays[1] ?? '').catch(() => undefined);
  await site.endLeases();
  await site.start('worker').ready;
  await eventually('both instalments of all are settled', async () => {
    await deskWork(cases);
    return await cashier.clerks.settled() === 2 * cases && await openEffects(site.store) === 0;
  }, 180);
  return { account: await accountOf(site.store), bank: await desk.truth(), runs: state.runs.length, seconds: Math.round((performance.now() - from) / 1000) };
}

/** Steps that workers have done so far: deadlines settled and effects finished. */
async function steps(site: Site): Promise<number> {
  const [row] = await site.store.query<{ count: number }>(
    'select (select count(*) from clocks where settled_at is not null) + (select count(done_at) from outbox) as count');
  return row?.count ?? 0;
}

/** The aftermath as a table of one row. */
export function chaosTable({ kills }: Chaos, { account, bank, runs, seconds }: Aftermath): string {
  const { payments, letters, breaches } = account;
  const line = (...cells: readonly (string | number)[]): string => cells.map((cell) => String(cell).padStart(10)).join('');
  return [
    line('kills', 'seconds', 'runs', 'payments', 'lost', 'doubled', 'letters', 'lost', 'twice', 'breaches'),
    line(kills, seconds, runs, bank.payments, lostIn({ account, bank }), doubledIn({ account, bank }), letters.asked, letters.lost.length, letters.twice.length, breaches.length),
    ...payments.lost.map((id) => `never ordered: ${id}`), ...bank.lost.map((id) => `never paid: ${id}`), ...bank.doubled.map((id) => `asked for twice: ${id}`),
  ].join('\n');
}

/** Authorised and not ordered, or ordered and not paid by the bank. */
export const lostIn = ({ account, bank }: Pick<Aftermath, 'account' | 'bank'>): number => account.payments.lost.length + bank.lost.length;
/** Ordered twice, or brought to the bank twice. */
export const doubledIn = ({ account, bank }: Pick<Aftermath, 'account' | 'bank'>): number => account.payments.twice.length + bank.doubled.length;
