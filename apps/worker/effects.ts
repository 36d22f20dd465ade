import { QUEUE_OF } from '#cases';
import type { Effect } from '#kernel';
import { BANK_QUEUE, FREEZE_QUEUE, type BankEntryEffect, type FreezeEffect } from '#payments';
import type { EffectQueue } from '#queue';
import type { ClaimedEffect, Tx } from '#store';

/** Everything the worker does: what a programme may ask for, and what the house asks of itself. */
export type Work = Effect | BankEntryEffect | FreezeEffect;

/** Which queue carries which work: one without a queue does not compile. */
export const QUEUE_OF_WORK = { ...QUEUE_OF, bankEntry: BANK_QUEUE, freezeTold: FREEZE_QUEUE } as const satisfies Record<Work['type'], EffectQueue>;

/**
 * Not possible yet and nobody's fault, so it is tried again quietly, after `afterMs` of real time or the usual pause; or
 * never possible, so a person has to look at it.
 */
export type Hindrance = { readonly is: 'waits'; readonly why: string; readonly afterMs?: number } | { readonly is: 'refused'; readonly why: string };

/**
 * What came of an effect's outward work. `conclude` is what belongs into the one transaction that marks the effect
 * done; a hindrance found there undoes it. `committed` is called once that has been committed. A fault (mail server away) is not an outcome: it is thrown, and retried.
 */
export type Carried = Hindrance | { readonly is: 'done'; readonly conclude?: (tx: Tx) => Promise<Hindrance | null>; readonly committed?: () => void };

/** An effect as its handler sees it: the row, with the payload of its type. */
export type EffectOf<Type extends Work['type']> = Omit<ClaimedEffect, 'payload'> & { readonly payload: Extract<Work, { type: Type }> };

/** The handlers of a queue that carries several types of work, by type. */
export type CarryOuts<Type extends Work['type']> = { readonly [Each in Type]: CarryOut<Each> };

/** How one type of effect is done. It may be repeated after a crash, so everything it does is keyed by the effect's id. */
export type CarryOut<Type extends Work['type']> = (effect: EffectOf<Type>) => Promise<Carried>;
