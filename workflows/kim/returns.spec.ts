import { expect, test } from '@jest/globals';
import { BANK_REASONS, returnOf } from './returns.ts';

test('what the bank says of a return is told in each language by itself', () => {
  expect(returnOf(`${BANK_REASONS.rejected} (AC04)`)).toEqual({ rejected: true, words: { de: 'Konto aufgelöst (AC04)', en: 'account closed (AC04)' } });
  expect(returnOf(`${BANK_REASONS.returned} (MS03)`)).toEqual({ rejected: false, words: { de: 'ohne Angabe von Gründen (MS03)', en: 'no reason given (MS03)' } });
  expect(returnOf(`${BANK_REASONS.returned} (X99)`).words).toEqual({ de: 'X99', en: 'X99' });
  expect([BANK_REASONS.rejected, BANK_REASONS.returned].map((reason) => returnOf(reason).words.de)).toEqual(['ohne Angabe von Gründen', 'ohne Angabe von Gründen']);
});

test('what a person writes stays as it was written', () => {
  for (const reason of ['Konto erloschen', 'laut Bank bankRejected (AC04)', '']) expect(returnOf(reason)).toEqual({ rejected: false, words: { de: reason, en: reason } });
});
