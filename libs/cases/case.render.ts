import { headOf, type CaseFigures, type Instant, type Programme } from '#kernel';
import type { CaseView } from './case.view.ts';
import { impliedClocks } from './clock.sync.ts';
import { memberOf, type CaseRow, type CycleRow } from './family.ts';

/** A family at some instant, stored or replayed. */
export interface Snapshot {
  readonly members: readonly CaseRow[];
  readonly cycle: CycleRow;
}

/** One member of a family as clients see it at `at`. */
export function render(programme: Programme, { members, cycle }: Snapshot, caseId: string, at: Instant): CaseView {
  const row = memberOf(members, caseId);
  const head = row.parentId === null ? row : memberOf(members, row.parentId);
  const children = members.filter(({ parentId }) => parentId === head.id);
  const ofHead = headOf(programme, head.machine).figures(head, children, cycle.data);
  const figures = row === head ? ofHead : { ...programme.childFigures(row), milestones: ofHead.milestones };
  return {
    id: row.id, fileNumber: row.fileNumber, machine: row.machine, parent: row.parentId,
    programme: row.programme, programmeVersion: row.programmeVersion, definitionHash: row.definitionHash, cycle: row.cycleId,
    applicant: { key: row.applicant.key, name: row.applicant.name }, version: row.version, state: row.state,
    ...wire(figures, row === head, children), nextDeadline: nextDeadline(programme, { members, cycle }, row, at),
    createdAt: row.createdAt, updatedAt: row.updatedAt,
  };
}

function wire(figures: CaseFigures, isHead: boolean, children: readonly CaseRow[]) {
  const { form, findings, instalments, payees = [], ...rest } = figures;
  const own = <T extends { readonly number: number }>(figure: T) => children.flatMap(({ id, number, state }) => (number === figure.number ? [{ id, ...figure, state }] : []));
  return {
    ...rest,
    ...(isHead && form !== null ? { form, findings } : {}),
    instalments: instalments.flatMap(own),
    ...(payees.length === 0 ? {} : { payees: payees.flatMap(own) }),
  };
}

/** The next date that something hangs on; reminders of it are not dates of their own. */
function nextDeadline(programme: Programme, { members, cycle }: Snapshot, row: CaseRow, at: Instant): CaseView['nextDeadline'] {
  const next = impliedClocks(programme, members, cycle.data, at)
    .filter((clock) => clock.caseId === row.id && !clock.reminder && clock.at > at)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))[0];
  return next ? { name: next.name, at: next.at, because: next.because } : null;
}
