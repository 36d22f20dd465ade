import type { Actor, Instant, Json } from '#kernel';
import type { Store } from '#store';
import type { TimelineItem } from './case.view.ts';
import type { Programmes } from './programmes.ts';

/**
 * A decision that departs from the rule: the step of its case's history, and why. A decision without words of its own
 * confirms one before it, and rests on the reason of that one.
 */
export interface RegisterEntry extends TimelineItem {
  readonly fileNumber: string;
  readonly applicant: { readonly key: string; readonly name: string };
  readonly cycle: string;
  readonly reason: string | null;
}

/** Which decisions: `case` means its whole family. */
export interface RegisterFilter {
  readonly cycle?: string;
  readonly case?: string;
  readonly limit: number;
  readonly after?: RegisterCursor;
}

/** Where a page ended: the newest decisions come first. */
export interface RegisterCursor {
  readonly at: Instant;
  readonly rootId: string;
  readonly seq: number;
}

type Row = Omit<RegisterEntry, 'text' | 'seq'> & RegisterCursor & {
  readonly programme: string;
  readonly programmeVersion: number;
  readonly machine: string;
  readonly data: { readonly [field: string]: Json };
};

/** The register of exceptions: read from the journal, which nobody can change, by what the programmes call exceptional. */
export class RegisterList {
  private readonly marked: string;

  constructor(private readonly store: Store, private readonly programmes: Programmes) {
    this.marked = JSON.stringify(programmes.list.flatMap(({ id: programme, machines }) => Object.entries(machines).flatMap(([machine, { events }]) =>
      Object.entries(events).filter(([, { exceptional }]) => exceptional).map(([event]) => ({ programme, machine, event })))));
  }

  /** Decisions that the person may know, the newest first, each with its place; the next ones begin after the last. */
  async list({ cycle, case: caseId, limit, after }: RegisterFilter, actor: Actor): Promise<readonly { readonly entry: RegisterEntry; readonly place: RegisterCursor }[]> {
    const rows = await this.store.query<Row>(DECISIONS, [
      this.marked, actor.organisation, cycle ?? null, caseId ?? null, after?.at ?? 'infinity', after?.rootId ?? '', after?.seq ?? 0, limit]);
    return rows.map((row) => ({ entry: this.entry(row), place: { at: row.at, rootId: row.rootId, seq: row.seq } }));
  }

  private entry({ rootId: _, programme, programmeVersion, machine, data, ...row }: Row): RegisterEntry {
    const definition = this.programmes.speaking(programme, programmeVersion).machines[machine]?.events[row.event];
    return { ...row, text: definition?.sentence(data) ?? { de: row.event, en: row.event } };
  }
}

/** What one version calls exceptional counts for the rows of every version: an old decision does not leave the register. */
const DECISIONS = `
  with marked as (select distinct programme, machine, event from jsonb_to_recordset($1::jsonb) as m(programme text, machine text, event text))
  select j.root_id as "rootId", j.seq, j.at, j.case_id as "case", c.file_number as "fileNumber", h.cycle_id as cycle,
    json_build_object('key', h.applicant_key, 'name', h.applicant_name) as applicant, j.event,
    json_build_object('account', j.account, 'role', j.role) as actor, j.from_state as "from", j.to_state as "to",
    coalesce(j.data->>'reason', (
      select p.data->>'reason' from journal p where p.case_id = j.case_id and p.seq < j.seq and p.data ? 'reason'
        and p.event in (select event from marked) order by p.seq desc limit 1)) as reason,
    j.machine, j.data, h.programme, j.programme_version as "programmeVersion"
  from marked m join journal j on j.event = m.event and j.machine = m.machine
    join cases h on h.id = j.root_id and h.programme = m.programme join cases c on c.id = j.case_id
  where ($2::text is null or h.applicant_key = $2) and ($3::text is null or h.cycle_id = $3)
    and ($4::text is null or j.root_id = (select root_id from cases where id = $4))
    and (j.at, j.root_id, j.seq) < ($5, $6, $7)
  order by j.at desc, j.root_id desc, j.seq desc limit $8`;
