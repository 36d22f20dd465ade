import { edgesOf, initialLeaf, leavesIn, type Edge } from './graph.ts';
import { isEnd, type AnyMachine } from './machine.ts';

/** What a drawing emphasises: where the case stands and the arrows it took, `from>to`. */
export interface Mark {
  readonly current: string;
  readonly path: readonly { readonly from: string; readonly to: string }[];
}

interface Options {
  readonly language: 'de' | 'en';
  readonly mark?: Mark;
}

const grouped = (edges: readonly Edge[]) => {
  const groups = new Map<string, { from: string; to: string; events: Set<string> }>();
  for (const { from, to, event } of edges) {
    const group = groups.get(`${from}>${to}`) ?? { from, to, events: new Set<string>() };
    groups.set(`${from}>${to}`, group);
    group.events.add(event);
  }
  return [...groups.values()];
};

const arrows = (machine: AnyMachine, language: 'de' | 'en') =>
  // A hidden event is drawn where it moves the case: an instalment that is settled leads to the next one.
  grouped(edgesOf(machine).filter(({ from, to, event }) => from !== to || !machine.events[event]?.hidden))
    .map(({ from, to, events }) => ({ from, to, label: [...events].map((event) => machine.events[event]?.label[language] ?? event) }));

const mermaidId = (state: string) => state.replaceAll('.', '_');

/** The lifecycle as Mermaid text, drawn from the running definition. */
export function mermaid(machine: AnyMachine, { language, mark }: Options): string {
  const states = leavesIn(machine.lifecycle).map(({ path }) => `  state "${machine.stateLabels[path]?.[language] ?? path}" as ${mermaidId(path)}`);
  const lines = arrows(machine, language).map(({ from, to, label }) => `  ${mermaidId(from)} --> ${mermaidId(to)}: ${label.join(' / ')}`);
  const ends = leavesIn(machine.lifecycle).filter(({ node }) => isEnd(node)).map(({ path }) => `  ${mermaidId(path)} --> [*]`);
  const marked = mark ? ['  classDef current fill:#ffd966,stroke:#7f6000,stroke-width:3px', `  class ${mermaidId(mark.current)} current`] : [];
  return ['stateDiagram-v2', ...states, `  [*] --> ${mermaidId(initialLeaf(machine.lifecycle))}`, ...lines, ...ends, ...marked, ''].join('\n');
}

/** Quoted for the DOT language. */
const quote = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** The lifecycle as a DOT graph: the current state filled, the path taken drawn bold. */
export function dot(machine: AnyMachine, { language, mark }: Options): string {
  const taken = new Set(mark?.path.map(({ from, to }) => `${from}>${to}`));
  const nodes = leavesIn(machine.lifecycle).map(({ path, node }) => {
    const attributes = [
      `label=${quote(machine.stateLabels[path]?.[language] ?? path)}`,
      ...(isEnd(node) ? ['peripheries=2'] : []),
      ...(mark?.current === path ? ['fillcolor="#ffd966"', 'penwidth=3'] : []),
    ];
    return `  ${quote(path)} [${attributes.join(' ')}];`;
  });
  const edges = arrows(machine, language).map(({ from, to, label }) =>
    `  ${quote(from)} -> ${quote(to)} [label=${quote(label.join('\n')).replaceAll('\n', '\\n')}${taken.has(`${from}>${to}`) ? ' penwidth=3 color="#1f4e79"' : ''}];`);
  return [
    `digraph ${quote(machine.lifecycle.id)} {`,
    '  rankdir=TB; bgcolor="white"; node [shape=box style="rounded,filled" fillcolor="#f3f3f3" fontname="Helvetica" fontsize=11]; edge [fontname="Helvetica" fontsize=9];',
    ...nodes, ...edges, '}',
  ].join('\n');
}
