import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Actor, Instant, Json, Role } from '#kernel';
import { available, balances, openBudget } from '#ledger';
import { cents } from '#money';
import { moveClock } from '#store';
import { freshDatabase, type FreshDatabase } from '#test/harness';
import { bursary } from '#test/toy';
import { CaseList, CasesService, ClocksService, CyclesService, firstBreak, loadFamily, loadJournal, Programmes, verifyAll, type Outcome } from './index.ts';

const person = (account: string, ...roles: Role[]): Actor => ({ account, roles, organisation: null });
const of = (organisation: string, account: string, ...roles: Role[]): Actor => ({ account, roles, organisation });
const system = person('system', 'system');
const clerk = person('clerk', 'caseOfficer');
const approver = person('approver', 'secondApprover');
const EARLY = '2027-10-01T10:00:00.000Z';

describe('cases', () => {
  let db: FreshDatabase;
  let cases: CasesService;
  let clocks: ClocksService;
  let list: CaseList;
  const programmes = new Programmes([bursary]);
  let applicants = 0;

  beforeAll(async () => {
    db = await freshDatabase();
    cases = new CasesService(db.store, programmes);
    clocks = new ClocksService(db.store);
    list = new CaseList(db.store, programmes);
  });
  afterAll(() => db.drop());

  /** A cycle of its own, so that tests do not compete for budget or rank. */
  const cycle = async (name: string, budget: number, cutOffAt: Instant = '2099-10-31T23:00:00.000Z') => {
    await db.store.transaction(async (tx) => {
      await new CyclesService(db.store).put(tx, { id: name, programme: 'bursary', data: { cutOffAt } });
      if (budget > 0) await openBudget(tx, name, cents(budget), 'test');
    });
    return name;
  };
  const opened = async (cycleId: string, at = EARLY) => {
    applicants += 1;
    const applicant = { key: `k${applicants}`, name: `Kommune ${applicants}`, kind: 'Kreis' };
    return viewOf(await cases.open({ programme: 'bursary', cycle: cycleId, applicant, actor: of(applicant.key, 'editor', 'applicantEditor'), at }));
  };
  const viewOf = (outcome: Outcome) => {
    if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
    return outcome.view;
  };
  const codeOf = (outcome: Outcome) => (outcome.ok ? 'ok' : outcome.refusal.code);
  const send = (caseId: string, actor: Actor, event: string, data: { [field: string]: Json } = {}, more: object = {}) =>
    cases.advance({ caseId, actor, event, data, at: EARLY, ...more });
  const submitted = async (cycleId: string, amountCents: number, at = EARLY) => {
    const view = await opened(cycleId);
    const editor = of(view.applicant.key, 'editor', 'applicantEditor');
    await send(view.id, editor, 'edit', { amountCents });
    return viewOf(await send(view.id, editor, 'submit', {}, { at }));
  };
  const granted = async (cycleId: string, amountCents: number) => {
    const { id } = await submitted(cycleId, amountCents);
    await send(id, clerk, 'propose', { note: 'ja' });
    return viewOf(await send(id, approver, 'confirm'));
  };

  describe('opening', () => {
    test('gives the first version, a file number, and one journal row', async () => {
      const view = await opened(await cycle('open-2028', 0));
      expect(view).toMatchObject({ version: 1, state: 'draft', fileNumber: 'BURSARY-2028-0001', machine: 'application', parent: null, programmeVersion: 1 });
      expect(await list.timeline(view.id, clerk)).toMatchObject([{ seq: 1, event: 'open', from: null, to: 'draft', actor: { account: 'editor', role: 'applicantEditor' } }]);
    });
    test('is refused by its requirements, and twice at once gives one case', async () => {
      const applicant = { key: 'twin', name: 'Zwilling', kind: 'Kreis' };
      const command = { programme: 'bursary', cycle: await cycle('twins-2028', 0), applicant, actor: of('twin', 'editor', 'applicantEditor'), at: EARLY };
      const codes = (await Promise.all([1, 2, 3, 4].map(() => cases.open(command)))).map(codeOf);
      expect(codes.toSorted()).toEqual(['noneOpen', 'noneOpen', 'noneOpen', 'ok']);
      expect(codeOf(await cases.open({ ...command, cycle: 'nowhere' }))).toBe('notFound');
      expect(codeOf(await cases.open({ ...command, actor: clerk }))).toBe('wrongRole');
    });
  });

  describe('advancing', () => {
    test('moves the row, its version and the journal together', async () => {
      const view = await submitted(await cycle('move-2028', 1_000), 100);
      expect(view).toMatchObject({ state: 'desk.review', version: 3, receivedAt: null, requestedCents: 100 });
      expect(await cases.read(view.id, clerk)).toMatchObject({ state: 'desk.review', version: 3 });
    });
    test('a stale version is refused with what changed', async () => {
      const view = await submitted(await cycle('stale-2028', 1_000), 100);
      const outcome = await send(view.id, clerk, 'propose', { note: '' }, { expectedVersion: 2 });
      expect(outcome).toMatchObject({ ok: false, refusal: { code: 'staleVersion', current: 3 } });
      const changed = !outcome.ok && 'changed' in outcome.refusal ? outcome.refusal.changed : [];
      expect(changed).toContainEqual({ path: '/state', from: 'draft', to: 'desk.review' });
      expect(codeOf(await send(view.id, clerk, 'propose', { note: '' }, { expectedVersion: 3 }))).toBe('ok');
    });
    test('a repeated key answers the first answer; another body is refused; keys belong to their actor', async () => {
      const view = await submitted(await cycle('keys-2028', 1_000), 100);
      const key = { key: 'k', bodyHash: 'h' };
      const first = await send(view.id, clerk, 'propose', { note: 'a' }, { key });
      const again = await send(view.id, clerk, 'propose', { note: 'a' }, { key });
      expect(again).toEqual({ ...first, replayed: true });
      expect(codeOf(await send(view.id, clerk, 'propose', { note: 'a' }, { key: { ...key, bodyHash: 'other' } }))).toBe('keyReused');
      expect(codeOf(await send(view.id, approver, 'confirm', {}, { key }))).toBe('ok');
    });
    test('a refusal is an answer too, but a stale version was never considered', async () => {
      const view = await submitted(await cycle('refused-2028', 1_000), 100);
      const key = { key: 'r', bodyHash: 'h' };
      expect(codeOf(await send(view.id, approver, 'confirm', {}, { key }))).toBe('notPossibleHere');
      expect(await send(view.id, approver, 'confirm', {}, { key })).toMatchObject({ replayed: true, refusal: { code: 'notPossibleHere' } });
      expect(codeOf(await send(view.id, clerk, 'propose', { note: '' }, { key, expectedVersion: 1 }))).toBe('staleVersion');
      expect(codeOf(await send(view.id, clerk, 'propose', { note: '' }, { key, expectedVersion: view.version }))).toBe('ok');
    });
    test('fifty times at once happens once', async () => {
      const view = await submitted(await cycle('double-2028', 1_000), 100);
      const codes = await Promise.all(Array.from({ length: 50 }, async () => codeOf(await send(view.id, clerk, 'propose', { note: '' }, { expectedVersion: view.version }))));
      expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
      expect(new Set(codes)).toEqual(new Set(['ok', 'staleVersion']));
    });
    test('nobody of another organisation learns that the case exists', async () => {
      const view = await opened(await cycle('secret-2028', 0));
      const stranger = of('stranger', 'x', 'applicantEditor');
      expect(codeOf(await send(view.id, stranger, 'edit', { amountCents: 1 }))).toBe('notFound');
      expect(await cases.read(view.id, stranger)).toBeNull();
      expect(await cases.explain(view.id, stranger, EARLY)).toBeNull();
      expect(await cases.locate(view.id, stranger)).toBeNull();
      expect(await list.timeline(view.id, stranger)).toBeNull();
      expect((await list.list({ limit: 200 }, stranger)).items).toEqual([]);
    });
  });

  describe('budget and rank', () => {
    test('two confirmations race for the last euro: one wins, the other queues', async () => {
      const id = await cycle('race-2028', 100);
      const both = await Promise.all([submitted(id, 100), submitted(id, 100)]);
      for (const { id: caseId } of both) await send(caseId, clerk, 'propose', { note: '' });
      const states = (await Promise.all(both.map(({ id: caseId }) => send(caseId, approver, 'confirm')))).map((outcome) => viewOf(outcome).state);
      expect(states.toSorted()).toEqual(['granted', 'queue']);
      expect(await available(db.store, id, { lock: false })).toBe(0);
    });
    test('freed budget goes to the first in rank, and only a person gives it', async () => {
      const id = await cycle('rank-2028', 100);
      const first = await submitted(id, 200, '2027-10-02T00:00:00.000Z');
      const second = await submitted(id, 200, '2027-10-03T00:00:00.000Z');
      for (const { id: caseId } of [first, second]) {
        await send(caseId, clerk, 'propose', { note: '' });
        expect(viewOf(await send(caseId, approver, 'confirm')).state).toBe('queue');
      }
      await db.store.transaction((tx) => openBudget(tx, id, cents(300), 'more'));
      expect(await send(second.id, approver, 'confirm')).toMatchObject({ refusal: { code: 'firstInLine' } });
      expect(viewOf(await send(first.id, approver, 'confirm')).state).toBe('granted');
      expect(await balances(db.store, id)).toEqual({ budget: 200, reserved: 0, committed: 200, ordered: 0, paid: 0, claimed: 0, recovered: 0 });
    });
  });

  describe('a family', () => {
    test('children are cases of their own; theirs and the parent’s moves commit together', async () => {
      const view = await granted(await cycle('family-2028', 1_000), 101);
      expect(view.instalments).toMatchObject([{ number: 1, amountCents: 50, state: 'planned' }, { number: 2, amountCents: 51, state: 'planned' }]);
      const [one] = view.instalments;
      const child = one?.id as string;
      expect(codeOf(await send(child, person('pay', 'financeAuthoriser'), 'order'))).toBe('ok');
      expect(codeOf(await send(child, system, 'markExported'))).toBe('ok');
      expect(codeOf(await send(child, system, 'settle'))).toBe('ok');
      expect(await cases.read(view.id, clerk)).toMatchObject({ state: 'done', instalments: [{ state: 'settled' }, { state: 'due' }] });
      expect(await balances(db.store, 'family-2028')).toMatchObject({ committed: 51, paid: 50 });
      const outbox = await db.store.query<{ queue: string }>('select queue from outbox where root_id = $1 order by id', [view.id]);
      expect(outbox.map(({ queue }) => queue)).toEqual(['letters', 'payouts']);
    });
    test('stopping the parent cancels the children that can still be cancelled', async () => {
      const view = await granted(await cycle('stop-2028', 1_000), 100);
      await send(view.instalments[0]?.id as string, person('pay', 'financeAuthoriser'), 'order');
      expect(codeOf(await send(view.id, approver, 'stop'))).toBe('ok');
      expect(await cases.read(view.id, clerk)).toMatchObject({ state: 'stopped', instalments: [{ state: 'ordered' }, { state: 'cancelled' }] });
    });
    test('who proposed may not order the payment of the same family', async () => {
      const view = await granted(await cycle('four-2028', 1_000), 100);
      expect(codeOf(await send(view.instalments[0]?.id as string, person('clerk', 'caseOfficer', 'financeAuthoriser'), 'order'))).toBe('differentPerson');
    });
  });

  describe('clocks', () => {
    test('what is due before an event happens before it, whoever was late to look', async () => {
      const view = await opened(await cycle('clock-2028', 0, '2027-10-05T12:00:00.000Z'));
      const late = '2027-10-06T00:00:00.000Z';
      const hints = await cases.explain(view.id, clerk, late);
      expect(hints).toEqual([]);
      expect(await send(view.id, of(view.applicant.key, 'editor', 'applicantEditor'), 'submit', {}, { at: late })).toMatchObject({ refusal: { code: 'notPossibleHere' } });
      expect(await list.timeline(view.id, clerk)).toMatchObject([
        { event: 'open' }, { event: 'remind', at: '2027-10-05T06:00:00.000Z', to: 'draft' }, { event: 'expire', at: '2027-10-05T12:00:00.000Z', to: 'expired', actor: { account: 'system' } }]);
    });
    test('after an outage one reminder goes out, not all that were missed', async () => {
      const view = await opened(await cycle('outage-2028', 0, '2027-10-05T12:00:00.000Z'));
      await send(view.id, of(view.applicant.key, 'editor', 'applicantEditor'), 'edit', { amountCents: 1 }, { at: '2027-10-05T07:00:00.000Z' });
      const outcomes = (await loadFamily(db.store, view.id))?.clocks.map(({ name, outcome }) => [name, outcome]);
      expect(outcomes).toEqual([['reminder-1', 'overtaken'], ['reminder-2', 'fired'], ['expiry', null]]);
    });
    test('a reminder does not raise the version, a fired date never fires again, a moved date is a new generation', async () => {
      const id = await cycle('again-2028', 0, '2098-01-05T12:00:00.000Z');
      const view = await opened(id, '2098-01-01T00:00:00.000Z');
      const editor = of(view.applicant.key, 'editor', 'applicantEditor');
      const edited = viewOf(await cases.advance({ caseId: view.id, actor: editor, event: 'edit', data: { amountCents: 1 }, at: '2098-01-05T06:00:00.000Z' }));
      expect(edited.version).toBe(2);
      const events = async () => (await list.timeline(view.id, clerk))?.map(({ event }) => event);
      expect(await events()).toEqual(['open', 'remind', 'edit']);
      await db.store.transaction((tx) => new CyclesService(db.store).put(tx, { id, programme: 'bursary', data: { cutOffAt: '2099-01-09T12:00:00.000Z' } }));
      await cases.advance({ caseId: view.id, actor: editor, event: 'edit', data: { amountCents: 2 }, at: '2098-01-05T07:00:00.000Z' });
      const rows = (await loadFamily(db.store, view.id))?.clocks.map(({ name, generation, dueAt, outcome }) => ({ name, generation, dueAt, outcome }));
      expect(rows).toEqual([
        { name: 'reminder-1', generation: 2, dueAt: '2099-01-09T00:00:00.000Z', outcome: null },
        { name: 'reminder-2', generation: 2, dueAt: '2099-01-09T06:00:00.000Z', outcome: null },
        { name: 'expiry', generation: 2, dueAt: '2099-01-09T12:00:00.000Z', outcome: null }]);
    });
    test('settling looks at the one clock: early does nothing, twice does it once', async () => {
      const [now] = [await db.store.now()];
      const id = await cycle('settle-2028', 0, `${Number(now.slice(0, 4)) + 1}-01-05T12:00:00.000Z`);
      const view = await opened(id, now);
      expect(await cases.settle(view.id)).toBe('nothing');
      const family = await loadFamily(db.store, view.id);
      const expiry = family?.clocks.find(({ name }) => name === 'expiry');
      expect(await clocks.due({ clockId: expiry?.id as string, generation: 1 })).toMatchObject({ is: 'early', delayMs: expect.any(Number) });
      expect(await clocks.due({ clockId: expiry?.id as string, generation: 2 })).toEqual({ is: 'gone' });
      await db.store.transaction((tx) => moveClock(tx, expiry?.dueAt as Instant));
      expect(await clocks.due({ clockId: expiry?.id as string, generation: 1 })).toEqual({ is: 'due', rootId: view.id });
      expect((await clocks.overdueFamilies(10)).rootIds).toContain(view.id);
      expect(await Promise.all([1, 2, 3].map(() => cases.settle(view.id)))).toEqual(expect.arrayContaining(['settled', 'nothing']));
      expect(await cases.read(view.id, clerk)).toMatchObject({ state: 'expired', version: 2 });
      expect(await cases.settle('nowhere')).toBe('nothing');
    });
  });

  describe('history', () => {
    test('any past instant can be shown as it was', async () => {
      const view = await submitted(await cycle('past-2028', 1_000), 100, '2027-10-02T00:00:00.000Z');
      await db.store.transaction((tx) => moveClock(tx, '2030-01-01T00:00:00.000Z'));
      expect(await cases.read(view.id, clerk, { at: '2027-10-01T23:00:00.000Z' })).toMatchObject({ state: 'draft', version: 2 });
      expect(await cases.read(view.id, clerk, { at: '2027-09-01T00:00:00.000Z' })).toBeNull();
      expect(await cases.read(view.id, clerk, { at: '2027-10-02T00:00:00.000Z' })).toMatchObject({ state: 'desk.review' });
    });
    test('every journal holds, leads to what is stored, and cannot be changed', async () => {
      expect(await verifyAll(db.store, programmes)).toMatchObject({ violations: [] });
      await expect(db.store.query("update journal set event = 'x'")).rejects.toThrow('append-only');
      await expect(db.store.query('delete from journal')).rejects.toThrow('append-only');
    });
    test('a chain that was tampered with names its first bad row', async () => {
      const view = await submitted(await cycle('chain-2028', 1_000), 100);
      const rows = await loadJournal(db.store, view.id);
      const head = { seq: rows.length, hash: rows.at(-1)?.hash as string };
      expect(firstBreak(rows, head)).toBeNull();
      expect(firstBreak(rows.map((row) => (row.seq === 2 ? { ...row, account: 'x' } : row)), head)).toMatchObject({ seq: 2 });
      expect(firstBreak(rows.toReversed(), head)).toMatchObject({ seq: 1 });
      expect(firstBreak(rows.filter(({ seq }) => seq !== 2), head)).toMatchObject({ seq: 2 });
      expect(firstBreak(rows.slice(0, -1), head)).toMatchObject({ seq: 3 });
    });
    test('a stored state that its journal does not give is found', async () => {
      const view = await submitted(await cycle('wrong-2028', 1_000), 100);
      await db.store.query("update cases set state = 'desk.late' where id = $1", [view.id]);
      expect((await verifyAll(db.store, programmes)).violations).toMatchObject([{ rootId: view.id, what: expect.stringContaining('desk.late') }]);
    });
  });

  test('lists filter, and page in the order of opening', async () => {
    const id = await cycle('list-2028', 0);
    const ids = [];
    for (let n = 0; n < 5; n += 1) ids.push((await opened(id)).id);
    const first = await list.list({ cycle: id, limit: 2 }, clerk);
    const second = await list.list({ cycle: id, limit: 2, ...(first.next && { after: first.next }) }, clerk);
    const third = await list.list({ cycle: id, limit: 2, ...(second.next && { after: second.next }) }, clerk);
    expect(new Set([...first.items, ...second.items, ...third.items].map((item) => item.id))).toEqual(new Set(ids));
    expect(third).toMatchObject({ next: null, items: [{}] });
    expect((await list.list({ cycle: id, state: 'desk', limit: 9 }, clerk)).items).toEqual([]);
    expect((await list.list({ cycle: id, q: '2028-0003', limit: 9 }, clerk)).items).toHaveLength(1);
    expect((await list.list({ cycle: id, q: '%', limit: 9 }, clerk)).items).toEqual([]);
  });
});
