import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Store } from '#store';
import { languageOf, requestIdOf, type ApiRequest } from './request.ts';

/**
 * The very first step of every request: name it, and where something may be received look at the installation's clock,
 * before the body is read, before anyone asks who sends it. What arrives in time is in time, however long the rest takes.
 */
export const arrival = (store: Store) => (request: ApiRequest, response: ServerResponse, next: () => void): void => {
  if (receives(request)) {
    request.arrivedAt = store.now();
    // Whoever needs the instant awaits it and hears of the outage; a request refused earlier never does.
    request.arrivedAt.catch(() => undefined);
  }
  request.id = requestIdOf(request.headers['x-request-id'], randomUUID);
  request.language = languageOf(request.headers['accept-language']);
  response.setHeader('X-Request-Id', request.id);
  response.setHeader('Cache-Control', 'no-store');
  // A case's version is its own row's, while its view also shows its children: a 304 would hide what happened to them.
  delete request.headers['if-none-match'];
  next();
};

/** Where commands arrive that are judged by their instant. */
const RECEIVING = /^\/api\/v1\/(?:cases|payment-runs)(?:\/|$)/;

const receives = ({ method, path }: ApiRequest): boolean => (method === 'POST' || method === 'PUT') && RECEIVING.test(path);
