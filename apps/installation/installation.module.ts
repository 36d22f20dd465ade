import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { AlarmsService, BulkService, CaseList, CasesService, ClocksService, CyclesService, DeadlineList, Forecast, Programmes, RegisterList, Survey } from '#cases';
import { FilesModule } from '#files';
import { IdentityModule, IdentitySettings } from '#identity';
import { LettersModule, LettersSettings } from '#letters';
import { BankList, FreezeService, PaymentsModule, RunsService } from '#payments';
import { Store } from '#store';
import { programmes } from '#workflows';
import type { Config } from './config.ts';
import { Objections } from './objections.ts';
import { PaymentActs } from './payment-acts.ts';
import { PaymentAnswers } from './payment-answers.ts';
import { PaymentRuns } from './payment-runs.ts';
import { prepare } from './prepare.ts';
import { Rounds } from './rounds.ts';
import { UnbookedPayments } from './unbooked.ts';

/** What an installation runs on: its configuration, and the database that configuration led to. */
export class Installation {
  constructor(readonly config: Config, readonly databaseUrl: string) {}
}

/** Opens the store before everything that uses it, and closes it after them: global, apart, and imported first. */
@Module({})
class StoreModule implements OnApplicationShutdown {
  constructor(@Inject(Store) private readonly store: Store) {}

  static of(installation: Installation): DynamicModule {
    return {
      module: StoreModule,
      global: true,
      providers: [
        { provide: Installation, useValue: installation },
        { provide: Store, useFactory: () => prepare(installation.config, installation.databaseUrl) },
      ],
      exports: [Installation, Store],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }
}

const services = [
  { provide: Programmes, useFactory: () => new Programmes(programmes) },
  { provide: CasesService, inject: [Store, Programmes], useFactory: (store: Store, known: Programmes) => new CasesService(store, known) },
  { provide: CaseList, inject: [Store, Programmes], useFactory: (store: Store, known: Programmes) => new CaseList(store, known) },
  { provide: AlarmsService, inject: [Store], useFactory: (store: Store) => new AlarmsService(store) },
  { provide: DeadlineList, inject: [Store, Programmes], useFactory: (store: Store, known: Programmes) => new DeadlineList(store, known) },
  { provide: RegisterList, inject: [Store, Programmes], useFactory: (store: Store, known: Programmes) => new RegisterList(store, known) },
  { provide: Survey, inject: [Store, Programmes], useFactory: (store: Store, known: Programmes) => new Survey(store, known) },
  { provide: BulkService, inject: [Store, CasesService, Survey], useFactory: (store: Store, cases: CasesService, survey: Survey) => new BulkService(store, cases, survey) },
  { provide: ClocksService, inject: [Store], useFactory: (store: Store) => new ClocksService(store) },
  { provide: CyclesService, inject: [Store], useFactory: (store: Store) => new CyclesService(store) },
  { provide: PaymentAnswers, inject: [Store, Programmes], useFactory: (store: Store, known: Programmes) => new PaymentAnswers(store, known) },
  { provide: UnbookedPayments, inject: [Store, BankList, PaymentAnswers], useFactory: (store: Store, bank: BankList, answers: PaymentAnswers) => new UnbookedPayments(store, bank, answers) },
  { provide: Forecast, inject: [Store, Programmes], useFactory: (store: Store, known: Programmes) => new Forecast(store, known) },
  {
    provide: Objections, inject: [FreezeService, BankList, PaymentAnswers],
    useFactory: (freezes: FreezeService, bank: BankList, answers: PaymentAnswers) => new Objections(freezes, bank, answers),
  },
  {
    provide: PaymentRuns, inject: [Store, CasesService, Survey, RunsService, FreezeService, Objections, CyclesService, Programmes],
    useFactory: (store: Store, cases: CasesService, survey: Survey, runs: RunsService, freezes: FreezeService, objections: Objections, cycles: CyclesService, known: Programmes) =>
      new PaymentRuns(store, cases, { survey, runs, freezes, objections }, { cycles, programmes: known }),
  },
  { provide: PaymentActs, inject: [Store, Programmes], useFactory: (store: Store, known: Programmes) => new PaymentActs(store, known) },
  {
    provide: Rounds, inject: [Store, CyclesService, Programmes],
    useFactory: (store: Store, cycles: CyclesService, known: Programmes) => new Rounds(store, cycles, known),
  },
];

/**
 * The database and every capability, for api, worker and standalone alike; global, so that an app injects services by
 * their class. The queues are not part of it: the API works while they are down.
 */
@Module({})
export class InstallationModule {
  static forRoot(installation: Installation): DynamicModule {
    const { config } = installation;
    const capabilities = [
      IdentityModule.forRoot(new IdentitySettings(config.tokenKey)),
      LettersModule.forRoot(new LettersSettings(config.smtp, config.publicUrl)),
      FilesModule,
      PaymentsModule,
    ];
    return {
      module: InstallationModule,
      global: true,
      imports: [StoreModule.of(installation), ...capabilities],
      providers: services,
      exports: [...services.map(({ provide }) => provide), IdentityModule, LettersModule, FilesModule, PaymentsModule],
    };
  }
}
