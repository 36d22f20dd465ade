import { randomUUID } from 'node:crypto';
import { getQueueToken } from '@nestjs/bullmq';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Queue } from 'bullmq';
import { ApiModule, apiOptions, configureApi, createLog } from '#apps/api';
import { breaches, type Config, Installation, InstallationModule, openRound } from '#apps/installation';
import { WorkerModule, WorkerSettings } from '#apps/worker';
import { atTime, dayOf, type Day } from '#calendar';
import { ClocksService, CyclesService, Programmes } from '#cases';
import type { Instant, Json } from '#kernel';
import { type Account, available, balances } from '#ledger';
import { moveClock, pendingEffects, Store } from '#store';
import { eventually, testQueue } from '#test/harness';
import { kim } from '#workflows';
import { Client, must } from './client.ts';

/** The funding year of the journeys: day for day the calendar of 2028, and ahead of every clock for decades. */
export const YEAR = 2056;

class Root {}

/** API, worker and queues of a demo agency in this process, with a round whose dates are known. */
export class Office {
  readonly client: Client;
  readonly store: Store;

  private constructor(readonly app: NestExpressApplication, url: string, readonly cycle: string) {
    this.client = new Client(url);
    this.store = app.get(Store);
  }

  /** Opens the office on an empty database; its window opens in legal time on 1 August. `round` changes the default round. */
  static async open(databaseUrl: string, round: { readonly [field: string]: Json } = {}): Promise<Office> {
    const config: Config = {
      port: 0, host: '127.0.0.1', publicUrl: 'http://127.0.0.1', dataFolder: null, databaseUrl, redisUrl: testQueue().redisUrl, smtp: null, mode: 'demo', tokenKey: null, crashAt: null,
    };
    const queue = { redisUrl: config.redisUrl, databaseUrl, prefix: new URL(databaseUrl).pathname.slice(1) };
    const imports = [
      InstallationModule.forRoot(new Installation(config, databaseUrl)), ApiModule,
      WorkerModule.forRoot(queue, new WorkerSettings({ idleMs: 100, waitMs: 100, firstRetryMs: 50 })),
    ];
    const log = createLog('silent');
    const app = await NestFactory.create<NestExpressApplication>({ module: Root, imports }, { ...apiOptions(log), abortOnError: false });
    configureApi(app, log);
    await app.listen(0, '127.0.0.1');
    const office = new Office(app, await app.getUrl(), `kim-${YEAR}`);
    await office.openRound({ ...kim.cycle.default(YEAR) as object, ...round });
    return office;
  }

  /** Writes a round, or its next revision. */
  async openRound(data: Json): Promise<void> {
    const written = await this.store.transaction((tx) => openRound(tx, this.app.get(CyclesService), kim, data));
    if ('code' in written) throw new Error(`the round is refused: ${written.code}`);
  }

  /** A round's data at its newest revision. */
  async roundOf(id: string): Promise<{ readonly [field: string]: Json }> {
    const round = await this.app.get(CyclesService).get(id);
    if (round === null) throw new Error(`there is no round ${id}`);
    return round.data as { readonly [field: string]: Json };
  }

  close(): Promise<void> {
    return this.app.close();
  }

  queue(name: 'deadlines' | 'payouts' | 'letters' | 'runs'): Queue {
    return this.app.get(getQueueToken(name), { strict: false });
  }

  /** The time machine, by Berlin's wall clock: everything due up to then has happened when it answers. */
  async clock(day: Day, time = '09:00'): Promise<Instant> {
    return this.client.moveClock(atTime(day, time));
  }

  async today(): Promise<Day> {
    return dayOf(await this.client.now());
  }

  /** Lets legal time stand still at an instant, in this database only, until `thaw`: for what happens to the millisecond. */
  async freeze(at: Instant): Promise<void> {
    // The function's own words are kept as its comment, and are what `thaw` executes.
    const [found] = await this.store.query<{ body: string | null }>(`select obj_description('tranche_now()'::regprocedure) as body`);
    if (found?.body === null) {
      await this.store.query(`do $$ begin execute format('comment on function tranche_now() is %L', pg_get_functiondef('tranche_now()'::regprocedure)); end $$`);
    }
    await this.store.query(`create or replace function tranche_now() returns timestamptz language sql stable parallel safe as $$ select '${at}'::timestamptz $$`);
    await this.store.query('update installation set clock_moves = clock_moves + 1');
    this.store.committed();
    await this.rest();
  }

  /** Legal time runs on from where it stood. */
  async thaw(): Promise<void> {
    const now = await this.store.now();
    await this.store.query(`do $$ begin execute obj_description('tranche_now()'::regprocedure); end $$`);
    await this.store.transaction((tx) => moveClock(tx, now));
    this.store.committed();
  }

  /** Waits until the worker has nothing left to do that is not put off. */
  async rest(): Promise<void> {
    const clocks = this.app.get(ClocksService);
    await eventually('the worker has done everything', async () => await clocks.overdue() + await pendingEffects(this.store) === 0);
  }

  /** What is left of the round's budget, in cents. */
  budget(cycle = this.cycle): Promise<number> {
    return this.store.transaction((tx) => available(tx, cycle, { lock: false }));
  }

  /** The round's accounts, in cents. */
  accounts(cycle = this.cycle): Promise<Record<Account, number>> {
    return this.store.transaction((tx) => balances(tx, cycle));
  }

  /** Amounts of all payment orders of a family, in order. */
  async orders(rootId: string): Promise<readonly { readonly number: number; readonly amountCents: number; readonly endToEndId: string }[]> {
    return this.store.query(
      `select c.number, p.amount_cents as "amountCents", p.end_to_end_id as "endToEndId"
       from payment_orders p join cases c on c.id = p.case_id where c.root_id = $1 order by p.id`, [rootId]);
  }

  /** Bears out, in another person's name, whatever was said of payments by hand. */
  async confirmAnswers(account: string): Promise<void> {
    const { items } = await this.client.get<{ items: readonly { readonly id: string }[] }>('auditor1', '/payment-answers?confirmed=false&limit=200');
    for (const { id } of items) {
      must('confirm', await this.client.ask(account, 'POST', `/payment-answers/${id}/confirm`, { body: { reason: 'auf dem Kontoauszug gesehen' }, headers: { 'idempotency-key': randomUUID() } }));
    }
  }

  /** Every invariant that can be asked of the database, and every family replayed; empty when all is well. */
  breaches(): Promise<readonly unknown[]> {
    return breaches(this.store, this.app.get(Programmes));
  }
}
