import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dayOf, startOfDay } from '#calendar';
import { eventsOf, judge, machineOf, step, type CaseEvent, type GrantLine, type Json } from '#kernel';
import { claimedCents } from './change.ts';
import { instalmentIn, instalmentsAmong, type Application } from './context.ts';
import { defaultCycle } from './cycle.ts';
import { figures } from './figures.ts';
import { kim } from './index.ts';
import { coolingDownUntil, openChange, payeeIn, payeeOf, payeesAmong } from './payee.ts';
import { caseOf, clocksOf, factsOf, passTo, send, type Family } from './stories/family.ts';
import { BODIES, draft, PEOPLE, play, until } from './stories/script.ts';

/** One pick of a walk: which possible event, by whom, with which fields, and how time goes on before. */
const pick = fc.record({
  event: fc.nat(), person: fc.nat(), body: fc.nat(), case: fc.nat(3),
  wait: fc.oneof({ weight: 4, arbitrary: fc.constant('no') }, { weight: 3, arbitrary: fc.constant('clock') }, { weight: 1, arbitrary: fc.constant('tooLong') }),
});
type Pick = typeof pick extends fc.Arbitrary<infer T> ? T : never;

const contextOf = (family: Family): Application => family.head.context as unknown as Application;
const choose = <T>(list: readonly T[], n: number): T => {
  const chosen = list[n % list.length];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
};

/** The last date that changes something; reminders go on without end. */
const lastDeadline = (family: Family): string | undefined => clocksOf(family).filter(({ at, reminder }) => !reminder && at > family.now).at(-1)?.at;

/** Fields that fit the case: verdicts on its own lines, a day that is today, a hold it has. */
function fieldsFor(type: string, family: Family, number: number, n: number): NonNullable<CaseEvent['data']> {
  const { lines, holds } = contextOf(family);
  if (type === 'recommend') {
    return { lines: lines.map(({ line, maximumCents }, index): Json => choose<Json>([
      { line, decision: 'approve' },
      { line, decision: 'cut', grantedCents: 1 + ((n * 7919) % Math.max(1, maximumCents - 1)), reason: 'kürzer' },
      { line, decision: 'refuse', reason: 'kein Bedarf' },
    ], n >> index)) };
  }
  if (type === 'issueNotice') return { channel: choose(['post', 'electronic'], n), postedOn: dayOf(family.now) };
  if (type === 'proposeChange') return { lines: lines.map(({ line, maximumCents }, index): Json => ({ line, grantedCents: choose([maximumCents, Math.floor(maximumCents / 3), 0], n >> index) })), reason: 'anders' };
  if (type === 'confirmRecovery') return { valueDate: dayOf(family.now), amountCents: 1 + (n % Math.max(1, claimedCents(contextOf(family)))), reference: 'Auszug' };
  if (type === 'holdAmount') return { reason: 'audit', instalment: choose(['1', '2'], n), amountCents: 1 + (n % 6_000_000) };
  if (type === 'proposeBypass') return { hold: choose(['h1', ...holds.map(({ id }) => id)], n), instalment: choose(['1', '2'], n), reason: 'dringend' };
  if (type === 'liftHold') return { hold: choose(['h1', ...holds.map(({ id }) => id)], n), reason: 'geklärt' };
  if (type === 'confirmSettled') return { valueDate: choose([dayOf(family.now), dayOf(family.now), '2028-05-01'], n), reference: 'Auszug' };
  if (type === 'reportReturn') return { reason: 'zurück', amountCents: 1 + (n % instalmentIn(caseOf(family, number).stored).amountCents) };
  return choose([{}, ...Object.entries(BODIES).filter(([name]) => name.split(':')[0] === type).map(([, body]) => body)].slice(type in BODIES ? 1 : 0), n);
}

/** What ends a walk or stands in its way is picked less often than what leads on. */
const RARE = ['withdraw', 'lapse', 'stop', 'cancel', 'recall', 'placeHold', 'sendBack', 'sendBackToEditor', 'hear', 'remindOffice', 'escalate', 'remindDraft', 'warnPayment', 'remindPayment',
  'datesMoved', 'holdAmount', 'declineChange', 'declineBypass', 'announceChange', 'adjust', 'proposePayee', 'declinePayee', 'remindPayee', 'notePayeeVerification', 'proposeExtension', 'confirmExtension', 'declineExtension', 'reportUndelivered', 'recordArrival', 'retrievalPassed', 'remindFinance'];

function walk(start: Family, picks: readonly Pick[], after: (before: Family, event: CaseEvent, number: number, next: Family) => void): Family {
  return picks.reduce((family, { event, person, body, case: which, wait }) => {
    const next = clocksOf(family).find(({ at }) => at > family.now);
    const { family: now } = wait === 'no' || next === undefined ? { family } : passTo(family, wait === 'clock' ? next.at : lastDeadline(family) ?? next.at);
    const number = [0, ...instalmentsAmong(now.children), ...payeesAmong(now.children).slice(-1)].map((member) => (typeof member === 'number' ? member : member.number))[which] ?? 0;
    const { stored, machine } = caseOf(now, number);
    const possible = eventsOf(machineOf(kim, machine).lifecycle, stored.state).filter((type) => !Object.values(kim.links.up).includes(type));
    if (possible.length === 0) return now;
    const type = choose(possible.flatMap((each) => (RARE.includes(each) ? [each] : [each, each, each, each, each, each])), event);
    const able = Object.values(PEOPLE).filter(({ roles }) => machineOf(kim, machine).senders[type]?.roles.some((role) => roles.includes(role)));
    const actor = choose([...able, ...able, ...able, ...able, ...Object.values(PEOPLE)], person);
    const sent = { type, at: now.now, actor, data: fieldsFor(type, now, number, body) };
    const { family: moved } = send(now, number, sent);
    after(now, sent, number, moved);
    return moved;
  }, start);
}

const starts: readonly (readonly [string, () => Family])[] = [
  ['from a new draft', () => draft()],
  ['from the review, with little budget', () => play(until('accept'), { cycle: { ...defaultCycle(2028), budgetCents: 11_000_000 } }).family],
  ['from the notice', () => play(until('issueNotice')).family],
  ['from the final notice', () => play(until('finality')).family],
  ['from two instalments due', () => passTo(play(until('1.fallDue')).family, startOfDay('2028-10-02')).family],
  ['from another payee, called back', () => play(`${until('1.certify')}
    2028-05-02 09:01  signatory  proposePayee           →  x
    2028-05-02 09:02  officer    11.checkPayeeDocument  →  x
    2028-05-02 09:03  officer    11.noteCallBack        →  x`).family],
  ['from two instalments due that two persons certify', () => passTo(play(until('1.fallDue'), { cycle: { ...defaultCycle(2028), certifyingPersons: 2 } }).family, startOfDay('2028-10-02')).family],
  ['from odd instalments', () => play(until('finality'), { cycle: { ...defaultCycle(2028), instalmentWeights: [1, 2] } }).family],
  ['from a proposed change', () => play(`${until('1.fallDue')}
    2028-05-02 08:01  officer  proposeChange  →`).family],
  ['from a claim', () => play(`${until('1.confirmSettled')}
    2028-05-10 09:00  officer    proposeChange:deep  →
    2028-05-10 09:01  approver2  confirmChange       →`).family],
];

const SIGNATURES = ['recommend', 'countersign', 'certifyFactually', 'certify', 'authorise'];
const OF_THE_PAYEE = ['proposePayee', 'checkPayeeDocument', 'noteCallBack', 'approvePayee'];

function moneyIsWhole(family: Family): void {
  const { budget, reserved, committed, ordered, paid, claimed, recovered } = family.ledger;
  expect(budget + reserved + committed + ordered + paid + claimed + recovered).toBe(family.cycle.budgetCents);
  expect(claimed).toBe(claimedCents(contextOf(family)));
  expect(ordered).toBe(instalmentsAmong(family.children).reduce((sum, child) => sum + (child.state === 'exported' ? instalmentIn(child).orderedCents ?? 0 : 0), 0));
  const instalments = instalmentsAmong(family.children).map(instalmentIn);
  expect(paid).toBe(instalments.reduce((sum, { paidCents }) => sum + paidCents, 0));
  for (const { paidCents, openCents, amountCents } of instalments) expect(paidCents + openCents).toBe(amountCents);
  const view = figures(family.head, family.children, family.cycle as unknown as Json);
  if (view.grantedCents === null || view.lines.length === 0) return;
  const total = (lines: readonly GrantLine[]): number => lines.reduce((sum, { grantedCents }) => sum + (grantedCents ?? 0), 0);
  if (view.outcome !== 'rejected') expect(total(view.lines)).toBe(view.grantedCents);
  for (const { grantedCents, maximumCents } of view.lines) expect(grantedCents ?? 0).toBeLessThanOrEqual(maximumCents);
  if (instalments.length > 0) expect(instalments.reduce((sum, { amountCents }) => sum + amountCents, 0)).toBe(view.grantedCents);
}

function signedByFour({ acts }: Family): void {
  const both = (one: string, other: string): readonly string[] => (acts[one] ?? []).filter((account) => (acts[other] ?? []).includes(account));
  for (const one of SIGNATURES) for (const other of SIGNATURES) {
    if (one !== other) expect(both(one, other)).toEqual([]);
  }
  for (const one of OF_THE_PAYEE) expect([...both(one, 'certify'), ...both(one, 'authorise')]).toEqual([]);
}

/** Others check, call back and approve than whoever proposed; who checked one change may propose the next. */
function proposedByOthers(before: Family, { type, actor }: CaseEvent, next: Family): void {
  if (next !== before && OF_THE_PAYEE.slice(1).includes(type)) expect(before.acts['proposePayee'] ?? []).not.toContain(actor.account);
}

/** Nothing is ordered while the payee may still change, and only to one that was checked, called back, approved and waited for. */
function paidToTheApproved(before: Family, { type, at }: CaseEvent, next: Family): void {
  if (next === before || !['authorise', 'markExported'].includes(type)) return;
  expect(openChange(before.children)).toBeUndefined();
  const { version } = payeeOf(contextOf(before), before.children) ?? { version: -1 };
  const payee = payeesAmong(before.children).map(payeeIn).find((each) => each.version === version);
  expect(payee === undefined ? version : [payee.checked, payee.callBack, payee.approvedAt].includes(null)).toBe(payee === undefined ? 0 : false);
  if (payee !== undefined) expect((coolingDownUntil(payee, before.cycle)?.value ?? '9') <= at).toBe(true);
}

/** Money is ordered only for a final notice in force, only what is open, in turn, and once for each order number. */
function orderedOnce(before: Family, { type }: CaseEvent, number: number, next: Family): void {
  if (next === before || !['authorise', 'markExported'].includes(type)) return;
  expect(before.head.state).toMatch(/^active\.(instalment1|instalment2|fullyPaid)$/);
  expect(contextOf(before).finalAt === null).toBe(false);
  const ordered = instalmentIn(caseOf(before, number).stored);
  expect(ordered.openCents).toBeGreaterThan(0);
  if (type === 'authorise' && number === 2) expect(['settled', 'skipped']).toContain(caseOf(before, 1).stored.state);
  expect(next.journal.filter(({ event, number: which }) => event === 'markExported' && which === number).length).toBeLessThanOrEqual(ordered.order);
}

/** The receipt is given once; a context is plain JSON and keeps all its fields. */
function fileIsKept(before: Family, next: Family): void {
  if (contextOf(before).receivedAt !== null) expect(contextOf(next).receivedAt).toBe(contextOf(before).receivedAt);
  expect(Object.keys(next.head.context)).toEqual(Object.keys(before.head.context));
  expect(JSON.parse(JSON.stringify(next.head))).toEqual(next.head);
}

/** What no hint allows, no event does; what the judge allows, the step takes; and it is pure. */
function hintsAreTrue(before: Family, event: CaseEvent, number: number): void {
  const { stored, machine } = caseOf(before, number);
  const docket = { programme: kim, machine, stored, facts: factsOf(before, number) };
  const move = step(docket, event);
  expect(move.ok).toBe(judge(docket, event).length === 0);
  if (judge(docket, { ...event, data: undefined }).length > 0) expect(move.ok).toBe(false);
  expect(step(docket, event)).toEqual(move);
}

/** A return that a person reports can be taken back by another at once, and then the books, the instalment and the states are as they were. */
function takenBack(before: Family, { type, actor, at }: CaseEvent, number: number, next: Family): void {
  if (next === before || type !== 'reportReturn' || actor.roles.includes('system')) return;
  const other = { account: 'another', roles: ['financeAuthoriser'], organisation: null } as const;
  const { family, refused } = send(next, number, { type: 'withdrawReturn', at, actor: other, data: { reason: 'Irrtum' } });
  const standing = ({ ledger, children, head: { state } }: Family) => ({ ledger, children, state });
  expect([refused, standing(family)]).toEqual([null, standing(before)]);
}

test('the walks get far enough to mean something', () => {
  const sampled = fc.sample(fc.array(pick, { minLength: 45, maxLength: 45 }), { seed: 2028, numRuns: 36 });
  const done = starts.flatMap(([, start]) => sampled.flatMap((picks) => walk(start(), picks, () => undefined).journal));
  const rare = ['sign', 'recommend', 'countersign', 'issueNotice', 'suitEnded', 'certifyFactually', 'certify', 'authorise', 'markExported', 'confirmSettled', 'reportReturn', 'reopen', 'placeHold', 'stop',
    'proposeChange', 'confirmChange', 'holdAmount', 'proposeBypass', 'confirmRecovery', 'adjust', 'proposePayee', 'approvePayee', 'followPayee', 'notePayeeVerification']
    .map((event) => [event, done.filter((entry) => entry.event === event).length] as const).filter(([, count]) => count < 3);
  expect(rare).toEqual([]);
});

test.each(starts)('no walk %s loses a cent, pays twice or early, signs alone, forgets or surprises', (_, start) => {
  const begin = start();
  fc.assert(fc.property(fc.array(pick, { maxLength: 45 }), (picks) => void walk(begin, picks, (before, event, number, next) => {
    moneyIsWhole(next);
    signedByFour(next);
    proposedByOthers(before, event, next);
    orderedOnce(before, event, number, next);
    paidToTheApproved(before, event, next);
    fileIsKept(before, next);
    hintsAreTrue(before, event, number);
    takenBack(before, event, number, next);
  })), { numRuns: 50 });
});
