import type { ServerResponse } from 'node:http';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Logger } from 'pino';
import { asUnavailable, Unavailable } from '#store';
import { Problem } from './problem.ts';
import type { ApiRequest } from './request.ts';

/** Seconds after which a repetition may find the database back. */
const RETRY_AFTER = '2';

/** The one way a request fails: whatever was thrown becomes a problem with a code that the contract knows. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const [request, response] = [host.switchToHttp().getRequest<ApiRequest>(), host.switchToHttp().getResponse<ServerResponse>()];
    const problem = problemOf(thrown);
    if (problem.code === 'internalError') this.#log.error({ requestId: request.id, err: thrown }, 'a bug');
    if (problem.code === 'unavailable') this.#log.warn({ requestId: request.id, err: thrown }, 'unavailable');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (problem.status === 401) response.setHeader('WWW-Authenticate', problem.code === 'tokenInvalid' ? 'Bearer error="invalid_token"' : 'Bearer');
    if (problem.status === 503) response.setHeader('Retry-After', RETRY_AFTER);
    response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
    response.setHeader('Content-Language', request.language);
    response.setHeader('Vary', 'Accept-Language');
    response.statusCode = problem.status;
    response.end(JSON.stringify(problem.body(request.language, request.id)));
  }
}

function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (asUnavailable(thrown) instanceof Unavailable) return new Problem('unavailable', {}, { cause: thrown });
  if (thrown instanceof HttpException) return new Problem(codeOf(thrown), {}, { cause: thrown });
  return new Problem('internalError', {}, { cause: thrown });
}

/** The framework speaks up for unknown and undecodable paths, and for uploads that are too large or no multipart. */
function codeOf(thrown: HttpException): string {
  const status = thrown.getStatus();
  if (status === 413) return 'fileTooLarge';
  if (status === 415) return 'fileTypeNotAllowed';
  return status < 500 ? 'notFound' : 'internalError';
}
