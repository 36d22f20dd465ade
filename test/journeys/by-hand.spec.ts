import { describe, expect, test } from '@jest/globals';
import type { TimelineItem } from '#cases';
import { must } from './client.ts';
import { AWARD, concept, form, PARTS, Story } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const told = {} as { koeln: Story };

/** The contract's journey, one person after the other; every test is the next chapter. */
describe('from the draft to the second instalment', () => {
  test('the editor drafts: a form with findings is stored and blocks only the signature', async () => {
    const { client } = office();
    const koeln = told.koeln = await Story.open(office(), '05315');
    expect(await koeln.view()).toMatchObject({ state: 'drafting.editing', applicant: { key: '05315', name: 'Köln' }, paidCents: 0, grantedCents: null });

    const half = must('half', await client.saveForm(koeln.editor, koeln.id, { ...form(), posts: [{ ...form().posts[0] as object, fteThousandths: 499 }], eventsCents: 500_001 }));
    expect(half.findings.map(({ code, path, actual, required }) => ({ code, path, actual, required }))).toEqual([
      { code: 'fteAtLeastHalf', path: '/posts/0/fteThousandths', actual: 499, required: 500 },
      { code: 'withinCap', path: '/workplaces', actual: 2, required: 1 },
      { code: 'withinCap', path: '/eventsCents', actual: 500_001, required: 500_000 },
      { code: 'conceptAttached', path: '/concept', actual: null, required: true },
    ]);
    const refused = await koeln.refused(koeln.editor, 'requestSignature');
    expect([refused.status, refused.code, refused.reasons?.map(({ code }) => code)]).toEqual([409, 'fteAtLeastHalf', ['fteAtLeastHalf', 'withinCap', 'conceptAttached']]);
    expect(refused.errors?.map(({ path }) => path)).toContain('/posts/0/fteThousandths');

    const whole = must('whole', await client.saveForm(koeln.editor, koeln.id, form()));
    expect([whole.findings.map(({ code }) => code), whole.amountCents]).toEqual([['conceptAttached'], AWARD]);
    expect(whole.lines).toEqual([
      { line: 'coord', maximumCents: 5_700_000 }, { line: 'assist', maximumCents: 1_687_500 },
      { line: 'workplaces', maximumCents: 1_140_000 }, { line: 'events', maximumCents: 100_001 },
    ]);
    must('concept', await client.attach(koeln.editor, koeln.id, concept()));
    expect((await koeln.view()).findings).toEqual([]);
  });

  test('the signatory signs; receipt is the arrival at the edge', async () => {
    const { client } = office();
    await office().store.query(`update people set language = 'en' where account = 'signatory-05315'`);
    await told.koeln.go('requestSignature');
    const before = await client.now();
    const { receivedAt, receiptNumber, milestones, state } = await told.koeln.go('sign');
    expect([state, receiptNumber]).toEqual(['submitted.receiptCheck', 'E-KIM-2056-0001']);
    expect(receivedAt !== null && receivedAt >= before && receivedAt <= await client.now()).toBe(true);
    expect(milestones.slice(0, 3)).toEqual([milestones[0], { name: 'submitted', reachedAt: receivedAt }, { name: 'reviewed', reachedAt: null }]);
  });

  test('officer and approver decide; drafter and issuer of the notice are two persons', async () => {
    await office().clock('2055-11-20');
    await told.koeln.go('accept', 'recommend');
    expect(await office().accounts()).toMatchObject({ reserved: 0, committed: 0 });
    await office().clock('2056-01-12');
    expect(await told.koeln.go('countersign')).toMatchObject({ state: 'decided.awaitingNotice', outcome: 'approved', grantedCents: AWARD });
    expect(await office().accounts()).toMatchObject({ reserved: AWARD, committed: 0 });
    await office().clock('2056-01-27');
    await told.koeln.go('draftNotice');
    const { nextDeadline, state } = await told.koeln.go('issueNotice');
    expect([state, nextDeadline?.name, nextDeadline?.at]).toEqual(['appealPeriod.running', 'finality', '2056-02-29T23:00:00.000Z']);
    expect(nextDeadline?.because.de).toContain('31.01.2056');
    expect(await office().accounts()).toMatchObject({ reserved: 0, committed: AWARD });
  });

  test('past the appeal period the notice is final by itself, and two instalments are planned', async () => {
    expect(await told.koeln.state()).toBe('appealPeriod.running');
    await office().clock('2056-03-01', '00:00');
    const { state, instalments } = await told.koeln.view();
    expect(state).toBe('active.instalment1');
    expect(instalments.map(({ number, amountCents, payOn, state: standing }) => [number, amountCents, payOn, standing]))
      .toEqual([[1, PARTS[0], '2056-05-02', 'planned'], [2, PARTS[1], '2056-10-02', 'planned']]);
  });

  test('finance pays the first instalment when it is due, through the payout job', async () => {
    const first = await told.koeln.instalment(1);
    await office().clock('2056-05-01', '23:59');
    const early = await first.refused('certifier1', 'certify');
    expect([early.status, early.code]).toEqual([409, 'notPossibleHere']);
    await office().clock('2056-05-02');
    expect(await first.state()).toBe('due');
    await told.koeln.pay(1);
    expect(await told.koeln.view()).toMatchObject({ state: 'active.instalment2', paidCents: PARTS[0] });
    expect(await office().accounts()).toMatchObject({ committed: PARTS[1], paid: PARTS[0] });
  });

  test('and the second: fully paid, six milestones, exactly two orders', async () => {
    await office().clock('2056-10-02');
    await told.koeln.pay(2);
    const view = await told.koeln.view();
    expect(view).toMatchObject({ state: 'active.fullyPaid', outcome: 'approved', grantedCents: AWARD, paidCents: AWARD, nextDeadline: null });
    expect(view.milestones.map(({ name, reachedAt }) => [name, reachedAt?.slice(0, 10)])).toEqual([
      ['draft', '2055-08-02'], ['submitted', '2055-08-02'], ['reviewed', '2055-11-20'], ['approved', '2056-01-12'], ['instalment1', '2056-05-02'], ['instalment2', '2056-10-02'],
    ]);
    expect(view.milestones.map(({ reachedAt }) => reachedAt)).toEqual(view.milestones.map(({ reachedAt }) => reachedAt).toSorted());
    const orders = await office().orders(view.id);
    expect(orders.map(({ number, amountCents }) => [number, amountCents])).toEqual([[1, PARTS[0]], [2, PARTS[1]]]);
    expect(new Set(orders.map(({ endToEndId }) => endToEndId)).size).toBe(2);
    expect(await office().accounts()).toMatchObject({ reserved: 0, committed: 0, paid: AWARD });
  });

  test('every letter went out once, in its reader\'s language', async () => {
    const letters = await told.koeln.letters();
    const kindsTo = (account: string) => letters.filter(({ to }) => to.startsWith(`${account}@`)).map(({ kind }) => kind);
    expect(kindsTo('editor-05315')).toEqual(['receipt', 'notice', 'paymentPlan', 'paid', 'paid']);
    expect(kindsTo('signatory-05315')).toEqual(['signatureRequested', 'receipt', 'notice', 'paymentPlan', 'paid', 'paid']);
    expect(kindsTo('certifier1')).toEqual(['dueSoon', 'instalmentDue', 'settledByHand', 'dueSoon', 'instalmentDue', 'settledByHand']);
    const inboxOf = (account: string, kind: string) => letters.find((letter) => letter.kind === kind && letter.to.startsWith(account));
    expect(inboxOf('editor', 'receipt')).toMatchObject({ language: 'de', subject: expect.stringContaining('Eingangsbestätigung'), text: expect.stringContaining('86.275,01 €') });
    expect(inboxOf('signatory', 'receipt')).toMatchObject({ language: 'en', subject: expect.stringContaining('Receipt'), text: expect.stringContaining('€86,275.01') });
    expect(inboxOf('editor', 'notice')?.text).toMatch(/Klage/);
    expect(inboxOf('editor', 'paymentPlan')?.text).toMatch(/Rate 1: 43\.137,50 €, 02\.05\.2056/);
    expect(await told.koeln.letters('editor-05315')).toHaveLength(5);
  });
});

describe('looking back', () => {
  test('the timeline tells it in both languages, in order, with who and in which role', async () => {
    const items = await office().client.timeline(told.koeln.id);
    expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => index + 1));
    expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).toSorted());
    expect(items.filter(({ text }) => text.de.length < 10 || text.en.length < 10 || text.de === text.en)).toEqual([]);
    const step = (event: string): TimelineItem | undefined => items.find((item) => item.event === event);
    expect(step('countersign')).toMatchObject({ actor: { account: 'approver1', role: 'secondApprover' }, from: 'submitted.reviewed', to: 'decided.awaitingNotice' });
    expect(step('issueNotice')?.text).toEqual({ de: 'Der Bescheid wurde am 27.01.2056 zur Post gegeben.', en: expect.stringContaining('posted on') });
    expect(step('finality')?.actor).toEqual({ account: 'system', role: 'system' });
    expect(items.filter(({ event }) => event === 'markExported')).toHaveLength(2);
  });

  test('the case can be read as it was at any past instant', async () => {
    const asOf = (at: string) => office().client.read(told.koeln.id, { at });
    const { createdAt } = await told.koeln.view();
    expect(await asOf(createdAt)).toMatchObject({ state: 'drafting.editing', version: 1, form: {} });
    expect(await asOf('2055-10-01T00:00:00.000Z')).toMatchObject({ state: 'submitted.receiptCheck', outcome: null, requestedCents: AWARD, grantedCents: null });
    expect(await asOf('2056-01-20T00:00:00.000Z')).toMatchObject({ state: 'decided.awaitingNotice', grantedCents: AWARD, instalments: [] });
    expect(await asOf('2056-02-29T22:59:59.999Z')).toMatchObject({ state: 'appealPeriod.running', instalments: [] });
    expect(await asOf('2056-02-29T23:00:00.000Z')).toMatchObject({ state: 'active.instalment1', paidCents: 0, nextDeadline: null });
    expect(await asOf('2056-07-01T00:00:00.000Z')).toMatchObject({ state: 'active.instalment2', paidCents: PARTS[0] });
    const first = await told.koeln.instalment(1);
    expect(await office().client.read(first.id, { at: '2056-04-01T00:00:00.000Z' })).toMatchObject({ state: 'planned', nextDeadline: { name: 'fallDue', at: '2056-05-01T22:00:00.000Z' } });
  });

  test('the drawings show where it is, and for an instalment too', async () => {
    const { client } = office();
    const mermaid = await client.ask<string>('auditor1', 'GET', `/cases/${told.koeln.id}/diagram.mmd`);
    expect(mermaid.body).toContain('class active_fullyPaid current');
    const svg = await client.ask<string>('auditor1', 'GET', `/cases/${told.koeln.id}/diagram.svg`);
    expect([svg.headers.get('content-type'), svg.body.startsWith('<svg')]).toEqual(['image/svg+xml; charset=utf-8', true]);
    expect(svg.body).toContain('Vollständig ausgezahlt');
    const child = await client.ask<string>('auditor1', 'GET', `/cases/${(await told.koeln.instalment(2)).id}/diagram.mmd`);
    expect(child.body).toContain('class settled current');
  });

  test('nothing is left to look at, and every promise about the database holds', async () => {
    expect(await office().client.get('officer1', '/exceptions')).toEqual({ items: [], next: null });
    expect(await office().breaches()).toEqual([]);
  });
});
