import { expect, test } from '@jest/globals';
import { lint } from '#kernel';
import { kim } from './index.ts';

test('KIM is well made: every name has its code, every state is reachable and leads to an end', () => {
  expect(lint(kim)).toEqual([]);
});
