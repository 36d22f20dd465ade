import type { NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { Logger } from 'pino';
import { Programmes } from '#cases';
import { Store } from '#store';
import { arrival } from './arrival.ts';
import { jsonBody } from './json-body.ts';
import { elsewhere } from './elsewhere.ts';
import { frameworkLog, requestLog } from './log.ts';
import { openApi } from './openapi.ts';
import { ProblemFilter } from './problem.filter.ts';
import { dataHeaders, docsHeaders, unsubscribeHeaders } from './security.ts';

/** Where the routes of the wire contract begin. */
export const API_PREFIX = 'api/v1';

/** How the Nest application is to be created: bodies are read by our own step, so that 401 and 404 come first. */
export const apiOptions = (log: Logger): NestApplicationOptions => ({ bodyParser: false, logger: frameworkLog(log) });

/** Everything around the controllers, in the order in which a request meets it. To be called before the application listens. */
export function configureApi(app: NestExpressApplication, log: Logger): void {
  app.disable('x-powered-by');
  // A case's ETag is its version, never a hash of the bytes.
  app.set('etag', false);
  app.use(arrival(app.get(Store)));
  app.use(requestLog(log));
  app.use(dataHeaders());
  app.use('/docs', docsHeaders());
  app.use(`/${API_PREFIX}/unsubscribe`, unsubscribeHeaders());
  app.use(elsewhere);
  app.use(jsonBody);
  app.setGlobalPrefix(API_PREFIX);
  app.useGlobalFilters(new ProblemFilter(log));
  const document = openApi(app, app.get(Programmes));
  SwaggerModule.setup('docs', app, document, { raw: ['json'], jsonDocumentUrl: `${API_PREFIX}/openapi.json`, customSiteTitle: 'Tranche API' });
}
