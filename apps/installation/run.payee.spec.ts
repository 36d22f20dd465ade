import { describe, expect, test } from '@jest/globals';
import type { Effect } from '#kernel';
import { payeeIn } from './run.payee.ts';

const IBAN = 'DE89370400440532013000';
const LONG = 'ü'.repeat(36);
const signed = { form: { payee: { holder: LONG, iban: 'de89 3704 0044 0532 0130 00' } } };
const ofToday: Effect = { type: 'payout', payee: { holder: LONG, iban: IBAN }, amountCents: 1, purpose: 'KIM', budgetLine: 'kim-2028' };

describe('whom an instalment pays', () => {
  test('is what its payout says, as it was signed', () => {
    expect(payeeIn([ofToday], { form: {} })).toEqual({ holder: LONG, iban: IBAN });
  });

  test('is what the form says where payouts say nothing, with as much of the name as a bank file carries: nobody can propose another', () => {
    expect(payeeIn([{ type: 'payout' }], signed)).toEqual({ holder: 'ü'.repeat(35), iban: IBAN });
  });

  test('is what the form says while nothing would be paid, and nobody where that says nothing', () => {
    expect([payeeIn([], signed), payeeIn([{ type: 'payout' }], { form: {} })]).toEqual([{ holder: LONG, iban: IBAN }, { holder: '', iban: '' }]);
  });
});
