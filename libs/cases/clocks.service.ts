import type { Instant, Json } from '#kernel';
import type { Store } from '#store';
import { COUNT_BEHIND } from './cycles.service.ts';

/** What an alarm finds when it rings: early ones are told for how many milliseconds more. */
export type Ringing = { readonly is: 'gone' } | { readonly is: 'early'; readonly delayMs: number } | { readonly is: 'due'; readonly rootId: string };

/** A case that was reminded of and has not moved since. */
export interface Lying {
  /** Its first reminder since it moved, and when that was. */
  readonly clockId: string;
  readonly at: Instant;
  readonly caseId: string;
  readonly machine: string;
  readonly event: string;
  /** Of its last one. */
  readonly data: { readonly [field: string]: Json };
  /** Since when it has not moved. */
  readonly since: Instant;
}

/** A place in the order in which clocks fall due. `dueAt` is PostgreSQL's own text, to the microsecond. */
export interface DuePlace {
  readonly dueAt: string;
  readonly clockId: string;
}

const OPEN = 'settled_at is null';
/** Milliseconds until a clock is due; 0 when it is overdue. */
export const DELAY = 'greatest(0, ceil(extract(epoch from due_at - tranche_now()) * 1000))::bigint';

/** The open clocks of all cases, for whoever looks at what is due: the alarms, the sweep, the time machine. */
export class ClocksService {
  constructor(private readonly store: Store) {}

  /** What an alarm is about: a family, if its clock still stands in that generation and is due by the installation's clock. */
  async due({ clockId, generation }: { readonly clockId: string; readonly generation: number }): Promise<Ringing> {
    const [row] = await this.store.query<{ rootId: string; delayMs: number }>(
      `select root_id as "rootId", ${DELAY} as "delayMs" from clocks where id = $1 and generation = $2 and ${OPEN}`, [clockId, generation]);
    if (!row) return { is: 'gone' };
    return row.delayMs > 0 ? { is: 'early', delayMs: row.delayMs } : { is: 'due', rootId: row.rootId };
  }

  /** A page of the clocks that are overdue, the longest overdue first: their families, and where the next page begins. */
  async overdueFamilies(limit: number, after?: DuePlace | null): Promise<{ readonly rootIds: readonly string[]; readonly next: DuePlace | null }> {
    const rows = await this.store.query<DuePlace & { rootId: string }>(
      `select root_id as "rootId", due_at::text as "dueAt", id as "clockId" from clocks
       where ${OPEN} and due_at <= tranche_now() and (due_at, id) > ($1::timestamptz, $2) order by due_at, id limit $3`, [after?.dueAt ?? '-infinity', after?.clockId ?? '', limit]);
    const last = rows.at(-1);
    return { rootIds: [...new Set(rows.map(({ rootId }) => rootId))], next: rows.length === limit && last ? last : null };
  }

  /** How much is overdue by the installation's clock: clocks, and families that have not followed a revision of their round. */
  async overdue(): Promise<number> {
    const [row] = await this.store.query<{ count: number }>(
      `select (select count(*) from clocks where ${OPEN} and due_at <= tranche_now()) + (${COUNT_BEHIND}) as count`);
    return row?.count ?? 0;
  }

  /** The earliest open date up to `until`, or null. */
  async nextDue(until: Instant): Promise<Instant | null> {
    const [row] = await this.store.query<{ at: Instant | null }>(`select min(due_at) as at from clocks where ${OPEN} and due_at <= $1`, [until]);
    return row?.at ?? null;
  }

  /** How many clocks are overdue by more than so many seconds, and since when the first of them is. */
  async late(seconds: number): Promise<{ readonly count: number; readonly oldestAt: Instant | null }> {
    const [row] = await this.store.query<{ count: number; oldestAt: Instant | null }>(
      `select count(*) as count, min(due_at) as "oldestAt" from clocks where ${OPEN} and due_at < tranche_now() - $1::int * interval '1 second'`, [seconds]);
    return row ?? { count: 0, oldestAt: null };
  }

  /**
   * Clocks whose own event was refused by the lifecycle: exceptions for a person to look at. Newest first, older than
   * `before`; there they are called `clock-ID`, and that is how they are ordered.
   */
  async refused({ before, limit }: { readonly before?: { readonly at: Instant; readonly id: string }; readonly limit: number }): Promise<readonly { clockId: string; caseId: string; name: string; event: string; at: Instant }[]> {
    return this.store.query(
      `select id as "clockId", case_id as "caseId", name, event, settled_at as at from clocks
       where outcome = 'refused' and ($1::timestamptz is null or (settled_at, ('clock-' || id) collate "C") < ($1, $2))
       order by settled_at desc, ('clock-' || id) collate "C" desc limit $3`, [before?.at ?? null, before?.id ?? null, limit]);
  }

  /**
   * Cases that were reminded of by one of these events and have not moved since: computed from clocks that have fired, so that a
   * case is off the list when it moves. Newest first, older than `before`; there they are called `lying-` and their first reminder.
   * `of`: only these cases; `besides`: without those of these machines in these states.
   */
  async lying({ events, before, limit, of, besides }: {
    readonly events: readonly string[]; readonly before?: { readonly at: Instant; readonly id: string }; readonly limit: number;
    readonly of?: readonly string[]; readonly besides?: { readonly machines: readonly string[]; readonly states: readonly string[] };
  }): Promise<readonly Lying[]> {
    return this.store.query(
      `select l."clockId", l."caseId", l.machine, l.event, l.data, l.since, l.at from (
         select (array_agg(k.id order by k.settled_at, k.id))[1] as "clockId", min(k.settled_at) as at, k.case_id as "caseId", c.machine, k.event,
           (array_agg(k.data order by k.settled_at desc, k.id desc))[1] as data, c.updated_at as since
         from clocks k join cases c on c.id = k.case_id
         where k.event = any($1) and k.outcome in ('fired', 'overtaken') and k.settled_at >= c.updated_at and not c.ended
           and ($5::text[] is null or k.case_id = any($5)) and not (c.machine = any($6::text[]) and c.state = any($7::text[]))
         group by k.case_id, k.event, c.machine, c.updated_at) l
       where $2::timestamptz is null or (l.at, ('lying-' || l."clockId") collate "C") < ($2, $3)
       order by l.at desc, ('lying-' || l."clockId") collate "C" desc limit $4`, [events, before?.at ?? null, before?.id ?? null, limit, of ?? null, besides?.machines ?? [], besides?.states ?? []]);
  }
}
