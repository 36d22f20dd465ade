import { labelOf, machineOf, type Actor, type Text } from '#kernel';
import type { Store } from '#store';
import { render } from './case.render.ts';
import type { CaseView, Page, TimelineItem } from './case.view.ts';
import type { JournalRow } from './chain.ts';
import { mayKnow } from './command.ts';
import { memberOf } from './family.ts';
import { loadFamilies, loadFamily, loadJournal } from './family.load.ts';
import type { Programmes } from './programmes.ts';

/** What a work list asks for. `state` is a leaf or any state around it; `q` is looked for in file numbers and names. */
export interface CaseFilter {
  readonly machine?: string;
  readonly state?: string;
  readonly cycle?: string;
  readonly applicant?: string;
  readonly parent?: string;
  readonly q?: string;
  /** 1 to 200. */
  readonly limit: number;
  readonly after?: CaseCursor;
}

/** What a case is called among people. */
export interface CaseName {
  readonly fileNumber: string;
  readonly applicantName: string;
}

/** Where a page ended: cases are listed in the order in which they were opened. */
export interface CaseCursor {
  readonly createdAt: string;
  readonly id: string;
}

/** One move of a case, by its number in the journal of its family. */
export interface CaseMove {
  readonly caseId: string;
  readonly seq: number;
}

/** A move as the key of a map. */
export const placeOf = ({ caseId, seq }: CaseMove): string => `${caseId} ${seq}`;

/** The next page begins after `next`. */
export type CasePage = Omit<Page<CaseView>, 'next'> & { readonly next: CaseCursor | null };

/** Lists and histories: everything that reads cases without moving them. */
export class CaseList {
  constructor(private readonly store: Store, private readonly programmes: Programmes) {}

  /** A page of cases that the person may know, each rendered as of now. */
  async list(filter: CaseFilter, actor: Actor): Promise<CasePage> {
    const rows = await this.store.query<CaseCursor & { rootId: string }>(PAGE, [
      actor.organisation, filter.machine ?? null, filter.state ?? null, filter.cycle ?? null, filter.applicant ?? null, filter.parent ?? null,
      filter.q === undefined ? null : `%${filter.q.replaceAll(/[\\%_]/g, '\\$&')}%`, filter.after?.createdAt ?? null, filter.after?.id ?? null, filter.limit + 1]);
    const page = rows.slice(0, filter.limit);
    const families = new Map((await loadFamilies(this.store, [...new Set(page.map(({ rootId }) => rootId))])).map((family) => [family.rootId, family]));
    const items = page.flatMap(({ id, rootId }) => {
      const family = families.get(rootId);
      if (!family) return [];
      const { programme, programmeVersion } = memberOf(family.members, rootId);
      return [render(this.programmes.pinned(programme, programmeVersion), family, id, family.now)];
    });
    const last = page.at(-1);
    return { items, next: rows.length > page.length && last ? { createdAt: last.createdAt, id: last.id } : null };
  }

  /**
   * The whole family's history, each step with its sentence; null for a case that is not theirs to know. What only reminded the
   * agency's people is none of the applicant's history.
   */
  async timeline(caseId: string, actor: Actor): Promise<readonly TimelineItem[] | null> {
    const family = await loadFamily(this.store, caseId);
    if (!family || !mayKnow(actor, memberOf(family.members, caseId).applicant.key)) return null;
    const { programme } = memberOf(family.members, family.rootId);
    return (await loadJournal(this.store, family.rootId)).flatMap((row) => this.item(row, { programme, actor, fileNumber: memberOf(family.members, row.caseId).fileNumber }));
  }

  /** File number and applicant of cases, for whoever lists something else about them; ids that nobody knows are left out. */
  async named(ids: readonly string[]): Promise<ReadonlyMap<string, CaseName>> {
    const rows = await this.store.query<CaseName & { id: string }>('select id, file_number as "fileNumber", applicant_name as "applicantName" from cases where id = any($1)', [ids]);
    return new Map(rows.map(({ id, ...name }) => [id, name]));
  }

  /** What deadlines and the events that they bring are called, in the order asked; by their names where nobody knows better. */
  async deadlineWords(clocks: readonly { readonly caseId: string; readonly name: string; readonly event: string }[]): Promise<readonly { readonly deadline: Text; readonly event: Text }[]> {
    const rows = await this.store.query<{ id: string; programme: string; version: number; machine: string }>(
      'select id, programme, programme_version as version, machine from cases where id = any($1)', [clocks.map(({ caseId }) => caseId)]);
    const known = new Map(rows.map((row) => [row.id, row]));
    return clocks.map(({ caseId, name, event }) => {
      const row = known.get(caseId);
      if (row === undefined) return { deadline: { de: name, en: name }, event: { de: event, en: event } };
      const programme = this.programmes.speaking(row.programme, row.version);
      const label = labelOf(programme, event);
      return { deadline: machineOf(programme, row.machine).deadlines?.[name]?.label ?? label, event: label };
    });
  }

  /** The day of value that moves were told with, by `placeOf`: of those whose event said one. */
  async valueDates(moves: readonly CaseMove[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.store.query<CaseMove & { valueDate: string }>(
      `select j.case_id as "caseId", j.seq, j.data ->> 'valueDate' as "valueDate" from unnest($1::text[], $2::int[]) as m(case_id, seq)
       join journal j on j.case_id = m.case_id and j.seq = m.seq where j.data ? 'valueDate'`, [moves.map(({ caseId }) => caseId), moves.map(({ seq }) => seq)]);
    return new Map(rows.map(({ valueDate, ...move }) => [placeOf(move), valueDate]));
  }

  /** What the state of a case is called. */
  stateLabel({ programme, programmeVersion, machine, state }: CaseView): Text {
    return machineOf(this.programmes.speaking(programme, programmeVersion), machine).stateLabels[state] ?? { de: state, en: state };
  }

  private item(row: JournalRow, { programme: programmeId, actor, fileNumber }: { readonly programme: string; readonly actor: Actor; readonly fileNumber: string }): readonly TimelineItem[] {
    const programme = this.programmes.pinned(programmeId, row.programmeVersion);
    const event = machineOf(programme, row.machine).events[row.event];
    if (event?.ofStaff && actor.organisation !== null) return [];
    const text = event ? event.sentence(row.data) : row.fromState === null ? OPENED : labelOf(programme, row.event);
    return [{
      seq: row.seq, at: row.at, case: row.caseId, fileNumber, event: row.event, actor: { account: row.account, role: row.role },
      from: row.fromState, to: row.toState, text,
    }];
  }
}

const OPENED = { de: 'Der Vorgang wurde angelegt.', en: 'The case was opened.' };

/** $1 is the organisation of an applicant: the agency passes null and sees all. */
const PAGE = `
  select id, root_id as "rootId", created_at as "createdAt" from cases
  where ($1::text is null or applicant_key = $1) and ($2::text is null or machine = $2)
    and ($3::text is null or state = $3 or starts_with(state, $3 || '.'))
    and ($4::text is null or cycle_id = $4) and ($5::text is null or applicant_key = $5) and ($6::text is null or parent_id = $6)
    and ($7::text is null or file_number ilike $7 or applicant_name ilike $7)
    and ($8::timestamptz is null or (created_at, id) > ($8, $9))
  order by created_at, id limit $10`;
