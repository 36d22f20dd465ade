import { describe, expect, test } from '@jest/globals';
import { must } from './client.ts';
import { Story } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice({ hearingBeforeRejection: true });

const refuseAll = async (story: Story) => ({ lines: (await story.view()).lines.map(({ line }) => ({ line, decision: 'refuse', reason: 'Das Konzept trägt nicht.' })) });
const messageIds = (id: string) => office().store.query<{ messageId: string }>(`select message_id as "messageId" from letters where case_id = $1 and kind = 'hearing' order by id desc limit 2`, [id]);
const bounce = (messageId: string) => office().client.ask('admin1', 'POST', '/bounces', { body: { messageId, status: '5.1.1', diagnostic: 'no such user' } });

describe('a hearing before everything is refused', () => {
  test('whose mail came back to all was none: no decision is possible until one has reached the municipality', async () => {
    const story = await Story.of(office(), '05315', ['requestSignature', 'sign', 'accept']);
    expect((await story.refused('officer1', 'recommend', await refuseAll(story))).code).toBe('hearingHeld');
    await story.go('hear');
    await office().rest();
    const [first, second] = await messageIds(story.id);
    must('one of two', await bounce(first?.messageId ?? ''));
    expect(await story.state()).toBe('submitted.hearing');
    must('both', await bounce(second?.messageId ?? ''));
    expect(await story.state()).toBe('submitted.inReview');
    expect((await story.refused('officer1', 'recommend', await refuseAll(story))).code).toBe('hearingHeld');
    await office().rest();
    expect((await office().client.inbox({ to: 'officer1' })).map(({ kind }) => kind)).toContain('undelivered');
    expect((await office().client.timeline(story.id)).at(-1)).toMatchObject({ event: 'reportUndelivered', actor: { account: 'system' } });
    const { items } = await office().client.get<{ items: { case: string; kind: string; name: string }[] }>('officer1', '/exceptions');
    expect(items.filter((item) => item.case === story.id).map(({ kind, name }) => [kind, name])).toEqual([['bounce', 'hearing'], ['bounce', 'hearing']]);
  });

  test('to addresses that are known to be dead is none at once', async () => {
    const story = await Story.of(office(), '05314', ['requestSignature', 'sign', 'accept']);
    await office().store.query(`insert into suppressions (address, bounce_id, since) select a.address, b.id, tranche_now()
      from (select id from bounces limit 1) b, (values ('editor-05314@municipality.example'), ('signatory-05314@municipality.example')) a (address)`);
    await story.go('hear');
    await story.reaches('submitted.inReview');
    expect((await office().client.timeline(story.id)).at(-1)?.event).toBe('reportUndelivered');
  });

  test('that was answered, or whose period passed, lets the decision be made', async () => {
    const [answered, silent] = await Promise.all(['05111', '05113'].map((key) => Story.of(office(), key, ['requestSignature', 'sign', 'accept', 'hear'])));
    await answered?.go('answerHearing');
    expect((await answered?.send('officer1', 'recommend', await refuseAll(answered)))?.state).toBe('submitted.reviewed');
    const until = (await silent?.view())?.nextDeadline?.at ?? '';
    await office().client.moveClock(until);
    expect((await silent?.send('officer1', 'recommend', silent && await refuseAll(silent)))?.state).toBe('submitted.reviewed');
    expect(await office().breaches()).toEqual([]);
  });
});
