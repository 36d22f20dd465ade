import { expect, test } from '@jest/globals';
import { lint } from '#kernel';
import { kim, kim1, kim2 } from './index.ts';

test.each([kim, kim2, kim1])('KIM version $version is well made: every name has its code, every state is reachable and leads to an end', (programme) => {
  expect(lint(programme)).toEqual([]);
});
