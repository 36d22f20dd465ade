import { machineOf, type Clock, type Instant, type Json, type Programme } from '#kernel';
import type { CaseRow, ClockRow } from './family.ts';

/** The deadlines that a family's states, contexts and cycle imply, case by case. */
export function impliedClocks(programme: Programme, members: readonly CaseRow[], cycle: Json): readonly (Clock & { readonly caseId: string })[] {
  const children = members.filter(({ parentId }) => parentId !== null);
  return members.flatMap((member) => {
    const parent = members.find(({ id }) => id === member.parentId) ?? null;
    return machineOf(programme, member.machine).clocks(member as never, { cycle, parent, children }).map((clock) => ({ ...clock, caseId: member.id }));
  });
}

/**
 * The clock rows as the family's new state implies them: new dates are armed with the next generation, vanished ones
 * cancelled, and a date that has already fired is never armed again.
 */
export function syncClocks(programme: Programme, members: readonly CaseRow[], cycle: Json, clocks: readonly ClockRow[], at: Instant): readonly ClockRow[] {
  const implied = impliedClocks(programme, members, cycle);
  const idOf = ({ caseId, name }: { caseId: string; name: string }) => `${caseId}-${name}`;
  const wanted = new Map(implied.map((clock) => [idOf(clock), clock]));
  const known = clocks.map((row) => {
    const clock = wanted.get(row.id);
    wanted.delete(row.id);
    if (!clock) return row.settledAt === null ? { ...row, settledAt: at, outcome: 'cancelled' as const } : row;
    const same = row.dueAt === clock.at;
    if (same && (row.settledAt === null || row.outcome !== 'cancelled')) return row;
    return armed(row.id, clock, row.generation + 1);
  });
  return [...known, ...[...wanted].map(([id, clock]) => armed(id, clock, 1))];
}

const armed = (id: string, { at, reminder, caseId, name, event, data, because }: Clock & { readonly caseId: string }, generation: number): ClockRow =>
  ({ id, caseId, name, event, data, because, dueAt: at, reminder: reminder ?? false, generation, settledAt: null, outcome: null });
