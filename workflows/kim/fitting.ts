import { eventsOf, leavesIn, requirementsOf, type Action, type Context, type Lifecycle, type MachineDefinition, type Sender, type StateNode, type Transition } from '#kernel';

type Parts<C extends Context> = Omit<MachineDefinition<C>, 'lifecycle'>;

/**
 * A machine from a lifecycle and the code behind all names that any version of it ever used: takes what this version
 * names, so that an older lifecycle runs beside the newest without copies of its code. `known`, for older
 * versions: the events of all its machines, since nobody need differ from those who sent what the version does not have.
 */
export function fitting<C extends Context>(lifecycle: Lifecycle, parts: Parts<C>, known?: readonly string[]): MachineDefinition<never> {
  const transitions = transitionsIn(lifecycle);
  const events = transitions.map(({ event }) => event);
  const actions = transitions.flatMap(({ taken }) => taken.actions ?? []);
  const requirements = only(parts.requirements, transitions.flatMap(({ taken }) => requirementsOf(taken.guard)));
  const { readiness, ...others } = parts;
  const machine: MachineDefinition<C> = {
    ...others,
    lifecycle,
    events: only(parts.events, events),
    senders: Object.fromEntries(Object.entries(only(parts.senders, events)).map(([event, sender]) => [event, knowing(sender, known)])),
    requirements,
    // A version asks for what it demands, and for nothing it never heard of.
    ...(readiness === undefined ? {} : { readiness: { ...readiness, checks: readiness.checks.filter(({ requirement }) => requirement in requirements) } }),
    takes: only(parts.takes, named(actions, 'take', 'field')),
    postings: only(parts.postings, named(actions, 'book', 'posting')),
    letters: only(parts.letters, named(actions, 'letter', 'kind')),
    stateLabels: only(parts.stateLabels, leavesIn(lifecycle).map(({ path }) => path)),
    // A clock whose event the version does not know is none of its clocks.
    clocks: (stored, facts) => {
      const known = eventsOf(lifecycle, stored.state);
      return parts.clocks(stored, facts).filter(({ event }) => known.includes(event));
    },
  };
  return machine as unknown as MachineDefinition<never>;
}

/** Every event that lifecycles know. */
export const eventsIn = (...lifecycles: readonly Lifecycle[]): readonly string[] => lifecycles.flatMap((lifecycle) => transitionsIn(lifecycle).map(({ event }) => event));

const knowing = ({ roles, differentFrom }: Sender, known: readonly string[] | undefined): Sender =>
  ({ roles, ...(differentFrom === undefined ? {} : { differentFrom: differentFrom.filter((event) => known?.includes(event) ?? true) }) });

const only = <T>(parts: { readonly [name: string]: T }, names: readonly string[]): { readonly [name: string]: T } =>
  Object.fromEntries(Object.entries(parts).filter(([name]) => names.includes(name)));

const named = (actions: readonly Action[], type: Action['type'], key: string): readonly string[] =>
  actions.flatMap((action) => (action.type === type && 'params' in action ? [String((action.params as { readonly [key: string]: string })[key])] : []));

function transitionsIn(node: StateNode): readonly { readonly event: string; readonly taken: Transition }[] {
  return [
    ...Object.entries(node.on ?? {}).flatMap(([event, on]) => [on].flat().map((taken) => ({ event, taken: taken as Transition }))),
    ...Object.values(node.states ?? {}).flatMap(transitionsIn),
  ];
}
