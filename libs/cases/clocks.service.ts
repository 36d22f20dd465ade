import type { Instant } from '#kernel';
import type { Store } from '#store';
import { COUNT_BEHIND } from './cycles.service.ts';

/** An alarm to publish: the queue's job is nothing but this and a delay. */
export interface Alarm {
  readonly clockId: string;
  readonly generation: number;
  /** Until the clock is due, by the installation's clock; 0 when overdue. */
  readonly delayMs: number;
  /** The epoch in which it was published before; null when it never was. */
  readonly epoch: string | null;
}

/** What an alarm finds when it rings: early ones are told for how many milliseconds more. */
export type Ringing = { readonly is: 'gone' } | { readonly is: 'early'; readonly delayMs: number } | { readonly is: 'due'; readonly rootId: string };

/** A place in the order in which clocks fall due. `dueAt` is PostgreSQL's own text, to the microsecond. */
export interface DuePlace {
  readonly dueAt: string;
  readonly clockId: string;
}

const OPEN = 'settled_at is null';
const DELAY = 'greatest(0, ceil(extract(epoch from due_at - tranche_now()) * 1000))::bigint';

/** The open clocks of all cases, for whoever wakes them up: the relay, the sweep, the time machine. */
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

  /**
   * Open clocks within the horizon without an alarm in that epoch: those that never had one, the next due first, then
   * those whose alarm was published in another. Each branch has an index of its own, so what is published costs nothing.
   */
  async unpublished({ limit, horizonDays, epoch }: { readonly limit: number; readonly horizonDays: number; readonly epoch: string }): Promise<readonly Alarm[]> {
    const branch = (where: string) => `(select id, generation, due_at, alarm_epoch from clocks where ${OPEN} and ${where} limit $1)`;
    return this.store.query<Alarm>(
      `select id as "clockId", generation, ${DELAY} as "delayMs", alarm_epoch as epoch from (
         ${branch(`alarm_epoch is null and due_at <= tranche_now() + $2::int * interval '1 day' order by due_at`)}
         union all ${branch('alarm_epoch < $3 order by alarm_epoch, due_at')}
         union all ${branch('alarm_epoch > $3 order by alarm_epoch, due_at')}) wanting limit $1`,
      [limit, horizonDays, epoch]);
  }

  /** Notes that these alarms lie in the queue, in that epoch. A clock that moved meanwhile stays unpublished. */
  async markPublished(alarms: readonly Pick<Alarm, 'clockId' | 'generation'>[], epoch: string): Promise<void> {
    await this.store.query(
      `update clocks c set alarm_epoch = $2 from jsonb_to_recordset($1::jsonb) as a("clockId" text, generation int)
       where c.id = a."clockId" and c.generation = a.generation and c.${OPEN}`, [JSON.stringify(alarms), epoch]);
  }

  /** Whether any open clock ever had an alarm. */
  async anyPublished(): Promise<boolean> {
    return (await this.store.query(`select 1 from clocks where ${OPEN} and alarm_epoch is not null limit 1`)).length > 0;
  }

  /** Published alarms in the order of their clocks, for the reconciler to look for their jobs. */
  async published({ after, limit }: { readonly after: string; readonly limit: number }): Promise<readonly Pick<Alarm, 'clockId' | 'generation'>[]> {
    return this.store.query(
      `select id as "clockId", generation from clocks where ${OPEN} and alarm_epoch is not null and id > $1 order by id limit $2`, [after, limit]);
  }

  /** These alarms were missing in the queue: publish them again. */
  async unmark(clockIds: readonly string[]): Promise<void> {
    await this.store.query(`update clocks set alarm_epoch = null where id = any($1) and ${OPEN}`, [clockIds]);
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
}
