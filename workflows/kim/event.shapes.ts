import { z } from 'zod';
import type { EventDefinition, Text } from '#kernel';
import { day } from './shapes.ts';

/** The data of an event, as its sentence gets it. */
export type Data = Parameters<EventDefinition['sentence']>[0];

const nothing = z.strictObject({});

/** What a reminder of a case that lies says: after how many working days, and since which day. */
export const waitFields = z.strictObject({ days: z.int().min(1).max(200), since: day });

/** A field as text, and in quotation marks. */
export const text = (data: Data, field: string): string => String(data[field] ?? '');
export const quoted = (data: Data, field: string): Text => ({ de: `„${text(data, field)}“`, en: `“${text(data, field)}”` });

/** An event of the applicant or the agency: label, what it says in the timeline, its fields. */
export const act = (label: Text, sentence: (data: Data) => Text, fields: z.ZodObject = nothing): EventDefinition => ({ label, sentence, fields });
/** An event that is not offered as an action: it has a route of its own, or a clock or a link sends it. */
export const inner = (label: Text, sentence: (data: Data) => Text, fields: z.ZodObject = nothing): EventDefinition => ({ label, sentence, fields, hidden: true });
/** A decision that departs from the rule. */
export const exceptional = (definition: EventDefinition): EventDefinition => ({ ...definition, exceptional: true });
/** A sentence that is the same whatever the data. */
export const says = (de: string, en: string) => (): Text => ({ de, en });
