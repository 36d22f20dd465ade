import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { allTables, seedInstallation } from '#apps/installation';
import { CasesService, Programmes } from '#cases';
import type { Json } from '#kernel';
import { moveClock, openStore, type Instant, type Store } from '#store';
import { crowd, eventually } from '#test/ground';
import { programmes } from '#workflows';
import { formOf, taken } from './kim.walk.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** A demo agency on a database of its own, with as many drafts of KIM as somebody wants. */
export interface ClocksSite {
  readonly store: Store;
  readonly cases: CasesService;
  /** Copies of one draft with its form; each has a clock for every reminder, the cut-off and the lapse. */
  readonly drafts: (count: number) => Promise<void>;
  readonly move: (to: Instant) => Promise<void>;
  /** A worker of its own process on this database. */
  readonly startWorker: () => Promise<{ readonly stop: () => Promise<void> }>;
  readonly close: () => Promise<void>;
}

/** Seeds the agency. `redisUrl` null: the queue lives on the database. */
export async function openClocksSite(url: string, redisUrl: string | null): Promise<ClocksSite> {
  await seedInstallation({ mode: 'demo', redisUrl }, url);
  // No limit on a statement: a million rows are copied in one.
  const store = await openStore(url, allTables, { statementMs: 0, idleInTransactionMs: 0 });
  const cases = new CasesService(store, new Programmes(programmes));
  return {
    store, cases,
    drafts: async (count) => void (await crowd(store, await draft(store, cases), count)),
    move: async (to) => void (await store.transaction((tx) => moveClock(tx, to))),
    startWorker: () => startWorker({ TRANCHE_MODE: 'demo', DATABASE_URL: url, ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }) }),
    close: () => store.close(),
  };
}

async function draft(store: Store, cases: CasesService): Promise<string> {
  const [{ id, year }] = await store.query<{ id: string; year: number }>(`select id, split_part(id, '-', 2)::int as year from cycles`) as [{ id: string; year: number }];
  const actor = { account: 'editor-05315', roles: ['applicantEditor'], organisation: '05315' } as const;
  const at = await store.now();
  const applicant = { key: '05315', name: 'Köln', kind: 'kreisfreie Stadt' };
  const { id: caseId } = taken(await cases.open({ programme: 'kim', cycle: id, applicant, actor, at }));
  taken(await cases.advance({ caseId, actor, at, event: 'saveForm', data: { form: formOf(year) as Json } }));
  return caseId;
}

async function startWorker(environment: { readonly [name: string]: string }): Promise<{ readonly stop: () => Promise<void> }> {
  const child = spawn(process.execPath, ['--no-warnings', join(root, 'dist', 'apps', 'worker', 'main.js')], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => { said.push(chunk); process.stderr.write(chunk); });
  await eventually('the worker is ready', () => {
    if (child.exitCode !== null) throw new Error(`the worker ended with ${child.exitCode}`);
    return said.join('').includes('the worker is ready');
  });
  return {
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
