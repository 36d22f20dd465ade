import { factsRead, headOf, machineOf, pathTo, type Programme } from '#kernel';
import { available } from '#ledger';
import type { Runner } from '#store';
import { memberOf, type Family } from './family.ts';
import { NOTHING_LOADED, type Loaded } from './motion.ts';

/** Which events are to be judged on which of a family's members. `lock` is for whoever is about to act on the answer. */
export interface Judged {
  readonly programme: Programme;
  readonly caseId: string;
  readonly events: readonly string[];
  readonly lock: boolean;
}

/** The facts that cost a query or a lock, only where a requirement of one of these events reads them. */
export async function loadFacts(runner: Runner, family: Family, { programme, caseId, events, lock }: Judged): Promise<Loaded> {
  const row = memberOf(family.members, caseId);
  const reads = new Set(events.flatMap((event) => [...factsRead(machineOf(programme, row.machine), event)]));
  const standing = pathTo(machineOf(programme, row.machine).lifecycle, row.state);
  if (reads.size === 0 || standing.at(-1)?.type === 'final') return NOTHING_LOADED;
  const availableCents = reads.has('availableCents') ? await available(runner, family.cycle.id, { lock }) : 0;
  return { ...NOTHING_LOADED, availableCents, firstInRank: reads.has('firstInRank') ? await firstInRank(runner, programme, family) : true };
}

async function firstInRank(runner: Runner, programme: Programme, { rootId, members, cycle }: Family): Promise<boolean> {
  const { receivedAt, receiptNumber } = headOf(programme, memberOf(members, rootId).machine).receipt(memberOf(members, rootId));
  const earlier = await runner.query(
    'select 1 from cases where cycle_id = $1 and waiting and id <> $2 and (received_at, receipt_number) < ($3, $4) limit 1',
    [cycle.id, rootId, receivedAt, receiptNumber]);
  return earlier.length === 0;
}
