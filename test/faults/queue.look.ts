import { getQueueToken } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { Courier, QueueModule, type QueueName } from '#queue';
import type { Site } from './site.ts';

/** The queues of an installation from outside: what lies in them, and what a stranger could put there. */
export interface QueueLook {
  readonly courier: Courier;
  readonly queue: (name: QueueName) => Queue;
  readonly close: () => Promise<void>;
}

/** Opens the queues beside the worker's processes; serves none of them. */
export async function lookIntoQueue({ databaseUrl, redisUrl }: Site): Promise<QueueLook> {
  @Module({ imports: [QueueModule.forRoot({ redisUrl, databaseUrl })] })
  class App {}
  const app = await NestFactory.createApplicationContext(App, { logger: false, abortOnError: false });
  return { courier: app.get(Courier), queue: (name) => app.get(getQueueToken(name), { strict: false }), close: () => app.close() };
}
