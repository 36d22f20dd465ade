import { describe, expect, test } from '@jest/globals';
import { lettersAfter } from '../stories/letters.ts';
import { play, until } from '../stories/script.ts';
import { useUntil } from '../use.ts';

/** What the municipality reads on the working day after the pay date. */
const told = (script: string): string => lettersAfter(script, 1, 'tellUnpaid', 'system').map(({ words }) => words.text.de).join('\n');

describe('what is not paid on its pay date', () => {
  test('is told with amount and day, and that the agency works on it where nothing of theirs is missing', () => {
    const text = told(until('1.fallDue'));
    expect(text).toContain('Rate 1 über 55.950,00 € war zum 02.05.2028 vorgesehen und ist noch nicht ausgezahlt.');
    expect(text).toContain('- Die Bezirksregierung bearbeitet die Auszahlung noch; von Ihnen ist dazu derzeit nichts zu veranlassen.');
    expect(text).not.toMatch(/certifier|Feststellung|festzustellen|Zuständig/);
  });

  test('because of a hold is told with its reason in general words', () => {
    expect(told(`${until('1.fallDue')}
    2028-05-02 10:00  officer     placeHold           →  active.instalment1`)).toContain('- Die Auszahlung ist gesperrt: es ist noch zu klären, an welche Bankverbindung gezahlt wird. Bitte prüfen Sie');
  });

  test('because new bank data is being checked is told as that', () => {
    expect(told(`${until('1.fallDue')}
    2028-05-02 10:00  signatory   proposePayee        →  active.instalment1`)).toContain('- Eine neue Bankverbindung ist vorgeschlagen und wird noch geprüft; bis dahin wird nicht gezahlt.');
  });

  test('goes to editor and signatory', () => {
    expect(lettersAfter(until('1.fallDue'), 1, 'tellUnpaid', 'system').map(({ kind, to }) => [kind, to])).toEqual([['notPaidYet', ['applicantEditor', 'applicantSignatory']]]);
  });

  test.each([['1.fallDue', ['due']], ['1.certify', ['certified']], ['1.authorise', ['authorised']], ['1.markExported', []], ['1.confirmSettled', []]])(
    'after %s is told once, however long it lies; not while its order is with the bank', (last, states) => {
      const { journal } = play(`${until(last)}
    2028-06-01 09:00  officer     placeHold           →  active.instalment1`).family;
      expect(journal.filter(({ event }) => event === 'tellUnpaid').map(({ from }) => from)).toEqual(states);
    });
});

test.each([
  ['2028-05-03', '2028-07-03'], ['2028-12-29', '2029-02-28'], ['2027-12-31', '2028-02-29'], ['2028-08-30', '2028-10-30'],
  // The first of May is a holiday, the ninth of September 2028 a Saturday.
  ['2028-03-01', '2028-05-02'], ['2028-07-09', '2028-09-11'],
])('money of %s has to be used by %s', (valueDate, last) => {
  expect(useUntil(valueDate)).toBe(last);
});
