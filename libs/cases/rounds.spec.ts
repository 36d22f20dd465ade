import { describe, expect, test } from '@jest/globals';
import type { Actor, Instant, Json } from '#kernel';
import { moveClock } from '#store';
import { eventually, usingDatabase } from '#test/harness';
import { bursary } from '#test/toy';
import { CaseList, CasesService, CyclesService, familiesBehind, loadFamily, movedBehind, movedDates, Programmes, verifyFamily } from './index.ts';

const database = usingDatabase();
const programmes = new Programmes([bursary]);
const clerk: Actor = { account: 'clerk', roles: ['caseOfficer'], organisation: null };

const made = { rounds: 0 };

/** A round of its own with a draft in it, and what can happen to both. */
async function draftIn(cutOffAt: Instant) {
  const { store } = database;
  const [cases, cycles, list] = [new CasesService(store, programmes), new CyclesService(store), new CaseList(store, programmes)];
  made.rounds += 1;
  const [id, key] = [`round-${made.rounds}`, `k${made.rounds}`];
  const revise = (data: Json, reason: string | null = null) => store.transaction((tx) => cycles.put(tx, { id, programme: 'bursary', data, account: 'admin1', reason }));
  await revise({ cutOffAt });
  const editor: Actor = { account: 'editor', roles: ['applicantEditor'], organisation: key };
  const opened = await cases.open({ programme: 'bursary', cycle: id, applicant: { key, name: key, kind: 'Kreis' }, actor: editor, at: await store.now() });
  if (!opened.ok) throw new Error(JSON.stringify(opened.refusal));
  const caseId = opened.view.id;
  return {
    id, caseId, cases, cycles, editor, revise,
    open: async () => (await loadFamily(store, caseId))?.clocks.filter(({ settledAt }) => settledAt === null).map(({ name, dueAt, generation }) => `${name} ${dueAt} ${generation}`),
    journal: async () => (await list.timeline(caseId, clerk))?.map(({ event, at }) => `${event} ${at}`),
    letters: async () => (await store.query<{ kind: string }>(`select payload->>'kind' as kind from outbox where case_id = $1 order by id`, [caseId])).map(({ kind }) => kind),
  };
}

describe('a revised round', () => {
  test('moves the clocks of its families, is told to those whom it concerns, and stands in their journal', async () => {
    const draft = await draftIn('2090-03-01T12:00:00.000Z');
    await draft.revise({ cutOffAt: '2090-05-01T12:00:00.000Z' }, 'Störung');
    expect(await familiesBehind(database.store, 100)).toEqual([draft.caseId]);
    expect(await draft.cases.settle(draft.caseId)).toBe('settled');
    expect(await draft.open()).toEqual(['reminder-1 2090-05-01T00:00:00.000Z 2', 'reminder-2 2090-05-01T06:00:00.000Z 2', 'expiry 2090-05-01T12:00:00.000Z 2']);
    const [newest] = await draft.cycles.revisions(draft.id);
    expect(newest).toMatchObject({ revision: 2, account: 'admin1', reason: 'Störung' });
    expect((await draft.journal())?.at(-1)).toBe(`datesMoved ${newest?.createdAt}`);
    expect(await draft.letters()).toEqual(['moved']);
    expect(await draft.cases.settle(draft.caseId)).toBe('nothing');
    expect(await familiesBehind(database.store, 100)).toEqual([]);
    expect(await verifyFamily(database.store, programmes, draft.caseId)).toEqual([]);
  });

  test('that moves nothing is followed in silence', async () => {
    const draft = await draftIn('2090-03-01T12:00:00.000Z');
    await draft.revise({ cutOffAt: '2090-03-01T12:00:00.000Z' });
    expect(await draft.cases.settle(draft.caseId)).toBe('settled');
    expect([await draft.letters(), (await draft.journal())?.length, await familiesBehind(database.store, 100)]).toEqual([[], 1, []]);
  });

  test('does not undo what was due before it: the old date counts until the instant of the revision', async () => {
    const draft = await draftIn('2090-03-01T12:00:00.000Z');
    await database.store.transaction((tx) => moveClock(tx, '2090-03-01T12:00:00.000Z'));
    await draft.revise({ cutOffAt: '2090-06-01T12:00:00.000Z' });
    await draft.cases.settle(draft.caseId);
    expect((await draft.cases.read(draft.caseId, clerk))?.state).toBe('expired');
    expect((await draft.journal())?.slice(1)).toEqual(['remind 2090-03-01T06:00:00.000Z', 'expire 2090-03-01T12:00:00.000Z']);
  });

  test('counts from its own instant: a command that arrived before it is judged by the dates of before', async () => {
    const draft = await draftIn('2090-07-01T12:00:00.000Z');
    const arrivedAt = await database.store.now();
    await eventually('the millisecond is over', async () => await database.store.now() > arrivedAt);
    await draft.revise({ cutOffAt: '2090-05-01T12:00:00.000Z' });
    const outcome = await draft.cases.advance({ caseId: draft.caseId, event: 'edit', data: { amountCents: 1 }, actor: draft.editor, at: arrivedAt });
    expect([outcome.ok, (await draft.open())?.at(-1)]).toEqual([true, 'expiry 2090-07-01T12:00:00.000Z 1']);
    await draft.cases.settle(draft.caseId);
    expect((await draft.open())?.at(-1)).toBe('expiry 2090-05-01T12:00:00.000Z 2');
    expect(await verifyFamily(database.store, programmes, draft.caseId)).toEqual([]);
  });

  test('is never changed afterwards, whoever asks', async () => {
    const { id } = await draftIn('2090-08-01T12:00:00.000Z');
    for (const change of [`update cycles set data = '{}' where id = '${id}'`, `delete from cycles where id = '${id}'`, 'truncate cycles']) {
      await expect(database.store.query(change)).rejects.toThrow('a revision of a round is never changed');
    }
  });
});

test('dates that would come to lie in the past are found, whichever way they move', () => {
  const moved = movedDates(bursary, { cutOffAt: '2028-01-02T00:00:00.000Z' }, { cutOffAt: '2028-01-01T00:00:00.000Z' });
  expect(moved).toEqual([{ date: 'cutOffAt', from: '2028-01-02T00:00:00.000Z', to: '2028-01-01T00:00:00.000Z' }]);
  expect(movedBehind(moved, '2027-12-31T00:00:00.000Z')).toEqual([]);
  expect(movedBehind(moved, '2028-01-01T00:00:00.000Z')).toEqual(moved);
  expect(movedBehind([{ date: 'grace', from: '2028-01-02T00:00:00.000Z', to: null }], '2028-01-03T00:00:00.000Z')).toHaveLength(1);
});
