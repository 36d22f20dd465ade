import { describe, expect, test } from '@jest/globals';
import { dayOf } from '#calendar';
import { cents } from '#money';
import { edgesOf, eventsOf, machineOf } from '#kernel';
import { finalFrom } from './calendar.ts';
import type { Application } from './context.ts';
import { defaultCycle, type Cycle } from './cycle.ts';
import { kim } from './index.ts';
import { awardOf } from './money.ts';
import { caseOf, clocksOf, passTo, send, type Family, type Scene } from './stories/family.ts';
import { payeesAmong } from './payee.ts';
import { BODIES, draft, PEOPLE, play, until } from './stories/script.ts';

interface Found {
  /** Acts of the shortest way to each state of the family's cases. */
  readonly ways: Map<string, number>;
  readonly arrows: Set<string>;
  readonly refusals: Set<string>;
}

/** Which events an exploration sends. Payees change beside everything else: they are explored where a grant is paid, with what is paid to them. */
type Allowed = (event: string, family: Family) => boolean;
const ALL: Allowed = (event) => event !== 'proposePayee';
const PAYEE_ONLY = [...Object.keys(machineOf(kim, 'payee').events), 'certify', 'authorise', 'stop'];
const ONLY_PAYEES: Allowed = (event, { children }) => (event === 'proposePayee' ? payeesAmong(children).every(({ number, state }) => number === 11 && state === 'active') : PAYEE_ONLY.includes(event));

/** Two families are alike for the exploration when their cases stand in the same states for the same reasons, as late as each other. */
function likeness({ head, children, fired, ledger, now, cycle }: Family): string {
  const context = head.context as unknown as Application;
  const { late, holds, lines, formHash, form, documents, completion, extension, extensionProposed, hearing, notice } = context;
  const award = awardOf(lines);
  const lateness = head.state.startsWith('drafting') ? fired.length : now >= (finalFrom(context, cycle)?.value ?? '9');
  return JSON.stringify([head.state, lateness, late?.admit, holds.length > 0, holds.some(({ amountCents }) => amountCents === undefined), award > 0, award <= ledger.budget, formHash !== null,
    documents.length, Object.keys(form ?? {}).length, completion?.sections,
    ...(head.state.startsWith('drafting') ? [extension != null, extensionProposed != null] : []),
    ...(head.state.startsWith('submitted') ? [hearing?.closed, cycle.hearingBeforeRejection] : []),
    ...(head.state.startsWith('appealPeriod') ? [notice?.channel, notice?.arrivedOn !== undefined] : []), children.map(({ state }) => state)]);
}

/** Everything that could happen next: time passes, funds are freed, or somebody who may sends a possible event with some body. */
function nextScenes(family: Family, allowed: Allowed): readonly Scene[] {
  const open = clocksOf(family).filter(({ at, number, name, reminder }) => !(reminder && at < family.now) && !family.fired.includes(`${number} ${name} ${at}`));
  const final = finalFrom(family.head.context as unknown as Application, family.cycle);
  // A reminder leaves the case as it was: the exploration also goes on to the next date that does not.
  const dates = new Set([open[0]?.at, open.find(({ reminder }) => !reminder)?.at].map((at) => at ?? final?.value ?? family.now));
  const later = [...dates].map((at) => passTo(family, at).family);
  const richer = family.head.state === 'waitingForFunds' ? [{ ...family, ledger: { ...family.ledger, budget: cents(20_000_000) } }] : [];
  return [
    ...[...later, ...richer].map((next) => ({ family: next, state: '', effects: [], refused: null })),
    ...[0, ...family.children.map(({ number }) => number)].flatMap((number) => actsOn(family, number, allowed)),
  ];
}

function actsOn(family: Family, number: number, allowed: Allowed): readonly Scene[] {
  const { stored, machine } = caseOf(family, number);
  const { lifecycle, senders } = machineOf(kim, machine);
  const own = eventsOf(lifecycle, stored.state).filter((type) => !Object.values(kim.links.up).includes(type) && allowed(type, family));
  return own.flatMap((type) => {
    const actor = Object.values(PEOPLE).find(({ roles }) => senders[type]?.roles.some((role) => roles.includes(role))) ?? PEOPLE['allrounder'];
    const bodies = Object.entries(BODIES).filter(([name]) => name.split(':')[0] === type).map(([, body]) => body);
    const day = dayOf(family.now);
    const today = { issueNotice: [{ channel: 'post', postedOn: day }, { channel: 'portal', postedOn: day }], recordArrival: [{ arrivedOn: day }], confirmSettled: [{ valueDate: day, reference: 'Auszug' }] }[type] ?? [];
    return actor === undefined ? [] : [...(bodies.length > 0 ? bodies : [{}]), ...today].map((data) => send(family, number, { type, at: family.now, actor, data }));
  });
}

/** Breadth first, so that each state is met on its shortest way. */
function explore(start: Family, found: Found, allowed: Allowed): void {
  const seen = new Set([likeness(start)]);
  let generation: readonly Family[] = [start];
  for (let acts = 1; generation.length > 0; acts += 1) {
    const scenes = generation.flatMap((family) => nextScenes(family, allowed));
    for (const { refused } of scenes) if (refused !== null) found.refusals.add(refused);
    generation = scenes.map(({ family }) => family).filter((family) => {
      const key = likeness(family);
      return !seen.has(key) && seen.add(key);
    });
    for (const { family } of scenes) note(family, acts, found);
  }
}

function note({ journal }: Family, acts: number, { ways, arrows }: Found): void {
  for (const { machine, from, event, to } of journal) {
    arrows.add(`${machine}: ${from} ${event} ${to}`);
    if (!ways.has(`${machine} ${to}`)) ways.set(`${machine} ${to}`, acts);
  }
}

/** Families are not told apart here by what is proposed or claimed, or what came back and by whose word; the stories take every one of these arrows. */
const CHANGES = ['proposePayee', 'payeeChanged', 'confirmRecovery', 'confirmChange', 'declineChange', 'reportUndelivered', 'announceChange', 'proposeBypass', 'confirmBypass', 'declineBypass', 'instalmentsAdjusted', 'adjust', 'withdrawReturn', 'instalmentRestored'];
const ofChanges = (arrow: string): boolean => /: (decided|appealPeriod|active|planned|due|certified|authorised|settled|returned|skipped)/.test(arrow) && CHANGES.includes(arrow.split(' ')[2] ?? '');

/** Other rounds, each from where it goes another way than the usual one. */
const rounds: readonly (readonly [Partial<Cycle>, string])[] = [
  [{ budgetCents: 11_000_000 }, 'recommend'], [{ hearingBeforeRejection: true }, 'accept'], [{ instalmentWeights: [0, 100] }, 'issueNotice'], [{ instalmentWeights: [100, 0] }, 'issueNotice'],
  [{ certifyingPersons: 2 }, '1.fallDue'],
];

describe('by shortest paths', () => {
  const found: Found = { ways: new Map(), arrows: new Set(), refusals: new Set() };
  explore(draft(), found, ALL);
  for (const [round, from] of rounds) explore(play(until(from), { cycle: { ...defaultCycle(2028), ...round } }).family, found, ALL);
  explore(play(until('finality')).family, found, ONLY_PAYEES);
  // Payment runs are families of their own, with a spec of their own.
  const machines = Object.entries(kim.machines).filter(([name]) => !Object.hasOwn(kim.heads ?? {}, name));

  test('every state is reached', () => {
    const leaves = machines.flatMap(([name, { stateLabels }]) => Object.keys(stateLabels).map((state) => `${name} ${state}`));
    expect(leaves.filter((leaf) => !found.ways.has(leaf) && !['instalment planned', 'payee proposed'].includes(leaf))).toEqual([]);
    expect(Object.fromEntries(['submitted.receiptCheck', 'appealPeriod.running', 'active.instalment1', 'active.fullyPaid'].map((state) => [state, found.ways.get(`application ${state}`)])))
      .toEqual({ 'submitted.receiptCheck': 4, 'appealPeriod.running': 9, 'active.instalment1': 10, 'active.fullyPaid': 20 });
  });

  test('every arrow is taken; only a change of the award can reduce an instalment that is already due or paid in part, only a revised round moves one', () => {
    const arrows = machines.flatMap(([name, machine]) => edgesOf(machine).map(({ from, event, to }) => `${name}: ${from} ${event} ${to}`));
    expect(arrows.filter((arrow) => !found.arrows.has(arrow) && !ofChanges(arrow))).toEqual([
      'application: active.instalment2 instalmentSettled active.instalment2', 'instalment: planned datesMoved planned', 'instalment: due skip settled', 'instalment: due skip skipped',
    ]);
  });

  test('every requirement that an act can miss is missed', () => {
    expect([...found.refusals].toSorted()).toEqual([
      'allLinesDecided', 'arrivalPlausible', 'bicValid', 'budgetSuffices', 'bypassPossible', 'bypassProposed', 'callBackPlausible',
      'changeAnnounced', 'changeConclusive', 'changeProposed', 'changeUnannounced', 'completionPeriodOver', 'conceptAttached', 'coolingDownOver',
      'cutOffMoved', 'differentPerson', 'extensionAhead', 'extensionProposed', 'factuallyCertified', 'formComplete', 'hearingHeld', 'hearingPeriodOver', 'holdKnown', 'holderFits', 'ibanValid',
      'lateClaimsOver', 'noHoldInScope', 'nothingToPay', 'noticeFinal', 'orderStands', 'partSettled', 'payDateMoved', 'payDateReached', 'payeeApproved',
      'payeeCooledDown', 'payeeDiffers', 'payeeSuperseded', 'postedOnPlausible', 'previousSettled', 'retrievalOver', 'returnByAnother', 'sectionOpen', 'settledBefore', 'shareChanged',
      'twoPersonsCertify', 'valueDateNew', 'valueDateNotFarAhead', 'valueDateSincePayDay', 'withinCap', 'withinClaim', 'withinPayment',
    ]);
  });
});
