import { z } from 'zod';
import { id, instant, list } from './wire.ts';

/** The shapes of calendar feeds. */
const scope = z.enum(['mine', 'all']).meta({ description: 'Your own cases, or all that you may see' });

const feed = z.strictObject({
  id, of: scope, reminders: z.boolean(), language: z.enum(['de', 'en']), createdAt: instant,
  lastUsedAt: instant.nullable().meta({ description: 'To the hour' }),
});

export const newFeed = feed.extend({
  url: z.url().meta({ description: 'Where a calendar program subscribes. Whoever knows it reads the feed; it is told here and never again.' }),
}).meta({ id: 'NewFeed' });

export const feeds = list(feed).meta({ id: 'Feeds' });

export const feedOrder = z.strictObject({
  of: scope, reminders: z.boolean().default(false), language: z.enum(['de', 'en']).optional().meta({ description: 'Your own language unless told' }),
}).meta({ id: 'FeedOrder' });
