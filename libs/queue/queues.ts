import { z } from 'zod';

/** The queues that carry effects, in the order in which a relay serves them. */
export const EFFECT_QUEUES = ['payouts', 'letters', 'runs', 'bank'] as const;

/** The name of a queue that carries effects. */
export type EffectQueue = (typeof EFFECT_QUEUES)[number];

/** Every queue of the house. A job carries ids only: the row in the database says what is to be done. */
export const QUEUES = ['deadlines', ...EFFECT_QUEUES] as const;

/** The name of a queue. */
export type QueueName = (typeof QUEUES)[number];

/** Job names of queue `deadlines`: the alarm of one clock, and the round that finds what no alarm woke. */
export const DEADLINE_JOBS = { alarm: 'alarm', sweep: 'sweep' } as const;

/** A text id: no `:`, which BullMQ forbids in job ids, and nothing that PostgreSQL could not read. */
const textId = z.string().regex(/^[0-9A-Za-z_.-]{1,200}$/);
/** PostgreSQL's `integer`. */
const counter = z.int().min(0).max(2_147_483_647);

/** Payload of an alarm: the clock's row and the generation it was published for. */
export const alarmJob = z.strictObject({ clockId: textId, generation: counter });

/** Payload of an effect's job: the outbox row and the attempt it was published for. */
export const effectJob = z.strictObject({ effectId: z.int().positive(), attempt: counter });

/** A parsed alarm. */
export type AlarmJob = z.infer<typeof alarmJob>;

/** A parsed job of an effect. */
export type EffectJob = z.infer<typeof effectJob>;

/** Job ids: publishing the same work twice is one job while the first still waits. */
export const jobIds = {
  alarm: ({ clockId, generation }: AlarmJob): string => `${clockId}-${generation}`,
  effect: ({ effectId, attempt }: EffectJob): string => `${effectId}-${attempt}`,
} as const;
