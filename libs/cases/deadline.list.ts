import { labelOf, machineOf, type Actor, type DeadlineWords, type Instant, type Text } from '#kernel';
import type { Store } from '#store';
import type { Programmes } from './programmes.ts';

/** An open clock of a case, as clients see it. `officer` is the account that has the family's application. */
export interface Deadline {
  readonly id: string;
  readonly case: string;
  readonly fileNumber: string;
  /** The round, which has dates of its own. */
  readonly cycle: string;
  readonly applicant: { readonly key: string; readonly name: string };
  readonly machine: string;
  readonly state: string;
  readonly name: string;
  readonly at: Instant;
  readonly event: string;
  readonly reminder: boolean;
  readonly because: Text;
  readonly officer: string | null;
}

/** A deadline with what a calendar says about it. `generation` counts its dates: it rises whenever the deadline moves. */
export interface Appointment extends Deadline {
  readonly generation: number;
  readonly programme: string;
  readonly words: DeadlineWords;
  readonly stateLabel: Text;
}

/** Which deadlines: `from` and `to` both count, `case` means its whole family, `reminders` asks for reminders too. */
export interface DeadlineFilter {
  readonly from?: Instant;
  readonly to?: Instant;
  readonly case?: string;
  readonly officer?: string;
  readonly cycle?: string;
  readonly applicant?: string;
  readonly reminders: boolean;
  readonly limit: number;
  readonly after?: DeadlineCursor;
}

/** Where a page ended: deadlines are listed by date. */
export interface DeadlineCursor {
  readonly at: Instant;
  readonly id: string;
}

type Row = Deadline & Pick<Appointment, 'generation' | 'programme'> & { readonly programmeVersion: number };

/** What is open and until when, over all cases that a person may know. */
export class DeadlineList {
  constructor(private readonly store: Store, private readonly programmes: Programmes) {}

  /** A page of open clocks, by date. The next page begins after `next`. */
  async list(filter: DeadlineFilter, actor: Actor): Promise<{ readonly items: readonly Deadline[]; readonly next: DeadlineCursor | null }> {
    const rows = await this.rows({ ...filter, limit: filter.limit + 1 }, actor);
    const items = rows.slice(0, filter.limit).map(({ generation: _, programme: __, programmeVersion: ___, ...deadline }) => deadline);
    const last = items.at(-1);
    return { items, next: rows.length > items.length && last ? { at: last.at, id: last.id } : null };
  }

  /** The next open clocks with the words of their programme, by date. */
  async appointments(filter: DeadlineFilter, actor: Actor): Promise<readonly Appointment[]> {
    return (await this.rows(filter, actor)).map(({ programmeVersion, ...row }) => {
      const programme = this.programmes.speaking(row.programme, programmeVersion);
      const { deadlines, stateLabels } = machineOf(programme, row.machine);
      return {
        ...row,
        words: deadlines?.[row.name] ?? { label: labelOf(programme, row.event) },
        stateLabel: stateLabels[row.state] ?? { de: row.state, en: row.state },
      };
    });
  }

  private rows({ from = '-infinity', to = 'infinity', after = { at: '-infinity', id: '' }, limit, reminders, ...filter }: DeadlineFilter, actor: Actor): Promise<readonly Row[]> {
    const asked = Object.entries({ ...filter, organisation: actor.organisation ?? undefined }).filter(([, value]) => value !== undefined);
    const narrowing = asked.map(([name], index) => NARROWING[name as keyof typeof NARROWING](`$${FIXED + 1 + index}`));
    return this.store.query<Row>(openClocks([...narrowing, ...(reminders ? [] : ['not k.reminder'])]), [from, to, after.at, after.id, limit, ...asked.map(([, value]) => value)]);
  }
}

/** What narrows the list, to an applicant's own organisation above all: the agency has none and sees everything. */
const NARROWING = {
  organisation: (value: string) => `h.applicant_key = ${value}`,
  case: (value: string) => `k.root_id = (select root_id from cases where id = ${value})`,
  officer: (value: string) => `h.context->>'officer' = ${value}`,
  cycle: (value: string) => `h.cycle_id = ${value}`,
  applicant: (value: string) => `h.applicant_key = ${value}`,
} as const;

/** Parameters that every question has. */
const FIXED = 5;

/** Only what was asked for stands in the statement, so that each question finds its index; there are 64 of them. */
const openClocks = (narrowing: readonly string[]) => `
  select k.id, k.case_id as "case", c.file_number as "fileNumber", h.cycle_id as cycle, json_build_object('key', c.applicant_key, 'name', c.applicant_name) as applicant,
    c.machine, c.state, k.name, k.due_at as at, k.event, k.reminder, k.because, h.context->>'officer' as officer,
    k.generation, c.programme, c.programme_version as "programmeVersion"
  from clocks k join cases c on c.id = k.case_id join cases h on h.id = k.root_id and h.parent_id is null
  where ${['k.settled_at is null', 'k.due_at between $1 and $2', '(k.due_at, k.id) > ($3, $4)', ...narrowing].join(' and ')}
  order by k.due_at, k.id limit $5`;
