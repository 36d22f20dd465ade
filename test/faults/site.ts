import type { DataSourceOptions } from '#store';
import { freshDatabase, testQueue } from '#test/harness';
import { siteOn, type Site } from './place.ts';

export type { Site } from './place.ts';

/** Opens the demo agency on the backend under test, without any process yet. */
export async function openSite(options: DataSourceOptions = {}): Promise<Site> {
  const { url, store, drop } = await freshDatabase({ applicationName: 'test', ...options });
  return siteOn({ url, store, drop, redis: testQueue().redisUrl !== null });
}
