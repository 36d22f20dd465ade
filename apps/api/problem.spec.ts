import { describe, expect, test } from '@jest/globals';
import { Problem } from './problem.ts';
import { PROBLEMS, problemKind } from './problem.words.ts';

/** The table of the wire contract. */
const CONTRACT: Record<string, readonly string[]> = {
  400: ['malformedJson', 'malformedHeader'],
  401: ['tokenMissing', 'tokenInvalid'],
  403: ['wrongRole', 'differentPerson'],
  404: ['notFound'],
  409: ['notPossibleHere', 'keyInFlight', 'clockForwards'],
  412: ['staleVersion'],
  413: ['fileTooLarge'],
  415: ['fileTypeNotAllowed'],
  422: ['invalidBody', 'keyReused'],
  428: ['ifMatchMissing', 'idempotencyKeyMissing'],
  503: ['unavailable'],
};

describe('problems', () => {
  test('every code of the contract has its status', () => {
    const table = Object.fromEntries(Object.entries(CONTRACT).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)])));
    expect(Object.fromEntries(Object.keys(table).map((code) => [code, problemKind(code).status]))).toEqual(table);
  });

  test.each(Object.entries(PROBLEMS))('%s speaks German and English', (_, { title, detail }) => {
    for (const { de, en } of [title, detail]) {
      expect(de.length).toBeGreaterThan(5);
      expect(en.length).toBeGreaterThan(5);
      expect(de).not.toBe(en);
    }
  });

  test('a code that only a programme knows is a requirement that does not hold; no code is mistaken for an object\'s own property', () => {
    expect([problemKind('windowOpen').status, problemKind('constructor').status, problemKind('__proto__').status]).toEqual([409, 409, 409]);
  });

  test('the first reason is the detail, in the language asked for', () => {
    const reasons = [{ code: 'windowOpen', text: { de: 'Zu.', en: 'Closed.' }, remedy: { de: 'Warten.', en: 'Wait.' } }];
    const body = new Problem('windowOpen', { reasons }).body('en', 'r-1');
    expect(body).toEqual({
      type: 'urn:tranche:problem:windowOpen', title: 'A requirement is missing', status: 409, detail: 'Closed. Wait.', code: 'windowOpen', reasons, requestId: 'r-1',
    });
  });
});
