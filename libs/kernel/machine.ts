import { assign, createMachine, type AnyStateMachine, type EventObject, type ExecutableActionObject } from 'xstate';
import type { Context, Lifecycle, StateNode, Transition } from './lifecycle.ts';
import type { CaseEvent, Facts, MachineDefinition, Situation, Stored } from './programme.ts';

/** The kernel's view of any machine; its functions are called with the situation of their own context type. */
export type AnyMachine = MachineDefinition<never>;

/** The event XState sees: the case's event with the facts its guards may read. */
export interface Envelope extends EventObject {
  readonly carried: CaseEvent;
  readonly facts: Facts;
}

const compiled = new WeakMap<AnyMachine, AnyStateMachine>();

/** The XState machine of a definition: its data, with the programme's functions behind the names. Made once. */
export function compile(definition: AnyMachine): AnyStateMachine {
  const known = compiled.get(definition);
  if (known) return known;
  const made = build(definition);
  compiled.set(definition, made);
  return made;
}

function build(definition: AnyMachine): AnyStateMachine {
  const holds = (name: string, context: unknown, { carried, facts }: Envelope) =>
    requirement(definition, name).holds({ context, event: carried, facts } as Situation<never>) === true;
  const names = Object.keys(definition.requirements);
  const config = { ...structuredClone(definition.lifecycle), context: ({ input }: { input: unknown }) => input ?? {} };
  // XState types a config by its literal; ours is data of a checked shape, so the literal types are given up here.
  return createMachine(config as never).provide({
    guards: {
      ...Object.fromEntries(names.map((name) => [name, ({ context, event }: GuardArgs) => holds(name, context, event)])),
      all: ({ context, event }: GuardArgs, { requirements }: { requirements: readonly string[] }) =>
        requirements.every((name) => holds(name, context, event)),
    },
    actions: {
      take: assign(({ context, event }: GuardArgs, { field }: { field: string }) => {
        const taken = definition.takes[field];
        if (!taken) throw new Error(`no take named ${field}`);
        return taken({ context, event: event.carried, facts: event.facts } as Situation<never>);
      }),
    },
  } as never) as AnyStateMachine;
}

interface GuardArgs { readonly context: unknown; readonly event: Envelope }

/** The requirement of that name; a missing one is a bug that `lint` finds at start. */
export function requirement(definition: AnyMachine, name: string) {
  const found = definition.requirements[name];
  if (!found) throw new Error(`no requirement named ${name} in ${definition.lifecycle.id}`);
  return found;
}

/** The nodes from the root to a stored state's leaf; throws on a state that the lifecycle does not have. */
export function pathTo(lifecycle: Lifecycle, state: string): readonly StateNode[] {
  const nodes: StateNode[] = [lifecycle];
  for (const name of state.split('.')) {
    const next = nodes.at(-1)?.states?.[name];
    if (!next) throw new Error(`${lifecycle.id} has no state ${state}`);
    nodes.push(next);
  }
  if (nodes.at(-1)?.states) throw new Error(`${state} of ${lifecycle.id} is not a leaf`);
  return nodes;
}

/** A case rests here for good, or at least until something exceptional happens. */
export const isEnd = (node: StateNode): boolean => node.type === 'final' || (node.tags ?? []).includes('end');

const list = (on: Transition | readonly Transition[] | undefined): readonly Transition[] =>
  on === undefined ? [] : Array.isArray(on) ? (on as readonly Transition[]) : [on as Transition];

/** The transitions an event may take in a state: the leaf's own first, then those of the states around it. */
export const candidates = (lifecycle: Lifecycle, state: string, event: string): readonly Transition[] =>
  pathTo(lifecycle, state).toReversed().flatMap((node) => list(node.on?.[event]));

/** Every event that the state knows, the leaf's own first. */
export const eventsOf = (lifecycle: Lifecycle, state: string): readonly string[] =>
  [...new Set(pathTo(lifecycle, state).toReversed().flatMap((node) => Object.keys(node.on ?? {})))];

/** The dotted state of a state value. */
export function dotted(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, inner]] = Object.entries(value as Record<string, unknown>) as [[string, unknown]];
  return `${name}.${dotted(inner)}`;
}

const valueOf = (names: readonly string[]): unknown => {
  const [first, ...rest] = names;
  return rest.length === 0 ? first : { [first as string]: valueOf(rest) };
};

/**
 * A stored row as an XState snapshot. Strict where XState is lenient: an unknown state or one that is not a leaf throws
 * instead of quietly becoming the initial one.
 */
export function restore(definition: AnyMachine, { state, context }: Stored) {
  const done = pathTo(definition.lifecycle, state).at(-1)?.type === 'final';
  const machine = compile(definition);
  const snapshot = machine.restoreSnapshot({
    status: done ? 'done' : 'active', value: valueOf(state.split('.')), context, historyValue: {}, children: {}, output: undefined, error: undefined,
  } as never, undefined as never);
  if (dotted(snapshot.value) !== state) throw new Error(`${definition.lifecycle.id}: ${state} was restored as ${dotted(snapshot.value)}`);
  return snapshot;
}

const nothing = (): void => undefined;

/** The surroundings XState asks for when it makes a transition: nobody listens, nothing is started, nothing is sent. */
const INERT = { self: {}, id: '', sessionId: '', defer: nothing, logger: nothing, stopChild: nothing, emit: nothing, system: { _sendInspectionEvent: nothing } };

/** One transition of a restored snapshot. As XState's own `transition`, without the actor that it makes for every call. */
export function transit(definition: AnyMachine, before: ReturnType<typeof restore>, event: Envelope) {
  const actions: ExecutableActionObject[] = [];
  const scope = { ...INERT, actionExecutor: (action: ExecutableActionObject) => void actions.push(action) };
  const after = compile(definition).transition(before, event as never, scope as never);
  return { after, actions };
}

/** Where a machine begins: its initial leaf with the given context. */
export function initial(definition: { readonly lifecycle: Lifecycle }, context: Context): Stored {
  const names: string[] = [];
  for (let node: StateNode | undefined = definition.lifecycle; node?.initial; node = node.states?.[node.initial]) names.push(node.initial);
  return { state: names.join('.'), context };
}

