import { labelOf, SYSTEM, type LastAct, type Programme } from '#kernel';
import type { Runner } from '#store';
import type { JournalRow } from './chain.ts';

type Act = Pick<JournalRow, 'account' | 'at' | 'event'>;

/** The last person who took a case to another state: who is refused because of it wants to know whom to ask. Null where only the system did. */
export async function lastMover(runner: Runner, programme: Programme, caseId: string): Promise<LastAct | null> {
  const [last] = await runner.query<Act>(
    `select account, at, event from journal where case_id = $1 and from_state is not null and from_state <> to_state and account <> $2 order by seq desc limit 1`, [caseId, SYSTEM.account]);
  return last === undefined ? null : told(programme, last);
}

/** Who last changed a case after this version of it; a person, if there was one. */
export function lastChange(rows: readonly JournalRow[], programme: Programme, { caseId, version }: { readonly caseId: string; readonly version: number }): LastAct | null {
  const since = rows.filter((row) => row.caseId === caseId && row.caseVersion > version);
  const last = since.findLast(({ account }) => account !== SYSTEM.account) ?? since.at(-1);
  return last === undefined ? null : told(programme, last);
}

const told = (programme: Programme, { account, at, event }: Act): LastAct => ({ account, at, label: labelOf(programme, event) });
