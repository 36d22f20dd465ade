import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { expect, test } from '@jest/globals';
import { Access, AccessCheck } from './access.ts';

@Controller('open')
@Access({ to: 'everyone' })
class Decided {
  @Get() read(): string { return 'by the controller'; }
}

@Controller('forgotten')
class Forgotten {
  @Get('a') @Access({ to: 'signedIn' }) decided(): string { return 'by the route'; }
  @Get('b') forgotten(): string { return 'by nobody'; }
}

const start = async (...controllers: (typeof Decided | typeof Forgotten)[]): Promise<void> => {
  @Module({ imports: [DiscoveryModule], controllers, providers: [AccessCheck] })
  class Root {}
  const app = await NestFactory.create(Root, { logger: false, abortOnError: false });
  try {
    await app.init();
  } finally {
    await app.close();
  }
};

test('an API in which nobody said who may call a route does not start, and names the route', async () => {
  await start(Decided);
  await expect(start(Decided, Forgotten)).rejects.toThrow('Forgotten.forgotten:');
});
