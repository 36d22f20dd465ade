import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Actor, Json, Role } from '#kernel';
import { openBudget } from '#ledger';
import { cents } from '#money';
import { freshDatabase, type FreshDatabase } from '#test/harness';
import { bursary } from '#test/toy';
import { BulkService, CasesService, CyclesService, Programmes, Survey, type BulkView, type CaseView, type Outcome } from './index.ts';

const person = (account: string, role: Role): Actor => ({ account, roles: [role], organisation: null });
const clerk = person('clerk', 'caseOfficer');
const approver = person('approver', 'secondApprover');
const AT = '2027-10-01T10:00:00.000Z';
const NOTE = { note: 'ja' };
const CYCLE = 'bulk-2028';

describe('one event for many cases', () => {
  let db: FreshDatabase;
  let cases: CasesService;
  let bulk: BulkService;
  let applicants = 0;
  let keys = 0;

  beforeAll(async () => {
    db = await freshDatabase();
    const programmes = new Programmes([bursary]);
    cases = new CasesService(db.store, programmes);
    bulk = new BulkService(db.store, cases, new Survey(db.store, programmes));
    await db.store.transaction(async (tx) => {
      await new CyclesService(db.store).put(tx, { id: CYCLE, programme: 'bursary', data: { cutOffAt: '2099-10-31T23:00:00.000Z' } });
      await openBudget(tx, CYCLE, cents(10_000_000), 'test');
    });
    // A fault of the database in the middle of the work: it fails for these cases, as a full disk or a bug would.
    await db.store.query(`
      create table broken (case_id text);
      create function fails() returns trigger language plpgsql as $$ begin
        if exists (select 1 from broken where case_id = new.case_id) then raise exception 'broken here'; end if; return new; end $$;
      create trigger fails before insert on journal for each row execute function fails();`);
  });
  afterAll(() => db.drop());

  const viewOf = (outcome: Outcome): CaseView => {
    if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
    return outcome.view;
  };
  const send = async (caseId: string, actor: Actor, event: string, data: { [field: string]: Json } = {}) => viewOf(await cases.advance({ caseId, actor, event, data, at: AT }));
  /** A case that waits for its proposal. */
  const submitted = async (amountCents = 100): Promise<string> => {
    applicants += 1;
    const applicant = { key: `b${applicants}`, name: `Kommune ${applicants}`, kind: 'Kreis' };
    const editor: Actor = { account: 'editor', roles: ['applicantEditor'], organisation: applicant.key };
    const { id } = viewOf(await cases.open({ programme: 'bursary', cycle: CYCLE, applicant, actor: editor, at: AT }));
    await send(id, editor, 'edit', { amountCents });
    await send(id, editor, 'submit');
    return id;
  };
  const several = async (count: number): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) ids.push(await submitted(100 + index));
    return ids;
  };
  const preview = (ids: readonly string[], actor = clerk, event = 'propose', data: { [field: string]: Json } | null = NOTE) =>
    bulk.preview({ event, rows: ids.map((caseId) => ({ caseId, data })), actor, at: AT });
  const confirm = async (token: string, actor = clerk, key = `k${keys += 1}`): Promise<BulkView> => {
    const answer = await bulk.confirm({ token, actor, at: AT, key: { key, bodyHash: token } });
    if (answer === null || 'refused' in answer) throw new Error(`refused: ${JSON.stringify(answer)}`);
    return answer;
  };
  const results = ({ rows }: BulkView) => rows.map(({ result, code }) => code ?? result);
  const proposals = async (ids: readonly string[]): Promise<number> =>
    (await db.store.query(`select 1 from journal where event = 'propose' and case_id = any($1)`, [ids])).length;
  const breaking = (ids: readonly string[]) => db.store.query('insert into broken select unnest($1::text[])', [ids]);

  test('a preview freezes ids, versions and amounts, says why not, and changes nothing', async () => {
    const [fresh = '', proposed = ''] = await several(2);
    await send(proposed, clerk, 'propose', NOTE);
    const view = await preview([fresh, proposed, 'nowhere']);
    expect(view).toMatchObject({ event: 'propose', confirmedAt: null });
    expect(view.rows).toMatchObject([
      { caseId: fresh, version: 3, amountCents: 100, allowed: true, reasons: [], result: null },
      { caseId: proposed, version: 4, allowed: false, reasons: [{ code: 'notPossibleHere' }], result: null },
      { caseId: 'nowhere', version: null, fileNumber: null, allowed: false, result: null },
    ]);
    expect(await bulk.read(view.token, clerk)).toEqual(view);
    expect([await proposals([fresh]), (await cases.read(fresh, clerk))?.version]).toEqual([0, 3]);
  });

  test('what was shown as possible is done, the rest is not even tried', async () => {
    const [one = '', other = ''] = await several(2);
    await send(other, clerk, 'propose', NOTE);
    const { token } = await preview([one, other, 'nowhere']);
    const done = await confirm(token);
    expect(results(done)).toEqual(['done', 'notPossibleHere', 'notFound']);
    expect(done.rows[0]).toMatchObject({ state: 'desk.proposed', decidedAt: expect.any(String) });
    expect(await confirm(token)).toEqual(done);
  });

  test('whoever may not is told so for each row: the same person, another role', async () => {
    const ids = await several(2);
    await confirm((await preview(ids)).token);
    const both: Actor = { ...clerk, roles: ['caseOfficer', 'secondApprover'] };
    expect((await preview(ids, both, 'confirm', {})).rows.map(({ reasons }) => reasons.map(({ code }) => code))).toEqual([['differentPerson'], ['differentPerson']]);
    expect((await preview(ids, clerk, 'confirm', {})).rows.map(({ reasons }) => reasons[0]?.code)).toEqual(['wrongRole', 'wrongRole']);
    expect(results(await confirm((await preview(ids, approver, 'confirm', {})).token, approver))).toEqual(['done', 'done']);
  });

  test('a row that was changed after the preview is refused alone', async () => {
    const ids = await several(3);
    const { token } = await preview(ids);
    await send(ids[1] ?? '', { account: 'editor', roles: ['applicantSignatory'], organisation: `b${applicants - 1}` }, 'withdraw');
    expect(results(await confirm(token))).toEqual(['done', 'staleVersion', 'done']);
  });

  test('a token is its person\'s only, and a key belongs to one token', async () => {
    const [one, other] = [await preview(await several(1)), await preview(await several(1))];
    expect(await bulk.read(one.token, approver)).toBeNull();
    expect(await bulk.confirm({ token: one.token, actor: approver, at: AT, key: { key: 'x', bodyHash: 'x' } })).toBeNull();
    await confirm(one.token, clerk, 'mine');
    expect(await bulk.confirm({ token: other.token, actor: clerk, at: AT, key: { key: 'mine', bodyHash: other.token } })).toEqual({ refused: 'keyReused' });
    expect((await bulk.read(other.token, clerk))?.confirmedAt).toBeNull();
  });

  test('fifty confirmations at once, with one key or many, do every row once', async () => {
    const ids = await several(12);
    const { token } = await preview(ids);
    await Promise.all(Array.from({ length: 50 }, (_, index) => confirm(token, clerk, index % 2 === 0 ? 'double click' : `click ${index}`)));
    const done = await bulk.read(token, clerk);
    expect(done && results(done)).toEqual(ids.map(() => 'done'));
    expect(await proposals(ids)).toBe(ids.length);
  });

  test('a fault in the middle leaves its row pending and the others done; the next try goes on there', async () => {
    const ids = await several(6);
    const { token } = await preview(ids);
    await breaking([ids[2] ?? '']);
    await expect(confirm(token)).rejects.toThrow('broken here');
    const halfway = await bulk.read(token, clerk);
    expect(halfway && results(halfway)).toEqual(['done', 'done', 'pending', 'done', 'done', 'done']);
    await db.store.query('delete from broken');
    expect(results(await confirm(token))).toEqual(ids.map(() => 'done'));
    expect(await proposals(ids)).toBe(ids.length);
  });

  test('what was shown stays as it was shown, whoever asks', async () => {
    const { token } = await preview(await several(1));
    for (const statement of [`update bulk_rows set case_version = 9 where token = '${token}'`, `update bulk_orders set account = 'approver' where token = '${token}'`, 'truncate bulk_orders cascade']) {
      await expect(db.store.query(statement)).rejects.toThrow('frozen');
    }
    await confirm(token);
    for (const statement of [`update bulk_rows set result = 'refused', code = 'x' where token = '${token}'`, `delete from bulk_orders where token = '${token}'`,
      `set local session_replication_role = replica; delete from bulk_rows where token = '${token}'`]) {
      await expect(db.store.transaction((tx) => tx.query(statement))).rejects.toThrow('frozen');
    }
  });

  test('property: whatever is selected, changed meanwhile or fails, every case has one result and moved at most once', async () => {
    const fate = fc.constantFrom('stays', 'moves', 'breaks', 'is proposed before', 'is nowhere');
    await fc.assert(fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 7 }), fc.integer({ min: 1, max: 3 }), async (fates, clicks) => {
      const rows: { id: string; fate: string }[] = [];
      for (const [index, each] of fates.entries()) rows.push({ id: each === 'is nowhere' ? `nowhere-${index}` : await submitted(), fate: each });
      for (const { id } of rows.filter((row) => row.fate === 'is proposed before')) await send(id, clerk, 'propose', NOTE);
      const { token } = await preview(rows.map(({ id }) => id));
      for (const { id } of rows.filter((row) => row.fate === 'moves')) await send(id, clerk, 'propose', NOTE);
      await breaking(rows.filter((row) => row.fate === 'breaks').map(({ id }) => id));
      await Promise.allSettled(Array.from({ length: clicks }, () => confirm(token)));
      await db.store.query('delete from broken');
      const wanted: { readonly [fate: string]: string } = { stays: 'done', breaks: 'done', moves: 'staleVersion', 'is proposed before': 'notPossibleHere', 'is nowhere': 'notFound' };
      expect(results(await confirm(token))).toEqual(rows.map((row) => wanted[row.fate]));
      expect(await proposals(rows.map(({ id }) => id))).toBe(rows.filter((row) => row.fate !== 'is nowhere').length);
    }), { numRuns: 15 });
  });
});
