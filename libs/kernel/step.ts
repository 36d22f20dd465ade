import type { ExecutableActionObject } from 'xstate';
import { cents } from '#money';
import type { Effect, Posting } from './effect.ts';
import type { Context } from './lifecycle.ts';
import { judge, machineOf, type Docket, type Reason } from './judge.ts';
import { dotted, restore, transit, type AnyMachine, type Envelope } from './machine.ts';
import type { CaseEvent, Child, Situation, Stored } from './programme.ts';
import type { Text } from './words.ts';

/** A move that the programme allows, as data: what the case becomes and everything that follows from it. */
export interface Move {
  readonly ok: true;
  readonly next: Stored;
  readonly effects: readonly Effect[];
  readonly postings: readonly Posting[];
  readonly children: readonly Child[];
}

/** A refusal: the first failing requirement gives the code, all of them stand in `reasons`. */
export interface Refused {
  readonly ok: false;
  readonly code: string;
  readonly reasons: readonly Reason[];
}

/**
 * The one way a case moves. Pure: the same programme, state, event and facts give the same answer. Never throws for
 * what a person may do; throws when the programme contradicts itself, which `lint` and the programme's tests exclude.
 */
export function step(docket: Docket, event: CaseEvent): Move | Refused {
  const reasons = judge(docket, event);
  const [first] = reasons;
  if (first) return { ok: false, code: first.code, reasons };
  const definition = machineOf(docket.programme, docket.machine);
  const before = restore(definition, docket.stored);
  const envelope: Envelope = { type: event.type, carried: event, facts: docket.facts };
  const { after, actions } = transit(definition, before, envelope);
  if (after === before && actions.length === 0) throw new Error(`${docket.machine}: ${event.type} was allowed in ${docket.stored.state} but not taken`);
  const next = { state: dotted(after.value), context: plain(after.context as Context) };
  return { ok: true, next, ...outcome(definition, actions, event, docket) };
}

/** Contexts live as JSON: a field set to undefined is a field taken away. */
const plain = (context: Context): Context =>
  Object.fromEntries(Object.entries(context).filter(([, value]) => value !== undefined));

function outcome(definition: AnyMachine, actions: readonly ExecutableActionObject[], event: CaseEvent, { programme: { closing }, facts }: Docket) {
  const effects: Effect[] = [];
  const postings: Posting[] = [];
  const children: Child[] = [];
  for (const { type, params, info } of actions) {
    // XState hands each action the context as it stood at that place in the list.
    const situation = { context: plain(info.context as Context), event, facts } as unknown as Situation<never>;
    if (type === 'letter') effects.push(...letterOf(definition, nameIn(params, 'kind'), situation, closing));
    else if (type === 'book') postings.push(...postingOf(definition, nameIn(params, 'posting'), situation));
    else if (type === 'openChildren') children.push(...(definition.children?.(situation) ?? []));
    else if (type === 'payout') effects.push({ type: 'payout', ...definition.payout?.(situation) });
    else if (type === 'run') effects.push({ type: 'run' });
    else throw new Error(`nothing handles the action ${type}`);
  }
  return { effects, postings, children };
}

const nameIn = (params: unknown, key: string): string => String((params as Record<string, unknown>)[key]);

/** A letter to nobody is no letter. */
function letterOf(definition: AnyMachine, kind: string, situation: Situation<never>, closing: Text | undefined): readonly Effect[] {
  const found = definition.letters[kind];
  if (!found) throw new Error(`no letter named ${kind}`);
  const to = found.to(situation);
  if (to.length === 0) return [];
  const person = found.person?.(situation) ?? null;
  return [{
    type: 'letter', kind, to, words: found.words(situation),
    ...(person === null ? {} : { person }),
    ...(found.optional && { optional: true }),
    ...(found.digest && { digest: { event: situation.event.type, at: situation.event.at, title: found.title ?? BLANK, line: found.digest(situation), ...(closing && { closing }) } }),
  }];
}

const BLANK = { de: '', en: '' };

/** A posting of nothing is no posting. */
function postingOf(definition: AnyMachine, name: string, situation: Situation<never>): readonly Posting[] {
  const found = definition.postings[name];
  if (!found) throw new Error(`no posting named ${name}`);
  const posting = found(situation);
  return posting.cents === cents(0) ? [] : [{ name, ...posting }];
}
