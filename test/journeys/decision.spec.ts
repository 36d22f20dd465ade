import { describe, expect, test } from '@jest/globals';
import { AWARD, approved, PARTS, Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const toReview = TO_THE_GRANT.slice(0, 3);
const toRecommendation = TO_THE_GRANT.slice(0, 4);
const toDecision = TO_THE_GRANT.slice(0, 5);
const toNotice = TO_THE_GRANT.slice(0, 7);

describe('the decision', () => {
  const office = usingOffice();

  test('every line must be decided, within its maximum and with reasons', async () => {
    const story = await Story.of(office(), '05315', toReview);
    const { lines } = approved(await story.view()) as { lines: readonly { line: string; decision: string }[] };
    const recommend = (...changed: readonly object[]) => story.refused('officer1', 'recommend', { lines: [...lines.slice(changed.length), ...changed] as never });
    expect((await story.refused('officer1', 'recommend', { lines: lines.slice(1) })).code).toBe('allLinesDecided');
    expect((await recommend({ line: 'coord', decision: 'refuse' })).code).toBe('allLinesDecided');
    expect((await recommend({ line: 'coord', decision: 'cut', grantedCents: 5_700_001, reason: 'mehr' })).reasons?.map(({ code }) => code)).toContain('withinCap');
    expect((await story.refused('officer1', 'recommend', { lines, grantedCents: 1 })).code).toBe('invalidBody');
    expect(await story.state()).toBe('submitted.inReview');
  });

  test('a cut grants less, a refused post takes its workplace with it, and the instalments are the award', async () => {
    const story = await Story.of(office(), '05314', toReview);
    await story.send('officer1', 'recommend', {
      lines: [
        { line: 'coord', decision: 'cut', grantedCents: 5_000_001, reason: 'Besetzung erst ab März' }, { line: 'assist', decision: 'refuse', reason: 'Nicht zusätzlich' },
        { line: 'workplaces', decision: 'approve' }, { line: 'events', decision: 'approve' },
      ],
    });
    const view = await story.go('countersign');
    const granted = 5_000_001 + 570_000 + 100_001;
    expect([view.outcome, view.grantedCents, view.requestedCents]).toEqual(['partlyApproved', granted, AWARD]);
    expect(view.lines.map(({ line, decision, grantedCents }) => [line, decision, grantedCents])).toEqual([
      ['coord', 'cut', 5_000_001], ['assist', 'refuse', 0], ['workplaces', 'cut', 570_000], ['events', 'approve', 100_001],
    ]);
    const { instalments } = await story.go('draftNotice', 'issueNotice', 'waive');
    expect(instalments.map(({ amountCents }) => amountCents)).toEqual([2_835_001, 2_835_001]);
  });

  test('a rejection has a notice and an appeal period, but neither money nor instalments', async () => {
    const before = await office().accounts();
    const story = await Story.of(office(), '05111', toReview);
    const { lines } = await story.view();
    await story.send('officer1', 'recommend', { lines: lines.map(({ line }) => ({ line, decision: 'refuse', reason: 'Das Konzept trägt nicht.' })) });
    expect(await story.go('countersign', 'draftNotice', 'issueNotice')).toMatchObject({ state: 'appealPeriod.running', outcome: 'rejected', grantedCents: 0 });
    expect((await story.letters(story.editor)).find(({ kind }) => kind === 'notice')?.text).toContain('Das Konzept trägt nicht.');
    const { nextDeadline } = await story.view();
    await office().client.moveClock(nextDeadline?.at ?? '');
    const { state, instalments, milestones } = await story.view();
    expect([state, instalments, milestones.map(({ reachedAt }) => reachedAt !== null)]).toEqual(['rejected', [], [true, true, true, false, false, false]]);
    expect(await office().accounts()).toEqual(before);
  });

  test('a recommendation that is sent back must be made anew', async () => {
    const story = await Story.of(office(), '05113', toRecommendation);
    const back = await story.go('sendBack');
    expect([back.state, back.lines.map(({ decision }) => decision), back.milestones[2]]).toEqual(
      ['submitted.inReview', [null, null, null, null], { name: 'reviewed', reachedAt: null }]);
    expect((await story.go('recommend')).state).toBe('submitted.reviewed');
    expect((await story.refused('officer1', 'countersign')).reasons?.[0]?.code).toBe('wrongRole');
  });

  test('whoever recommended, drafted or proposed does not confirm, though holding every role', async () => {
    const story = await Story.of(office(), '05112', toReview);
    await story.send('allrounder1', 'recommend');
    const countersign = await story.refused('allrounder1', 'countersign');
    expect([countersign.status, countersign.code, countersign.reasons?.[0]?.who?.map(({ account }) => account)]).toEqual([403, 'differentPerson', ['approver1', 'approver2']]);
    expect(await story.hint('allrounder1', 'countersign')).toMatchObject({ allowed: false, reasons: countersign.reasons });
    await story.go('countersign');
    await story.send('allrounder1', 'draftNotice');
    const issue = await story.refused('allrounder1', 'issueNotice');
    expect([issue.code, issue.reasons?.[0]?.who?.map(({ account }) => account)]).toEqual(['differentPerson', ['approver1', 'approver2']]);
    expect((await story.refused('approver1', 'issueNotice', { channel: 'post', postedOn: '2055-01-01' })).code).toBe('postedOnPlausible');
    expect((await story.go('issueNotice')).state).toBe('appealPeriod.running');
  });

  test('only the municipality can waive, and only what is out', async () => {
    const story = await Story.of(office(), '05114', toDecision);
    expect((await story.refused(story.signatory, 'waive')).code).toBe('notPossibleHere');
    await story.go('draftNotice', 'issueNotice');
    expect((await story.refused('officer1', 'waive')).code).toBe('wrongRole');
    expect((await story.go('waive')).instalments.map(({ amountCents }) => amountCents)).toEqual([...PARTS]);
    expect((await story.refused(story.signatory, 'withdraw')).code).toBe('notPossibleHere');
  });

  test('a lawsuit stops the clock of finality; when the notice stands the grant begins', async () => {
    const story = await Story.of(office(), '05116', toNotice);
    const { nextDeadline } = await story.view();
    expect((await story.go('suitFiled')).nextDeadline).toBeNull();
    await office().client.moveClock(nextDeadline?.at ?? '');
    expect(await story.state()).toBe('appealPeriod.suspended');
    expect(await story.go('suitEnded')).toMatchObject({ state: 'active.instalment1', grantedCents: AWARD });
  });

  test('a notice that is quashed frees its funds and is decided again from the start', async () => {
    const before = await office().budget();
    const story = await Story.of(office(), '05117', [...toNotice, 'suitFiled']);
    expect(await office().budget()).toBe(before - AWARD);
    const quashed = await story.send('officer1', 'suitEnded', { outcome: 'quashed' });
    expect(quashed).toMatchObject({ state: 'submitted.inReview', outcome: null, grantedCents: null });
    expect(quashed.milestones.map(({ reachedAt }) => reachedAt !== null)).toEqual([true, true, false, false, false, false]);
    expect(await office().budget()).toBe(before);
    expect((await story.letters('approver2')).map(({ kind }) => kind)).toContain('fundsFreed');
    const { state } = await story.go(...TO_THE_GRANT.slice(3));
    expect([state, await office().budget()]).toEqual(['active.instalment1', before - AWARD]);
    expect(await office().breaches()).toEqual([]);
  });
});

describe('when the funds run short', () => {
  const office = usingOffice({ budgetCents: 2 * AWARD - 1 });

  test('of two that race for the last euro one is decided and the other waits', async () => {
    const rivals = await Promise.all(['05315', '05314'].map((key) => Story.of(office(), key, toRecommendation)));
    const answers = await Promise.all(rivals.map((story) => story.try('approver1', 'countersign')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await Promise.all(rivals.map((story) => story.state()))).toSorted()).toEqual(['decided.awaitingNotice', 'waitingForFunds']);
    expect(await office().accounts()).toMatchObject({ budget: AWARD - 1, reserved: AWARD });
  });

  test('who waits is told why, keeps the rank, and freed funds only notify: a person decides', async () => {
    const find = async (state: string): Promise<Story> => {
      const { items } = await office().client.get<{ items: readonly { id: string; applicant: { key: string } }[] }>('officer1', `/cases?state=${state}`);
      return new Story(office(), items[0]?.id ?? '', items[0]?.applicant.key ?? '');
    };
    const [decided, waiting] = [await find('decided'), await find('waitingForFunds')];
    expect((await waiting.letters(waiting.editor)).at(-1)?.kind).toBe('waitingForFunds');
    expect((await waiting.refused('approver1', 'countersign')).reasons?.map(({ code }) => code)).toEqual(['budgetSuffices']);
    const later = await Story.of(office(), '05111', [...toRecommendation, 'countersign']);
    expect((await later.refused('approver1', 'countersign')).reasons?.map(({ code }) => code)).toEqual(['budgetSuffices', 'firstInRank']);

    await decided.go('withdraw');
    expect(await office().budget()).toBe(2 * AWARD - 1);
    expect((await decided.letters('approver1')).at(-1)?.kind).toBe('fundsFreed');
    expect([await waiting.state(), await later.state()]).toEqual(['waitingForFunds', 'waitingForFunds']);
    expect((await later.refused('approver1', 'countersign')).reasons?.map(({ code }) => code)).toEqual(['firstInRank']);
    expect((await waiting.go('countersign')).state).toBe('decided.awaitingNotice');
    expect((await later.refused('approver1', 'countersign')).reasons?.map(({ code }) => code)).toEqual(['budgetSuffices']);
    await waiting.go('withdraw');
    expect((await later.go('countersign')).state).toBe('decided.awaitingNotice');
  });

  test('a withdrawal that races a countersignature: one of them happens, and no cent is left behind', async () => {
    const before = await office().accounts();
    for (const key of ['05113', '05112', '05114', '05116']) {
      const story = await Story.of(office(), key, toReview);
      const { lines } = await story.view();
      await story.send('officer1', 'recommend', { lines: lines.map(({ line }) => ({ line, decision: line === 'events' ? 'approve' : 'refuse', reason: 'wie beraten' })) });
      // Both decide on what they see now: whoever comes second must be told that it has changed.
      const seen = await story.view();
      const [withdrawn, signed] = await Promise.all([story.try(story.signatory, 'withdraw', undefined, seen), story.try('approver1', 'countersign', undefined, seen)]);
      expect([withdrawn.status, signed.status].toSorted()).toEqual([200, 412]);
      if (signed.status === 200) await story.go('withdraw');
      expect(await story.state()).toBe('withdrawn');
    }
    expect(await office().accounts()).toEqual(before);
    expect(await office().breaches()).toEqual([]);
  });
});
