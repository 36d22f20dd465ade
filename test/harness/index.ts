export { freshDatabase, type FreshDatabase, usingDatabase } from './database.ts';
export { eventually } from './eventually.ts';
export { type Delivered, type MailServer, startMailServer } from './mail.ts';
export { flushRedis, testQueue } from './queue.ts';
export { type RedisServer, startRedis } from './redis.ts';
export { Wire } from './wire.ts';
