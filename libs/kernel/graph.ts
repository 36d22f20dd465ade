import { requirementsOf, type StateNode } from './lifecycle.ts';
import { compile, type AnyMachine } from './machine.ts';

/** The leaves of a lifecycle by their dotted paths, in the order in which they are written. */
export const leavesIn = (node: StateNode, path = ''): readonly { readonly path: string; readonly node: StateNode }[] =>
  node.states ? Object.entries(node.states).flatMap(([name, child]) => leavesIn(child, path ? `${path}.${name}` : name)) : [{ path, node }];

/** The leaf a machine begins in. */
export function initialLeaf(node: StateNode): string {
  if (!node.initial) return '';
  const inner = node.states?.[node.initial];
  const rest = inner ? initialLeaf(inner) : '';
  return rest ? `${node.initial}.${rest}` : node.initial;
}

/** One arrow of the drawing: from leaf to leaf, by an event, under requirements. */
export interface Edge { readonly from: string; readonly to: string; readonly event: string; readonly requirements: readonly string[] }

/** Every arrow of a machine, targets resolved by XState itself. */
export function edgesOf(machine: AnyMachine): readonly Edge[] {
  const known = drawn.get(machine) ?? draw(machine);
  drawn.set(machine, known);
  return known;
}

const drawn = new WeakMap<AnyMachine, readonly Edge[]>();

function draw(machine: AnyMachine): readonly Edge[] {
  const compiled = compile(machine);
  return leavesIn(machine.lifecycle).flatMap(({ path }) => {
    const around = path.split('.').map((_, depth, names) => names.slice(0, depth + 1));
    return [[], ...around].flatMap((names) => {
      const node = names.reduce((found, name) => found.states[name] as typeof found, compiled.root);
      return [...node.transitions].flatMap(([event, taken]) => taken.map(({ target, guard }) => ({
        from: path, event, to: target?.[0] ? leafOf(target[0]) : path, requirements: requirementsOf(guard as never),
      })));
    });
  });
}

function leafOf(node: { readonly path: readonly string[]; readonly config: unknown }): string {
  const inner = initialLeaf(node.config as StateNode);
  return [...node.path, ...(inner ? [inner] : [])].join('.');
}
