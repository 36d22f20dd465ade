import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Actor, Json, Programme, Role } from '#kernel';
import { usingDatabase } from '#test/harness';
import { bursary } from '#test/toy';
import { CasesService, CyclesService, DeadlineList, Programmes, RegisterList, type Outcome } from './index.ts';

const AT = '2027-10-01T10:00:00.000Z';
const clerk: Actor = { account: 'clerk', roles: ['caseOfficer'], organisation: null };
const editorOf = (organisation: string): Actor => ({ account: `editor-${organisation}`, roles: ['applicantEditor' satisfies Role], organisation });

/** The toy as another version, in which an event is an exceptional one. */
const version = (number: number, exceptional?: 'propose'): Programme => {
  const { application } = bursary.machines as Required<typeof bursary.machines>;
  const propose = { ...application?.events['propose'], exceptional: true };
  return { ...bursary, version: number, machines: { ...bursary.machines, application: { ...application, events: { ...application?.events, ...(exceptional ? { propose } : {}) } } as never } };
};

describe('lists over all cases', () => {
  const db = usingDatabase();
  let ids: readonly string[];

  beforeAll(async () => {
    await db.store.transaction((tx) => new CyclesService(db.store).put(tx, { id: 'c', programme: 'bursary', data: { cutOffAt: '2099-10-31T23:00:00.000Z' } }));
    const cases = new CasesService(db.store, new Programmes([bursary]));
    const viewOf = (outcome: Outcome) => {
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
      return outcome.view;
    };
    const opened = [];
    for (const key of ['a', 'b']) {
      const applicant = { key, name: `Kreis ${key}`, kind: 'Kreis' };
      opened.push(viewOf(await cases.open({ programme: 'bursary', cycle: 'c', applicant, actor: editorOf(key), at: AT })));
    }
    ids = opened.map(({ id }) => id);
    const send = async (actor: Actor, event: string, data: { readonly [field: string]: Json } = {}) =>
      viewOf(await cases.advance({ caseId: ids[0] ?? '', actor, event, data, at: AT }));
    await send(editorOf('a'), 'edit', { amountCents: 100 });
    await send(editorOf('a'), 'submit');
    await send(clerk, 'propose', { note: 'ja' });
  });

  test('deadlines carry the words of their programme, also where their version is no longer loaded', async () => {
    for (const known of [bursary, version(2)]) {
      const found = await new DeadlineList(db.store, new Programmes([known])).appointments({ reminders: true, limit: 10 }, clerk);
      expect(found.map(({ case: id, name, generation, words, stateLabel, officer }) => [id, name, generation, words.label.de, stateLabel.de, officer])).toEqual([
        [ids[1], 'reminder-1', 1, 'remind', 'draft', null], [ids[1], 'reminder-2', 1, 'remind', 'draft', null], [ids[1], 'expiry', 1, 'expire', 'draft', null],
      ]);
    }
  });

  test('nobody sees another applicant\'s, neither deadlines nor decisions', async () => {
    const [deadlines, register] = [new DeadlineList(db.store, new Programmes([bursary])), new RegisterList(db.store, new Programmes([version(1, 'propose')]))];
    expect((await deadlines.list({ reminders: false, limit: 10 }, editorOf('b'))).items.map(({ case: id }) => id)).toEqual([ids[1]]);
    expect(await deadlines.list({ reminders: true, limit: 10, applicant: 'b' }, editorOf('a'))).toEqual({ items: [], next: null });
    expect(await register.list({ limit: 10 }, editorOf('a'))).toHaveLength(1);
    expect(await register.list({ limit: 10 }, editorOf('b'))).toEqual([]);
  });

  test('the register holds what any loaded version calls exceptional, whichever it was decided under', async () => {
    const registered = async (...known: readonly Programme[]) => (await new RegisterList(db.store, new Programmes(known)).list({ limit: 10 }, clerk)).map(({ entry: found }) => found);
    expect(await registered(bursary)).toEqual([]);
    const [entry, ...others] = await registered(version(2, 'propose'));
    expect([entry, others]).toEqual([{
      seq: 4, at: AT, case: ids[0], fileNumber: 'BURSARY-c-0001', applicant: { key: 'a', name: 'Kreis a' }, cycle: 'c', event: 'propose',
      actor: { account: 'clerk', role: 'caseOfficer' }, from: 'desk.review', to: 'desk.proposed', text: { de: 'propose ist geschehen', en: 'propose happened' }, reason: null,
    }, []]);
    expect(await registered(bursary, version(2, 'propose'), version(3, 'propose'))).toEqual([entry]);
  });
});
