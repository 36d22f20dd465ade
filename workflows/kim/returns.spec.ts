import { expect, test } from '@jest/globals';
import { BANK_REASONS, returnIn, returnOf } from './returns.ts';
import { PEOPLE } from './stories/script.ts';

const at = '2028-05-10T07:00:00.000Z';
const sent = (who: 'certifier' | 'system', reason: string) => {
  const actor = PEOPLE[who];
  if (actor === undefined) throw new Error(`nobody is called ${who}`);
  return returnIn({ type: 'reportReturn', at, actor, data: { reason, amountCents: 1 } });
};

test('what the bank says of a return is told in each language by itself', () => {
  expect(returnOf(`${BANK_REASONS.rejected} (AC04)`)).toEqual({ kind: 'rejected', words: { de: 'Konto aufgelöst (AC04)', en: 'account closed (AC04)' }, ofTheAccount: true });
  expect(returnOf(`${BANK_REASONS.returned} (MS03)`)).toEqual({ kind: 'returned', words: { de: 'ohne Angabe von Gründen (MS03)', en: 'no reason given (MS03)' }, ofTheAccount: false });
  expect(returnOf(`${BANK_REASONS.returned} (X99)`).words).toEqual({ de: 'X99', en: 'X99' });
  expect([BANK_REASONS.rejected, BANK_REASONS.returned].map((reason) => returnOf(reason).words.de)).toEqual(['ohne Angabe von Gründen', 'ohne Angabe von Gründen']);
});

test('what a person writes stays as it was written', () => {
  for (const reason of ['Konto erloschen', 'laut Bank bankRejected (AC04)', '']) expect(returnOf(reason)).toEqual({ kind: 'byHand', words: { de: reason, en: reason }, ofTheAccount: false });
});

test.each(['AC01', 'AC04', 'AC06', 'AG01', 'BE04', 'RC01'])('%s is a matter of the account', (code) => {
  expect(returnOf(`${BANK_REASONS.returned} (${code})`).ofTheAccount).toBe(true);
});

test('insufficient funds, or no reason, are not', () => {
  for (const reason of [`${BANK_REASONS.rejected} (AM04)`, BANK_REASONS.returned]) expect(returnOf(reason).ofTheAccount).toBe(false);
});

test('only the bank speaks for the bank: a person who writes as it does has still said it by hand', () => {
  expect(sent('certifier', `${BANK_REASONS.rejected} (AC04)`)).toMatchObject({ kind: 'byHand', ofTheAccount: false });
  expect(sent('system', `${BANK_REASONS.rejected} (AC04)`)).toMatchObject({ kind: 'rejected', ofTheAccount: true });
  expect(sent('system', 'Teilbetrag zurück')).toMatchObject({ kind: 'returned', words: { de: 'Teilbetrag zurück' } });
});
