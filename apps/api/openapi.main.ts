import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Installation, InstallationModule, readConfig } from '#apps/installation';
import { Programmes } from '#cases';
import { programmes } from '#workflows';
import { ApiModule } from './api.module.ts';
import { API_PREFIX } from './configure.ts';
import { openApi } from './openapi.ts';

@Module({ imports: [InstallationModule.forRoot(new Installation(readConfig({}), '')), ApiModule] })
class Preview {}

/** Writes docs/openapi.json from the code, without a database: `npm run openapi`, from the project's folder. */
async function main(): Promise<void> {
  // In preview nothing is made, and so nothing connects; the routes and their decorators are all it takes.
  const app = await NestFactory.create(Preview, { preview: true, abortOnError: false, logger: false });
  app.setGlobalPrefix(API_PREFIX);
  await writeFile('docs/openapi.json', `${JSON.stringify(openApi(app, new Programmes(programmes)), null, 2)}\n`);
}

await main();
