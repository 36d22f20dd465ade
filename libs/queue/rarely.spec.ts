import { afterEach, expect, jest, test } from '@jest/globals';
import { rarely } from '#queue';

afterEach(() => { jest.useRealTimers(); });

test('the same message is said once in its time, others at once', () => {
  jest.useFakeTimers();
  const said: string[] = [];
  const say = rarely((message) => said.push(message), 1_000);
  for (let poll = 0; poll < 85; poll += 1) say('away');
  say('refused');
  jest.advanceTimersByTime(999);
  say('away');
  expect(said).toEqual(['away', 'refused']);
  jest.advanceTimersByTime(1);
  say('away');
  expect(said).toEqual(['away', 'refused', 'away']);
});

test('what was said is not kept for ever', () => {
  jest.useFakeTimers();
  const said: string[] = [];
  const say = rarely((message) => said.push(message), 1_000);
  for (let job = 0; job <= 100; job += 1) say(`job ${job}`);
  say('job 100');
  say('job 0');
  expect(said.slice(100)).toEqual(['job 100', 'job 0']);
});
