import 'reflect-metadata';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Breach, breaches, type Config, openRound } from '#apps/installation';
import { dayOf, formatDay, startOfDay } from '#calendar';
import { CyclesService, Programmes, type CaseView } from '#cases';
import type { Instant } from '#kernel';
import { pendingEffects, Store } from '#store';
import { kim } from '#workflows';
import { HouseBank } from './demo.bank.ts';
import { DemoClient } from './demo.client.ts';
import { report } from './demo.report.ts';
import { DemoYear } from './demo.year.ts';
import { startStandalone, type Standalone } from './standalone.ts';

const USAGE = `npm run demo -- [--seed N] [--year YYYY]

A whole funding year of the 53 districts and cities of North Rhine-Westphalia in one go, on a throwaway database under a
moved clock, through the same API, outbox, queues and processors as in real life. Instalments are paid by payment runs; a
simulated bank takes their files, and its answers come back as files. Its ledger is compared with ours in the end. What
befalls whom is drawn by the seed and fictitious. The same seed and year print the same. Progress goes to stderr.

  --seed N      which year it is, 0 to 4294967295 (default 1)
  --year YYYY   the funding year (default: the first whose window has not opened yet)
`;

interface Wish {
  readonly seed: number;
  readonly year: number | null;
}

class Misuse extends Error {}

function wish(): Wish | 'help' {
  const { values } = readArguments();
  if (values.help) return 'help';
  const seed = Number(values.seed ?? '1');
  const year = values.year === undefined ? null : Number(values.year);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) throw new Misuse('--seed takes a whole number from 0 to 4294967295');
  if (year !== null && (!Number.isInteger(year) || year < 2020 || year > 2100)) throw new Misuse('--year takes a year from 2020 to 2100');
  return { seed, year };
}

function readArguments() {
  try {
    return parseArgs({ options: { seed: { type: 'string' }, year: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  } catch (error) {
    throw new Misuse((error as Error).message);
  }
}

/** Legal time moves forwards only, so the year must still lie ahead. */
function roundOf(year: number | null, now: Instant) {
  const opening = (candidate: number) => kim.cycle.sheet(kim.cycle.default(candidate)).opensAt;
  const thisYear = Number(dayOf(now).slice(0, 4));
  const first = [thisYear + 1, thisYear + 2].find((candidate) => opening(candidate) > now) as number;
  if (year !== null && year < first) throw new Misuse(`--year ${year}: the window of that funding year has opened already and the clock moves forwards only; the first possible one is ${first}`);
  return kim.cycle.default(year ?? first);
}

async function liveTheYear({ app, url }: Standalone, { seed, year }: Wish): Promise<string> {
  const store = app.get(Store);
  const cycle = roundOf(year, await store.now());
  const sheet = kim.cycle.sheet(cycle);
  const round = await store.transaction((tx) => openRound(tx, app.get(CyclesService), kim, cycle));
  if ('code' in round) throw new Error(`the round is refused: ${round.code}`);
  const applicants = await store.query<{ key: string; name: string }>(`select key, name from organisations where kind <> 'agency' order by key`);
  const client = new DemoClient(`${url}/api/v1`);
  await client.moveClock(startOfDay(dayOf(sheet.opensAt)));
  const bank = new HouseBank(seed);
  const demo = new DemoYear(client, { ...sheet, id: round.id }, applicants, seed, bank);
  await demo.live(showProgress());
  await lastLettersWritten(store);
  const [cases, letters] = [await client.all<CaseView>('auditor1', `/cases?machine=application&cycle=${round.id}`), await client.all<{ kind: string }>('auditor1', '/inbox')];
  const banked = bank.close(await paidByIban(client, cases));
  const waiting = await client.all<{ id: string }>('auditor1', '/bank-entries?verdict=exception');
  const found: readonly Breach[] = [
    ...await breaches(store, app.get(Programmes)), ...banked.differences.map((difference) => ({ code: 'I12', ...difference })),
    ...waiting.map(({ id }) => ({ code: 'I12', where: `entry ${id}`, what: 'an answer of the bank fits no payment' })),
  ];
  for (const { code, what, where } of found) process.stderr.write(`${code}: ${what} (${where})\n`);
  return report({ cases, letters, fates: demo.fates, refusals: client.refusals, runs: demo.paid, bank: banked, violations: found.length });
}

/** What our ledger says was paid to each account, net of what came back. */
async function paidByIban(client: DemoClient, cases: readonly CaseView[]): Promise<ReadonlyMap<string, bigint>> {
  const byIban = new Map<string, bigint>();
  for (const { id, form } of cases.filter(({ instalments }) => instalments.length > 0)) {
    const { payee: { iban } } = form as { readonly payee: { readonly iban: string } };
    const { balances: { paid } } = await client.get<{ readonly balances: { readonly paid: number } }>('auditor1', `/cases/${id}/statement?limit=1`);
    byIban.set(iban, (byIban.get(iban) ?? 0n) + BigInt(paid));
  }
  return byIban;
}

/** The year's last move is answered before its letters are written; the report counts them all. */
async function lastLettersWritten(store: Store): Promise<void> {
  while ((await pendingEffects(store)) > 0) await pause(50);
}

/** A line on stderr for every day that something happens on. */
function showProgress(): (at: Instant) => void {
  const seen = new Set<string>();
  return (at) => {
    const month = dayOf(at).slice(0, 'yyyy-mm'.length);
    if (!seen.has(month)) process.stderr.write(`${formatDay(dayOf(at), 'de')} …\n`);
    seen.add(month);
  };
}

async function main(): Promise<void> {
  const wished = wish();
  if (wished === 'help') return void process.stdout.write(USAGE);
  const folder = mkdtempSync(join(tmpdir(), 'tranche-demo-'));
  // Under root the database runs as another account, which has to reach its data inside.
  chmodSync(folder, 0o755);
  const config: Config = {
    port: 0, host: '127.0.0.1', publicUrl: 'http://127.0.0.1', dataFolder: join(folder, 'data'), databaseUrl: null, redisUrl: null, smtp: null, mode: 'demo', tokenKey: null, crashAt: null,
  };
  try {
    const standalone = await startStandalone(config, (error) => { throw error; });
    try {
      process.stdout.write(await liveTheYear(standalone, wished));
    } finally {
      await standalone.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().then(() => process.exit(0), (problem: unknown) => {
  const misuse = problem instanceof Misuse;
  process.stderr.write(`${misuse ? `${problem.message}\n\n${USAGE}` : problem instanceof Error ? problem.stack : String(problem)}\n`);
  process.exit(misuse ? 2 : 1);
});
