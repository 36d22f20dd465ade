import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { remembered } from './remembered.ts';

test('each answer is computed once, also when the answer is undefined', () => {
  const asked: number[] = [];
  const ask = remembered((question: number) => {
    asked.push(question);
    return question > 1 ? question * 2 : undefined;
  });
  expect([ask(1), ask(2), ask(1), ask(2)]).toEqual([undefined, 4, undefined, 4]);
  expect(asked).toEqual([1, 2]);
});

test('more questions than are kept get the same answers', () => {
  const square = remembered((question: number) => question * question);
  for (let question = 0; question < 50_000; question += 1) square(question);
  fc.assert(fc.property(fc.nat({ max: 50_000 }), (question) => {
    expect(square(question)).toBe(question * question);
  }));
});

test('a question that throws throws again', () => {
  const refuse = remembered((question: string) => {
    throw new RangeError(question);
  });
  expect(() => refuse('x')).toThrow('x');
  expect(() => refuse('x')).toThrow('x');
});
