import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { Problem } from './problem.ts';
import { bodyOf, parse } from './shape.ts';

/**
 * Checks every parameter that was declared with a schema. A body that could not be read waits here as a `Problem` and
 * is reported only now: after 401 and 404, as the wire contract orders it.
 */
export class ShapePipe implements PipeTransform {
  transform(value: unknown, { schema, type }: ArgumentMetadata): unknown {
    if (type === 'body' && value instanceof Problem) throw value;
    if (schema === undefined) return value;
    return parse(schema as z.ZodType, type === 'query' ? given(value) : bodyOf(value));
  }
}

/** `?state=` says nothing: an empty parameter is an absent one. */
const given = (query: unknown): unknown =>
  Object.fromEntries(Object.entries(query as Record<string, unknown>).filter(([, value]) => value !== ''));
