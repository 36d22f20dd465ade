import { z } from 'zod';
import { judge, machineOf, type Docket, type Reason } from './judge.ts';
import { eventsOf } from './machine.ts';
import type { Actor, Instant, Text } from './words.ts';

/** What a person can do next, and why not. */
export interface ActionHint {
  readonly event: string;
  readonly label: Text;
  readonly allowed: boolean;
  readonly reasons: readonly Reason[];
  /** JSON Schema of the event's fields. */
  readonly fields: unknown;
}

const schemas = new WeakMap<z.ZodObject, unknown>();

/** A zod object as JSON Schema 2020-12, made once. */
export function jsonSchema(fields: z.ZodObject): unknown {
  const known = schemas.get(fields);
  if (known) return known;
  const made = z.toJSONSchema(fields, { io: 'input' });
  schemas.set(fields, made);
  return made;
}

/** Every event of the current state, for one person: allowed exactly when sending it now, well-formed, would succeed. */
export function explain(docket: Docket, actor: Actor, at: Instant): readonly ActionHint[] {
  const { lifecycle, events } = machineOf(docket.programme, docket.machine);
  return eventsOf(lifecycle, docket.stored.state).flatMap((type): readonly ActionHint[] => {
    const event = events[type];
    if (!event || event.hidden) return [];
    const reasons = judge(docket, { type, at, actor, data: undefined });
    return [{ event: type, label: event.label, allowed: reasons.length === 0, reasons, fields: jsonSchema(event.fields) }];
  });
}
