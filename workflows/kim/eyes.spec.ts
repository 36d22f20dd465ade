import { describe, expect, test } from '@jest/globals';
import { edgesOf, initial, machineOf, type Programme } from '#kernel';
import { kim, kim1, kim2 } from './index.ts';

/** The states that a machine can still reach when nobody ever sends this event. */
function reachedWithout(programme: Programme, machine: string, event: string): ReadonlySet<string> {
  const definition = machineOf(programme, machine);
  const edges = edgesOf(definition).filter((edge) => edge.event !== event);
  const seen = new Set([initial(definition, {}).state]);
  for (const at of seen) for (const { from, to } of edges) if (from === at) seen.add(to);
  return seen;
}

/** What is missing for every payment to pass four different people, as sentences. Instalments are created when a grant becomes active. */
function holes(programme: Programme): readonly string[] {
  const { signatures = [] } = programme;
  const paths = [['application', 'active.instalment1', ['recommend', 'countersign']], ['instalment', 'exported', ['certify', 'authorise']]] as const;
  const unsigned = paths.flatMap(([machine, state, events]) => events.filter((event) => reachedWithout(programme, machine, event).has(state)).map((event) => `${machine} reaches ${state} without ${event}`));
  const senders = Object.assign({}, ...Object.values(programme.machines).map((machine) => machine.senders)) as { readonly [event: string]: { readonly differentFrom?: readonly string[] } };
  const shared = signatures.flatMap((event) => signatures.filter((other) => other !== event && !(senders[event]?.differentFrom ?? []).includes(other)).map((other) => `${event} may be sent by who sent ${other}`));
  return [...unsigned, ...shared, ...(signatures.length === 4 ? [] : [`${signatures.length} signatures`])];
}

describe('every way to a payment passes four different people', () => {
  test.each([kim, kim2, kim1].map((programme) => ({ programme, version: programme.version })))('in version $version', ({ programme }) => expect(holes(programme)).toEqual([]));

  test('and a programme in which one of them is missing is found', () => {
    const { instalment } = kim.machines as Record<string, Programme['machines'][string]>;
    const changed = (name: string, machine: object): Programme => ({ ...kim, machines: { ...kim.machines, [name]: { ...kim.machines[name], ...machine } as Programme['machines'][string] } });
    const loose = { ...instalment?.senders, authorise: { roles: ['financeAuthoriser'], differentFrom: ['recommend', 'countersign'] } };
    expect(holes(changed('instalment', { senders: loose }))).toEqual(['authorise may be sent by who sent certify']);
    const shortcut = structuredClone(instalment?.lifecycle) as unknown as { states: { due: { on: { [event: string]: object } } } };
    shortcut.states.due.on['hurry'] = { target: 'authorised' };
    expect(holes(changed('instalment', { lifecycle: shortcut }))).toEqual(['instalment reaches exported without certify', 'instalment reaches exported without authorise']);
    expect(holes({ ...kim, signatures: ['certify', 'authorise'] })).toEqual(['2 signatures']);
  });
});
