import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { startOfDay } from '#calendar';
import type { Json } from '#kernel';
import { must, problem } from './client.ts';
import { Story } from './story.ts';
import { usingOffice } from './using.ts';

/** 31 October 2055 is a Sunday and 1 November a holiday: the last day of the window is Tuesday, 2 November. */
const office = usingOffice();
const told = {} as { open: Story; extended: Story; signed: Story; silent: Story };

/** Changes the round as its administrator does. */
const change = async (changes: Json, reason = 'Störung des Fachverfahrens') => {
  const path = `/cycles/${office().cycle}`;
  const { headers } = await office().client.ask('admin1', 'GET', path);
  return office().client.ask<{ cutOffAt: string; revision: number }>('admin1', 'POST', `${path}/revisions`, {
    body: { changes, reason }, headers: { 'if-match': headers.get('etag') ?? '', 'idempotency-key': randomUUID() },
  });
};
const next = async (story: Story) => (await story.view()).nextDeadline;
const kinds = async (story: Story) => (await story.letters(story.editor)).map(({ kind }) => kind);
const events = async (story: Story) => (await office().client.timeline(story.id)).map(({ event }) => event);

describe('the cut-off moves while drafts are open', () => {
  test('for all: every draft has the new dates and a letter, and nobody else', async () => {
    told.open = await Story.of(office(), '05315', ['requestSignature']);
    told.extended = await Story.of(office(), '05314', ['requestSignature']);
    told.silent = await Story.of(office(), '05111');
    told.signed = await Story.of(office(), '05113', ['requestSignature', 'sign']);
    await office().clock('2055-10-28');
    must('extended for all', await change({ cutOffOn: '2055-11-09' }));
    await office().rest();
    for (const story of [told.open, told.extended, told.silent]) {
      expect(await next(story)).toMatchObject({ name: 'cutOff', at: startOfDay('2055-11-10') });
      expect(await kinds(story)).toContain('cutOffMoved');
    }
    expect([(await kinds(told.signed)).includes('cutOffMoved'), (await events(told.signed)).includes('datesMoved')]).toEqual([false, false]);
  });

  test('for one: two people give more time to a single applicant, and the date says why', async () => {
    await told.extended.send('officer1', 'proposeExtension', { until: '2055-11-16', reason: 'Hochwasser im Rathaus' });
    const alone = await told.extended.refused('officer1', 'confirmExtension');
    expect(alone.code).toBe('wrongRole');
    expect((await next(told.extended))?.at).toBe(startOfDay('2055-11-10'));
    await told.extended.go('confirmExtension');
    expect(await next(told.extended)).toMatchObject({ at: startOfDay('2055-11-17'), because: { de: expect.stringContaining('Hochwasser im Rathaus') } });
    expect(await kinds(told.extended)).toContain('extended');
    expect((await next(told.open))?.at).toBe(startOfDay('2055-11-10'));
  });

  test('an extension in the past, or one that is none, is refused', async () => {
    for (const until of ['2055-10-27', '2055-11-09', '2099-01-01']) {
      expect((await told.open.refused('officer1', 'proposeExtension', { until, reason: 'zu spät' })).code).toBe('extensionAhead');
    }
  });

  test('shortened: only to a day that lies ahead, and nobody lapses retroactively', async () => {
    await office().clock('2055-11-03');
    const behind = problem('into the past', await change({ cutOffOn: '2055-11-02' }));
    expect([behind.code, behind.reasons?.[0]?.text.de]).toEqual(['dateAhead', expect.stringContaining('Antragsschluss')]);
    must('shortened', await change({ cutOffOn: '2055-11-05', lateClaimDays: 3 }, 'Haushaltssperre'));
    await office().rest();
    expect(await next(told.open)).toMatchObject({ name: 'cutOff', at: startOfDay('2055-11-06') });
    expect(await told.open.state()).toBe('drafting.awaitingSignature');
    expect((await next(told.extended))?.at).toBe(startOfDay('2055-11-17'));
  });

  test('the last millisecond of the moved cut-off is in time, its instant is late; the extended one has its own', async () => {
    await office().freeze('2055-11-05T22:59:59.999Z');
    await told.open.go('sign');
    await office().thaw();
    expect(await told.open.state()).toBe('submitted.receiptCheck');
    await office().clock('2055-11-16', '23:00');
    expect(await told.silent.state()).toBe('lapsed');
    await told.extended.go('sign');
    expect(await told.extended.state()).toBe('submitted.receiptCheck');
    expect((await kinds(told.extended)).filter((kind) => kind === 'cutOffPassed')).toEqual([]);
    expect(await office().breaches()).toEqual([]);
  });

  test('reminders follow the new last day, each step once for it', async () => {
    const reminders = (await office().client.timeline(told.extended.id)).filter(({ event }) => event === 'remind').map(({ at }) => at.slice(0, 10));
    expect(reminders).toEqual(['2055-09-20', '2055-10-12', '2055-10-21', '2055-10-27', '2055-11-05', '2055-11-11', '2055-11-15']);
  });
});
