import { beforeAll, describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { deadlines, exceptionRegister } from '#apps/api';
import { addDays, dayOf, endOfDay, startOfDay } from '#calendar';
import type { CaseView, Deadline, RegisterEntry } from '#cases';
import { Counter, formFor, CONCEPT } from './applicant.ts';
import { usingDesk } from './desk.ts';

const desk = usingDesk();
const counter = new Counter(desk);
const cases = {} as { draft: CaseView; other: CaseView; returned: CaseView; granted: CaseView; late: CaseView };

const findings = (schema: z.ZodType, value: unknown): unknown => schema.safeParse(value).error?.issues;

async function listed(query = '', account = 'auditor1'): Promise<readonly Deadline[]> {
  const { status, body } = await desk.ask(account, 'get', `deadlines?limit=200&${query}`);
  expect([status, findings(deadlines, body)]).toEqual([200, undefined]);
  return (body as { items: Deadline[] }).items;
}

beforeAll(async () => {
  cases.draft = await counter.open('05315');
  cases.other = await counter.open('05314');
  cases.returned = await counter.submitted('05111');
  cases.returned = await counter.done('officer2', cases.returned.id, 'askCompletion', { sections: ['payee'], text: 'Bitte Bankverbindung berichtigen.' });
  const { id } = await counter.recommended('05112');
  await counter.done('approver1', id, 'countersign');
  await counter.done('officer1', id, 'draftNotice');
  await counter.done('approver1', id, 'issueNotice', { channel: 'post', postedOn: dayOf(await desk.store.now()) });
  cases.granted = await counter.done('signatory-05112', id, 'waive');
  cases.late = await counter.open('05113');
  expect((await counter.saveForm(cases.late.id, formFor(counter.year), '05113')).status).toBe(200);
  expect((await counter.attach(cases.late.id, CONCEPT, 'Konzept.pdf', '05113')).status).toBe(201);
  await counter.done('editor-05113', cases.late.id, 'requestSignature');
});

describe('deadlines', () => {
  test('are the open clocks of all cases, by date, without reminders unless asked for', async () => {
    const found = await listed();
    expect(found.map(({ at }) => at)).toEqual(found.map(({ at }) => at).toSorted());
    expect(new Set(found.map(({ name }) => name))).toEqual(new Set(['cutOff', 'lapse', 'completionPassed', 'fallDue']));
    expect(found.every(({ reminder }) => !reminder)).toBe(true);
    const all = await listed('reminders=true');
    expect(all.filter(({ reminder }) => !reminder)).toEqual(found);
    expect(all.length).toBeGreaterThan(found.length);
  });

  test('say of which case, until when, and how that was derived', async () => {
    const [found, ...others] = await listed(`case=${cases.returned.id}`);
    const { nextDeadline, fileNumber } = cases.returned;
    expect([found, others]).toEqual([{
      id: `${cases.returned.id}-completionPassed`, case: cases.returned.id, fileNumber, cycle: cases.returned.cycle, applicant: { key: '05111', name: 'Düsseldorf' }, machine: 'application',
      state: 'submitted.returned', name: 'completionPassed', at: nextDeadline?.at, event: 'completionPassed', reminder: false, because: nextDeadline?.because, officer: 'officer2',
    }, []]);
  });

  test('a case means its whole family, and the officer is that of the application', async () => {
    const instalments = cases.granted.instalments.map(({ id }) => id);
    for (const id of [cases.granted.id, ...instalments]) {
      expect((await listed(`case=${id}`)).map((item) => [item.case, item.machine, item.event, item.officer]))
        .toEqual(instalments.map((child) => [child, 'instalment', 'fallDue', 'officer1']));
    }
    expect((await listed('officer=officer1')).map(({ fileNumber }) => fileNumber)).toEqual([`${cases.granted.fileNumber}/1`, `${cases.granted.fileNumber}/2`]);
    expect(await listed('officer=nobody')).toEqual([]);
  });

  test('both ends of a span count, and a day is all of it, with its 24:00', async () => {
    const [{ at } = { at: '' }] = await listed(`case=${cases.draft.id}`);
    const lastDay = addDays(dayOf(at), -1);
    expect(at).toBe(endOfDay(lastDay));
    const count = async (query: string): Promise<number> => (await listed(`case=${cases.draft.id}&${query}`)).length;
    expect([await count(`from=${at}&to=${at}`), await count(`from=${lastDay}&to=${lastDay}`), await count(`to=${startOfDay(lastDay)}`)]).toEqual([1, 1, 0]);
    expect([await count(`from=${dayOf(at)}`), await count(`from=${addDays(dayOf(at), 1)}`), await count(`to=${addDays(lastDay, -1)}`)]).toEqual([2, 1, 0]);
    expect(await count(`from=${encodeURIComponent(at.replace('Z', '+00:00'))}`)).toBe(2);
  });

  test('filter by round and applicant, and can be combined', async () => {
    expect((await listed(`cycle=${desk.cycle}&applicant=05314`)).map(({ case: id }) => id)).toEqual([cases.other.id, cases.other.id]);
    expect(await listed('cycle=kim-1999')).toEqual([]);
    expect(await listed(`applicant=05314&case=${cases.draft.id}`)).toEqual([]);
  });

  test('come in pages that miss nothing and repeat nothing, although many share a date', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await desk.ask('officer1', 'get', `deadlines?reminders=true&limit=3&cursor=${cursor}`);
      seen.push(...(body as { items: Deadline[] }).items.map(({ id }) => id));
      cursor = (body as { next: string | null }).next;
    }
    expect(seen).toEqual((await listed('reminders=true')).map(({ id }) => id));
  });

  test('an applicant sees its own, whatever it asks for', async () => {
    for (const query of ['', 'applicant=05315', `case=${cases.draft.id}`, 'officer=officer2', 'reminders=true']) {
      const found = await listed(query, 'editor-05314');
      expect([query, found.filter(({ applicant }) => applicant.key !== '05314')]).toEqual([query, []]);
    }
    expect((await listed('', 'signatory-05314')).map(({ case: id }) => id)).toEqual([cases.other.id, cases.other.id]);
  });

  test('refuse cursors of other lists, spans that are none, and fields that nobody knows', async () => {
    const { next } = (await desk.ask('officer1', 'get', 'cases?limit=1')).body as { next: string };
    const { next: own } = (await desk.ask('officer1', 'get', 'deadlines?limit=1')).body as { next: string };
    for (const query of [`cursor=${next}`, 'cursor=abc', `cursor=${own.slice(0, -4)}`, 'from=yesterday', 'to=2028-02-30', 'from=9999-01-01', 'reminders=1', 'state=draft', 'limit=0', 'officer=%00', `case=${'x'.repeat(101)}`]) {
      const answer = await desk.ask('officer1', 'get', `deadlines?${query}`);
      expect([query, answer.status, answer.body.code]).toEqual([query, 422, 'invalidBody']);
    }
    expect((await desk.ask('officer1', 'get', `cases?cursor=${own}`)).status).toBe(422);
    expect((await desk.ask('officer1', 'get', `exception-register?cursor=${own}`)).status).toBe(422);
  });
});

describe('the register of exceptions', () => {
  const entries = async (query = ''): Promise<readonly RegisterEntry[]> => {
    const { status, body } = await desk.ask('auditor1', 'get', `exception-register?${query}`);
    expect([status, findings(exceptionRegister, body)]).toEqual([200, undefined]);
    return (body as { items: RegisterEntry[] }).items;
  };

  test('is empty while everything goes by the rule', async () => {
    expect(await entries()).toEqual([]);
  });

  test('tells who decided what, when, and why; a confirmation rests on the reason of its proposal', async () => {
    const [cutOff] = await listed(`case=${cases.late.id}`);
    await desk.moveClock(cutOff?.at ?? '');
    await counter.done('signatory-05113', cases.late.id, 'sign');
    const grounds = { basis: 'reinstatement', obstacleEndedOn: dayOf(cutOff?.at ?? '') };
    await counter.done('officer2', cases.late.id, 'proposeLate', { admit: true, reason: 'Ausfall des Netzes', grounds });
    await counter.done('approver2', cases.late.id, 'confirmLate');
    const [confirmed, proposed, ...others] = await entries();
    expect(others).toEqual([]);
    expect(confirmed).toMatchObject({
      case: cases.late.id, fileNumber: cases.late.fileNumber, applicant: { key: '05113', name: 'Essen' }, cycle: desk.cycle, event: 'confirmLate',
      actor: { account: 'approver2', role: 'secondApprover' }, from: 'submitted.lateProposed', to: 'submitted.receiptCheck', reason: 'Ausfall des Netzes',
    });
    expect(proposed).toMatchObject({ event: 'proposeLate', actor: { account: 'officer2', role: 'caseOfficer' }, reason: 'Ausfall des Netzes' });
    expect(proposed?.text.de).toMatch(/„Ausfall des Netzes“\. Rechtsgrund: Wiedereinsetzung.*zwei Wochen bis/);
  });

  test('comes in pages and filters', async () => {
    const first = (await desk.ask('officer1', 'get', 'exception-register?limit=1')).body as { items: RegisterEntry[]; next: string };
    const second = (await desk.ask('officer1', 'get', `exception-register?limit=1&cursor=${first.next}`)).body as { items: RegisterEntry[]; next: null };
    expect([first.items[0]?.event, second.items[0]?.event, second.next]).toEqual(['confirmLate', 'proposeLate', null]);
    expect([(await entries(`case=${cases.late.id}`)).length, (await entries(`case=${cases.draft.id}`)).length, (await entries('cycle=kim-1999')).length]).toEqual([2, 0, 0]);
  });

  test('is the agency\'s', async () => {
    const refused = await desk.ask('editor-05113', 'get', 'exception-register');
    expect([refused.status, refused.body.code]).toEqual([403, 'wrongRole']);
  });
});
