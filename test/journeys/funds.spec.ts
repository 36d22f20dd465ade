import { describe, expect, test } from '@jest/globals';
import type { Answer } from './client.ts';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

/** What each of them asks for and the whole budget: only one can have it. */
const WANTED = 100_001;

describe('fifty applications for the last euro', () => {
  const office = usingOffice({ budgetCents: WANTED });
  const stories: Story[] = [];
  const states = async (): Promise<readonly string[]> => Promise.all(stories.map((story) => story.state()));
  const inState = async (wanted: string): Promise<readonly Story[]> => {
    const known = await states();
    return stories.filter((_, index) => known[index] === wanted);
  };
  const countersign = (racers: readonly Story[]): Promise<readonly Answer<unknown>[]> =>
    Promise.all(racers.map((story, index) => story.try(index % 2 === 0 ? 'approver1' : 'approver2', 'countersign')));
  /** The waiting ones in the order in which they were received, as the applications themselves say it. */
  const ranked = async (): Promise<readonly Story[]> => {
    const waiting = await Promise.all((await inState('waitingForFunds')).map(async (story) => ({ story, view: await story.view() })));
    const place = ({ view }: (typeof waiting)[number]): string => `${view.receivedAt} ${view.receiptNumber}`;
    return waiting.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)).map(({ story }) => story);
  };
  const only = (list: readonly Story[]): Story => {
    expect(list).toHaveLength(1);
    return list[0] as Story;
  };

  test('are countersigned at once: one is decided, the others wait', async () => {
    const keys = (await office().store.query<{ key: string }>(`select key from organisations where kind <> 'agency' order by key limit 50`)).map(({ key }) => key);
    for (let at = 0; at < keys.length; at += 10) {
      stories.push(...await Promise.all(keys.slice(at, at + 10).map(async (key) => {
        const story = await Story.of(office(), key, TO_THE_GRANT.slice(0, 3));
        const { lines } = await story.view();
        await story.send('officer1', 'recommend', { lines: lines.map(({ line }) => ({ line, decision: line === 'events' ? 'approve' : 'refuse', reason: 'wie beraten' })) });
        return story;
      })));
    }
    const answers = await countersign(stories);
    expect(answers.map(({ status }) => status)).toEqual(stories.map(() => 200));
    expect((await states()).toSorted()).toEqual(['decided.awaitingNotice', ...Array.from({ length: 49 }, () => 'waitingForFunds')]);
    expect(await office().accounts()).toMatchObject({ budget: 0, reserved: WANTED });
  });

  test('what a withdrawal frees is told to the agency and goes to the first in rank only, however many are countersigned at once', async () => {
    const holder = only(await inState('decided.awaitingNotice'));
    const [first, ...others] = await ranked();
    await holder.go('withdraw');
    expect([await office().budget(), (await holder.letters('approver1')).at(-1)?.kind]).toEqual([WANTED, 'fundsFreed']);
    expect(await inState('waitingForFunds')).toHaveLength(49);
    const answers = await countersign([...others, ...(first ? [first] : [])]);
    expect(answers.map(({ status }) => status)).toEqual([...others.map(() => 409), 200]);
    expect(only(await inState('decided.awaitingNotice'))).toBe(first);
    expect(await office().budget()).toBe(0);
  });

  test('a withdrawal races all who wait: whoever is decided is the next in rank, and the euro is given once', async () => {
    for (const round of [1, 2, 3, 4]) {
      const holder = only(await inState('decided.awaitingNotice'));
      const [first, ...others] = await ranked();
      const [gone, ...answers] = await Promise.all([holder.try(holder.signatory, 'withdraw'), ...(await ranked()).map((story) => story.try('approver1', 'countersign'))]);
      expect({ round, gone: gone?.status }).toEqual({ round, gone: 200 });
      expect(answers.slice(1).map(({ status }) => status)).toEqual(others.map(() => 409));
      const { status } = answers[0] as Answer<unknown>;
      expect([200, 409]).toContain(status);
      if (status === 409) await (first as Story).go('countersign');
      expect(only(await inState('decided.awaitingNotice'))).toBe(first);
      expect(await office().accounts()).toMatchObject({ budget: 0, reserved: WANTED });
    }
    expect(await office().breaches()).toEqual([]);
  });
});
