import { describe, expect, test } from '@jest/globals';
import { redisWarnings } from './backend.ts';

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
