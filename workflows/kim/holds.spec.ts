import { describe, expect, test } from '@jest/globals';
import { holdNote } from './holds.ts';

describe('a hold', () => {
  const instalments = (first: string, second: string) => [{ number: 1, state: first }, { number: 2, state: second }];

  test.each([
    ['1', 'settled', 'planned', 'schon ausgezahlt'], ['all', 'settled', 'settled', 'schon ausgezahlt'],
    ['2', 'settled', 'exported', 'schon zur Zahlung angeordnet'], ['all', 'settled', 'exported', 'schon zur Zahlung angeordnet'],
  ] as const)('on %s says what it cannot stop any more: %s, %s', (scope, first, second, told) => {
    expect(holdNote({ scope }, instalments(first, second)).note?.de).toContain(told);
  });

  test.each([['all', 'settled', 'planned'], ['1', 'authorised', 'settled'], ['2', 'settled', 'returned']] as const)('on %s has nothing to add as long as it stops a payment: %s, %s', (scope, first, second) => {
    expect(holdNote({ scope }, instalments(first, second))).toEqual({});
  });

  test('of an application without instalments has nothing to add', () => {
    expect(holdNote({ scope: 'all' }, [])).toEqual({});
  });
});
