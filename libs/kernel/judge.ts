import * as house from './house.words.ts';
import { requirementsOf, type Transition } from './lifecycle.ts';
import { edgesOf } from './graph.ts';
import { candidates, eventsOf, isEnd, pathTo, requirement, type AnyMachine } from './machine.ts';
import type { CaseEvent, Facts, Finding, Head, Programme, Requirement, Situation, Stored } from './programme.ts';
import type { Instant, Role, Text } from './words.ts';

/** One reason why an event is refused, for people: what, what to do, who could, from when. */
export interface Reason {
  readonly code: string;
  readonly text: Text;
  readonly remedy: Text;
  readonly retry: 'never' | 'afterChange' | 'later';
  /** Who could do it instead: people of these roles except these accounts. */
  readonly who?: { readonly roles: readonly Role[]; readonly except: readonly string[] };
  readonly from?: Instant;
  readonly findings?: readonly Finding[];
  /** Who was there before, where the case has moved on. */
  readonly by?: LastAct;
}

/** Who last acted on a case, when, and what that act is called. */
export interface LastAct {
  readonly account: string;
  readonly at: Instant;
  readonly label: Text;
}

/** Where an event would be judged. */
export interface Docket {
  readonly programme: Programme;
  readonly machine: string;
  readonly stored: Stored;
  readonly facts: Facts;
}

/** The definition of a machine of the programme. */
export function machineOf(programme: Programme, machine: string): AnyMachine {
  const found = programme.machines[machine];
  if (!found) throw new Error(`${programme.id} has no machine ${machine}`);
  return found;
}

/** What heads the families of a machine: the programme's own words for its root, else those of the head of that name. */
export function headOf(programme: Programme, machine: string): Head {
  const found = machine === programme.root ? programme : programme.heads?.[machine];
  if (!found) throw new Error(`nothing of ${programme.id} begins with ${machine}`);
  return found;
}

/**
 * Every reason why the event is refused, in order of precedence; none means it will be taken. The one evaluator of
 * hint, command and preview: a hint has no `data`, and requirements on the fields are then taken as holding.
 */
export function judge(docket: Docket, event: CaseEvent): readonly Reason[] {
  return [...who(docket, event), ...whatIsPossible(docket, event)];
}

/** The reasons why a case may not be opened; the opening has a sender and requirements, but no state yet. */
export function judgeOpening({ opening }: Pick<Head, 'opening'>, event: CaseEvent, facts: Facts): readonly Reason[] {
  const { roles } = opening.sender;
  const situation = { context: {}, event, facts } as unknown as Situation<never>;
  return [
    ...(roles.some((role) => event.actor.roles.includes(role)) ? [] : [{ code: 'wrongRole', retry: 'never', who: { roles, except: [] }, ...house.wrongRole(roles) } as const]),
    ...Object.entries(opening.requirements).flatMap(([name, requirement]) => reasonOf(name, requirement, situation)),
  ];
}

function reasonOf(code: string, { holds, text, remedy, retry }: Requirement<never>, situation: Situation<never>): readonly Reason[] {
  const verdict = holds(situation);
  if (verdict === true) return [];
  // Who could send the event instead is said by its sender, not by whose matter the obstacle is.
  const { owner: _, ...why } = verdict;
  return [{ code, text, remedy, retry, ...why }];
}

/** Which costly facts the requirements of an event read, in whichever state it is met. */
export function factsRead(definition: AnyMachine, event: string): ReadonlySet<string> {
  const guards = edgesOf(definition).filter((edge) => edge.event === event).flatMap(({ requirements }) => requirements);
  return new Set(guards.flatMap((name) => requirement(definition, name).reads ?? []));
}

function who({ programme, machine, facts }: Docket, { type, actor }: CaseEvent): readonly Reason[] {
  const sender = machineOf(programme, machine).senders[type];
  if (!sender) throw new Error(`${machine} has no sender for ${type}`);
  const taken = (sender.differentFrom ?? []).filter((other) => (facts.acts[other] ?? []).includes(actor.account));
  const except = (sender.differentFrom ?? []).flatMap((other) => facts.acts[other] ?? []);
  const candidates = { roles: sender.roles, except: [...new Set(except)] };
  return [
    ...(sender.roles.some((role) => actor.roles.includes(role)) ? [] : [{ code: 'wrongRole', retry: 'never', who: candidates, ...house.wrongRole(sender.roles) } as const]),
    ...(taken.length === 0 ? [] : [{ code: 'differentPerson', retry: 'never', who: candidates, ...house.differentPerson(taken.map((other) => labelOf(programme, other))) } as const]),
  ];
}

function whatIsPossible(docket: Docket, event: CaseEvent): readonly Reason[] {
  const definition = machineOf(docket.programme, docket.machine);
  const open = candidates(definition.lifecycle, docket.stored.state, event.type);
  if (open.length === 0) return [nowhere(definition, docket.stored.state)];
  const failures = open.map((transition) => failing(definition, docket, event, transition));
  // Later branches are the fallbacks of earlier ones: the one that lacks least says what is really missing.
  return failures.reduce((least, next) => (next.length < least.length ? next : least));
}

function failing(definition: AnyMachine, { stored, facts }: Docket, event: CaseEvent, { guard }: Transition): readonly Reason[] {
  const situation = { context: stored.context, event, facts } as Situation<never>;
  return requirementsOf(guard).flatMap((name) => {
    const required = requirement(definition, name);
    return required.ofFields && event.data === undefined ? [] : reasonOf(name, required, situation);
  });
}

function nowhere(definition: AnyMachine, state: string): Reason {
  const labels = eventsOf(definition.lifecycle, state).filter((name) => isForPeople(definition, name)).flatMap((name) => definition.events[name]?.label ?? []);
  const here = definition.stateLabels[state] ?? { de: state, en: state };
  return { code: 'notPossibleHere', retry: 'afterChange', ...house.notPossibleHere(here, labels, hasEnded(definition, state)) };
}

/** Whether an event is offered to people: not by a route of its own, and not sent by the system alone. */
export const isForPeople = ({ events, senders }: AnyMachine, event: string): boolean =>
  events[event]?.hidden !== true && senders[event]?.roles.some((role) => role !== 'system') === true;

/** Whether a case rests in this state, so that nothing takes it on by itself. */
export const hasEnded = ({ lifecycle }: AnyMachine, state: string): boolean => pathTo(lifecycle, state).some(isEnd);

/** What an event is called, in whichever machine of the programme it is known. */
export function labelOf(programme: Programme, event: string): Text {
  const known = Object.values(programme.machines).flatMap((machine) => machine.events[event] ?? []);
  return known[0]?.label ?? (event === 'open' ? house.OPENING : { de: event, en: event });
}
