import { expect, test } from '@jest/globals';
import { withinRun } from './run.preview.ts';

const row = (fileNumber: string, verdict: 'ok' | 'blocked') => ({ fileNumber, verdict });

test('rows are in the order of their file numbers, and where there are too many, blocked ones make room for those that can be paid', () => {
  const rows = [row('3', 'ok'), row('1', 'blocked'), row('2', 'blocked'), row('5', 'ok'), row('4', 'blocked')];
  const numbers = (most: number) => withinRun(rows, most).map(({ fileNumber }) => fileNumber);
  expect([numbers(9), numbers(3), numbers(1)]).toEqual([['1', '2', '3', '4', '5'], ['1', '3', '5'], ['3']]);
});
