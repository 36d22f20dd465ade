import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { borrowDatabase, Installation, InstallationModule, readConfig, sentenceOf } from '#apps/installation';
import { WorkerModule } from './worker.module.ts';

@Module({})
class WorkerProcess {}

/** The worker as a process of its own; any number may run on one database and queue. */
async function main(): Promise<void> {
  const config = readConfig();
  const database = await borrowDatabase(config);
  const imports = [
    InstallationModule.forRoot(new Installation(config, database.url)),
    WorkerModule.forRoot({ redisUrl: config.redisUrl, databaseUrl: database.url }),
  ];
  const app = await NestFactory.createApplicationContext({ module: WorkerProcess, imports }, { logger: ['error', 'warn'], abortOnError: false });
  const stop = (): void => {
    app.close().then(() => database.stop()).then(() => process.exit(0), fail);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  process.stdout.write(`the worker is ready (${config.mode}, queues on ${config.redisUrl === null ? 'PostgreSQL' : 'Redis'})\n`);
}

function fail(problem: unknown): void {
  process.stderr.write(`${sentenceOf(problem)}\n`);
  process.exit(1);
}

main().catch(fail);
