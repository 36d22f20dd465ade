import { machineOf, type Docket } from './judge.ts';
import type { Requirement, Situation } from './programme.ts';
import { SYSTEM, type Instant, type Role, type Text } from './words.ts';
import type { Context } from './lifecycle.ts';

/** One thing that must hold before a case is ready: a requirement, whose matter it is, and since when the answer is what it is. */
export interface Check<C extends Context = Context> {
  readonly requirement: string;
  readonly owner: Role;
  readonly since?: (situation: Situation<C>) => Instant | null;
}

/** What is asked before a case is ready, in order of precedence, and the states in which it is a question. */
export interface Readiness<C extends Context = Context> {
  readonly states: readonly string[];
  readonly checks: readonly Check<C>[];
}

/** The answer to one check: the same words as a refusal, also where it holds. */
export interface Checked {
  readonly code: string;
  readonly ok: boolean;
  readonly since: Instant | null;
  readonly owner: Role;
  readonly text: Text;
  readonly remedy: Text;
  /** From when it will hold, where the requirement knows an instant. */
  readonly from?: Instant;
}

/** Answers every check, by the requirements that also guard the events: what is said here is what will be decided there. */
export function checked<C extends Context>(checks: readonly Check<C>[], requirements: { readonly [name: string]: Requirement<C> }, situation: Situation<C>): readonly Checked[] {
  return checks.map(({ requirement: code, owner, since }) => {
    const requirement = requirements[code];
    if (!requirement) throw new Error(`no requirement named ${code}`);
    const verdict = requirement.holds(situation);
    const { text, remedy } = verdict === true ? requirement : { ...requirement, ...verdict };
    return {
      code, ok: verdict === true, since: since?.(situation) ?? null, owner: verdict === true ? owner : verdict.owner ?? owner, text, remedy,
      ...(verdict !== true && verdict.from !== undefined ? { from: verdict.from } : {}),
    };
  });
}

/** Whether a case is ready, check by check; null where that is no question: another machine, or another state. */
export function readiness({ programme, machine, stored, facts }: Docket, at: Instant): readonly Checked[] | null {
  const { readiness: list, requirements } = machineOf(programme, machine);
  if (!list?.states.includes(stored.state)) return null;
  const situation = { context: stored.context, event: { type: 'readiness', at, actor: SYSTEM, data: undefined }, facts };
  return checked(list.checks, requirements, situation as unknown as Situation<never>);
}
