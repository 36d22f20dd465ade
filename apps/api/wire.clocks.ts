import { z } from 'zod';

/** The wake-ups of an installation's clocks: what the queue holds of them, and having it made anew. */
export const nothing = z.strictObject({});

export const rebuilding = z.strictObject({
  rebuild: z.int().min(1).meta({ description: 'How often wake-ups were rebuilt by now, this time included' }),
}).meta({ id: 'Rebuilding' });

const instant = z.string().meta({ format: 'date-time', description: 'RFC 3339, UTC, milliseconds, Z' });
const real = (description: string) => z.string().meta({ format: 'date-time', description: `${description}, in real time` });

export const drift = z.strictObject({
  checkedAt: real('When a worker last compared clocks and wake-ups').nullable(),
  watched: z.boolean().meta({ description: 'Whether that was within the last five minutes' }),
  wakeUpsMissing: z.int().min(0).meta({ description: 'Open clocks within the horizon that had no wake-up in the queue then' }),
  wakeUpsWithoutClock: z.int().min(0).meta({ description: 'Wake-ups in the queue then that no open clock stood for' }),
  overdue: z.int().min(0).meta({ description: 'Clocks that are overdue by more than a minute now' }),
  oldestOverdueAt: instant.nullable(),
  sweep: z.strictObject({ nextAt: real('When the sweep of every minute was to run next') }).nullable(),
}).meta({ id: 'Drift', description: 'What the last comparison found before it put it right, and what is overdue now.' });
