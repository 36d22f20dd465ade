import type { Lifecycle, StateNode, Transition } from '#kernel';

/** What a version added to the one before: events and states by name, ids that nothing pointed to, and how events were taken before. */
export interface Added {
  readonly events: readonly string[];
  readonly states?: readonly string[];
  readonly ids?: readonly string[];
  readonly before?: { readonly [event: string]: (taken: Transition) => Transition };
}

const without = <T>(entries: { readonly [name: string]: T }, names: readonly string[]): readonly (readonly [string, T])[] =>
  Object.entries(entries).filter(([name]) => !names.includes(name));

/** A lifecycle as it was before a version: the newer one without what that version added. */
export const earlier = (lifecycle: Lifecycle, added: Added): Lifecycle => before(lifecycle, added) as Lifecycle;

function before({ id, on, states, ...node }: StateNode, added: Added): StateNode {
  const { ids = [], before: taken = {} } = added;
  const events = without(on ?? {}, added.events).map(([event, now]) => {
    const then = taken[event];
    return [event, then === undefined ? now : Array.isArray(now) ? now.map(then) : then(now as Transition)] as const;
  });
  return {
    ...node,
    ...(id === undefined || ids.includes(id) ? {} : { id }),
    ...(events.length === 0 ? {} : { on: Object.fromEntries(events) }),
    ...(states === undefined ? {} : { states: Object.fromEntries(without(states, added.states ?? []).map(([name, inner]) => [name, before(inner, added)])) }),
  };
}
