import { describe, expect, test } from '@jest/globals';
import { differencesOf, HouseBank } from './demo.bank.ts';

const OURS = 'DE02120300000000202051';
const IBAN = 'DE89370400440532013000';
const ELSE = 'DE75512108001245126199';

/** A payment file as the bank reads it: E-1 and E-2 over a hundred and two hundred euros. */
const file = (executionOn: string, messageId = 'KIM-Z0001'): string => `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>
  <GrpHdr><MsgId>${messageId}</MsgId><NbOfTxs>2</NbOfTxs><CtrlSum>300.00</CtrlSum></GrpHdr><PmtInf><PmtInfId>P-1</PmtInfId><ReqdExctnDt><Dt>${executionOn}</Dt></ReqdExctnDt>
  <DbtrAcct><Id><IBAN>${OURS}</IBAN></Id></DbtrAcct>${[['E-1', '100.00', IBAN], ['E-2', '200.00', ELSE]].map(([reference, euros, iban]) =>
    `<CdtTrfTxInf><PmtId><EndToEndId>${reference}</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">${euros}</InstdAmt></Amt><Cdtr><Nm>Kasse</Nm></Cdtr><CdtrAcct><Id><IBAN>${iban}</IBAN></Id></CdtrAcct></CdtTrfTxInf>`).join('')}
  </PmtInf></CstmrCdtTrfInitn></Document>`;

const given = (executionOn: string, returning: readonly string[] = []): HouseBank => {
  const bank = new HouseBank(1);
  bank.take(file(executionOn), { count: 2, executionOn, returning });
  return bank;
};

describe('the bank of the demo year', () => {
  test('answers on the day of execution, and once', () => {
    const bank = given('2028-05-03');
    expect(bank.answers('2028-05-02')).toEqual([]);
    expect(bank.answers('2028-05-03').map(({ kind }) => kind)).toEqual(['pain.002', 'camt.053']);
    expect(bank.answers('2028-12-31')).toEqual([]);
    expect(bank.close(new Map([[IBAN, 10_000n], [ELSE, 20_000n]]))).toMatchObject({ given: 1, answered: 2, differences: [] });
  });

  test.each([['2028-05-03', '2028-05-08'], ['2028-10-04', '2028-10-09'], ['2028-05-30', '2028-06-02']])('what is carried out on %s comes back on the third working day, %s', (executionOn, returnedOn) => {
    const bank = given(executionOn, ['E-2']);
    bank.answers(executionOn);
    expect(bank.answers('2028-12-31').map(({ kind, on }) => [kind, on])).toEqual([['camt.053', returnedOn]]);
    expect(bank.close(new Map([[IBAN, 10_000n]])).differences).toEqual([]);
  });

  test('does not take a file twice in silence', () => {
    const bank = given('2028-05-03');
    expect(() => bank.take(file('2028-05-03'), { count: 2, executionOn: '2028-05-03', returning: [] })).toThrow('took 0 of 2 payments of KIM-Z0001');
    expect(() => bank.take(file('2028-05-03', 'KIM-Z0002'), { count: 2, executionOn: '2028-05-03', returning: [] })).toThrow('E-1, E-2');
    expect(bank.close(new Map([[IBAN, 10_000n], [ELSE, 20_000n]])).differences.map(({ where }) => where)).toEqual(['KIM-Z0001', 'E-1', 'E-2']);
  });
});

test('a cent more or less, another account or nothing at all is a difference', () => {
  const { ledger } = given('2028-05-03').close(new Map());
  const differ = (ours: readonly (readonly [string, bigint])[]) => differencesOf(ledger, new Map(ours)).map(({ where }) => where);
  expect(differ([[IBAN, 10_000n], [ELSE, 20_000n]])).toEqual([]);
  expect(differ([[IBAN, 10_001n], [ELSE, 20_000n]])).toEqual([IBAN]);
  expect(differ([[IBAN, 10_000n]])).toEqual([ELSE]);
  expect(differ([[IBAN, 20_000n], [ELSE, 10_000n]])).toEqual([ELSE, IBAN]);
  expect(differ([[IBAN, 10_000n], [ELSE, 20_000n], [OURS, 1n]])).toEqual([OURS]);
  expect(differencesOf({ ...ledger, payments: ledger.payments.map((payment) => ({ ...payment, debitedCents: payment.debitedCents + 1n })) }, ledger.paidByIban)).toHaveLength(2);
});
