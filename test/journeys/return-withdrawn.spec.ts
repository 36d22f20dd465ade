import { beforeAll, describe, expect, test } from '@jest/globals';
import { Bank } from '#apps/bank';
import { BankCounter } from './bank-counter.ts';
import { must, problem } from './client.ts';
import { Run } from './run.ts';
import { PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const KEYS = { settled: '05315', awaited: '05314', part: '05111', byHand: '05113', borneOut: '05112' } as const;
type Title = keyof typeof KEYS;
const TITLES = Object.keys(KEYS) as readonly Title[];
const grants = {} as { readonly [title in Title]: Story };
const firsts = {} as { readonly [title in Title]: Story };
const here = {} as { bank: Bank };
const counter = (): BankCounter => new BankCounter(office());
const PART = { reason: 'Verlesen', amountCents: 1_000_000 };
const codesOf = async ({ id }: Story): Promise<readonly string[]> =>
  (await office().client.get<{ items: readonly { case: string; code: string }[] }>('auditor1', '/payment-answers')).items.filter((each) => each.case === id).map(({ code }) => code);
const exceptions = async ({ id }: Story): Promise<readonly string[]> =>
  (await office().client.get<{ items: readonly { case: string | null; name: string }[] }>('officer1', '/exceptions')).items.filter((item) => item.case === id).map(({ name }) => name);

/** What the bank says until that day, imported. @returns what became of what it says of this instalment */
async function hear(day: string, { id }: Story): Promise<readonly string[]> {
  const said: string[] = [];
  for (const answer of here.bank.answers(day)) {
    const entries = await counter().entries((await counter().take(answer, 'authoriser1')).id);
    said.push(...entries.filter((entry) => entry.case === id).map(({ answer: what, verdict, problem: found }) => `${what} ${found?.code ?? verdict}`));
  }
  return said;
}

beforeAll(async () => {
  await Promise.all(TITLES.map(async (title) => Object.assign(grants, { [title]: await Story.of(office(), KEYS[title], TO_THE_GRANT) })));
  await office().clock('2056-05-02');
  for (const title of TITLES) {
    Object.assign(firsts, { [title]: await grants[title].instalment(1) });
    await firsts[title].go('certify');
  }
  const run = await Run.prepare(office());
  await run.release();
  await run.reaches('exported');
  const references = Object.fromEntries((await run.rows()).map((row) => [row.case, row.endToEndId]));
  const of = (title: Title): string => references[firsts[title].id] ?? '';
  const back = { returns: [{ afterDays: 2, reason: 'AC04' }] };
  const late = { delayDays: 1 };
  here.bank = new Bank({ seed: 7, script: { otherwise: {}, fates: { [of('settled')]: back, [of('borneOut')]: back, [of('awaited')]: late, [of('part')]: late, [of('byHand')]: late } } });
  expect(here.bank.receive(await run.file())).toMatchObject({ accepted: TITLES.length, refused: [] });
  expect(await hear('2056-05-02', firsts.settled)).toContain('settled applied');
});

describe('a return that a person reported by mistake', () => {
  test('of what was settled is withdrawn by another person: the books are as before, and nothing is left to look at', async () => {
    const { settled } = firsts;
    const [before, view] = [await office().accounts(), await settled.view()];
    await settled.go('reportReturn');
    expect([await grants.settled.state(), await exceptions(settled)]).toEqual(['active.instalment1', ['reportReturn', 'returnTold']]);
    expect(problem('own', await settled.try('certifier1', 'withdrawReturn'))).toMatchObject({ status: 409, code: 'returnByAnother' });
    expect(await settled.go('withdrawReturn')).toMatchObject({ state: 'settled', paidCents: view.paidCents });
    expect([await grants.settled.state(), await codesOf(settled), await exceptions(settled)]).toEqual(['active.instalment2', [], []]);
    // Paid it was on the value date, not when the mistake was taken back.
    expect((await grants.settled.view()).milestones.find(({ name }) => name === 'instalment1')?.reachedAt).toBe('2056-05-01T22:00:00.000Z');
    expect(await office().accounts()).toEqual(before);
    const letters = await grants.settled.letters();
    const to = (account: string) => letters.filter(({ to: address }) => address.startsWith(account)).map(({ kind }) => kind);
    expect([to('signatory-05315').at(-1), to('authoriser1').at(-1), to('officer1').at(-1)]).toEqual(['paymentStands', 'returnWithdrawn', 'returnWithdrawn']);
    expect((await office().client.timeline(grants.settled.id)).slice(-2).map(({ event }) => event)).toEqual(['withdrawReturn', 'instalmentRestored']);
  });

  test('of an order leaves the order with the bank, whether it was all or a part', async () => {
    const before = await office().accounts();
    for (const first of [firsts.awaited, firsts.part]) {
      await first.send('certifier1', 'reportReturn', first === firsts.part ? PART : undefined);
      expect(await codesOf(first)).toEqual(['returnTold']);
      expect((await first.go('withdrawReturn')).state).toBe('exported');
      expect([await codesOf(first), await exceptions(first)]).toEqual([[], []]);
    }
    expect(await office().accounts()).toEqual(before);
  });

  test('of what was settled by hand leaves that word as it was', async () => {
    await firsts.byHand.go('confirmSettled', 'reportReturn');
    expect((await firsts.byHand.go('withdrawReturn')).state).toBe('settled');
    expect(await codesOf(firsts.byHand)).toEqual([]);
  });
});

describe('what the bank says then', () => {
  test('of an order is applied, of what was settled by hand it is known', async () => {
    await office().clock('2056-05-03');
    expect(await hear('2056-05-03', firsts.byHand)).toContain('settled known');
    expect([await firsts.awaited.state(), await firsts.part.state(), await firsts.byHand.state()]).toEqual(['settled', 'settled', 'settled']);
    expect(await grants.part.view()).toMatchObject({ state: 'active.instalment2', paidCents: PARTS[0] });
    expect(await counter().open()).toEqual([]);
  });

  test('of a return is applied where the report was withdrawn, and bears it out where it stands: nobody takes it back any more', async () => {
    const { borneOut, settled } = firsts;
    await borneOut.go('reportReturn');
    await office().clock('2056-05-04');
    expect(await hear('2056-05-04', settled)).toEqual(['returned applied']);
    expect([await settled.state(), await borneOut.state()]).toEqual(['returned', 'returned']);
    expect((await office().client.timeline(grants.borneOut.id)).at(-1)).toMatchObject({ event: 'bearOutReturn', actor: { account: 'system' } });
    for (const first of [settled, borneOut]) expect(problem('bank', await first.try('authoriser1', 'withdrawReturn'))).toMatchObject({ status: 409, code: 'returnByHand' });
    expect([await codesOf(settled), await codesOf(borneOut)]).toEqual([[], []]);
    expect(await office().accounts()).toMatchObject({ ordered: 0, paid: 3 * PARTS[0] });
  });

  test('and once paid anew a return can be reported and withdrawn again, by anybody but its own reporter, also for whoever writes to the database', async () => {
    const { settled } = firsts;
    await settled.go('reopen', 'certify', 'authorise');
    await settled.reaches('exported');
    must('return', await settled.try('certifier1', 'reportReturn', PART));
    expect((await settled.go('withdrawReturn')).state).toBe('exported');
    // Each of the two has reported one by now, and the next is withdrawn all the same.
    must('return', await settled.try('authoriser1', 'reportReturn', PART));
    expect(problem('own', await settled.try('authoriser1', 'withdrawReturn')).code).toBe('returnByAnother');
    const forge = (account: string) => office().store.query(
      `insert into journal select root_id, (select max(seq) + 1 from journal where root_id = $1), $2, case_version, machine, programme_version, definition_hash, at, 'withdrawReturn', data, facts,
         $3, role, organisation, from_state, to_state, hash, md5(random()::text) from journal where root_id = $1 order by seq desc limit 1`, [grants.settled.id, settled.id, account]);
    await expect(forge('authoriser1')).rejects.toMatchObject({ code: '23514', constraint: 'journal_takes_back_of_others' });
    must('withdrawal', await settled.try('certifier1', 'withdrawReturn'));
    expect(await settled.state()).toBe('exported');
    await office().rest();
    expect(await office().breaches()).toEqual([]);
  });
});
