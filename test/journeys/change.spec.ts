import { beforeAll, describe, expect, test } from '@jest/globals';
import { readiness as readinessShape } from '#apps/api';
import type { Prepared } from '#cases';
import { AWARD, PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const stories = {} as { readonly [title: string]: Story };
const titles = ['changed', 'held', 'passed', 'voided'] as const;
const story = (title: (typeof titles)[number]): Story => stories[title] as Story;

const readinessOf = async ({ id }: Story): Promise<readonly Prepared[]> => {
  const body = await office().client.get<{ items: readonly Prepared[] }>('certifier1', `/cases/${id}/readiness`);
  expect(readinessShape.safeParse(body).error).toBeUndefined();
  return body.items;
};
const missing = async (of: Story): Promise<readonly (readonly string[])[]> =>
  (await readinessOf(of)).map(({ number, checks }) => [String(number), ...checks.filter(({ ok }) => !ok).map(({ code }) => code)]);
const ordered = async (of: Story) => (await office().orders(of.id)).map(({ number, amountCents }) => [number, amountCents]);
const deep = { lines: [{ line: 'coord', grantedCents: 3_000_000 }, ...['assist', 'workplaces', 'events'].map((line) => ({ line, grantedCents: 0 }))], reason: 'Stellen unbesetzt' };

beforeAll(async () => {
  const keys = ['05315', '05314', '05111', '05113'];
  await Promise.all(titles.map(async (title, index) => Object.assign(stories, { [title]: await Story.of(office(), keys[index] ?? '', TO_THE_GRANT) })));
});

describe('readiness', () => {
  test('says for each open instalment what is missing, to whoever may see the case', async () => {
    expect(await missing(story('held'))).toEqual([['1', 'payDateReached'], ['2', 'payDateReached', 'previousSettled']]);
    const [first] = await readinessOf(await story('held').instalment(1));
    expect([first?.ready, first?.checks[1]?.code, first?.checks[1]?.from, first?.checks[1]?.owner]).toEqual([false, 'payDateReached', '2056-05-01T22:00:00.000Z', 'system']);
    const own = await office().client.ask('signatory-05314', 'GET', `/cases/${story('held').id}/readiness`);
    const foreign = await office().client.ask('signatory-05315', 'GET', `/cases/${story('held').id}/readiness`);
    expect([own.status, foreign.status]).toEqual([200, 404]);
  });

  test('what would stop the payment is written to its owner and to finance before the pay date, once a step; not where all is well', async () => {
    await story('passed').send('officer1', 'placeHold', { reason: 'audit', scope: 'all' });
    await office().clock('2056-05-02');
    const warned = async (title: (typeof titles)[number], to: string) => (await story(title).letters(to)).filter(({ kind }) => kind === 'notReady').length;
    expect([await warned('passed', 'certifier1'), await warned('passed', 'approver1'), await warned('held', 'certifier1')]).toEqual([3, 3, 0]);
    expect(await missing(story('held'))).toEqual([['1'], ['2', 'payDateReached', 'previousSettled']]);
  });
});

describe('holds', () => {
  test('an amount on hold leaves the rest to be paid, and comes with the next order once it is lifted', async () => {
    const [grant, first] = [story('held'), await story('held').instalment(1)];
    const { holds } = await grant.send('officer1', 'holdAmount', { reason: 'postVacant', instalment: '1', amountCents: 1_000_000 });
    expect(holds).toMatchObject([{ id: 'h1', scope: '1', amountCents: 1_000_000 }]);
    await first.go('certify', 'authorise');
    await first.reaches('exported');
    expect((await first.go('confirmSettled')).state).toBe('due');
    expect(await grant.view()).toMatchObject({ state: 'active.instalment1', paidCents: PARTS[0] - 1_000_000 });
    expect((await first.refused('certifier1', 'certify')).code).toBe('noHoldInScope');
    await grant.go('liftHold');
    await grant.pay(1);
    expect([await ordered(grant), (await grant.view()).paidCents]).toEqual([[[1, PARTS[0] - 1_000_000], [1, 1_000_000]], PARTS[0]]);
  });

  test('a second person lets the next instalment pass, that one alone, and it stands in the register', async () => {
    const grant = story('passed');
    const first = await grant.instalment(1);
    expect((await first.refused('certifier1', 'certify')).code).toBe('noHoldInScope');
    await grant.send('allrounder1', 'proposeBypass', { hold: 'h1', instalment: '1', reason: 'Gehälter sind fällig' });
    expect((await grant.refused('allrounder1', 'confirmBypass')).code).toBe('differentPerson');
    expect((await grant.go('confirmBypass')).holds).toMatchObject([{ id: 'h1', bypassedFor: 1 }]);
    await grant.pay(1);
    expect(await missing(grant)).toEqual([['2', 'payDateReached', 'noHoldInScope']]);
    const register = await office().client.get<{ items: { event: string; reason: string | null }[] }>('auditor1', `/exception-register?case=${grant.id}`);
    expect(register.items.map(({ event }) => event).toSorted()).toEqual(['confirmBypass', 'proposeBypass']);
  });
});

describe('changes of an award', () => {
  test('a confirmed change voids what was authorised, and only the order of the new amount is given', async () => {
    const [grant, first] = [story('voided'), await story('voided').instalment(1)];
    await first.go('certify');
    await office().queue('payouts').pause();
    await first.go('authorise');
    await grant.go('proposeChange');
    await office().queue('payouts').resume();
    await office().rest();
    expect([await first.state(), await ordered(grant)]).toEqual(['authorised', []]);
    await grant.go('confirmChange');
    expect(await first.view()).toMatchObject({ state: 'due', grantedCents: 4_288_750 });
    await grant.pay(1);
    expect([await ordered(grant), (await grant.view()).grantedCents]).toEqual([[[1, 4_288_750]], AWARD - 50_001]);
  });

  test('below what is paid: the second instalment is skipped and never exported, the rest is claimed and paid back; a later increase restores', async () => {
    const grant = story('changed');
    await grant.pay(1);
    const before = await office().accounts();
    await grant.send('officer1', 'proposeChange', deep);
    expect(await grant.go('confirmChange')).toMatchObject({ grantedCents: 3_000_000, paidCents: 3_000_000, claimedCents: PARTS[0] - 3_000_000 });
    const after = await office().accounts();
    expect([after['committed'], after['paid'], after['claimed']]).toEqual([(before['committed'] ?? 0) - PARTS[1], (before['paid'] ?? 0) - PARTS[0] + 3_000_000, PARTS[0] - 3_000_000]);
    expect((await grant.letters('signatory-05315')).at(-1)).toMatchObject({ kind: 'awardChanged' });
    await grant.send('certifier1', 'confirmRecovery', { valueDate: '2056-05-02', amountCents: 313_750, reference: 'Kontoauszug 91' });
    expect(await office().accounts()).toMatchObject({ claimed: 1_000_000, recovered: 313_750 });

    await office().clock('2056-10-02');
    expect(await grant.view()).toMatchObject({ state: 'active.fullyPaid', instalments: [{ state: 'settled' }, { state: 'skipped' }] });
    await grant.send('officer1', 'proposeChange', { lines: (await grant.view()).lines.map(({ line, maximumCents }) => ({ line, grantedCents: maximumCents })), reason: 'Doch besetzt' });
    await grant.go('confirmChange');
    const second = await grant.instalment(2);
    await second.reaches('due');
    expect(await grant.view()).toMatchObject({ state: 'active.instalment2', grantedCents: AWARD, paidCents: 4_000_000, claimedCents: 0 });
    await grant.pay(2);
    expect([await ordered(grant), (await grant.view()).paidCents]).toEqual([[[1, PARTS[0]], [2, AWARD - 4_000_000]], AWARD]);
  });

  test('and everything that can be asked of the database holds', async () => {
    expect(await office().breaches()).toEqual([]);
  });
});
