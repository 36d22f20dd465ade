import type { ServerResponse } from 'node:http';
import type { LoggerService } from '@nestjs/common';
import { destination, pino, type DestinationStream, type LevelWithSilent, type Logger } from 'pino';
import type { ApiRequest } from './request.ts';

const IBAN = /\b[A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?\b/g;
const TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;
/** The secret in a feed's address, whole or damaged, and wherever else 32 random bytes might stand. */
const FEED = /(?<=\/feeds\/+)[^\s"/?]+|(?<![\w-])[\w-]{43}(?![\w-])/gi;

/** One line of JSON per entry, without the two things that must never stand in a log: bank accounts and tokens. */
export const createLog = (level: LevelWithSilent, to?: DestinationStream): Logger =>
  pino({ level, hooks: { streamWrite: (line) => line.replace(IBAN, '[IBAN]').replace(TOKEN, '[token]').replace(FEED, '[token]') } }, to ?? destination(2));

/** Logs each request once it is answered: who, what, with what result; never a body, a header or a query. */
export const requestLog = (log: Logger) => (request: ApiRequest, response: ServerResponse, next: () => void): void => {
  const from = performance.now();
  response.once('close', () => {
    const entry = {
      requestId: request.id, method: request.method, path: request.path, status: response.writableFinished ? response.statusCode : 'aborted',
      ms: Math.round(performance.now() - from), account: request.actor?.account,
    };
    log[response.statusCode >= 500 ? 'error' : 'info'](entry, 'request');
  });
  next();
};

/** Lets the framework write into the same log; its everyday talk at start is of no use to anyone. */
export const frameworkLog = (log: Logger): LoggerService => ({
  log: (message: unknown, ...context: unknown[]) => log.debug({ context }, String(message)),
  warn: (message: unknown, ...context: unknown[]) => log.warn({ context }, String(message)),
  error: (message: unknown, ...context: unknown[]) => log.error({ context }, String(message)),
});
