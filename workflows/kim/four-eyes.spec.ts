import { describe, expect, test } from '@jest/globals';
import { edgesOf, initial, machineOf, type Edge, type MachineDefinition, type Programme } from '#kernel';
import { kim } from './index.ts';

/** The signatures that every payment needs, each by the machine on which it is given. */
const SIGNATURES = { recommend: 'application', countersign: 'application', certify: 'instalment', authorise: 'instalment' } as const;

/** The acts without which no other payee comes into force. */
const OF_THE_PAYEE = { checkPayeeDocument: 'payee', noteCallBack: 'payee', approvePayee: 'payee' } as const;

/** Where each machine's signatures lead: no instalment is born before the grant is active, none is paid before it is exported. */
const REACHED = { application: /^active\./, instalment: /^exported$/, payee: /^active$/ } as const;

/** Acts by which one person answers for what another began. */
const PAIRS = [
  ['proposeChange', 'confirmChange'], ['proposeChange', 'declineChange'], ['proposeBypass', 'confirmBypass'], ['proposeBypass', 'declineBypass'],
  ['placeHold', 'liftHold'], ['holdAmount', 'liftHold'], ['draftNotice', 'issueNotice'], ['proposeLate', 'confirmLate'], ['proposeExtension', 'confirmExtension'],
  ['proposePayee', 'checkPayeeDocument'], ['proposePayee', 'noteCallBack'], ['proposePayee', 'approvePayee'], ['checkPayeeDocument', 'approvePayee'], ['noteCallBack', 'approvePayee'],
  ['saveForm', 'proposePayee'],
  ['recommend', 'certifyFactually'], ['countersign', 'certifyFactually'], ['certify', 'certifyFactually'], ['authorise', 'certifyFactually'],
  ['certifyFactually', 'certify'], ['certifyFactually', 'authorise'],
  ['recommend', 'certifyFactually'], ['countersign', 'certifyFactually'], ['certify', 'certifyFactually'], ['authorise', 'certifyFactually'],
  ['certifyFactually', 'certify'], ['certifyFactually', 'authorise'],
] as const;

/** Whoever changed what is paid or to whom, or let it pass a hold, neither certifies nor authorises it. */
const DECIDING = ['proposeChange', 'confirmChange', 'confirmBypass', 'proposePayee', ...Object.keys(OF_THE_PAYEE)];

/** What must hold of a return that is taken back: somebody else reported it, and it was the last that was said. */
const TAKEN_BACK = ['returnByHand', 'returnByAnother'];

const sendersOf = ({ machines }: Programme) => Object.fromEntries(Object.values(machines).flatMap(({ senders }) => Object.entries(senders)));

/** States that can be reached from some states over some arrows. */
function reachable(edges: readonly Edge[], from: readonly string[]): ReadonlySet<string> {
  const seen = new Set(from);
  for (const state of seen) for (const { from: start, to } of edges) if (start === state) seen.add(to);
  return seen;
}

/** Every way to a payment that passes fewer than the four persons; none is what the law wants. */
function gaps(programme: Programme): readonly string[] {
  const senders = sendersOf(programme);
  const differ = (event: string, other: string): readonly string[] => (senders[event]?.differentFrom?.includes(other) ? [] : [`whoever sends ${other} may send ${event}`]);
  const names = Object.keys(SIGNATURES);
  return [
    ...Object.entries({ ...SIGNATURES, ...OF_THE_PAYEE }).flatMap(([event, name]) => {
      const machine = machineOf(programme, name);
      // What another person takes back as a mistake leads to the very order that was signed, not to another one.
      const others = edgesOf(machine).filter((edge) => edge.event !== event && !(edge.event === 'withdrawReturn' && TAKEN_BACK.every((requirement) => edge.requirements.includes(requirement))));
      // From the beginning, and anew: from the review to which a court sends back, and from wherever a payment was ordered before. A reminder leaves it ordered.
      const again = name === 'application' ? ['submitted.inReview'] : others.filter(({ from, to }) => from === 'exported' && to !== from).map(({ to }) => to);
      const starts = [initial(machine, {}).state, ...again];
      return [...reachable(others, starts)].filter((state) => REACHED[name].test(state)).map((state) => `${state} without ${event}`);
    }),
    ...names.flatMap((event) => names.filter((other) => other !== event).flatMap((other) => differ(event, other))),
    ...PAIRS.flatMap(([first, second]) => differ(second, first)),
    ...DECIDING.flatMap((act) => ['certify', 'authorise'].flatMap((event) => differ(event, act))),
  ];
}

/** The programme with one thing changed in one machine, as a mistake would. */
const mistaken = (name: string, change: (machine: MachineDefinition<never>) => Partial<MachineDefinition<never>>): Programme => {
  const machine = machineOf(kim, name);
  return { ...kim, machines: { ...kim.machines, [name]: { ...machine, ...change(machine) } } };
};

const without = (name: string, event: string, other: string): Programme => mistaken(name, ({ senders }) => {
  const { roles = [], differentFrom = [] } = senders[event] ?? {};
  return { senders: { ...senders, [event]: { roles, differentFrom: differentFrom.filter((each) => each !== other) } } };
});

const shortcut = (name: string, state: string, event: string, target: string): Programme => mistaken(name, ({ lifecycle }) => {
  const node = lifecycle.states[state] ?? {};
  return { lifecycle: { ...lifecycle, states: { ...lifecycle.states, [state]: { ...node, on: { ...node.on, [event]: { target } } } } } };
});

describe('every way to a payment', () => {
  test('passes four persons, each order anew, and whoever decides on money does not pay it', () => {
    expect(gaps(kim)).toEqual([]);
  });

  test.each([
    ['a person who recommends may certify', without('instalment', 'certify', 'recommend'), 'whoever sends recommend may send certify'],
    ['a person who certifies may authorise', without('instalment', 'authorise', 'certify'), 'whoever sends certify may send authorise'],
    ['the first of two certifiers may be the second', without('instalment', 'certify', 'certifyFactually'), 'whoever sends certifyFactually may send certify'],
    ['the first of two certifiers may be the second', without('instalment', 'certify', 'certifyFactually'), 'whoever sends certifyFactually may send certify'],
    ['a person who proposes a change may confirm it', without('application', 'confirmChange', 'proposeChange'), 'whoever sends proposeChange may send confirmChange'],
    ['a person who let it pass a hold may pay it', without('instalment', 'authorise', 'confirmBypass'), 'whoever sends confirmBypass may send authorise'],
    ['a person who chose the account may certify', without('instalment', 'certify', 'proposePayee'), 'whoever sends proposePayee may send certify'],
    ['a person who called back may approve', without('payee', 'approvePayee', 'noteCallBack'), 'whoever sends noteCallBack may send approvePayee'],
    ['an account is paid to without a call', shortcut('payee', 'documentChecked', 'approvePayee', 'coolingDown'), 'active without noteCallBack'],
    ['what is due goes to the bank', shortcut('instalment', 'due', 'skip', 'exported'), 'exported without authorise'],
    ['what came back goes out again at once', shortcut('instalment', 'returned', 'reopen', 'authorised'), 'exported without certify'],
    ['whoever reported a return takes it back', mistaken('instalment', ({ lifecycle }) => ({ lifecycle: JSON.parse(JSON.stringify(lifecycle).replaceAll('"returnByAnother",', '')) as typeof lifecycle })), 'exported without authorise'],
    ['a draft that lapses is granted', shortcut('application', 'drafting', 'lapse', '#active'), 'active.instalment1 without countersign'],
  ])('is seen as too short where %s', (_, programme, gap) => {
    expect(gaps(programme)).toContain(gap);
  });
});
