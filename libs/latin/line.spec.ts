import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { beginningOf, holderFault, isLegible, lineFault, LONGEST, normaliseHolder, toSepa } from '#latin';

describe('the name of a holder', () => {
  test.each([
    ['Stadt Köln', null], ['x'.repeat(70), null], ['x'.repeat(71), 'tooLong'], ['', 'missing'], [' \n ', 'missing'],
    // Two characters for every umlaut: what was counted before it was written would be cut off.
    ['ü'.repeat(35), null], ['ü'.repeat(36), 'tooLong'], [`${'x'.repeat(70)} y`, 'tooLong'], ['Ж'.repeat(36), 'tooLong'],
    ['北京', 'notLatin'], ['京都市 – 東京', 'notLatin'], ['...', 'notLatin'], ['Stadt 北京', null], ['Александр', null], ['ﬁliale', null],
    ['Stadt\nKöln', 'unseen'], ['Stadt K\u202eöln', 'unseen'], ['Stadt\u200bkasse', 'unseen'], ['Stadt\u00adkasse', 'unseen'], ['Stadt\u3164', 'unseen'], ['Sta\u034fdt', 'unseen'],
  ])('%j: %s', (name, fault) => {
    expect([holderFault(name), normaliseHolder(name) === null]).toEqual([fault, fault !== null]);
  });

  test('is carried as one composed line', () => {
    expect(normaliseHolder(' Stadt  Ko\u0308ln ')).toBe('Stadt Köln');
  });

  test('that is too long begins with one that is carried; what else is wrong with it stays wrong', () => {
    expect([beginningOf('ü'.repeat(36)), beginningOf(`${'x'.repeat(69)} yz`), beginningOf('Stadt Köln'), holderFault(beginningOf('北京')), holderFault(beginningOf('a\u202eb'))])
      .toEqual(['ü'.repeat(35), 'x'.repeat(69), 'Stadt Köln', 'notLatin', 'unseen']);
  });

  test('property: what is carried is written whole, and what is refused as too long is not', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => {
      const carried = normaliseHolder(name);
      if (carried !== null) expect([toSepa(carried, LONGEST.holder), isLegible(carried)]).toEqual([toSepa(carried, 1_000), true]);
      if (holderFault(name) === 'tooLong') expect(toSepa(name, 1_000).length).toBeGreaterThan(LONGEST.holder);
    }), { numRuns: 2_000 });
  });
});

test('a purpose may be longer', () => {
  expect([lineFault('x'.repeat(140), LONGEST.purpose), lineFault('x'.repeat(141), LONGEST.purpose)]).toEqual([null, 'tooLong']);
});
