import { expect, test } from '@jest/globals';
import { kim } from '#workflows';
import { DISTRICTS } from './districts.ts';

test('of the names of the municipalities that may apply none is taken for another', () => {
  const keys = DISTRICTS.map(([, name]) => ({ name, keys: new Set(kim.payees?.keys(name)) }));
  const alike = keys.flatMap((one, index) => keys.slice(index + 1).filter((other) => [...one.keys].some((key) => other.keys.has(key))).map((other) => `${one.name} ~ ${other.name}`));
  expect(keys.length).toBe(53);
  expect(alike).toEqual([]);
});
