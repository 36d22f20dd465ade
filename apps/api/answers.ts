import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { Access } from './access.ts';
import { PROBLEMS } from './problem.words.ts';
import { problem } from './wire.ts';

interface Answer {
  readonly status: 200 | 201 | 204;
  /** Absent: not JSON; then `type` says what it is, or there is nothing. */
  readonly schema?: z.ZodType;
  readonly type?: string;
  readonly description?: string;
  readonly headers?: readonly (keyof typeof HEADERS)[];
  /** The statuses of its refusals, beyond those that every route of its policy has. */
  readonly refuses?: readonly number[];
}

const HEADERS = {
  ETag: 'The version of the case, for If-Match',
  Location: 'Where the new case is',
  'Idempotency-Replayed': '`true` when this key was known and the first answer is given again',
  'Content-Disposition': 'The name under which it was uploaded',
} as const;

/** What a route answers, for the document; the tests hold it to it. */
export const Answers = ({ status, schema, type, description = 'Done', headers = [], refuses = [] }: Answer) => applyDecorators(
  ApiResponse({
    status, description,
    ...(schema ? { standardSchema: schema } : {}),
    ...(type ? { content: { [type]: { schema: { type: 'string' as const, ...(type.startsWith('application/') ? { format: 'binary' } : {}) } } } } : {}),
    ...(headers.length > 0 ? { headers: Object.fromEntries(headers.map((name) => [name, { description: HEADERS[name], schema: { type: 'string' as const } }])) } : {}),
  }),
  ...[...refuses, 503].toSorted().map(refusal),
);

/** Who may call it: everybody. */
export const Public = () => applyDecorators(Access({ to: 'everyone' }));

/** Who may call it: people with a token. */
export const SignedIn = () => applyDecorators(Access({ to: 'signedIn' }), ApiBearerAuth(), refusal(401));

/** As the two above, on routes that do not exist in production. */
export const Demo = (to: 'everyone' | 'signedIn') => applyDecorators(
  Access({ to, demoOnly: true }), refusal(404), ...(to === 'signedIn' ? [ApiBearerAuth(), refusal(401)] : []));

/** The header of a command that is judged by what its sender has seen. */
export const NeedsVersion = () => ApiHeader({ name: 'If-Match', required: true, description: 'The version you have read, as in the ETag: `"7"`' });

/** The header that makes a repetition harmless. */
export const NeedsKey = (required: boolean) =>
  ApiHeader({ name: 'Idempotency-Key', required, description: 'A name of your choice for this command, 1 to 200 visible ASCII characters' });

function refusal(status: number) {
  const codes = Object.entries(PROBLEMS).filter(([, kind]) => kind.status === status).map(([code]) => code === 'requirement' ? 'the first failing requirement' : `\`${code}\``);
  return ApiResponse({ status, description: codes.join(', '), standardSchema: problem });
}
