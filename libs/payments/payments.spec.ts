import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cents } from '#money';
import { endToEndId, normaliseIban, PaymentsService, paymentsTables, type Payout } from '#payments';
import { schemaDrift } from '#store';
import { type FreshDatabase, freshDatabase } from '#test/harness';

const IBAN = 'DE89370400440532013000';

describe('payment orders', () => {
  let db: FreshDatabase;
  let payments: PaymentsService;
  let effects = 0;
  beforeAll(async () => {
    db = await freshDatabase();
    // What has to be signed is the installation's to know; here are orders without cases.
    await db.store.query('alter table payment_orders disable trigger payment_orders_signed');
    payments = new PaymentsService(db.store);
  });
  afterAll(() => db.drop());

  const payout = (more: Partial<Payout> = {}): Payout => {
    const effectId = (effects += 1);
    return {
      effectId, caseId: `instalment-${effectId}`, fileNumber: `KIM-2028-${effectId}`, number: 1, cycleId: 'kim-2028', amountCents: cents(1_009_993),
      holder: 'Stadt Köln', iban: IBAN, purpose: 'KIM 2028, 1. Rate', ...more,
    };
  };
  const order = (wanted: Payout) => db.store.transaction((tx) => payments.order(tx, wanted));

  test('the entities describe the tables', async () => {
    expect(await schemaDrift(db.url, [paymentsTables])).toEqual([]);
  });

  test('an order is written with its reference and legal time', async () => {
    const wanted = payout();
    const { fileNumber, number, ...words } = wanted;
    expect(await order(wanted)).toEqual({
      ...words, id: expect.any(Number), sequence: 1, endToEndId: `${fileNumber}-${number}-1`, createdAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
    });
  });

  test('the same effect again returns the stored order', async () => {
    const wanted = payout();
    const first = await order(wanted);
    expect(await order(wanted)).toEqual(first);
    expect(await payments.ordersOf(wanted.caseId)).toEqual([first]);
  });

  test('fifty attempts at once leave one order', async () => {
    const wanted = payout();
    await Promise.allSettled(Array.from({ length: 50 }, () => order(wanted)));
    expect(await payments.ordersOf(wanted.caseId)).toEqual([await order(wanted)]);
  });

  test('a returned and reopened instalment gets a second order with a reference of its own', async () => {
    const first = payout();
    const second = payout({ caseId: first.caseId, fileNumber: first.fileNumber });
    await order(first);
    await order(second);
    expect((await payments.ordersOf(first.caseId)).map(({ sequence, endToEndId: reference }) => [sequence, reference]))
      .toEqual([[1, `${first.fileNumber}-1-1`], [2, `${first.fileNumber}-1-2`]]);
  });

  test.each<[string, Partial<Payout>]>([
    ['amount', { amountCents: cents(1) }], ['account', { iban: 'DE75512108001245126199' }], ['holder', { holder: 'Stadt Koln' }],
    ['case', { caseId: 'another' }],
  ])('the same effect with another %s is a contradiction', async (_, other) => {
    const wanted = payout();
    await order(wanted);
    await expect(order({ ...wanted, ...other })).rejects.toThrow('already ordered');
    expect(await payments.ordersOf('another')).toEqual([]);
  });

  test('a reference that exists is never given again', async () => {
    const first = payout();
    await order(first);
    await expect(order(payout({ fileNumber: first.fileNumber }))).rejects.toMatchObject({ code: '23505' });
  });

  test.each<[string, Partial<Payout>]>([
    ['amountPositive', { amountCents: cents(0) }],
    ['ibanValid', { iban: 'DE89370400440532013001' }],
    ['ibanValid', { iban: '' }],
    ['ibanValid', { iban: 'US64SVBKUS6S3300958879' }],
    ['ibanValid', { iban: `${IBAN}\n` .repeat(1000) }],
    ['holderValid', { holder: ' ' }],
    ['holderFits', { holder: 'x'.repeat(71) }],
    ['holderFits', { holder: 'Stadt\nKöln' }],
    ['holderFits', { holder: 'Stadt K\u202eöln' }],
    ['purposeValid', { purpose: '' }],
    ['purposeValid', { purpose: 'x'.repeat(141) }],
    ['purposeValid', { purpose: 'a\u0000b' }],
  ])('%s: %j is refused and nothing is written', async (code, wrong) => {
    const wanted = payout(wrong);
    expect(await order(wanted)).toEqual({ code });
    expect(await payments.ordersOf(wanted.caseId)).toEqual([]);
  });

  test('the account is stored as banks write it, the holder as one composed line', async () => {
    const wanted = payout({ iban: 'de89 3704 0044 0532 0130 00', holder: ' Stadt  Ko\u0308ln ' });
    expect(await order(wanted)).toMatchObject({ iban: IBAN, holder: 'Stadt Köln' });
    expect(await order(wanted)).toMatchObject({ sequence: 1 });
  });

  test.each(['update payment_orders set amount_cents = 1', 'delete from payment_orders', 'truncate payment_orders'])(
    'an order is final, even for the owner: %s', async (statement) => {
      await expect(db.store.query(statement)).rejects.toThrow('final');
    });

  test('a rolled back transaction leaves no order and uses up no sequence', async () => {
    const wanted = payout();
    await expect(db.store.transaction(async (tx) => {
      await payments.order(tx, wanted);
      throw new Error('the fence was passed');
    })).rejects.toThrow('fence');
    expect(await order(wanted)).toMatchObject({ sequence: 1 });
  });
});

describe('EndToEndId', () => {
  test.each([
    ['KIM-2028-05315', 1, 1, 'KIM-2028-05315-1-1'],
    ['K'.repeat(31), 2, 1, `${'K'.repeat(31)}-2-1`],
  ])('%s is used as it is where it fits', (file, number, sequence, reference) => {
    expect(endToEndId(file, number, sequence)).toBe(reference);
  });

  test.each(['K'.repeat(32), 'KIM/2028', 'KIM 2028', 'Öffnung', '//', '', '-', '東京', 'a--b', 'kim-2028'])('%j is shortened or cleaned and marked', (file) => {
    const reference = endToEndId(file, 1, 1);
    expect(reference).toMatch(/^[A-Z0-9]+(?:-[A-Z0-9]+)*$/);
    expect(reference).toMatch(/-1-1$/);
  });

  test('property: at most 35 characters of the SEPA set, stable, and different for different payments', () => {
    const payment = fc.tuple(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.stringMatching(/^KIM-20\d\d-\d{1,9}$/)), fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 99 }));
    fc.assert(fc.property(payment, payment, (one, other) => {
      const [a, b] = [endToEndId(...one), endToEndId(...other)];
      expect(a).toMatch(/^[A-Z0-9]+(?:-[A-Z0-9]+)*$/);
      expect(a.length).toBeLessThanOrEqual(35);
      expect(a).toBe(endToEndId(...one));
      expect(a === b).toBe(JSON.stringify(one) === JSON.stringify(other));
    }), { numRuns: 2_000 });
  });
});

describe('IBAN', () => {
  test.each([
    [IBAN, IBAN], ['DE89 3704 0044 0532 0130 00', IBAN], ['de89-3704-0044-0532-0130-00', IBAN], ['NL91ABNA0417164300', 'NL91ABNA0417164300'],
  ])('%s is %s', (text, iban) => expect(normaliseIban(text)).toBe(iban));

  test.each(['', 'DE', 'DE88370400440532013000', 'DE8937040044053201300', 'DE893704004405320130000', 'XX89370400440532013000', '１２３', `${IBAN};`, `${IBAN}\u0000`])(
    '%j is none', (text) => expect(normaliseIban(text)).toBeNull());
});
