import type { Json } from './words.ts';

/** One named requirement, or several that must all hold. The name is the refusal's code. */
export type Guard = string | { readonly type: 'all'; readonly params: { readonly requirements: readonly string[] } };

/**
 * What a transition asks for, by name: data, so that a lifecycle can be printed, hashed and compared. Actions run in
 * order: a letter or posting sees the context as the takes before it left it.
 */
export type Action =
  | { readonly type: 'take'; readonly params: { readonly field: string } }
  | { readonly type: 'letter'; readonly params: { readonly kind: string } }
  | { readonly type: 'book'; readonly params: { readonly posting: string } }
  | { readonly type: 'openChildren' }
  | { readonly type: 'payout' }
  | { readonly type: 'run' };

export interface Transition {
  /** Absent: the event is taken where the case stands. */
  readonly target?: string;
  readonly guard?: Guard;
  readonly actions?: readonly Action[];
}

export interface StateNode {
  readonly id?: string;
  readonly initial?: string;
  readonly type?: 'final';
  /** `end`: a case may rest here for good although an exceptional event can still wake it. `waiting`: ranked for funds. */
  readonly tags?: readonly ('end' | 'waiting')[];
  readonly states?: { readonly [name: string]: StateNode };
  readonly on?: { readonly [event: string]: Transition | readonly Transition[] };
}

/** A lifecycle as data: a subset of XState's machine config without code, timers or actors. */
export interface Lifecycle extends StateNode {
  readonly id: string;
  readonly initial: string;
  readonly states: { readonly [name: string]: StateNode };
}

/** All of these must hold; `explain` reports every one that does not. */
export const all = (...requirements: string[]): Guard => ({ type: 'all', params: { requirements } });

/** Copy validated event data into the context, by the programme's function of that name. */
export const take = (field: string): Action => ({ type: 'take', params: { field } });

/** Send a letter of the programme; its words are frozen in the transaction that sends it. */
export const letter = (kind: string): Action => ({ type: 'letter', params: { kind } });

/** Post to the ledger in the same transaction, by the programme's posting of that name. */
export const book = (posting: string): Action => ({ type: 'book', params: { posting } });

/** Create the family's children, as the programme's `children` computes them. */
export const openChildren: Action = { type: 'openChildren' };

/** Write the payment order once, and answer as the programme's `payment` says. */
export const payout: Action = { type: 'payout' };

/** Bring the rows of a payment run in line with it: order them once it is released, let them go once it is recalled. */
export const run: Action = { type: 'run' };

export const requirementsOf = (guard: Guard | undefined): readonly string[] =>
  guard === undefined ? [] : typeof guard === 'string' ? [guard] : guard.params.requirements;

export type Context = { readonly [field: string]: Json | undefined };
