import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { allTables, seedInstallation } from '#apps/installation';
import { CasesService, Programmes } from '#cases';
import type { Json } from '#kernel';
import { moveClock, openStore, type Instant, type Store } from '#store';
import { crowd, eventually, startRedis } from '#test/ground';
import { bursary } from '#test/toy';
import { programmes } from '#workflows';
import type { Verdict } from './bench.ts';
import { formOf, taken } from './kim.walk.ts';

/** What one part of the bench has to say. */
export type Part = Verdict;

/** Waits here have an end only for what hangs. */
const PATIENCE_SECONDS = 600;

/** A demo agency on a database of its own, with as many drafts of KIM as somebody wants. */
export interface ClocksSite {
  readonly store: Store;
  readonly cases: CasesService;
  /** Copies of one draft with its form; each has a clock for every reminder, the cut-off and the lapse. */
  readonly drafts: (count: number) => Promise<void>;
  readonly move: (to: Instant) => Promise<void>;
  /** The first number of a statement. */
  readonly number: (sql: string, params?: readonly unknown[]) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Seeds the agency. `redisUrl` null: the queue lives on the database. */
export async function openClocksSite(url: string, redisUrl: string | null): Promise<ClocksSite> {
  await seedInstallation({ mode: 'demo', redisUrl }, url);
  // No limit on a statement: a million rows are copied in one.
  const store = await openStore(url, allTables, { statementMs: 0, idleInTransactionMs: 0 });
  const cases = new CasesService(store, new Programmes([...programmes, bursary]));
  return {
    store, cases,
    drafts: async (count) => void (await crowd(store, await draft(store, cases), count - 1)),
    move: async (to) => void (await store.transaction((tx) => moveClock(tx, to))),
    number: async (sql, params) => Object.values((await store.query<{ [name: string]: number }>(sql, params))[0] ?? {})[0] ?? 0,
    close: () => store.close(),
  };
}

async function draft(store: Store, cases: CasesService): Promise<string> {
  const [{ id, year } = { id: '', year: 0 }] = await store.query<{ id: string; year: number }>(`select id, split_part(id, '-', 2)::int as year from cycles where programme = 'kim'`);
  const actor = { account: 'editor-05315', roles: ['applicantEditor'], organisation: '05315' } as const;
  const at = await store.now();
  const applicant = { key: '05315', name: 'Köln', kind: 'kreisfreie Stadt' };
  const { id: caseId } = taken(await cases.open({ programme: 'kim', cycle: id, applicant, actor, at }));
  taken(await cases.advance({ caseId, actor, at, event: 'saveForm', data: { form: formOf(year) as Json } }));
  return caseId;
}

/** A worker of its own process, as `npm run start:worker` starts it. @returns how to stop it */
export async function startWorker(databaseUrl: string, redisUrl: string | null): Promise<() => Promise<void>> {
  const environment = { TRANCHE_MODE: 'demo', DATABASE_URL: databaseUrl, ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }) };
  const child = spawn(process.execPath, ['--no-warnings', join('dist', 'apps', 'worker', 'main.js')], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said.push(chunk);
    process.stderr.write(chunk);
  });
  await until('the worker is ready', () => {
    if (child.exitCode !== null) throw new Error(`the worker ended with ${child.exitCode}`);
    return said.join('').includes('the worker is ready');
  });
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}

export const redisInstalled = (): Promise<boolean> => promisify(execFile)('redis-server', ['--version']).then(() => true, () => false);

/** A Redis of the bench's own, in a throwaway folder. */
export async function startBenchRedis(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'tranche-bench-redis-'));
  const server = await startRedis(folder);
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** Waits for a fact. */
export const until = (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => eventually(what, holds, PATIENCE_SECONDS);

/** Seconds that some work takes. */
export async function secondsOf(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1_000;
}
