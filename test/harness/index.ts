export { eventually, type RedisServer, startRedis } from '#test/ground';
export { freshDatabase, type FreshDatabase, usingDatabase } from './database.ts';
export { type Delivered, type MailServer, startMailServer } from './mail.ts';
export { isoSchema } from './iso.ts';
export { testQueue } from './queue.ts';
export { Wire } from './wire.ts';
