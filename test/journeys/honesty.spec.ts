import { describe, expect, test } from '@jest/globals';
import { edgesOf } from '#kernel';
import { kim } from '#workflows';
import type { Hint } from './client.ts';
import { AWARD, bodyFor, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const SHORT = 'kim-2057';
const office = usingOffice();
const told = {} as { grant: Story; funded: Story; replaced: Story };

/** What was promised as possible in a state, and what was then done there: events by machine and state. */
const promised = new Set<string>();
const kept = new Set<string>();
const examined = new Set<string>();

const staff = ['officer1', 'approver1', 'certifier1', 'authoriser1', 'allrounder1', 'auditor1'];

/** What a hint and the answer to the same POST have to say alike. */
const verdict = ({ allowed, reasons }: Pick<Hint, 'allowed' | 'reasons'>) => (allowed ? 'taken' : reasons.map(({ code }) => code).join(' '));

/**
 * Asks everyone of interest what they can do here, and sends what is said to be impossible, once for each event and each
 * set of reasons: it must be refused for exactly these, and nothing may have moved. Of the events that are not offered
 * here every fifth is sent too, in each state others.
 */
async function examine(story: Story): Promise<void> {
  const view = await story.view();
  const today = await office().today();
  const send = async (account: string, event: string) => {
    const { status, body } = await office().client.send(account, view, event, bodyFor(event, view, today));
    return verdict({ allowed: status === 200, reasons: (body as unknown as Hint).reasons ?? [] });
  };
  const accounts = [story.editor, story.signatory, ...staff];
  const hints = (await Promise.all(accounts.map(async (account) => (await office().client.actions(account, story.id)).map((hint) => ({ account, hint }))))).flat();
  for (const { hint } of hints) if (hint.allowed) promised.add(`${view.machine} ${view.state} ${hint.event}`);
  const refused = new Map(hints.filter(({ hint }) => !hint.allowed).map(({ account, hint }) => [`${hint.event}: ${verdict(hint)}`, [account, hint.event, verdict(hint)] as const]));
  const answers = await Promise.all([...refused.values()].map(async ([account, event]) => [account, event, await send(account, event)]));
  expect({ state: view.state, answers }).toEqual({ state: view.state, answers: [...refused.values()] });

  const others = Object.entries(kim.machines[view.machine]?.events ?? {})
    .filter(([event, { hidden }]) => !hidden && !hints.some(({ hint }) => hint.event === event)).map(([event]) => event);
  for (const event of others.filter((_, index) => index % 5 === examined.size % 5)) expect(await send('allrounder1', event)).toContain('notPossibleHere');
  expect(await story.view()).toEqual(view);
}

/** Examines a state the first time a road comes through it. */
async function look(story: Story): Promise<void> {
  const { machine, state } = await story.view();
  if (examined.has(`${machine} ${state}`)) return;
  examined.add(`${machine} ${state}`);
  await examine(story);
}

/** Takes a road step by step, looking around at each stop. Every step that is taken keeps a promise. */
async function travel(story: Story, ...events: readonly string[]): Promise<void> {
  for (const event of events) {
    await look(story);
    const { machine, state } = await story.view();
    await story.go(event);
    kept.add(`${machine} ${state} ${event}`);
  }
  await look(story);
}

/** Proposes another payee, and takes its case along a road of its own. */
async function otherPayee(grant: Story, ...events: readonly string[]): Promise<Story> {
  await travel(grant, 'proposePayee');
  const payee = await grant.child(Math.max(...((await grant.view()).payees ?? []).map(({ number }) => number)));
  await travel(payee, ...events);
  return payee;
}

/** A municipality that has no application yet. */
const free = {
  keys: ['05315', '05314', '05111', '05113', '05112', '05114', '05116', '05117', '05119', '05120', '05122', '05124', '05316', '05334', '05358', '05362', '05366', '05370', '05374', '05378', '05382', '05512', '05513', '05515', '05554', '05558', '05562', '05566'],
  next(): string { return this.keys.shift() ?? ''; },
};
const fresh = (events: readonly string[] = [], cycle?: string): Promise<Story> => Story.of(office(), free.next(), events, cycle);

describe('what is said to be possible works, and what is said to be impossible is refused for the reasons given', () => {
  test('from the draft to the receipt', async () => {
    await travel(await fresh(), 'requestSignature', 'sendBackToEditor', 'requestSignature', 'sign', 'askCompletion', 'resubmit');
    await travel(await fresh(), 'remindDraft', 'proposeExtension', 'confirmExtension');
    await travel(await fresh(['requestSignature']), 'remindDraft', 'proposeExtension', 'declineExtension');
    const roads = [[], ['requestSignature'], ['requestSignature', 'sign'], ['requestSignature', 'sign', 'askCompletion']];
    await Promise.all(roads.map(async (road) => travel(await fresh(road), 'withdraw')));
  });

  test('from the review to the notice', async () => {
    await travel(await fresh(TO_THE_GRANT.slice(0, 2)), 'accept', 'hear', 'answerHearing', 'hear', 'reportUndelivered', 'recommend',
      'sendBack', 'recommend', 'countersign', 'draftNotice', 'issueNotice', 'recordArrival', 'reportUndelivered', 'issueNotice', 'suitFiled', 'suitEnded', 'waive');
    await travel(await fresh([...TO_THE_GRANT.slice(0, 3), 'hear']), 'withdraw');
    const [decided, heard] = [await fresh(TO_THE_GRANT.slice(0, 5)), await fresh(TO_THE_GRANT.slice(0, 7))];
    await otherPayee(decided, 'declinePayee');
    await decided.go('draftNotice');
    const dropped = await otherPayee(decided, 'checkPayeeDocument');
    await decided.go('withdraw');
    await look(dropped);
    await otherPayee(heard, 'checkPayeeDocument', 'declinePayee');
    await heard.go('suitFiled');
    await otherPayee(heard, 'checkPayeeDocument', 'noteCallBack', 'declinePayee');
    await Promise.all([3, 4, 5, 6].map(async (steps) => travel(await fresh(TO_THE_GRANT.slice(0, steps)), 'withdraw')));
  });

  test('while funds are short', async () => {
    const round = { ...(await office().roundOf(office().cycle)), id: SHORT, fundingYear: 2057, opensOn: '2055-08-01', payOn: ['2057-05-01', '2057-10-01'], instalmentWeights: [100, 0] };
    await office().openRound({ ...round, budgetCents: 1 });
    await travel(await fresh(TO_THE_GRANT.slice(0, 4), SHORT), 'countersign', 'sendBack', 'recommend', 'countersign', 'withdraw');
    told.funded = await fresh(TO_THE_GRANT.slice(0, 5), SHORT);
    await office().openRound(round);
    examined.delete('application waitingForFunds');
    await travel(told.funded, 'countersign');
    await told.funded.go('draftNotice', 'issueNotice', 'waive');
  });

  test('of the late ones, of the lapsed one, and of those that were not admitted', async () => {
    told.grant = await fresh(TO_THE_GRANT);
    await travel(told.grant, 'placeHold', 'proposeBypass', 'declineBypass', 'proposeBypass', 'confirmBypass', 'liftHold', 'holdAmount', 'liftHold', 'proposeChange', 'declineChange');
    await otherPayee(told.grant, 'checkPayeeDocument', 'noteCallBack', 'approvePayee', 'declinePayee');
    const replaced = await otherPayee(told.grant, 'checkPayeeDocument', 'noteCallBack', 'approvePayee');
    await travel(await told.grant.instalment(1));
    told.replaced = replaced;
    const drafts = await Promise.all([1, 2, 3, 4, 5].map(() => fresh(['requestSignature'])));
    const [admitted, rejected, regretted, silent, lapsed] = drafts as [Story, Story, Story, Story, Story];
    await office().clock('2055-11-04');
    await travel(admitted, 'sign', 'proposeLate', 'confirmLate');
    await travel(regretted, 'sign', 'proposeLate', 'withdraw');
    await travel(silent, 'sign', 'withdraw');
    await rejected.go('sign');
    await rejected.send('officer1', 'proposeLate', { admit: false, reason: 'ohne Grund' });
    await travel(rejected, 'confirmLate');
    await office().clock('2055-11-18');
    await look(lapsed);
  });

  test('of the payments', async () => {
    await office().clock('2056-05-02');
    const first = await told.grant.instalment(1);
    await look(told.replaced);
    await travel(first, 'notePayeeVerification', 'certify', 'recall', 'certify', 'notePayeeVerification');
    await office().queue('payouts').pause();
    await travel(first, 'authorise', 'recall', 'certify', 'authorise');
    await office().queue('payouts').resume();
    await first.reaches('exported');
    await travel(first, 'reportReturn', 'withdrawReturn', 'reportReturn', 'reopen', 'certify', 'authorise');
    await first.reaches('exported');
    await travel(first, 'confirmSettled');
    await travel(told.grant, 'placeHold', 'liftHold', 'holdAmount', 'liftHold', 'proposeChange', 'declineChange');
    const newest = await otherPayee(told.grant, 'checkPayeeDocument', 'noteCallBack', 'approvePayee');
    await office().clock('2056-10-02');
    await look(told.replaced);
    expect([await told.replaced.state(), await newest.state()]).toEqual(['replaced', 'active']);
    await told.grant.pay(2);
    await travel(told.grant, 'placeHold', 'liftHold', 'proposeChange', 'declineChange', 'proposePayee');
    await travel(await told.grant.instalment(2), 'reportReturn');
  });

  test('of an instalment of 0 €, which skips itself', async () => {
    await office().clock('2057-10-02');
    expect((await told.funded.view()).instalments.map(({ amountCents, state }) => [amountCents, state])).toEqual([[AWARD, 'due'], [0, 'skipped']]);
    await look(await told.funded.instalment(2));
  });

  test('nothing was promised that was not done, and every state was seen but those that no person can bring about', async () => {
    expect([...promised].filter((promise) => !kept.has(promise))).toEqual([]);
    // Payment runs are families of their own, with journeys of their own.
    const states = Object.entries(kim.machines).filter(([name]) => !Object.hasOwn(kim.heads ?? {}, name)).flatMap(([name, machine]) => edgesOf(machine).flatMap(({ from, to }) => [`${name} ${from}`, `${name} ${to}`]));
    expect([...new Set(states)].filter((state) => !examined.has(state)).toSorted()).toEqual(['application active.stopped', 'instalment cancelled']);
    expect(await office().breaches()).toEqual([]);
  });
});
