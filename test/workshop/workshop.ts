import { getQueueToken } from '@nestjs/bullmq';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { Objections, PaymentAnswers, settleSignatures } from '#apps/installation';
import { ReconcilerService, WorkerModule, WorkerSettings } from '#apps/worker';
import { AlarmsService, CasesService, ClocksService, Programmes, settleDuties, Survey } from '#cases';
import { IdentityModule, IdentitySettings } from '#identity';
import type { Programme } from '#kernel';
import { LettersModule, LettersService, LettersSettings, SubscriptionsService } from '#letters';
import { BankList, FreezeService, PaymentsModule, PaymentsService } from '#payments';
import { Courier, QUEUES } from '#queue';
import { Store } from '#store';
import { testQueue, type FreshDatabase } from '#test/harness';
import { payable } from './agency.ts';

/** How a worker under test differs from one in real life. */
export interface WorkshopOptions {
  readonly programmes?: readonly Programme[];
  readonly smtp?: { readonly url: string; readonly from: string };
  /** Whether the sweep of every minute is scheduled. */
  readonly sweep?: boolean;
  readonly settings?: Partial<WorkerSettings>;
}

/** A running worker on a test's database and queue, with the doors through which a test looks at it. */
export interface Workshop {
  readonly cases: CasesService;
  readonly clocks: ClocksService;
  readonly letters: LettersService;
  readonly subscriptions: SubscriptionsService;
  readonly payments: PaymentsService;
  readonly courier: Courier;
  readonly queue: (name: string) => Queue;
  /** Compares clocks and wake-ups now, as the worker does every minute. */
  readonly reconcile: () => Promise<void>;
  /** Loses every job, the schedule and the epoch: what `FLUSHALL` or a truncated table does. */
  readonly wipe: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts the worker as its own process would, on the backend under test. */
export async function openWorkshop(database: FreshDatabase, options: WorkshopOptions = {}): Promise<Workshop> {
  const { store } = database;
  const programmes = new Programmes(options.programmes ?? [payable]);
  await store.transaction(async (tx) => {
    await settleDuties(tx, programmes.list);
    await settleSignatures(tx, programmes.list);
  });
  const services = [
    { provide: Store, useValue: store },
    { provide: Programmes, useValue: programmes },
    { provide: CasesService, useValue: new CasesService(store, programmes) },
    { provide: AlarmsService, useValue: new AlarmsService(store) },
    { provide: ClocksService, useValue: new ClocksService(store) },
    { provide: Survey, useValue: new Survey(store, programmes) },
    { provide: Objections, useValue: new Objections(new FreezeService(store), new BankList(store), new PaymentAnswers(store, programmes)) },
  ];
  const libs = [IdentityModule.forRoot(new IdentitySettings(null)), LettersModule.forRoot(new LettersSettings(options.smtp ?? null)), PaymentsModule];
  @Module({})
  class Services {}
  @Module({})
  class Libs {}
  @Module({
    imports: [
      { module: Services, global: true, providers: services, exports: services.map(({ provide }) => provide) },
      { module: Libs, global: true, imports: libs, exports: libs },
      WorkerModule.forRoot(
        { ...testQueue(), databaseUrl: database.url, prefix: new URL(database.url).pathname.slice(1), sweep: options.sweep ?? true },
        new WorkerSettings({ idleMs: 50, firstRetryMs: 20, waitMs: 50, ...options.settings }),
      ),
    ],
  })
  class App {}
  return look(await NestFactory.createApplicationContext(App, { logger: false, abortOnError: false }));
}

function look(app: INestApplicationContext): Workshop {
  const queue = (name: string): Queue => app.get(getQueueToken(name), { strict: false });
  return {
    cases: app.get(CasesService),
    clocks: app.get(ClocksService),
    letters: app.get(LettersService, { strict: false }),
    subscriptions: app.get(SubscriptionsService, { strict: false }),
    payments: app.get(PaymentsService, { strict: false }),
    courier: app.get(Courier, { strict: false }),
    queue,
    reconcile: () => app.get(ReconcilerService, { strict: false }).reconcile(),
    wipe: async () => {
      for (const name of [...QUEUES, 'epoch']) await queue(name).obliterate({ force: true });
    },
    close: () => app.close(),
  };
}
