import { beforeAll, describe, expect, test } from '@jest/globals';
import { AWARD, PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const stories = {} as { readonly [title: string]: Story };
const due = ['held', 'recalled', 'returned', 'partly', 'fourEyes', 'byHand'] as const;

beforeAll(async () => {
  const keys = ['05315', '05314', '05111', '05113', '05112', '05114'];
  await Promise.all(due.map(async (title, index) => {
    Object.assign(stories, { [title]: await Story.of(office(), keys[index] ?? '', title === 'fourEyes' ? TO_THE_GRANT.slice(0, 3) : TO_THE_GRANT) });
  }));
  const fourEyes = stories['fourEyes'] as Story;
  await fourEyes.send('allrounder1', 'recommend');
  await fourEyes.go('countersign', 'draftNotice', 'issueNotice', 'waive');
  await office().clock('2056-05-02');
});

const story = (title: (typeof due)[number]): Story => stories[title] as Story;
const ordered = async (title: (typeof due)[number]) => (await office().orders(story(title).id)).map(({ number, amountCents }) => [number, amountCents]);

describe('holds', () => {
  test('one that comes after the order and before its export keeps the money here until it is lifted', async () => {
    const [held, first] = [story('held'), await story('held').instalment(1)];
    await first.go('certify');
    await office().queue('payouts').pause();
    await first.go('authorise');
    const { holds } = await held.send('certifier1', 'placeHold', { reason: 'payeeUnclear', scope: '1' });
    expect(holds).toEqual([{ id: 'h1', reason: 'payeeUnclear', reasonText: { de: 'Zahlungsempfänger ungeklärt', en: 'payee unclear' }, scope: '1', since: expect.any(String) }]);
    await office().queue('payouts').resume();
    await office().rest();
    expect([await first.state(), await ordered('held')]).toEqual(['authorised', []]);
    expect(await office().client.get('officer1', '/exceptions')).toEqual({ items: [], next: null });

    expect((await held.refused('certifier1', 'liftHold')).reasons?.map(({ code }) => code)).toContain('wrongRole');
    expect((await held.refused('approver1', 'liftHold', { hold: 'h9', reason: 'x' })).code).toBe('holdKnown');
    expect((await held.go('liftHold')).holds).toEqual([]);
    await first.reaches('exported');
    expect(await ordered('held')).toEqual([[1, PARTS[0]]]);
    await first.go('confirmSettled');
    expect(await held.state()).toBe('active.instalment2');
  });

  test('one stops only what is in its scope, with the reason for whoever tries; nobody lifts their own', async () => {
    const held = story('held');
    await held.send('officer1', 'placeHold', { reason: 'Auflage Nr. 3 ist offen', scope: '1' });
    await office().clock('2056-10-02');
    const second = await held.instalment(2);
    await second.go('certify');
    await held.send('allrounder1', 'placeHold', { reason: 'audit', scope: 'all' });
    const refused = await second.refused('authoriser1', 'authorise');
    expect([refused.status, refused.code, refused.title.length > 5]).toEqual([409, 'noHoldInScope', true]);
    expect((await held.refused('allrounder1', 'liftHold')).code).toBe('differentPerson');
    expect((await held.go('liftHold')).holds.map(({ id, scope }) => [id, scope])).toEqual([['h2', '1']]);
    await second.go('authorise');
    await second.reaches('exported');
    await second.go('confirmSettled');
    expect(await held.view()).toMatchObject({ state: 'active.fullyPaid', paidCents: AWARD });
  });
});

describe('recall', () => {
  test('an authorised instalment comes back until it is exported, and every signature is given anew', async () => {
    const first = await story('recalled').instalment(1);
    await first.go('certify');
    await office().queue('payouts').pause();
    await first.go('authorise');
    expect((await first.go('recall')).state).toBe('due');
    await office().queue('payouts').resume();
    await office().rest();
    expect([await first.state(), await ordered('recalled')]).toEqual(['due', []]);
    expect((await first.refused('authoriser1', 'authorise')).code).toBe('notPossibleHere');
    await first.go('certify', 'recall', 'certify', 'authorise');
    await first.reaches('exported');
    expect(await ordered('recalled')).toEqual([[1, PARTS[0]]]);
    expect((await first.refused('authoriser1', 'recall')).code).toBe('notPossibleHere');
    await first.go('confirmSettled');
    expect(await story('recalled').view()).toMatchObject({ state: 'active.instalment2', paidCents: PARTS[0] });
  });
});

describe('what a person settles by hand', () => {
  test('has a value date since the pay day and not far ahead, and the others of finance hear of it at once', async () => {
    const grant = story('byHand');
    const first = await grant.instalment(1);
    await first.go('certify', 'authorise');
    await first.reaches('exported');
    const refused = async (valueDate: string) => (await first.refused('certifier1', 'confirmSettled', { valueDate, reference: 'Kontoauszug 84' })).code;
    expect([await refused('2050-01-01'), await refused('2060-01-01')]).toEqual(['valueDateSincePayDay', 'valueDateNotFarAhead']);
    await first.go('confirmSettled');
    for (const account of ['certifier1', 'authoriser1']) {
      const told = (await grant.letters(account)).filter(({ kind }) => kind === 'settledByHand');
      expect(told.map(({ text }) => text)).toEqual([expect.stringMatching(/^[^]*certifier1 hat von Hand bestätigt, dass [^]*Bitte mit dem Kontoauszug vergleichen\./)]);
    }
  });
});

describe('what comes back from the bank', () => {
  test('a whole return before the settlement is ordered again under the next number', async () => {
    const first = await story('returned').instalment(1);
    await first.go('certify', 'authorise');
    await first.reaches('exported');
    expect((await first.refused('certifier1', 'reportReturn', { reason: 'zu viel', amountCents: PARTS[0] + 1 })).code).toBe('withinPayment');
    expect((await first.refused('certifier1', 'reportReturn', { reason: 'nichts', amountCents: 0 })).code).toBe('invalidBody');
    expect(await first.go('reportReturn')).toMatchObject({ state: 'returned', paidCents: 0 });
    expect((await story('returned').letters('authoriser1')).map(({ kind }) => kind)).toContain('paymentReturned');
    await first.go('reopen', 'certify', 'authorise');
    await first.reaches('exported');
    await first.go('confirmSettled');
    expect(await ordered('returned')).toEqual([[1, PARTS[0]], [1, PARTS[0]]]);
    expect(new Set((await office().orders(story('returned').id)).map(({ endToEndId }) => endToEndId)).size).toBe(2);
    expect(await story('returned').view()).toMatchObject({ state: 'active.instalment2', paidCents: PARTS[0] });
  });

  test('a part that comes back after the settlement reopens the milestone, and only the part is paid again', async () => {
    const grant = story('partly');
    await grant.pay(1);
    const first = await grant.instalment(1);
    const reached = (await grant.view()).milestones[4]?.reachedAt;
    expect(reached).not.toBeNull();
    expect(await first.send('certifier1', 'reportReturn', { reason: 'Teilbetrag zurück', amountCents: 1_000_000 })).toMatchObject({ state: 'returned', paidCents: PARTS[0] - 1_000_000 });
    expect(await grant.view()).toMatchObject({ state: 'active.instalment1', paidCents: PARTS[0] - 1_000_000 });
    expect((await grant.view()).milestones[4]?.reachedAt).toBeNull();
    const second = await grant.instalment(2);
    expect((await second.refused('certifier1', 'certify')).reasons?.map(({ code }) => code)).toEqual(['previousSettled']);
    await first.go('reopen', 'certify', 'authorise');
    await first.reaches('exported');
    await first.go('confirmSettled');
    const told = (await grant.letters()).filter(({ to, kind }) => to.startsWith('editor') && ['paid', 'paymentReversed'].includes(kind));
    expect(told.map(({ kind }) => kind)).toEqual(['paid', 'paymentReversed', 'paid']);
    expect(told[1]?.text).toContain('ist diese Mitteilung unzutreffend');
    expect(told[2]?.text).toContain('Sie kommt nicht zu ihr hinzu.');
    await grant.pay(2);
    expect(await ordered('partly')).toEqual([[1, PARTS[0]], [1, 1_000_000], [2, PARTS[1]]]);
    expect(await grant.view()).toMatchObject({ state: 'active.fullyPaid', paidCents: AWARD });
  });
});

describe('four different people', () => {
  test('who recommended neither certifies nor authorises; who certified does not authorise', async () => {
    const first = await story('fourEyes').instalment(1);
    const certify = await first.refused('allrounder1', 'certify');
    expect([certify.status, certify.code, certify.reasons?.[0]?.who?.map(({ account }) => account)]).toEqual([403, 'differentPerson', ['certifier1']]);
    await first.go('certify');
    const authorise = await first.refused('allrounder1', 'authorise');
    expect([authorise.status, authorise.code, authorise.reasons?.[0]?.who?.map(({ account }) => account)]).toEqual([403, 'differentPerson', ['authoriser1']]);
    expect((await first.refused('certifier1', 'authorise')).code).toBe('wrongRole');
    await first.go('authorise');
    await first.reaches('exported');
  });

  test('and the database, asked at the end, agrees in everything', async () => {
    await office().rest();
    expect(await office().breaches()).toEqual([]);
    // What one person said to be settled and then to be back, another bears out.
    await office().confirmAnswers('authoriser1');
    expect(await office().client.get('auditor1', '/exceptions')).toEqual({ items: [], next: null });
  });
});
