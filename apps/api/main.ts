import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ConfigError, Installation, InstallationModule, readConfig, startDatabase } from '#apps/installation';
import { ApiModule } from './api.module.ts';
import { apiOptions, configureApi } from './configure.ts';
import { createLog } from './log.ts';

@Module({})
class ApiProcess {}

/** The API as a process of its own; several may run on one database. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog('info');
  const database = await startDatabase(config);
  const imports = [InstallationModule.forRoot(new Installation(config, database.url)), ApiModule];
  const app = await NestFactory.create<NestExpressApplication>({ module: ApiProcess, imports }, { ...apiOptions(log), abortOnError: false });
  configureApi(app, log);
  app.enableShutdownHooks(undefined, { useProcessExit: true });
  await app.listen(config.port, config.host);
  log.info({ host: config.host, port: config.port, mode: config.mode }, 'the API is ready');
}

main().catch((problem: unknown) => {
  process.stderr.write(`${problem instanceof ConfigError ? problem.message : problem instanceof Error ? problem.stack ?? problem.message : String(problem)}\n`);
  process.exit(1);
});
