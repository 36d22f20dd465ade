import { describe, expect, test } from '@jest/globals';
import { bursary } from '#test/toy';
import {
  definitionHash, digest, dot, explain, judge, lint, machineOf, mermaid, restore, step,
  type Actor, type CaseEvent, type Docket, type Facts, type PaymentCourse, type Programme, type Role,
} from './index.ts';

const AT = '2027-10-01T10:00:00.000Z';
const person = (account: string, ...roles: Role[]): Actor => ({ account, roles, organisation: null });
const editor = person('editor', 'applicantEditor');
const facts: Facts = {
  cycle: { cutOffAt: '2027-10-31T23:00:00.000Z' }, cycleId: 'bursary-2028', applicant: { key: '1', name: 'Eins', kind: 'Kreis' }, openApplications: 0,
  availableCents: 1_000, firstInRank: true, parent: null, children: [], acts: {}, lastAt: {},
};
const at = (state: string, context: object = {}, more: Partial<Facts> = {}): Docket =>
  ({ programme: bursary, machine: 'application', stored: { state, context: { fileNumber: 'B-1', amountCents: 100, ...context } }, facts: { ...facts, ...more } });
const event = (type: string, actor: Actor, data: CaseEvent['data'] = {}, when = AT): CaseEvent => ({ type, actor, data, at: when });
const codes = (docket: Docket, sent: CaseEvent) => judge(docket, sent).map(({ code }) => code);

describe('step', () => {
  test('takes the first branch whose requirements all hold', () => {
    expect(step(at('draft'), event('submit', editor))).toMatchObject({ ok: true, next: { state: 'desk.review', context: { receivedAt: AT } } });
    expect(step(at('draft'), event('submit', editor, {}, '2027-10-31T22:59:59.999Z'))).toMatchObject({ next: { state: 'desk.review' } });
    expect(step(at('draft'), event('submit', editor, {}, '2027-10-31T23:00:00.000Z'))).toMatchObject({ next: { state: 'desk.late' } });
  });
  test('freezes the words of a letter and carries no state of its own', () => {
    const first = step(at('draft'), event('submit', editor));
    expect(first).toMatchObject({ effects: [{ type: 'letter', kind: 'receipt', to: ['applicantEditor'], words: { text: { de: 'B-1' } } }] });
    expect(step(at('draft'), event('submit', editor))).toEqual(first);
  });
  test('books, and opens children, with the context as the list of actions left it', () => {
    const move = step(at('desk.proposed', { amountCents: 101 }), event('confirm', person('b', 'secondApprover')));
    expect(move).toMatchObject({ ok: true, postings: [{ name: 'reserve', cents: 101 }], children: [{ number: 1, context: { amountCents: 50 } }, { number: 2, context: { amountCents: 51 } }] });
  });
  test('a posting of nothing is no posting', () => {
    expect(step(at('desk.proposed', { amountCents: 0 }), event('confirm', person('b', 'secondApprover')))).toMatchObject({ ok: true, postings: [] });
  });
  test('a self-transition keeps the state and still does its work', () => {
    expect(step(at('draft'), event('remind', person('system', 'system'), { step: 1 }))).toMatchObject({ ok: true, next: { state: 'draft' }, effects: [{ kind: 'reminder' }] });
  });
  test('a letter that one may do without says so, every other one says nothing', () => {
    const letters = ['remind', 'submit'].map((name) => step(at('draft'), event(name, name === 'remind' ? person('system', 'system') : editor, name === 'remind' ? { step: 1 } : {})));
    expect(letters).toMatchObject([{ effects: [{ kind: 'reminder', optional: true }] }, { effects: [{ kind: 'receipt' }] }]);
    expect(letters[1]).not.toHaveProperty('effects.0.optional');
  });
});

describe('judge', () => {
  test('gives every failing reason, who may before what is possible', () => {
    expect(codes(at('desk.proposed', {}, { acts: { propose: ['a'] }, availableCents: 0 }), event('confirm', person('a', 'caseOfficer')))).toEqual(['wrongRole', 'differentPerson']);
    expect(codes(at('queue', {}, { acts: { propose: ['a'] }, availableCents: 0, firstInRank: false }), event('confirm', person('a', 'caseOfficer'))))
      .toEqual(['wrongRole', 'differentPerson', 'fundsSuffice', 'firstInLine']);
    expect(codes(at('withdrawn'), event('confirm', person('b', 'secondApprover')))).toEqual(['notPossibleHere']);
  });
  test('what is possible instead is what people can do; where that is nothing, the system takes it on or it has ended', () => {
    const remedy = (state: string) => judge(at(state), event('confirm', person('b', 'secondApprover')))[0]?.remedy.en;
    expect(['draft', 'withdrawn', 'done'].map(remedy)).toEqual(['Possible here: submit.', 'The case has ended.', 'The case has ended.']);
    const planned = { ...at('planned'), machine: 'payment' };
    expect(judge(planned, event('order', person('b', 'financeAuthoriser')))[0]?.remedy.en).toBe('There is nothing for people to do here: the system takes the case on.');
  });
  test('nobody is told to ask the system', () => {
    expect(judge(at('draft'), event('expire', editor))[0]).toMatchObject({ code: 'wrongRole', text: { en: 'Only the system takes this step.' }, remedy: { en: 'It happens by itself once its requirements hold.' } });
  });
  test('what a later branch does not need is no reason', () => {
    expect(codes(at('draft', { amountCents: 0 }), event('submit', editor, {}, '2028-01-01T00:00:00.000Z'))).toEqual(['amountGiven']);
  });
  test('says who could, and what is wrong where', () => {
    const [role] = judge(at('desk.proposed', {}, { acts: { propose: ['a'] } }), event('confirm', editor));
    expect(role).toMatchObject({ code: 'wrongRole', who: { roles: ['secondApprover'], except: ['a'] } });
    expect(judge(at('draft', { amountCents: 0 }), event('submit', editor))[0]).toMatchObject({ findings: [{ path: '/amountCents' }], text: { de: 'fehlt' }, remedy: { en: 'mend it' } });
  });
  test('an event of the state around the leaf is possible in the leaf', () => {
    expect(codes(at('desk.late'), event('withdraw', person('s', 'applicantSignatory')))).toEqual([]);
  });
});

describe('explain', () => {
  test('lists every event of the state but the hidden ones, allowed exactly when the step succeeds', () => {
    const hints = explain(at('draft'), editor, AT);
    expect(hints.map((hint) => [hint.event, hint.allowed])).toEqual([['remind', false], ['expire', false], ['submit', true]]);
    for (const hint of hints) expect(step(at('draft'), event(hint.event, editor, { step: 1 })).ok).toBe(hint.allowed);
    expect(hints[0]?.fields).toMatchObject({ type: 'object', properties: { step: { type: 'integer' } }, additionalProperties: false });
  });
});

describe('restore is strict', () => {
  const machine = machineOf(bursary, 'application');
  test.each(['nowhere', 'desk', 'desk.nowhere', 'review', '', 'draft.review', '42'])('refuses %p', (state) => {
    expect(() => restore(machine, { state, context: {} })).toThrow();
  });
  test('gives the very state that was stored', () => {
    expect(restore(machine, { state: 'desk.late', context: { a: 1 } })).toMatchObject({ value: { desk: 'late' }, context: { a: 1 } });
    expect(restore(machine, { state: 'withdrawn', context: {} }).status).toBe('done');
  });
});

describe('lint finds what XState is silent about', () => {
  const broken = (change: (machine: { lifecycle: { states: object }; requirements: object }) => object): readonly string[] => {
    const machine = machineOf(bursary, 'application') as never as { lifecycle: { states: object }; requirements: object };
    return lint({ ...bursary, machines: { ...bursary.machines, application: { ...machine, ...change(machine) } as never } } as Programme);
  };
  const withStates = (states: object) => broken(({ lifecycle }) => ({ lifecycle: { ...lifecycle, states: { ...lifecycle.states, ...states } } }));

  const PAYMENT = bursary.payment as PaymentCourse;
  const course = (change: Partial<PaymentCourse>): readonly string[] => lint({ ...bursary, payment: { ...PAYMENT, ...change } });

  test('nothing in a sound programme', () => expect(lint(bursary)).toEqual([]));
  test.each([
    ['a missing requirement', () => broken(() => ({ requirements: {} })), 'no requirement named amountGiven'],
    ['an unused requirement', () => broken(({ requirements }) => ({ requirements: { ...requirements, odd: {} } })), 'the requirement odd is never used'],
    ['a missing take', () => broken(() => ({ takes: {} })), 'no take named amount'],
    ['a missing letter', () => broken(() => ({ letters: {} })), 'no letter named reminder'],
    ['a missing posting', () => broken(() => ({ postings: {} })), 'no posting named reserve'],
    ['an event without a sender', () => broken(() => ({ senders: {} })), 'no sender named edit'],
    ['an event without a definition', () => broken(() => ({ events: {} })), 'no event named edit'],
    ['children without a function', () => broken(() => ({ children: undefined })), 'openChildren without children'],
    ['a state without a label', () => broken(() => ({ stateLabels: {} })), 'draft has no label'],
    ['an unreachable state', () => withStates({ island: { on: { edit: { target: 'draft' } } } }), 'island is not reachable'],
    ['a dead end', () => withStates({ queue: { tags: ['waiting'] } }), 'no end is reachable from queue'],
    ['a timer', () => withStates({ queue: { after: { 1000: 'draft' } } }), 'queue has the key after'],
    ['an actor', () => withStates({ queue: { invoke: { src: 'x' } } }), 'queue has the key invoke'],
    ['a transition that does nothing', () => withStates({ queue: { on: { confirm: {} } } }), 'queue.confirm does nothing'],
    ['readiness that asks for nothing', () => broken(() => ({ readiness: { states: [], checks: [{ requirement: 'odd', owner: 'system' }] } })), 'readiness asks for the unknown requirement odd'],
    ['readiness in no state', () => broken(() => ({ readiness: { states: ['nowhere'], checks: [] } })), 'readiness is a question in the unknown state nowhere'],
    ['a link to nowhere', () => lint({ ...bursary, links: { up: { settle: 'nothing' }, down: {} } }), 'a link names the unknown event nothing'],
    ['a posting without a label', () => lint({ ...bursary, postingLabels: {} }), 'the posting reserve has no label'],
    ['payments of no machine', () => course({ machine: 'nothing' }), 'payments need the unknown machine nothing'],
    ['payments that stand nowhere', () => course({ authorise: { ...PAYMENT.authorise, state: 'nowhere' } }), 'payments go through the unknown state nowhere'],
    ['a certification that leads elsewhere', () => course({ certify: { ...PAYMENT.certify, event: 'order' } }), 'no payment goes from due to certified by order'],
    ['an event that the state does not know', () => course({ answer: { ...PAYMENT.answer, settled: 'certify' } }), 'no payment goes on from exported by certify'],
    ['a preview that asks with the wrong fields', () => course({ certify: { ...PAYMENT.certify, data: { factual: true } } }), 'certify does not take what is said of payments'],
    ['a bank whose words are not taken', () => course({ answer: { ...PAYMENT.answer, returned: 'cancel' } }), 'cancel does not take what is said of payments'],
    ['a certifier who is none', () => course({ certify: { ...PAYMENT.certify, acts: [] } }), 'whoever sends certify is no certifier'],
    ['certifiers without an act', () => course({ certify: { ...PAYMENT.certify, acts: ['certify', 'nod'] } }), 'certifiers send the unknown event nod'],
    ['an order that stands on nothing', () => course({ order: { ...PAYMENT.order, stands: 'odd' } }), 'payments ask for the unknown requirement odd'],
    ['a return that ends by nothing', () => course({ answer: { ...PAYMENT.answer, withdrawn: 'odd' } }), 'the bank\'s answers need the unknown event odd'],
    ['a return borne out by nothing', () => course({ answer: { ...PAYMENT.answer, borneOut: 'odd' } }), 'the bank\'s answers need the unknown event odd'],
    ['a value date told to nothing', () => course({ answer: { ...PAYMENT.answer, valued: 'odd' } }), 'the bank\'s answers need the unknown event odd'],
    ['a return within nothing', () => course({ answer: { ...PAYMENT.answer, within: 'odd' } }), 'payments ask for the unknown requirement odd'],
  ])('%s', (_, run, finding) => expect(run().some((sentence) => sentence.endsWith(finding))).toBe(true));
});

describe('the definition', () => {
  const { lifecycle } = machineOf(bursary, 'application');
  test('has a fingerprint that follows the lifecycle and nothing else', () => {
    expect(definitionHash(structuredClone(lifecycle))).toBe(definitionHash(lifecycle));
    expect(definitionHash({ ...lifecycle, initial: 'desk' })).not.toBe(definitionHash(lifecycle));
    expect(digest({ b: 1, a: [2] })).toBe(digest({ a: [2], b: 1 }));
    expect(() => digest(undefined)).toThrow(TypeError);
  });
  test('draws itself with the current state and the path taken', () => {
    const mark = { current: 'desk.late', path: [{ from: 'draft', to: 'desk.late' }] };
    const machine = machineOf(bursary, 'application');
    expect(mermaid(machine, { language: 'de', mark })).toContain('class desk_late current');
    expect(mermaid(machine, { language: 'de' })).toContain('draft --> desk_review: submit');
    expect(dot(machine, { language: 'en', mark })).toMatch(/"draft" -> "desk\.late" \[label="submit" penwidth=3/);
    expect(dot(machine, { language: 'en', mark })).toMatch(/"desk\.late" \[label="desk\.late" fillcolor="#ffd966"/);
  });
});
