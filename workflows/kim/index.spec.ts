import { expect, test } from '@jest/globals';
import { lint } from '#kernel';
import { kim, kim1, kim2 } from './index.ts';

test.each([kim, kim2, kim1])('KIM version $version is well made: every name has its code, every state is reachable and leads to an end', (programme) => {
  expect(lint(programme)).toEqual([]);
});

test('what the house says to an instalment when the bank bears out a return has no fields', () => {
  const { payment } = kim;
  if (payment === undefined) throw new Error('KIM pays nothing');
  expect(lint({ ...kim, payment: { ...payment, answer: { ...payment.answer, borneOut: 'reopen' } } })).toContainEqual(expect.stringMatching(/reopen does not take what is said of payments$/));
});
