import { z } from 'zod';

/** The wake-ups of an installation's clocks: what the queue holds of them, and having it made anew. */
export const nothing = z.strictObject({});

export const rebuilding = z.strictObject({
  rebuild: z.int().min(1).meta({ description: 'How often wake-ups were rebuilt by now, this time included' }),
}).meta({ id: 'Rebuilding' });
