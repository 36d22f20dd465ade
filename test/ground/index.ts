export { crowd } from './crowd.ts';
export { eventually } from './eventually.ts';
export { freePort } from './port.ts';
export { isAlive, redisOf, type RedisServer, startRedis } from './redis.ts';
export { type OwnServer, startServer } from './server.ts';
