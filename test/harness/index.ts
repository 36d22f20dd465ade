export { freshDatabase, type FreshDatabase } from './database.ts';
export { flushRedis, testQueue } from './queue.ts';
