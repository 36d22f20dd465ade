import { cents, type Cents } from '#money';
import {
  digest, initial, judge, judgeOpening, SYSTEM, step, type Actor, type CaseEvent, type Effect, type Facts, type Instant, type Json, type LedgerAccount, type Member, type Role, type Stored,
} from '#kernel';
import type { Cycle } from '../cycle.ts';
import { kim } from '../index.ts';

/** A family played in memory: what an installation keeps in rows, so that specs can tell whole cases without a database. */
export interface Family {
  readonly cycle: Cycle;
  readonly applicant: Facts['applicant'];
  readonly head: Stored;
  readonly children: readonly Member[];
  readonly acts: Facts['acts'];
  readonly lastAt: Facts['lastAt'];
  /** When each case last changed, by its number. */
  readonly since: { readonly [number: number]: Instant };
  readonly ledger: { readonly [account in LedgerAccount]: Cents };
  readonly firstInRank: boolean;
  readonly now: Instant;
  readonly journal: readonly Entry[];
  /** Clocks that have fired for their date; none does twice. */
  readonly fired: readonly string[];
}

/** A move that was taken: which case of the family, by which event, from where to where. */
export interface Entry {
  readonly number: number;
  readonly machine: string;
  readonly event: string;
  readonly from: string;
  readonly to: string;
}

/** What one event did: the state it led to, what went out, or why it was refused. */
export interface Scene {
  readonly family: Family;
  readonly state: string;
  readonly effects: readonly Effect[];
  readonly refused: string | null;
}

/** An application opened by its editor. */
export function openedBy(applicant: Facts['applicant'], cycle: Cycle, at: Instant): Family {
  const context = kim.begin({ applicant, fileNumber: `KIM-${cycle.fundingYear}-0001`, at, cycle: cycle as unknown as Json, data: {} });
  return {
    cycle, applicant, now: at, journal: [], fired: [], children: [], acts: {}, lastAt: {}, since: { 0: at }, firstInRank: true,
    head: initial(machine('application'), context),
    ledger: { budget: cents(cycle.budgetCents), reserved: cents(0), committed: cents(0), ordered: cents(0), paid: cents(0), claimed: cents(0), recovered: cents(0) },
  };
}

const machine = (name: string) => {
  const found = kim.machines[name];
  if (found === undefined) throw new Error(`KIM has no machine ${name}`);
  return found;
};

/** What guards may read in a family: its head is number 0. */
export function factsOf(family: Family, number: number): Facts {
  const { cycle, applicant, acts, lastAt, children, firstInRank, ledger, head } = family;
  return {
    cycle: cycle as unknown as Json, cycleId: cycle.id, applicant, acts, lastAt, children, firstInRank, openApplications: 0, availableCents: ledger.budget,
    parent: number === 0 ? null : { ...head, id: 'head', machine: 'application', number: 0 },
  };
}

/** The case of that number: the application is 0. */
export function caseOf(family: Family, number: number): { readonly stored: Stored; readonly machine: string } {
  if (number === 0) return { stored: family.head, machine: 'application' };
  const stored = family.children.find((child) => child.number === number);
  if (stored === undefined) throw new Error(`the family has no child ${number}`);
  return { stored, machine: stored.machine };
}

/** A person with some functions; the account is the first function and a number unless named. */
export const person = (account: string, ...roles: readonly Role[]): Actor => ({ account, roles, organisation: null });

/** Whether the installation would let somebody open an application. */
export const openingRefusal = (applicant: Facts['applicant'], cycle: Cycle, at: Instant, openApplications = 0): ReturnType<typeof judgeOpening>[number] | null => {
  const facts = { ...factsOf(openedBy(applicant, cycle, at), 0), openApplications };
  return judgeOpening(kim, { type: 'open', at, actor: { account: 'editor', roles: ['applicantEditor'], organisation: applicant.key }, data: {} }, facts)[0] ?? null;
};

/** Sends one event to one case of the family and follows the links between parent and children, as an installation does. */
export function send(family: Family, number: number, event: CaseEvent): Scene {
  const target = caseOf(family, number);
  const move = step({ programme: kim, machine: target.machine, stored: target.stored, facts: factsOf(family, number) }, event);
  if (!move.ok) return { family, state: target.stored.state, effects: [], refused: move.code };
  const entry = { number, machine: target.machine, event: event.type, from: target.stored.state, to: move.next.state };
  const moved = move.postings.reduce(posted, {
    ...replaced(family, number, move.next), now: event.at, acts: remembered(family.acts, event), journal: [...family.journal, entry],
    lastAt: { ...family.lastAt, [event.type]: event.at },
    since: digest([target.stored.state, target.stored.context]) === digest([move.next.state, move.next.context]) ? family.since : { ...family.since, [number]: event.at },
  });
  const born = move.children.map(({ number: next, machine: name = 'instalment', context }): Member =>
    ({ id: `child-${next}`, machine: name, number: next, ...initial(machine(name), context) }));
  const grown = {
    ...moved, children: [...moved.children, ...born],
    since: { ...moved.since, ...Object.fromEntries(born.map((child) => [child.number, event.at])) },
  };
  const linked = told(grown, number, event).reduce(follow, { family: grown, effects: move.effects });
  return { ...linked, state: move.next.state, refused: null };
}

const replaced = (family: Family, number: number, next: Stored): Family => (number === 0
  ? { ...family, head: next }
  : { ...family, children: family.children.map((child) => (child.number === number ? { ...child, ...next } : child)) });

/** The ledger refuses to overdraw an account: `cents` throws below zero. */
const posted = (family: Family, { from, to, cents: amount }: { readonly from: LedgerAccount; readonly to: LedgerAccount; readonly cents: Cents }): Family =>
  ({ ...family, ledger: { ...family.ledger, [from]: cents(family.ledger[from] - amount), [to]: cents(family.ledger[to] + amount) } });

const remembered = (acts: Facts['acts'], { type, actor }: CaseEvent): Facts['acts'] =>
  (actor.account === SYSTEM.account ? acts : { ...acts, [type]: [...new Set([...(acts[type] ?? []), actor.account])] });

interface Told { readonly number: number; readonly event: CaseEvent }

function told({ children }: Family, number: number, { type, at }: CaseEvent): readonly Told[] {
  const { up, down } = kim.links;
  if (number > 0) return up[type] ? [{ number: 0, event: { type: up[type], at, actor: SYSTEM, data: { number } } }] : [];
  const heard = down[type];
  return heard ? children.map((child) => ({ number: child.number, event: { type: heard, at, actor: SYSTEM, data: {} } })) : [];
}

/** The parent always understands its children; of the children those that can hear the parent. */
function follow(before: { readonly family: Family; readonly effects: readonly Effect[] }, { number, event }: Told) {
  const { machine: name, stored } = caseOf(before.family, number);
  const deaf = !(event.type in machine(name).events) || judge({ programme: kim, machine: name, stored, facts: factsOf(before.family, number) }, event).length > 0;
  if (deaf && number > 0) return before;
  const scene = send(before.family, number, event);
  if (scene.refused !== null) throw new Error(`the application refused ${event.type}: ${scene.refused}`);
  return { family: scene.family, effects: [...before.effects, ...scene.effects] };
}

/** A clock of the family with the case it belongs to. */
export function clocksOf(family: Family) {
  const cycle = family.cycle as unknown as Json;
  const of = (number: number) => {
    const { stored, machine: name } = caseOf(family, number);
    const { parent, children } = factsOf(family, number);
    return machine(name).clocks(stored as never, { cycle, parent, children, since: family.since[number] ?? family.now, at: family.now }).map((clock) => ({ number, ...clock }));
  };
  return [0, ...family.children.map(({ number }) => number)].flatMap(of).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

const dated = ({ number, name, at }: { readonly number: number; readonly name: string; readonly at: Instant }): string => `${number} ${name} ${at}`;

/** Lets time pass: fires what falls due on the way, in order, each clock once for its date; a reminder planned too late is none. */
export function passTo(family: Family, at: Instant): { readonly family: Family; readonly effects: readonly Effect[] } {
  const due = clocksOf(family).find((clock) => clock.at <= at && !(clock.reminder && clock.at < family.now) && !family.fired.includes(dated(clock)));
  if (due === undefined) return { family: { ...family, now: family.now > at ? family.now : at }, effects: [] };
  const { number, event, data } = due;
  const scene = send({ ...family, fired: [...family.fired, dated(due)] }, number, { type: event, at: due.at > family.now ? due.at : family.now, actor: SYSTEM, data });
  if (scene.refused !== null) throw new Error(`the clock ${due.name} was refused: ${scene.refused}`);
  const rest = passTo(scene.family, at);
  return { family: rest.family, effects: [...scene.effects, ...rest.effects] };
}
