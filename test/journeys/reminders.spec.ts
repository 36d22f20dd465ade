import { describe, expect, test } from '@jest/globals';
import { formatInstant } from '#calendar';
import type { TimelineItem } from '#cases';
import { moveClock } from '#store';
import { eventually } from '#test/harness';
import { Story } from './story.ts';
import { usingOffice } from './using.ts';

/** 31 October 2055 is a Sunday and 1 November a holiday: the last day of the window is Tuesday, 2 November. */
const office = usingOffice();

const told = {} as { readonly [who in 'editing' | 'handedOver' | 'changing' | 'signed']: Story };

const of = (events: readonly TimelineItem[], event: string) => events.filter((item) => item.event === event);

/** When the family was reminded, by Berlin's clock, and to whom each of the letters went; `step` 0 is the end of the window. */
async function reminded(story: Story): Promise<string[]> {
  const letters = (await story.letters()).filter(({ kind }) => kind === 'draftReminder' || kind === 'cutOffPassed');
  const reminders = of(await story.office.client.timeline(story.id), 'remind');
  expect(letters.map(({ sentAt }, index) => sentAt >= (reminders[index]?.at ?? ''))).toEqual(reminders.map(() => true));
  return reminders.map(({ at }, index) => `${letters[index]?.to.split('@')[0]} ${formatInstant(at, 'de')}`);
}

describe('reminders before the deadline', () => {
  test('each working-day step once, to whoever has the draft, none after the submission', async () => {
    const editing = await Story.of(office(), '05315');
    const handedOver = await Story.of(office(), '05314', ['requestSignature']);
    const changing = await Story.of(office(), '05111');
    const signed = await Story.of(office(), '05113', ['requestSignature']);
    Object.assign(told, { editing, handedOver, changing, signed });
    await office().clock('2055-10-14');
    await changing.go('requestSignature');
    await signed.go('sign');
    await office().clock('2055-10-25');
    await changing.go('sendBackToEditor');
    await office().clock('2055-11-02', '23:00');

    const at = ['20.09.2055 08:00', '12.10.2055 08:00', '21.10.2055 08:00', '27.10.2055 08:00', '29.10.2055 08:00'];
    expect(await reminded(editing)).toEqual(at.map((time) => `editor-05315 ${time}`));
    expect(await reminded(handedOver)).toEqual(at.map((time) => `signatory-05314 ${time}`));
    expect(await reminded(changing)).toEqual([
      `editor-05111 ${at[0]}`, `editor-05111 ${at[1]}`, `signatory-05111 ${at[2]}`, `editor-05111 ${at[3]}`, `editor-05111 ${at[4]}`,
    ]);
    expect(await reminded(signed)).toEqual([`signatory-05113 ${at[0]}`, `signatory-05113 ${at[1]}`]);
    const [first] = (await editing.letters()).filter(({ kind }) => kind === 'draftReminder');
    expect(first?.subject).toContain('Antragsschluss am 02.11.2055');
    expect(await editing.state()).toBe('drafting.editing');
    expect(of(await office().client.timeline(editing.id), 'remind').map(({ text }) => text.en)).toEqual([30, 14, 7, 3, 1].map((days) => expect.stringContaining(`${days} `)));
  });

  test('the inbox can be asked by recipient, by account and by case', async () => {
    const { client } = office();
    const everything = await client.inbox({});
    const koeln = (await client.inbox({ to: 'editor-05315' })).map(({ to }) => to);
    expect([koeln.length, new Set(koeln)]).toEqual([5, new Set(['editor-05315@municipality.example'])]);
    expect(await client.inbox({ to: 'editor-05315@municipality.example' })).toHaveLength(koeln.length);
    const [first] = everything;
    const ofOne = await client.inbox({ case: first?.case ?? '' });
    expect([new Set(ofOne.map((letter) => letter.case)).size, ofOne.length < everything.length]).toEqual([1, true]);
    expect(await client.inbox({ to: 'nobody' })).toEqual([]);
  });

  test('after the cut-off whoever still has a draft is told once how it can be filed as late', async () => {
    await office().clock('2055-11-05');
    const ends = await Promise.all([told.editing, told.handedOver, told.changing, told.signed].map(async (story) => (await reminded(story)).at(-1)));
    expect(ends).toEqual(['editor-05315 03.11.2055 00:00', 'signatory-05314 03.11.2055 00:00', 'editor-05111 03.11.2055 00:00', 'signatory-05113 12.10.2055 08:00']);
    const letters = (await office().client.inbox({})).map(({ kind }) => kind);
    expect(letters.filter((kind) => kind === 'cutOffPassed')).toHaveLength(3);
    expect(letters.filter((kind) => kind === 'draftReminder')).toHaveLength(5 + 5 + 5 + 2);
  });
});

describe('the reminder job runs while the applicant submits', () => {
  test('the mail that was already on its way is not sent, and none comes later', async () => {
    await office().openRound({ ...(await office().roundOf(office().cycle)), id: 'kim-2057', fundingYear: 2057, opensOn: '2055-09-01', cutOffOn: '2055-12-23', payOn: ['2057-05-01', '2057-10-01'] });
    const story = await Story.of(office(), '05315', ['requestSignature'], 'kim-2057');
    await office().client.moveClock('2055-12-10T12:00:00.000Z');
    const mails = async () => (await story.letters()).filter(({ kind }) => kind === 'draftReminder').length;
    const before = await mails();
    expect(before).toBeGreaterThan(0);

    await office().queue('letters').pause();
    await office().store.transaction((tx) => moveClock(tx, '2055-12-14T08:00:00.000Z'));
    office().store.committed();
    await eventually('the reminder is decided', async () => of(await office().client.timeline(story.id), 'remind').length > before);
    await story.go('sign');
    await office().queue('letters').resume();

    expect(await mails()).toBe(before);
    await office().clock('2055-12-24');
    expect(await mails()).toBe(before);
    expect((await story.letters()).map(({ kind }) => kind)).toContain('receipt');
    expect(await office().breaches()).toEqual([]);
  });
});
