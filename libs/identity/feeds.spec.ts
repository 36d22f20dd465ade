import { beforeAll, describe, expect, test } from '@jest/globals';
import { moveClock } from '#store';
import { usingDatabase } from '#test/harness';
import { FeedsService, IdentityService, IdentitySettings, loadOrganisations, loadPeople } from './index.ts';

describe('feeds', () => {
  const db = usingDatabase();
  let feeds: FeedsService;

  beforeAll(async () => {
    feeds = new FeedsService(db.store, new IdentityService(db.store, new IdentitySettings(null)));
    await db.store.transaction(async (tx) => {
      await loadOrganisations(tx, [{ key: '05315', name: 'Köln', kind: 'kreisfreie Stadt', facts: {} }]);
      await loadPeople(tx, ['editor', 'other'].map((account) =>
        ({ account, name: account, organisation: '05315', roles: ['applicantEditor'], email: `${account}@tranche.example`, language: 'en', active: true })));
    });
  });

  const made = async (account: string) => {
    const answer = await feeds.create(account, { of: 'mine', reminders: true });
    if ('code' in answer) throw new Error(answer.code);
    return answer;
  };

  test('open to their token alone, as the person is now', async () => {
    const { feed, token } = await made('editor');
    expect(feed).toMatchObject({ of: 'mine', reminders: true, language: 'en', lastUsedAt: null });
    expect(await feeds.open(token)).toEqual({ feed, actor: { account: 'editor', roles: ['applicantEditor'], organisation: '05315' } });
    for (const wrong of [feed.id, token.slice(1), `${token} `, `${token}\n`, '', 'ü'.repeat(43)]) expect(await feeds.open(wrong)).toBeNull();
    expect([await feeds.revoke('other', feed.id), await feeds.revoke('editor', feed.id), await feeds.open(token)]).toEqual([false, true, null]);
  });

  test('remember when they were last used, to the hour and in legal time', async () => {
    const { feed: { id }, token } = await made('editor');
    const used = async () => {
      await feeds.open(token);
      return (await feeds.list('editor')).find((feed) => feed.id === id)?.lastUsedAt ?? '';
    };
    const first = await used();
    expect([first !== '', await used()]).toEqual([true, first]);
    await moveClock(db.store, new Date(Date.parse(first) + 3_600_001).toISOString());
    expect(await used() > first).toBe(true);
  });
});
