import type { CycleDraft, CyclesService } from '#cases';
import { currentCycle } from '#cases';
import type { Json, Programme } from '#kernel';
import { openBudget } from '#ledger';
import { cents } from '#money';
import type { Tx } from '#store';

/** The round written: its id and revision. */
export interface Round {
  readonly id: string;
  readonly revision: number;
}

/**
 * Writes a funding round as its next revision, and gives its budget what it has more than before. A smaller budget is
 * refused: what is reserved cannot be taken back by a file.
 * @param data has passed the programme's cycle schema
 */
export async function openRound(
  tx: Tx, cycles: CyclesService, programme: Programme, data: Json, by: Pick<CycleDraft, 'account' | 'reason'> = {},
): Promise<Round | { readonly code: 'budgetShrinks' }> {
  const { fundingYear, budgetCents } = programme.cycle.sheet(data);
  const id = `${programme.id}-${fundingYear}`;
  const before = await currentCycle(tx, id);
  const more = budgetCents - (before === null ? 0 : programme.cycle.sheet(before.data).budgetCents);
  if (more < 0) return { code: 'budgetShrinks' };
  const revision = await cycles.put(tx, { ...by, id, programme: programme.id, data });
  if (more > 0) await openBudget(tx, id, cents(more), `revision ${revision}`);
  return { id, revision };
}
