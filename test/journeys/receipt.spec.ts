import { describe, expect, test } from '@jest/globals';
import type { CaseView } from '#cases';
import { moveClock } from '#store';
import { eventually } from '#test/harness';
import { must, problem, type Answer } from './client.ts';
import { concept, form, Story } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const LAST_MILLISECOND = '2055-11-02T22:59:59.999Z';
const CUT_OFF = '2055-11-02T23:00:00.000Z';

const opening = (applicant: string, cycle: string) =>
  office().client.tryOpen(`editor-${applicant}`, { programme: 'kim', cycle, applicant });

describe('returned for completion', () => {
  test('only the named sections are editable, the original receipt is kept, the officer sees it again', async () => {
    const { client } = office();
    const story = await Story.of(office(), '05315', ['requestSignature', 'sign']);
    const signed = await story.view();
    const untouched = problem('saveForm', await client.saveForm(story.editor, story.id, form()));
    expect([untouched.status, untouched.code]).toEqual([409, 'notPossibleHere']);
    await office().clock('2055-08-10');
    const { state, nextDeadline } = await story.go('askCompletion');
    expect([state, nextDeadline?.name, nextDeadline?.at]).toEqual(['submitted.returned', 'completionPassed', '2055-08-24T22:00:00.000Z']);
    expect((await story.letters(story.editor)).at(-1)).toMatchObject({ kind: 'completionRequested', text: expect.stringContaining('Bankverbindung und Konzept') });

    const elsewhere = problem('posts', await client.saveForm(story.editor, story.id, { ...form(), workplaces: 1 }));
    expect([elsewhere.status, elsewhere.code]).toEqual([409, 'sectionOpen']);
    must('payee', await client.saveForm(story.editor, story.id, { ...form(), payee: { iban: 'DE02120300000000202051', holder: 'Kasse Köln' } }));
    must('concept', await client.attach(story.editor, story.id, concept('more')));
    expect((await story.refused(story.editor, 'resubmit')).reasons?.[0]).toMatchObject({ code: 'wrongRole', who: [{ account: 'signatory-05315' }] });
    const again = await story.go('resubmit');
    expect(again).toMatchObject({
      state: 'submitted.receiptCheck', receivedAt: signed.receivedAt, receiptNumber: signed.receiptNumber, nextDeadline: null, form: { payee: { holder: 'Kasse Köln' } },
    });
    expect((await story.go('accept')).state).toBe('submitted.inReview');
  });

  test('without an answer the period passes, and the file stands as it was signed', async () => {
    const { client } = office();
    const story = await Story.of(office(), '05314', ['requestSignature', 'sign', 'askCompletion']);
    const { nextDeadline } = await story.view();
    must('unsigned', await client.saveForm(story.editor, story.id, { ...form(), payee: { iban: '', holder: '' } }));
    const refused = await story.refused(story.signatory, 'resubmit');
    expect([refused.status, refused.code]).toEqual([409, 'formComplete']);
    await client.moveClock(nextDeadline?.at ?? '');
    expect(await story.view()).toMatchObject({ state: 'submitted.receiptCheck', form: { payee: form().payee } });
    expect((await story.letters()).at(-1)?.kind).toBe('completionPassed');
    expect(await client.timeline(story.id)).toContainEqual(expect.objectContaining({ event: 'completionPassed', at: nextDeadline?.at, actor: { account: 'system', role: 'system' } }));
    expect((await story.go('accept')).state).toBe('submitted.inReview');
  });
});

describe('the window', () => {
  test('before it opens nobody can apply, and is told from when', async () => {
    await office().openRound({ ...(await office().roundOf(office().cycle)), id: 'kim-2057', fundingYear: 2057, opensOn: '2056-08-01', cutOffOn: '2056-10-31', payOn: ['2057-05-01', '2057-10-01'] });
    const refused = problem('early', await opening('05315', 'kim-2057'));
    expect([refused.status, refused.code, refused.reasons?.[0]?.from]).toEqual([409, 'windowOpen', '2056-07-31T22:00:00.000Z']);
  });

  test('what arrived before the cut-off is in time, however long the decision takes', async () => {
    const story = await Story.of(office(), '05111', ['requestSignature']);
    await office().client.moveClock('2055-11-02T22:00:00.000Z');
    const { sending } = await office().store.transaction(async (tx): Promise<{ sending: Promise<Answer<CaseView>> }> => {
      await tx.query('select id from cases where id = $1 for update', [story.id]);
      const answer = story.try(story.signatory, 'sign');
      await eventually('the signature waits for the case', async () =>
        (await office().store.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%for update%'`)).length > 0);
      await office().store.transaction((other) => moveClock(other, '2055-11-02T22:30:00.000Z'));
      return { sending: answer };
    });
    const view = must('sign', await sending);
    expect([view.state, (view.receivedAt ?? '') < '2055-11-02T22:30:00.000Z']).toEqual(['submitted.receiptCheck', true]);
  });

  test('its last millisecond is in time, the next one is late; both letters say so', async () => {
    const [last, late] = [await Story.of(office(), '05113', ['requestSignature']), await Story.of(office(), '05112', ['requestSignature'])];
    for (const key of ['05114', '05116']) await Story.of(office(), key, ['requestSignature']);
    await Story.of(office(), '05117');
    await office().freeze(LAST_MILLISECOND);
    expect(await last.go('sign')).toMatchObject({ state: 'submitted.receiptCheck', receivedAt: LAST_MILLISECOND });
    await office().freeze(CUT_OFF);
    expect(await late.go('sign')).toMatchObject({ state: 'submitted.lateClaim', receivedAt: CUT_OFF });
    expect([(await last.letters(last.editor)).at(-1)?.kind, (await late.letters(late.editor)).at(-1)?.kind]).toEqual(['receipt', 'receivedLate']);
    expect((await late.letters(late.editor)).at(-1)?.text).toContain('03.11.2055 00:00');
    const closed = problem('closed', await opening('05119', office().cycle));
    expect([closed.status, closed.code]).toEqual([409, 'windowOpen']);
    await office().thaw();
  });
});

describe('after the cut-off', () => {
  const drafted = async (applicant: string): Promise<Story> => {
    const { items } = await office().client.get<{ items: readonly CaseView[] }>('auditor1', `/cases?machine=application&applicant=${applicant}`);
    return new Story(office(), items[0]?.id ?? '', applicant);
  };

  test('a late claim is admitted by two persons, and never by one', async () => {
    const story = await drafted('05114');
    expect((await story.go('sign')).state).toBe('submitted.lateClaim');
    await story.send('allrounder1', 'proposeLate', { admit: true, reason: 'Störung des Fachverfahrens am letzten Tag' });
    const refused = await story.refused('allrounder1', 'confirmLate');
    expect([refused.status, refused.code]).toEqual([403, 'differentPerson']);
    expect(refused.reasons?.[0]?.who?.map(({ account }) => account)).toEqual(['approver1', 'approver2']);
    const admitted = await story.go('confirmLate');
    expect([admitted.state, (admitted.receivedAt ?? '') >= CUT_OFF]).toEqual(['submitted.receiptCheck', true]);
    expect((await story.letters(story.editor)).at(-1)?.kind).toBe('lateAdmitted');
    expect((await story.go('accept', 'recommend')).state).toBe('submitted.reviewed');
  });

  test('one that is not admitted ends rejected, and the letter gives the reason', async () => {
    const story = await drafted('05116');
    await story.go('sign');
    await story.send('officer1', 'proposeLate', { admit: false, reason: 'Gründe wurden nicht vorgetragen.' });
    expect(await story.go('confirmLate')).toMatchObject({ state: 'rejected', outcome: 'rejected', instalments: [] });
    expect((await story.letters(story.signatory)).at(-1)).toMatchObject({ kind: 'lateRejected', text: expect.stringContaining('Gründe wurden nicht vorgetragen.') });
    expect((await story.refused('officer1', 'accept')).code).toBe('notPossibleHere');
  });

  test('a draft can be filed until the last day of late claims, then it lapses and its content is sent', async () => {
    const story = await drafted('05117');
    const { nextDeadline } = await story.view();
    expect([nextDeadline?.name, nextDeadline?.at]).toEqual(['lapse', '2055-11-16T23:00:00.000Z']);
    await office().clock('2055-11-16', '23:59');
    expect(await story.state()).toBe('drafting.editing');
    await office().clock('2055-11-17', '00:00');
    expect(await story.view()).toMatchObject({ state: 'lapsed', receivedAt: null, nextDeadline: null });
    expect((await story.letters(story.editor)).at(-1)).toMatchObject({ kind: 'lapsed', text: expect.stringContaining('Stelle coord: Koordinierungsstelle, 1,000 VZÄ') });
    const refused = await story.refused(story.editor, 'requestSignature');
    expect([refused.code, refused.reasons?.[0]?.remedy.en]).toEqual(['notPossibleHere', 'The case has ended.']);
    expect(await office().client.actions(story.editor, story.id)).toEqual([]);
    expect(await office().breaches()).toEqual([]);
  });
});
