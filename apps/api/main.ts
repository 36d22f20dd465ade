import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { borrowDatabase, demandFreePort, Installation, InstallationModule, readConfig, sentenceOf } from '#apps/installation';
import { ApiModule } from './api.module.ts';
import { apiOptions, configureApi } from './configure.ts';
import { createLog } from './log.ts';

@Module({})
class ApiProcess {}

function fail(problem: unknown): void {
  process.stderr.write(`${sentenceOf(problem)}\n`);
  process.exit(1);
}

/** The API as a process of its own; several may run on one database. */
async function main(): Promise<void> {
  const config = readConfig();
  await demandFreePort(config);
  const log = createLog('info');
  const database = await borrowDatabase(config);
  const imports = [InstallationModule.forRoot(new Installation(config, database.url)), ApiModule];
  const app = await NestFactory.create<NestExpressApplication>({ module: ApiProcess, imports }, { ...apiOptions(log), abortOnError: false });
  configureApi(app, log);
  await app.listen(config.port, config.host);
  const stop = (): void => {
    app.close().then(() => database.stop()).then(() => process.exit(0), fail);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  log.info({ url: await app.getUrl(), mode: config.mode }, 'the API is ready');
}

main().catch(fail);
