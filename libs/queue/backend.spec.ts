import { describe, expect, test } from '@jest/globals';
import { openBackend, redisWarnings } from './backend.ts';

describe('warnings about a Redis that may lose jobs', () => {
  test.each([
    ['aof_enabled:1\r\nmaxmemory_policy:noeviction\r\n', 0],
    ['aof_enabled:0\r\nmaxmemory_policy:noeviction\r\n', 1],
    ['aof_enabled:0\r\nmaxmemory_policy:allkeys-lru\r\n', 2],
    ['', 2],
  ])('%j: %i', (info, count) => {
    expect(redisWarnings(info)).toHaveLength(count);
  });
});

test('a Redis that is not there is said so, without its password', async () => {
  const opening = openBackend({ redisUrl: 'redis://user:geheim@127.0.0.1:1', databaseUrl: 'postgres://nowhere' });
  await expect(opening).rejects.toMatchObject({ name: 'QueueAway', message: expect.stringMatching(/^no Redis answers at 127\.0\.0\.1:1: .*ECONNREFUSED/) });
});
