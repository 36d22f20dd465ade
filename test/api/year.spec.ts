import { expect, test } from '@jest/globals';
import { inboxPage } from '#apps/api';
import { dayOf } from '#calendar';
import type { CaseView } from '#cases';
import { Counter } from './applicant.ts';
import { usingDesk } from './desk.ts';

const desk = usingDesk({}, { worker: true });
const counter = new Counter(desk);

const moveTo = async (now: string): Promise<void> => {
  const answer = await desk.ask('admin1', 'put', 'demo/clock').send({ now });
  expect([now, answer.status, answer.body.code]).toEqual([now, 200, undefined]);
  expect(answer.body.now >= now).toBe(true);
};

const now = async (): Promise<string> => (await desk.ask('auditor1', 'get', 'demo/clock')).body.now as string;

const inbox = async (to: string, about: string): Promise<string[]> => {
  const { body } = await desk.ask('auditor1', 'get', `inbox?limit=200&to=${to}&case=${about}`);
  expect(inboxPage.safeParse(body).error).toBeUndefined();
  return (body.items as { kind: string }[]).map(({ kind }) => kind).toReversed();
};

const later = async (): Promise<string> => new Date(Date.parse(await now()) + 60_000).toISOString();

async function pay(application: CaseView, number: number): Promise<CaseView> {
  const { id } = application.instalments.find((instalment) => instalment.number === number) as { id: string };
  await counter.done('certifier1', id, 'certify', { factual: true, arithmetic: true });
  await counter.done('authoriser1', id, 'authorise');
  // The payment order is written by a job; moving the clock a little waits for it.
  await moveTo(await later());
  await counter.done('certifier1', id, 'confirmSettled', { valueDate: dayOf(await now()), reference: `Kontoauszug ${number}` });
  return counter.read(application.id);
}

test('a funding year over HTTP: reminders before the deadline, staff move the case, finance pays both instalments', async () => {
  const [round] = (await desk.ask(null, 'get', 'cycles')).body.items as { cutOffAt: string; payDates: [string, string]; fundingYear: number }[];
  const { cutOffAt, payDates } = round as NonNullable<typeof round>;
  const forgetful = await counter.open('05314');
  const signed = await counter.submitted('05315');
  expect([signed.state, signed.receivedAt !== null, signed.receiptNumber !== null]).toEqual(['submitted.receiptCheck', true, true]);

  await moveTo(cutOffAt);
  expect((await inbox('editor-05314', forgetful.id)).filter((kind) => kind === 'draftReminder').length).toBeGreaterThanOrEqual(4);
  expect(await inbox('editor-05315', signed.id)).not.toContain('draftReminder');
  expect(await inbox('signatory-05315', signed.id)).toContain('receipt');

  const { lines } = await counter.done('officer1', signed.id, 'accept');
  await counter.done('officer1', signed.id, 'recommend', { lines: lines.map(({ line }) => ({ line, decision: 'approve' })) });
  await counter.done('approver1', signed.id, 'countersign');
  await counter.done('officer1', signed.id, 'draftNotice');
  const issued = await counter.done('approver1', signed.id, 'issueNotice', { channel: 'electronic', postedOn: dayOf(await now()) });
  expect([issued.state, issued.outcome, issued.nextDeadline?.name]).toEqual(['appealPeriod.running', 'approved', 'finality']);

  await moveTo(`${payDates[0]}T12:00:00.000Z`);
  expect((await counter.read(forgetful.id)).state).toBe('lapsed');
  const active = await counter.read(signed.id);
  expect([active.state, active.instalments.map(({ state }) => state)]).toEqual(['active.instalment1', ['due', 'planned']]);
  const half = await pay(active, 1);
  expect([half.state, half.paidCents]).toEqual(['active.instalment2', half.instalments[0]?.amountCents]);

  await moveTo(`${payDates[1]}T12:00:00.000Z`);
  const full = await pay(half, 2);
  expect([full.state, full.paidCents, full.milestones.every(({ reachedAt }) => reachedAt !== null)]).toEqual(['active.fullyPaid', full.grantedCents, true]);
  expect((await desk.ask('auditor1', 'get', 'exceptions')).body).toEqual({ items: [], next: null });
});

test('the clock only moves forwards, to instants that are some', async () => {
  const past = await desk.ask('admin1', 'put', 'demo/clock').send({ now: '2001-01-01T00:00:00.000Z' });
  expect([past.status, past.body.code]).toEqual([409, 'clockForwards']);
  for (const now of ['tomorrow', '', 5, null, '9999-01-01T00:00:00Z', '2030-02-30T00:00:00Z']) {
    expect([now, (await desk.ask('admin1', 'put', 'demo/clock').send({ now })).status]).toEqual([now, 422]);
  }
});

test('two moves at once end one after the other', async () => {
  const start = Date.parse(await now());
  const at = (hours: number): string => new Date(start + hours * 3_600_000).toISOString();
  const moves = await Promise.all([desk.ask('admin1', 'put', 'demo/clock').send({ now: at(1) }), desk.ask('admin1', 'put', 'demo/clock').send({ now: at(2) })]);
  const statuses = moves.map(({ status }) => status).toSorted();
  expect(statuses[0]).toBe(200);
  expect([200, 409]).toContain(statuses[1]);
  expect(await now() >= at(2)).toBe(true);
});
