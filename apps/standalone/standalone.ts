import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiModule, apiOptions, configureApi, createLog } from '#apps/api';
import { type Config, type Database, demandFreePort, Installation, InstallationModule, startDatabase } from '#apps/installation';
import { WorkerModule } from '#apps/worker';

/** API and worker of one installation in this process. */
export interface Standalone {
  readonly app: NestExpressApplication;
  readonly database: Database;
  /** Where the API answers, with the port it really has. */
  readonly url: string;
  /** Finishes what is being done, then stops the database. */
  readonly stop: () => Promise<void>;
}

@Module({})
class StandaloneModule {}

/**
 * Starts everything in this process. `onLost` is told when the embedded database is gone for good; `queuePrefix` keeps
 * the queues of several installations on one Redis apart.
 * @throws ConfigError, FolderHeld, PortTaken, Unavailable; what was started until then is stopped again
 */
export async function startStandalone(config: Config, onLost: (error: Error) => void, queuePrefix = 'tranche'): Promise<Standalone> {
  const database = await startDatabase(config, onLost);
  try {
    await demandFreePort(config);
    const app = await createApp(config, database, queuePrefix);
    try {
      await app.listen(config.port, config.host);
    } catch (error) {
      await app.close();
      throw error;
    }
    const stop = async (): Promise<void> => {
      await app.close();
      await database.stop();
    };
    return { app, database, url: await app.getUrl(), stop };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function createApp(config: Config, { url: databaseUrl }: Database, prefix: string): Promise<NestExpressApplication> {
  const log = createLog('warn');
  const imports = [
    InstallationModule.forRoot(new Installation(config, databaseUrl)),
    ApiModule,
    WorkerModule.forRoot({ redisUrl: config.redisUrl, databaseUrl, prefix }),
  ];
  const app = await NestFactory.create<NestExpressApplication>({ module: StandaloneModule, imports }, { ...apiOptions(log), abortOnError: false });
  configureApi(app, log);
  return app;
}
