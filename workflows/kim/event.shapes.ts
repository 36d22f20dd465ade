import { z } from 'zod';
import type { EventDefinition, Text } from '#kernel';
import { day } from './shapes.ts';

/** The data of an event, as its sentence gets it. */
export type Data = Parameters<EventDefinition['sentence']>[0];

const nothing = z.strictObject({});

/** What a reminder of a case that lies says: after how many working days, and since which day. */
export const waitFields = z.strictObject({ days: z.int().min(1).max(200), since: day });

/** Of reminders that go on: which one it is. */
const nth = z.int().min(1).max(10_000);

/** The same of what is brought to mind again and again. */
export const lieFields = z.strictObject({ days: z.int().min(1).max(10_000), since: day, nth });

/** Which reminder of a payment run it is, and how many working days from the execution day. */
export const runStepFields = z.strictObject({ step: z.int().min(-10).max(10_000), nth });

/** A field as text, and in quotation marks. */
export const text = (data: Data, field: string): string => String(data[field] ?? '');
export const quoted = (data: Data, field: string): Text => ({ de: `„${text(data, field)}“`, en: `“${text(data, field)}”` });

/** An event of the applicant or the agency: label, what it says in the timeline, its fields. */
export const act = (label: Text, sentence: (data: Data) => Text, fields: z.ZodObject = nothing): EventDefinition => ({ label, sentence, fields });
/** An event that is not offered as an action: it has a route of its own, or a clock or a link sends it. */
export const inner = (label: Text, sentence: (data: Data) => Text, fields: z.ZodObject = nothing): EventDefinition => ({ label, sentence, fields, hidden: true });
/** A reminder of what lies, which waits for a person until it moves. */
export const lies = (definition: EventDefinition): EventDefinition => ({ ...definition, lies: true });
/** A reminder of the agency's own people: no matter of the municipality's. */
export const ofStaff = (definition: EventDefinition): EventDefinition => ({ ...definition, ofStaff: true });
/** A decision that departs from the rule. */
export const exceptional = (definition: EventDefinition): EventDefinition => ({ ...definition, exceptional: true });
/** A sentence that is the same whatever the data. */
export const says = (de: string, en: string) => (): Text => ({ de, en });
