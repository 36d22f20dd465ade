import { describe, expect, test } from '@jest/globals';
import { alarmJob, effectJob, jobIds } from './queues.ts';

describe('what a job may carry', () => {
  test.each([
    [{ clockId: '7', generation: 0 }, true],
    [{ clockId: '0190f7a2-4e35-7c1b-9d55-0f3f9d6a1b2c', generation: 12 }, true],
    [{ clockId: '7' }, false],
    [{ clockId: 7, generation: 0 }, false],
    [{ clockId: '7', generation: -1 }, false],
    [{ clockId: '7', generation: 0.5 }, false],
    [{ clockId: '7:1', generation: 0 }, false],
    [{ clockId: '7\u0000', generation: 0 }, false],
    [{ clockId: '', generation: 0 }, false],
    [{ clockId: '7', generation: 0, event: 'finality' }, false],
    [{}, false],
    [null, false],
    ['7-0', false],
  ])('alarm %j: %s', (data, accepted) => {
    expect(alarmJob.safeParse(data).success).toBe(accepted);
  });

  test.each([
    [{ effectId: 9, attempt: 1 }, true],
    [{ effectId: 9, attempt: '1' }, false],
    [{ effectId: 9, attempt: 1e300 }, false],
    [{ effectId: 9, attempt: 2_147_483_648 }, false],
    [{ effectId: 0, attempt: 1 }, false],
    [{ effectId: 9.5, attempt: 1 }, false],
    [{ effectId: "9'; drop table cases", attempt: 1 }, false],
    [{ effectId: 9, attempt: 1, amountCents: 100 }, false],
    [[], false],
  ])('effect %j: %s', (data, accepted) => {
    expect(effectJob.safeParse(data).success).toBe(accepted);
  });
});

test('job ids hold no colon', () => {
  expect(jobIds.alarm({ clockId: '7', generation: 2 })).toBe('7-2');
  expect(jobIds.effect({ effectId: 9, attempt: 1 })).toBe('9-1');
});
