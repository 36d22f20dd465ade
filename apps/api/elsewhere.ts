import type { ServerResponse } from 'node:http';
import { Problem } from './problem.ts';
import { sendProblem } from './problem.filter.ts';
import type { ApiRequest } from './request.ts';

/** Answers for addresses that are neither the API nor its documentation; whoever opens the bare address is shown the latter. */
export function elsewhere(request: ApiRequest, response: ServerResponse, next: () => void): void {
  if (/^\/(?:api\/v1|docs)(?:\/|$)/.test(request.path)) next();
  else if (request.path === '/') response.writeHead(302, { Location: '/docs' }).end();
  else sendProblem(new Problem('notFound'), request, response);
}
