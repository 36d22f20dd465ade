import { machineOf, type Clock, type Instant, type Json, type Programme } from '#kernel';
import type { CaseRow, ClockRow } from './family.ts';

/** The deadlines that a family's states, contexts and cycle imply, case by case, as seen at an instant. */
export function impliedClocks(programme: Programme, members: readonly CaseRow[], cycle: Json, at: Instant): readonly (Clock & { readonly caseId: string })[] {
  const children = members.filter(({ parentId }) => parentId !== null);
  return members.flatMap((member) => {
    const parent = members.find(({ id }) => id === member.parentId) ?? null;
    return machineOf(programme, member.machine).clocks(member as never, { cycle, parent, children, since: member.updatedAt, at }).map((clock) => ({ ...clock, caseId: member.id }));
  });
}

/**
 * The clock rows as the family's new state implies them: new dates are armed with the next generation, vanished ones
 * cancelled, and a date that has already fired is never armed again. A reminder planned for a time gone by is none.
 */
export function syncClocks(programme: Programme, members: readonly CaseRow[], cycle: Json, clocks: readonly ClockRow[], at: Instant): readonly ClockRow[] {
  const implied = impliedClocks(programme, members, cycle, at);
  const idOf = ({ caseId, name }: { caseId: string; name: string }) => `${caseId}-${name}`;
  const wanted = new Map(implied.map((clock) => [idOf(clock), clock]));
  const missed = (clock: Clock) => clock.reminder === true && clock.at <= at;
  const known = clocks.map((row) => {
    const clock = wanted.get(row.id);
    wanted.delete(row.id);
    if (!clock) return row.settledAt === null ? { ...row, settledAt: at, outcome: 'cancelled' as const } : row;
    const [same, cancelled] = [row.dueAt === clock.at, row.outcome === 'cancelled'];
    if (same && (row.settledAt === null || !cancelled)) return row;
    if (row.settledAt !== null && !cancelled && clock.once) return row;
    if (missed(clock)) return row.settledAt === null ? { ...row, settledAt: at, outcome: 'cancelled' as const } : row;
    return armed(row.id, clock, row.generation + 1);
  });
  return [...known, ...[...wanted].filter(([, clock]) => !missed(clock)).map(([id, clock]) => armed(id, clock, 1))];
}

const armed = (id: string, { at, reminder, caseId, name, event, data, because }: Clock & { readonly caseId: string }, generation: number): ClockRow =>
  ({ id, caseId, name, event, data, because, dueAt: at, reminder: reminder ?? false, generation, settledAt: null, outcome: null });
