import { edgesOf, initialLeaf, leavesIn } from './graph.ts';
import { requirementsOf, type Action, type StateNode, type Transition } from './lifecycle.ts';
import { isEnd, type AnyMachine } from './machine.ts';
import { lintCourse } from './payment.ts';
import type { Programme } from './programme.ts';

const NODE_KEYS = ['id', 'initial', 'type', 'tags', 'states', 'on'];
const TRANSITION_KEYS = ['target', 'guard', 'actions'];

/**
 * Everything wrong with a programme's machines, as sentences; empty when it may run. Run at every start: XState itself is
 * silent about a missing action and throws for a missing guard only when an event reaches it.
 */
export function lint(programme: Programme): readonly string[] {
  const machines = Object.entries(programme.machines);
  const events = new Set(['open', ...machines.flatMap(([, { events }]) => Object.keys(events))]);
  const linked = [...Object.entries(programme.links.up), ...Object.entries(programme.links.down)].flat();
  return [
    ...[programme.root, programme.child, ...Object.keys(programme.heads ?? {})].filter((name) => !programme.machines[name]).map((name) => `no machine ${name}`),
    ...[programme.cycle.moved ?? []].flat().filter((event) => !events.has(event)).map((event) => `moved dates are told by the unknown event ${event}`),
    ...(programme.signatures ?? []).filter(({ event }) => !events.has(event)).map(({ event }) => `payments need the unknown event ${event}`),
    ...(programme.signatures ?? []).flatMap(({ demand = {} }) => Object.keys(demand)).filter((field) => !programme.cycle.fixed.includes(field)).map((field) => `payments are signed by a field that revisions may change: ${field}`),
    ...(programme.payment ? lintCourse(programme.payment, programme.machines) : []),
    ...(programme.postingLabels ? machines.flatMap(([, { postings }]) => Object.keys(postings)).filter((name) => !Object.hasOwn(programme.postingLabels ?? {}, name)).map((name) => `the posting ${name} has no label`) : []),
    ...linked.filter((event) => !events.has(event)).map((event) => `a link names the unknown event ${event}`),
    ...machines.flatMap(([name, machine]) => lintMachine(machine, events).map((finding) => `${name}: ${finding}`)),
  ];
}

function lintMachine(machine: AnyMachine, known: ReadonlySet<string>): readonly string[] {
  const shape = nodesOf(machine.lifecycle).flatMap(({ path, node }) => lintShape(path, node));
  return shape.length > 0 ? shape : [...lintNames(machine, known), ...lintGraph(machine)];
}

interface Place { readonly path: string; readonly node: StateNode }

function nodesOf(node: StateNode, path = ''): readonly Place[] {
  const inner = Object.entries(node.states ?? {});
  return [{ path, node }, ...inner.flatMap(([name, child]) => nodesOf(child, path ? `${path}.${name}` : name))];
}

/** The transitions of a state node, with the event that takes each. */
function transitionsOf(node: StateNode): readonly (Transition & { readonly event: string })[] {
  return Object.entries(node.on ?? {}).flatMap(([event, taken]) =>
    (Array.isArray(taken) ? (taken as readonly Transition[]) : [taken as Transition]).map((transition) => ({ ...transition, event })));
}

/** No timers, actors, code or eventless loops: only the keys of a lifecycle. */
function lintShape(path: string, node: StateNode): readonly string[] {
  const odd = Object.keys(node).filter((key) => !NODE_KEYS.includes(key));
  const transitions = transitionsOf(node);
  return [
    ...odd.map((key) => `${path || 'root'} has the key ${key}`),
    ...transitions.flatMap((transition) => Object.keys(transition).filter((key) => key !== 'event' && !TRANSITION_KEYS.includes(key))
      .map((key) => `${path}.${transition.event} has the key ${key}`)),
    ...transitions.filter(({ target, actions }) => target === undefined && !actions?.length).map(({ event }) => `${path}.${event} does nothing`),
    ...(node.states && !node.initial ? [`${path || 'root'} has no initial state`] : []),
  ];
}

function lintNames(machine: AnyMachine, known: ReadonlySet<string>): readonly string[] {
  const transitions = nodesOf(machine.lifecycle).flatMap(({ node }) => transitionsOf(node));
  const actions = transitions.flatMap((transition) => transition.actions ?? []);
  const named = (type: Action['type'], key: string) => actions.filter((action) => action.type === type)
    .map((action) => String('params' in action ? (action.params as Record<string, string>)[key] : ''));
  const fired = transitions.map(({ event }) => event);
  return [
    ...compare('requirement', transitions.flatMap(({ guard }) => requirementsOf(guard)), machine.requirements),
    ...compare('take', named('take', 'field'), machine.takes),
    ...compare('letter', named('letter', 'kind'), machine.letters),
    ...Object.entries(machine.letters).filter(([, { undelivered }]) => undelivered !== undefined && !(undelivered in machine.events)).map(([kind]) => `the letter ${kind} names an unknown event`),
    ...Object.entries(machine.letters).filter(([, letter]) => (letter.digest || letter.optional) && !letter.title).map(([kind]) => `the letter ${kind} needs a title`),
    ...compare('posting', named('book', 'posting'), machine.postings),
    ...compare('event', fired, machine.events),
    ...compare('sender', fired, machine.senders),
    ...(machine.readiness?.checks ?? []).filter(({ requirement }) => !(requirement in machine.requirements)).map(({ requirement }) => `readiness asks for the unknown requirement ${requirement}`),
    ...(machine.readiness?.states ?? []).filter((state) => !(state in machine.stateLabels)).map((state) => `readiness is a question in the unknown state ${state}`),
    ...(actions.some(({ type }) => type === 'openChildren') && !machine.children ? ['openChildren without children'] : []),
    ...Object.entries(machine.senders).flatMap(([event, { roles, differentFrom = [] }]) => [
      ...(roles.length === 0 ? [`nobody may send ${event}`] : []),
      ...differentFrom.filter((other) => !known.has(other)).map((other) => `${event} differs from the unknown ${other}`),
    ]),
  ];
}

/** Named but not there, or there but never named: both are mistakes. */
function compare(what: string, used: readonly string[], there: { readonly [name: string]: unknown }): readonly string[] {
  return [
    ...[...new Set(used)].filter((name) => !(name in there)).map((name) => `no ${what} named ${name}`),
    ...Object.keys(there).filter((name) => !used.includes(name)).map((name) => `the ${what} ${name} is never used`),
  ];
}

/** Every leaf reachable, an end reachable from every leaf, every leaf with a label. */
function lintGraph(machine: AnyMachine): readonly string[] {
  const edges = edgesOf(machine);
  const leaves = leavesIn(machine.lifecycle);
  const ends = leaves.filter((leaf) => isEnd(leaf.node)).map(({ path }) => path);
  const reached = closure([initialLeaf(machine.lifecycle)], edges.map(({ from, to }) => [from, to]));
  const finishing = closure(ends, edges.map(({ from, to }) => [to, from]));
  return leaves.flatMap(({ path }) => [
    ...(reached.has(path) ? [] : [`${path} is not reachable`]),
    ...(finishing.has(path) ? [] : [`no end is reachable from ${path}`]),
    ...(machine.stateLabels[path] ? [] : [`${path} has no label`]),
  ]);
}

function closure(start: readonly string[], edges: readonly (readonly [string, string])[]): ReadonlySet<string> {
  const seen = new Set(start);
  for (const at of seen) for (const [from, to] of edges) if (from === at) seen.add(to);
  return seen;
}
