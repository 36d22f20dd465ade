export { eventually, type RedisServer, startRedis } from '#test/ground';
export { freshDatabase, type FreshDatabase, usingDatabase } from './database.ts';
export { type Delivered, type MailServer, startMailServer } from './mail.ts';
export { flushRedis, testQueue } from './queue.ts';
export { Wire } from './wire.ts';
