import type { Actor, Instant, Json } from '#kernel';
import type { Outcome, Refusal } from './case.view.ts';

/** A command's own name: the same key and body get the same answer, another body is refused. */
export interface CommandKey {
  readonly key: string;
  readonly bodyHash: string;
}

interface Command {
  readonly actor: Actor;
  /** When the command arrived: receipt, and the instant every deadline is judged by. */
  readonly at: Instant;
  readonly key?: CommandKey;
}

export interface OpenCommand extends Command {
  readonly programme: string;
  readonly cycle: string;
  readonly applicant: { readonly key: string; readonly name: string; readonly kind: string };
  /** What heads the family; an application where absent. */
  readonly machine?: string;
  /** What the opening itself says, already of the shape its machine asks for. */
  readonly data?: { readonly [field: string]: Json };
}

export interface AdvanceCommand extends Command {
  readonly caseId: string;
  readonly event: string;
  /** The event's fields, already of the shape its definition asks for. */
  readonly data: { readonly [field: string]: Json };
  /** The version the sender has seen; absent for those that do not act on what they saw. */
  readonly expectedVersion?: number;
}

export const refused = (refusal: Refusal): Outcome => ({ ok: false, refusal, replayed: false });

/** Only its applicant and the agency know that a case exists. */
export const mayKnow = (actor: Actor, applicantKey: string): boolean => actor.organisation === null || actor.organisation === applicantKey;
