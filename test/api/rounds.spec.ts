import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Response } from 'supertest';
import type { z } from 'zod';
import { bulkAnswer, comingLetters, cycleDetail, revisions, roundPreview } from '#apps/api';
import { addDays, dayOf, endOfDay } from '#calendar';
import { eventually } from '#test/harness';
import { Counter } from './applicant.ts';
import { usingDesk } from './desk.ts';

const desk = usingDesk({}, { worker: true });
const counter = new Counter(desk);
const drafts: { koeln: string; bonn: string } = { koeln: '', bonn: '' };

beforeAll(async () => {
  drafts.koeln = (await counter.open()).id;
  drafts.bonn = (await counter.open('05314')).id;
});

type Detail = z.output<typeof cycleDetail>;

const shape = <T>(schema: z.ZodType<T>, { body }: Response): T => {
  expect(schema.safeParse(body).error).toBeUndefined();
  return body as T;
};
const detail = async (id = desk.cycle): Promise<Detail> => shape(cycleDetail, await desk.ask(null, 'get', `cycles/${id}`));
const codes = ({ status, body }: Response): string => [status, body.code, ...(body.errors ?? []).map(({ path, code }: { path: string; code: string }) => `${path} ${code}`)].join(' ');
const revise = (changes: object, { account = 'admin1', revision = 1, key = counter.key(), reason = 'Störung des Fachverfahrens' } = {}) =>
  desk.ask(account, 'post', `cycles/${desk.cycle}/revisions`).set('If-Match', `"${revision}"`).set('Idempotency-Key', key).send({ changes, reason });
const open = (round: object, account = 'admin1') => desk.ask(account, 'post', 'cycles').set('Idempotency-Key', counter.key()).send({ programme: 'kim', round });

describe('a round is read', () => {
  test('with every date in Berlin and in UTC, in order, and how each was derived', async () => {
    const { dates, cutOffAt, revision, round } = await detail();
    expect(revision).toBe(1);
    expect(dates.map(({ at }) => at)).toEqual(dates.map(({ at }) => at).toSorted());
    expect(dates.map(({ name }) => name)).toEqual(expect.arrayContaining(['opensAt', 'cutOffAt', 'lateClaimsUntil', 'draftReminder-30', 'draftReminder-1', 'dueSoon-1', 'payDate-1', 'payDate-2']));
    const cutOff = dates.find(({ name }) => name === 'cutOffAt');
    expect([cutOff?.at, cutOff?.berlin.de]).toEqual([cutOffAt, expect.stringMatching(/^\d\d\.\d\d\.\d{4} 24:00$/)]);
    for (const { because, label } of dates) expect([because.de, because.en, label.de, label.en].every((words) => words.length > 5)).toBe(true);
    expect(round).toMatchObject({ cutOffRule: 'nextWorkingDay', holidayRegion: 'DE-NW' });
    expect((await desk.ask(null, 'get', 'cycles/kim-1999')).body.code).toBe('notFound');
  });
});

describe('a round is opened', () => {
  test('by the administrator, from the programme\'s default and what is to be otherwise, once', async () => {
    const opened = await open({ fundingYear: 2031, lateClaimDays: 7 });
    expect([opened.status, opened.headers['location'], opened.headers['etag']]).toEqual([201, '/api/v1/cycles/kim-2031', '"1"']);
    expect(shape(cycleDetail, opened).round).toMatchObject({ lateClaimDays: 7, cutOffOn: '2030-10-31' });
    expect(codes(await open({ fundingYear: 2031 }))).toBe('409 roundExists');
    expect(codes(await open({ fundingYear: 2032 }, 'officer1'))).toBe('403 wrongRole');
  });

  test.each<[string, object, string]>([
    ['a cut-off before the opening', { cutOffOn: '2031-07-31' }, '/round/cutOffOn cutOffAfterOpening'],
    ['pay dates outside the funding year', { payOn: ['2031-05-01', '2032-10-01'] }, '/round/payOn payDatesInFundingYear'],
    ['pay dates in the wrong order', { payOn: ['2032-10-01', '2032-05-01'] }, '/round/payOn payDatesInOrder'],
    ['an unknown holiday region', { holidayRegion: 'DE-BY' }, '/round/holidayRegion notAllowed'],
    ['two reminders on one day', { reminderWorkingDays: [7], reminderCalendarDays: [9] }, '/round/reminderWorkingDays oneReminderADay'],
    ['superiors who hear of it before the office', { unattendedWorkingDays: 20, escalationWorkingDays: 20 }, '/round/escalationWorkingDays escalationAfterReminder'],
    ['an unknown field', { cutOff: '2031-10-31' }, '/round/cutOff unknownField'],
  ])('not with %s', async (_, changes, error) => {
    const refused = await open({ fundingYear: 2032, ...changes });
    expect(codes(refused)).toBe(`422 invalidBody ${error}`);
    const [{ text }] = refused.body.errors as [{ text: { de: string; en: string } }];
    expect([text.de.length, text.en.length].every((length) => length > 10)).toBe(true);
    expect((await desk.ask(null, 'get', 'cycles/kim-2032')).status).toBe(404);
  });
});

describe('a round is revised', () => {
  test('the precedence of refusals is that of every command', async () => {
    const path = `cycles/${desk.cycle}/revisions`;
    expect(codes(await desk.ask(null, 'post', path).send({}))).toBe('401 tokenMissing');
    expect(codes(await desk.ask('admin1', 'post', 'cycles/kim-1999/revisions').send({ changes: {}, reason: 'x' }))).toBe('404 notFound');
    expect(codes(await desk.ask('admin1', 'post', path).send({ changes: { graceDays: 'x' }, reason: 'x' }))).toBe('422 invalidBody /changes/graceDays wrongType');
    expect(codes(await desk.ask('admin1', 'post', path).send({ changes: {}, reason: 'x' }))).toBe('428 ifMatchMissing');
    expect(codes(await revise({ graceDays: 1 }, { account: 'officer1', revision: 9 }))).toBe('412 staleVersion');
    expect(codes(await revise({ graceDays: 1 }, { account: 'officer1' }))).toBe('403 wrongRole');
    expect(codes(await revise({ budgetCents: 1 }))).toBe('409 budgetShrinks');
    expect(codes(await revise({ appealMonths: 2 }))).toBe('409 fieldFixed');
  });

  test('a preview says what would move, for how many, and why not, and writes nothing', async () => {
    const { cutOffAt } = await detail();
    const preview = await desk.ask('officer1', 'post', `cycles/${desk.cycle}/revisions/preview`).send({ changes: { cutOffOn: '2026-11-20', opensOn: '2026-11-01' } });
    const { moved, families, reasons } = shape(roundPreview, preview);
    expect([families, reasons.map(({ code }) => code)]).toEqual([2, ['dateAhead']]);
    expect(moved.find(({ date }) => date === 'cutOffAt')?.from).toBe(cutOffAt);
    expect((await detail()).revision).toBe(1);
  });

  test('and every draft follows: new dates, a letter, an entry in the journal; a repeated key does it once', async () => {
    const before = await detail();
    const later = addDays(dayOf(before.cutOffAt), 13);
    const key = counter.key();
    const revised = await revise({ cutOffOn: later, cutOffRule: 'fixed' }, { key });
    expect([revised.status, revised.headers['etag'], shape(cycleDetail, revised).cutOffAt]).toEqual([201, '"2"', endOfDay(later)]);
    const repeated = await revise({ cutOffOn: later, cutOffRule: 'fixed' }, { key });
    expect([repeated.status, repeated.headers['idempotency-replayed'], (await detail()).revision]).toEqual([201, 'true', 2]);
    for (const id of [drafts.koeln, drafts.bonn]) {
      await eventually('the draft has followed', async () => (await counter.read(id)).nextDeadline?.at === endOfDay(later));
      const timeline = (await desk.ask('auditor1', 'get', `cases/${id}/timeline`)).body.items as { event: string; text: { de: string } }[];
      expect(timeline.at(-1)).toMatchObject({ event: 'datesMoved', text: { de: expect.stringContaining('Störung des Fachverfahrens') } });
      await eventually('the letter is out', async () => {
        const { items } = (await desk.ask('auditor1', 'get', `inbox?case=${id}`)).body as { items: { kind: string }[] };
        return items.filter(({ kind }) => kind === 'cutOffMoved').length === 2;
      });
    }
    const stale = await revise({ graceDays: 1 });
    expect([codes(stale), stale.body.current, stale.body.changed]).toEqual(['412 staleVersion', 2, expect.arrayContaining([{ path: '/cutOffRule', from: 'nextWorkingDay', to: 'fixed' }])]);
  });

  test('the list of revisions says who changed what, when and why', async () => {
    const { items } = shape(revisions, await desk.ask('officer1', 'get', `cycles/${desk.cycle}/revisions?limit=1`));
    expect(items).toMatchObject([{ revision: 2, account: 'admin1', reason: 'Störung des Fachverfahrens', moved: expect.arrayContaining([expect.objectContaining({ date: 'cutOffAt' })]) }]);
    const second = shape(revisions, await desk.ask('officer1', 'get', `cycles/${desk.cycle}/revisions?cursor=2`));
    expect(second).toMatchObject({ items: [{ revision: 1, account: 'system', changed: [] }], next: null });
    expect((await desk.ask('editor-05315', 'get', `cycles/${desk.cycle}/revisions`)).body.code).toBe('wrongRole');
  });
});

describe('reminders', () => {
  test('a preview names who gets what on which day; applicants see only their own, and nobody of the agency', async () => {
    const { dates } = await detail();
    const { items } = shape(comingLetters, await desk.ask('officer1', 'get', `reminders?cycle=${desk.cycle}`));
    const mine = items.filter((item) => item.case === drafts.koeln);
    expect(mine.filter(({ kind }) => kind === 'draftReminder').map(({ at }) => at)).toEqual(dates.filter(({ name }) => name.startsWith('draftReminder')).map(({ at }) => at));
    expect(mine.map(({ kind }) => kind).slice(-2)).toEqual(['cutOffPassed', 'lapsed']);
    expect(mine[0]).toMatchObject({ optional: true, recipients: [{ account: 'editor-05315', role: 'applicantEditor' }] });
    const own = shape(comingLetters, await desk.ask('editor-05314', 'get', 'reminders')).items;
    expect(new Set(own.map(({ applicant }) => applicant.key))).toEqual(new Set(['05314']));
    expect(shape(comingLetters, await desk.ask('editor-05314', 'get', `reminders?case=${drafts.koeln}`)).items).toEqual([]);
    expect((await counter.read(drafts.koeln)).state).toBe('drafting.editing');
  });

  test('an officer reminds selected drafts: one result for each, once a day, and a repeated order repeats its answers', async () => {
    const order = (cases: readonly string[], key: string, account = 'officer1') =>
      desk.ask(account, 'post', 'cases/bulk').set('Idempotency-Key', key).send({ event: 'remindDraft', cases });
    const first = shape(bulkAnswer, await order([drafts.koeln, 'nowhere', drafts.bonn, drafts.koeln], 'remind-1'));
    expect(first.items.map(({ case: id, ok, code }) => [id, ok, code])).toEqual([[drafts.koeln, true, null], ['nowhere', false, 'notFound'], [drafts.bonn, true, null]]);
    expect(shape(bulkAnswer, await order([drafts.koeln, drafts.bonn], 'remind-1')).items.map(({ ok }) => ok)).toEqual([true, true]);
    const [again] = shape(bulkAnswer, await order([drafts.koeln], 'remind-2')).items;
    expect([again?.code, again?.reasons[0]?.from]).toEqual(['notRemindedToday', endOfDay(dayOf(await desk.store.now()))]);
    expect(shape(bulkAnswer, await order([drafts.koeln], 'remind-3', 'approver1')).items[0]?.code).toBe('wrongRole');
    expect(codes(await desk.ask('officer1', 'post', 'cases/bulk').set('Idempotency-Key', 'k').send({ event: 'proposeExtension', cases: [drafts.koeln], fields: {} })))
      .toBe('422 invalidBody /fields/until missing /fields/reason missing');
    await eventually('one more reminder each', async () => {
      const { items } = (await desk.ask('auditor1', 'get', 'inbox?to=editor-05315')).body as { items: { kind: string }[] };
      return items.filter(({ kind }) => kind === 'draftReminder').length === 1;
    });
  });
});
