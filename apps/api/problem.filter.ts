import type { ServerResponse } from 'node:http';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Logger } from 'pino';
import { asUnavailable, Unavailable } from '#store';
import { Problem, type FieldError } from './problem.ts';
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
    if (response.headersSent) response.destroy();
    else sendProblem(problem, request, response);
  }
}

/** Writes a problem as the answer, in the language of the request. */
export function sendProblem(problem: Problem, { language, id }: ApiRequest, response: ServerResponse): void {
  if (problem.status === 401) response.setHeader('WWW-Authenticate', problem.code === 'tokenInvalid' ? 'Bearer error="invalid_token"' : 'Bearer');
  if (problem.status === 503) response.setHeader('Retry-After', RETRY_AFTER);
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.setHeader('Content-Language', language);
  response.setHeader('Vary', 'Accept-Language');
  response.statusCode = problem.status;
  response.end(JSON.stringify(problem.body(language, id)));
}

function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (asUnavailable(thrown) instanceof Unavailable) return new Problem('unavailable', {}, { cause: thrown });
  if (thrown instanceof HttpException) return ofFramework(thrown);
  return new Problem('internalError', {}, { cause: thrown });
}

/** The framework speaks up for unknown and undecodable paths, and for uploads that are too large or not what they should be. */
function ofFramework(thrown: HttpException): Problem {
  const status = thrown.getStatus();
  const cause = thrown.cause as { name?: string; code?: string; field?: string } | undefined;
  if (status === 413) return new Problem('fileTooLarge');
  if (status === 415) return new Problem('fileTypeNotAllowed');
  if (status >= 500) return new Problem('internalError', {}, { cause: thrown });
  if (cause === undefined || cause.name === 'URIError') return new Problem('notFound');
  return cause.code === undefined ? new Problem('malformedHeader') : new Problem('invalidBody', { errors: [oddPart(cause.field)] });
}

const oddPart = (field = ''): FieldError => ({
  path: `/${field}`, code: 'notAllowed', text: { de: 'So ist dieser Teil des Formulars nicht vorgesehen.', en: 'This part of the form is not as it should be.' },
});
