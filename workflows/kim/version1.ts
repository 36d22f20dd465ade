import { all, type Lifecycle, type StateNode, type Transition } from '#kernel';
import { instalment } from './instalment.ts';
import { application } from './machine.ts';

/** What version 2 added. A case that began before lives without it; the recorded journals and the pinned hash prove it. */
const EVENTS = [
  'remindDraft', 'datesMoved', 'proposeExtension', 'confirmExtension', 'declineExtension', 'remindOffice', 'escalate', 'remindCompletion',
  'hear', 'remindHearing', 'answerHearing', 'hearingPassed', 'reportUndelivered', 'recordArrival', 'retrievalPassed', 'remindFinance',
];
const STATES = ['hearing'];
const IDS = ['noticeDrafted'];
const GUARDS: { readonly [event: string]: Transition['guard'] } = { recommend: all('allLinesDecided', 'withinCap') };

const without = <T>(entries: { readonly [name: string]: T }, names: readonly string[]): readonly (readonly [string, T])[] =>
  Object.entries(entries).filter(([name]) => !names.includes(name));

function before({ id, on, states, ...node }: StateNode): StateNode {
  const events = without(on ?? {}, EVENTS).map(([event, taken]) => {
    const guard = GUARDS[event];
    return [event, guard === undefined ? taken : { ...taken, guard }] as const;
  });
  return {
    ...node,
    ...(id === undefined || IDS.includes(id) ? {} : { id }),
    ...(events.length === 0 ? {} : { on: Object.fromEntries(events) }),
    ...(states === undefined ? {} : { states: Object.fromEntries(without(states, STATES).map(([name, inner]) => [name, before(inner)])) }),
  };
}

/** The lifecycles of version 1. To be dropped with its entry in recorded/definition.json when no case lives under it. */
export const application1 = before(application) as Lifecycle;
export const instalment1 = before(instalment) as Lifecycle;
