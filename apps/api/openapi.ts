import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import type { Programmes } from '#cases';
import type { Programme } from '#kernel';
import { SHEET_TYPES } from './sheet.ts';

type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

const DESCRIPTION = `The lifecycle of public grants. Money is integer cents, instants are RFC 3339 in UTC with milliseconds, days are Berlin's.
Refusals are application/problem+json with a stable \`code\`; \`reasons\` say why not, what to do, who could do it and from when.
Precedence: 401, 404, shape (400, 413, 415, 422), 428, key, 412, 403, 409.`;

/** The document of the API as it runs: routes from the controllers, bodies from the programmes' own schemas. */
export function openApi(app: INestApplication, programmes: Programmes): OpenAPIObject {
  const config = new DocumentBuilder().setTitle('Tranche').setDescription(DESCRIPTION).setVersion('1').addBearerAuth().build();
  const document = SwaggerModule.createDocument(app, config, { operationIdFactory: (controller, method) => `${controller.replace('Controller', '').toLowerCase()}.${method}` });
  const bodies = programmes.list.map(bodiesOf);
  takes(document, '/api/v1/match', 'post', bodies.map(({ match }) => match));
  takes(document, '/api/v1/cases/{id}/form', 'put', bodies.map(({ form }) => form));
  takes(document, '/api/v1/cases/{id}/actions/{event}', 'post', bodies.flatMap(({ events }) => events));
  return withProblemType(withFiles(document));
}

interface Body {
  readonly name: string;
  readonly schema: z.ZodType;
}

function bodiesOf(programme: Programme): { match: Body; form: Body; events: Body[] } {
  const named = (name: string, schema: z.ZodType): Body => ({ name: `${programme.id}.${name}`, schema });
  return {
    match: named('match', programme.match.schema),
    form: named('form', programme.form.schema),
    events: Object.entries(programme.machines).flatMap(([machine, { events }]) =>
      Object.entries(events).filter(([, { hidden }]) => hidden !== true).map(([event, { fields }]) => named(`${machine}.${event}`, fields))),
  };
}

/** Declares what a route reads; each body is a component, so that clients get a type of that name. */
function takes(document: OpenAPIObject, path: string, method: 'post' | 'put', bodies: readonly Body[]): void {
  const operation = document.paths[path]?.[method];
  if (operation === undefined) throw new Error(`the API has no ${method} ${path} to describe`);
  const schemas = (document.components ??= {}).schemas ??= {};
  for (const { name, schema } of bodies) schemas[name] = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' }) as Schema;
  const references = bodies.map(({ name }) => ({ $ref: `#/components/schemas/${name}` }));
  operation.requestBody = { required: true, content: { 'application/json': { schema: references.length === 1 ? references[0] as Schema : { anyOf: references } } } };
}

/** What is asked for with `format` may be a file instead. */
function withFiles(document: OpenAPIObject): OpenAPIObject {
  for (const { get } of Object.values(document.paths)) {
    const answer = get?.responses['200'];
    if (!get?.parameters?.some((parameter) => 'name' in parameter && parameter.name === 'format') || !answer || !('content' in answer)) continue;
    for (const type of Object.values(SHEET_TYPES)) answer.content = { ...answer.content, [type]: { schema: { type: 'string', format: 'binary' } } };
  }
  return document;
}

/** Refusals are problems, and say so in their media type. */
function withProblemType(document: OpenAPIObject): OpenAPIObject {
  for (const operations of Object.values(document.paths)) {
    for (const { responses = {} } of Object.values(operations) as { responses?: Record<string, { content?: Record<string, unknown> }> }[]) {
      for (const [status, response] of Object.entries(responses)) {
        const json = response.content?.['application/json'];
        if (Number(status) >= 400 && json !== undefined) response.content = { 'application/problem+json': json };
      }
    }
  }
  return document;
}
