import type { Lifecycle, StateNode, Transition } from '#kernel';

type Taken = Transition | readonly Transition[];

/** What a version added to the one before: events and states by name, ids that nothing pointed to, and how events were taken before, null where they were not. */
export interface Added {
  readonly events: readonly string[];
  readonly states?: readonly string[];
  readonly ids?: readonly string[];
  readonly before?: { readonly [event: string]: (taken: Taken) => Taken | null };
}

const without = <T>(entries: { readonly [name: string]: T }, names: readonly string[]): readonly (readonly [string, T])[] =>
  Object.entries(entries).filter(([name]) => !names.includes(name));

/** A lifecycle as it was before a version: the newer one without what that version added. */
export const earlier = (lifecycle: Lifecycle, added: Added): Lifecycle => before(lifecycle, added) as Lifecycle;

function before({ id, on, states, ...node }: StateNode, added: Added): StateNode {
  const { ids = [], before: taken = {} } = added;
  const events = without(on ?? {}, added.events).flatMap(([event, now]) => {
    const then = taken[event]?.(now) ?? (event in taken ? null : now);
    return then === null ? [] : [[event, then] as const];
  });
  return {
    ...node,
    ...(id === undefined || ids.includes(id) ? {} : { id }),
    ...(events.length === 0 ? {} : { on: Object.fromEntries(events) }),
    ...(states === undefined ? {} : { states: Object.fromEntries(without(states, added.states ?? []).map(([name, inner]) => [name, before(inner, added)])) }),
  };
}
