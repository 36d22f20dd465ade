import { BullModule } from '@nestjs/bullmq';
import { Module, type DynamicModule, type FactoryProvider, type ModuleMetadata } from '@nestjs/common';
import { AlarmStock } from './alarm-stock.ts';
import { openBackend, type QueueSettings } from './backend.ts';
import { Courier, EPOCH_QUEUE } from './courier.ts';
import { EffectQueues } from './effect-queues.ts';
import { OpenQueue } from './open-queue.ts';
import { QUEUES } from './queues.ts';

/** How to come by the settings: like every other `forRootAsync` of Nest. */
export interface QueueModuleOptions extends Pick<ModuleMetadata, 'imports'>, Pick<FactoryProvider<QueueSettings>, 'inject' | 'useFactory'> {}

/** Holds the connection apart from the queues: global, so that Nest opens it before them and lets it go after them. */
@Module({})
class ConnectionModule {
  static of({ imports, inject, useFactory }: QueueModuleOptions): DynamicModule {
    return {
      module: ConnectionModule,
      global: true,
      imports,
      providers: [{
        provide: OpenQueue,
        inject,
        useFactory: async (...found: never[]) => {
          const settings = await useFactory(...found);
          return new OpenQueue(settings, await openBackend(settings));
        },
      }],
      exports: [OpenQueue],
    };
  }
}

/** The queues on Redis or on PostgreSQL, as the settings say; exports `Courier`, `AlarmStock` and each queue's injectable token. */
@Module({})
export class QueueModule {
  static forRoot(settings: QueueSettings): DynamicModule {
    return QueueModule.forRootAsync({ useFactory: () => settings });
  }

  static forRootAsync(options: QueueModuleOptions): DynamicModule {
    return {
      module: QueueModule,
      global: true,
      imports: [
        ConnectionModule.of(options),
        BullModule.forRootAsync({
          inject: [OpenQueue],
          useFactory: ({ backend, settings }: OpenQueue) => ({
            connection: backend.connection,
            prefix: settings.prefix ?? 'tranche',
            // Our tables keep the history and own the retries.
            defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
          }),
        }),
        BullModule.registerQueue(...[...QUEUES, EPOCH_QUEUE].map((name) => ({ name }))),
      ],
      providers: [EffectQueues, Courier, AlarmStock],
      exports: [Courier, AlarmStock, BullModule],
    };
  }
}
