import type { Language } from '#calendar';
import { labelOf, ROLE_NAMES, type AnyMachine, type Role, type Text } from '#kernel';
import { programmes } from '#workflows';
import { nameOf } from './words.ts';

/** The machines of all programmes, the newest version first: for words only, and whoever is not known here keeps their code. */
const machines = programmes.flatMap(({ machines: those }) => Object.entries(those));

const labelled = (state: string, among: (name: string, machine: AnyMachine) => boolean): Text =>
  machines.find(([name, machine]) => among(name, machine) && Object.hasOwn(machine.stateLabels, state))?.[1].stateLabels[state] ?? { de: state, en: state };

/** A machine by its name, in the newest version that has the state; null for one that no programme here has. */
export const machineNamed = (machine: string, state: string): AnyMachine | null =>
  machines.find(([name, { stateLabels }]) => name === machine && Object.hasOwn(stateLabels, state))?.[1] ?? null;

/** What a state of a machine is called. */
export const stateName = (state: string, machine: string): Text => labelled(state, (name) => name === machine);

/** What a state is called, of whichever machine: where an answer does not say which. */
export const anyStateName = (state: string, language: Language): string => labelled(state, () => true)[language];

/** What a state is called that an event has led to, where an answer does not say of which machine. */
export const stateAfter = (event: string, state: string, language: Language): string => {
  const known = machines.find(([, { events, stateLabels }]) => Object.hasOwn(events, event) && Object.hasOwn(stateLabels, state));
  return known?.[1].stateLabels[state]?.[language] ?? anyStateName(state, language);
};

/** What a state is called in which one asks whether a payment is ready. */
export const paymentState = (state: string): Text => labelled(state, (_, { readiness }) => readiness !== undefined);

/** What a date of a machine is called: by its own name, else by that of the event it brings. */
export function deadlineName(name: string, machine: string, language: Language): string {
  const of = machines.filter(([each]) => each === machine).map(([, { deadlines, events }]) => deadlines?.[name]?.label ?? events[name.replace(/-?\d+$/, '')]?.label);
  return of.find((label) => label !== undefined)?.[language] ?? name;
}

/** What a kind of letter is called; null where it has no title. */
export const letterTitle = (kind: string, language: Language): string | null =>
  machines.find(([, { letters }]) => Object.hasOwn(letters, kind))?.[1].letters[kind]?.title?.[language] ?? null;

/** What a posting is called. */
export const postingName = (posting: string, language: Language): string =>
  programmes.find(({ postingLabels }) => postingLabels !== undefined && Object.hasOwn(postingLabels, posting))?.postingLabels?.[posting]?.[language] ?? posting;

/** What a role is called. */
export const roleName = (role: string, language: Language): string => (Object.hasOwn(ROLE_NAMES, role) ? ROLE_NAMES[role as Role][language] : role);

/** What an event is called, of whichever machine: where an answer does not say which. */
export const anyEventName = (event: string, language: Language): string =>
  programmes.map((programme) => labelOf(programme, event)[language]).find((label) => label !== event) ?? nameOf('act', event, language);

/** What an event of a machine is called, and whether what it needs is told in advance; null for one that no version has. */
export const eventOf = (event: string, machine: string): Pick<AnyMachine['events'][string], 'label' | 'hidden'> | null =>
  machines.find(([name, { events }]) => name === machine && Object.hasOwn(events, event))?.[1].events[event] ?? null;
