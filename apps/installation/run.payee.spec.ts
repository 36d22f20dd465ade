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

  test('is the newest payee in force while nothing would be paid, never one that is proposed, declined or replaced', () => {
    const version = (number: number, state: string) => ({
      id: `p${number}`, number: 10 + number, version: number, state, holder: `Stadtkasse ${number}`, holderAtBank: `Stadtkasse ${number}`, iban: IBAN, bic: null, reason: 'x', proposedAt: '', checked: null, callBack: null, approvedAt: null,
    });
    const paidTo = (...payees: readonly ReturnType<typeof version>[]): string => payeeIn([], { ...signed, payees }).holder;
    expect(paidTo(version(1, 'active'), version(2, 'coolingDown'))).toBe('Stadtkasse 1');
    expect(paidTo(version(2, 'active'), version(1, 'active'))).toBe('Stadtkasse 2');
    expect(paidTo(version(1, 'declined'), version(2, 'proposed'))).toBe(LONG);
    expect(payeeIn([ofToday], { form: {}, payees: [version(1, 'active')] }).holder).toBe(LONG);
  });

  test('is what the form says while nothing would be paid, and nobody where that says nothing', () => {
    expect([payeeIn([], signed), payeeIn([{ type: 'payout' }], { form: {} })]).toEqual([{ holder: LONG, iban: IBAN }, { holder: '', iban: '' }]);
  });
});
