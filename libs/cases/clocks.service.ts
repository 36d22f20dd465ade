import type { Instant } from '#kernel';
import type { Runner, Store } from '#store';

/** An alarm to publish: the queue's job is nothing but this and a delay. */
export interface Alarm {
  readonly clockId: string;
  readonly generation: number;
  /** Until the clock is due, by the installation's clock; 0 when overdue. */
  readonly delayMs: number;
}

const OPEN = 'settled_at is null';

/** The open clocks of all cases, for whoever wakes them up: the relay, the sweep, the time machine. */
export class ClocksService {
  constructor(private readonly store: Store) {}

  /** Which family an alarm concerns, if the clock still stands in that generation and is due by the installation's clock. */
  async due({ clockId, generation }: { readonly clockId: string; readonly generation: number }): Promise<{ rootId: string } | 'early' | 'gone'> {
    const [row] = await this.store.query<{ rootId: string; due: boolean }>(
      `select root_id as "rootId", due_at <= tranche_now() as due from clocks where id = $1 and generation = $2 and ${OPEN}`, [clockId, generation]);
    if (!row) return 'gone';
    return row.due ? { rootId: row.rootId } : 'early';
  }

  /** Families with overdue clocks, the longest overdue first. */
  async overdueFamilies(limit: number): Promise<readonly string[]> {
    const rows = await this.store.query<{ rootId: string }>(
      `select root_id as "rootId" from clocks where ${OPEN} and due_at <= tranche_now() group by root_id order by min(due_at), root_id limit $1`, [limit]);
    return rows.map(({ rootId }) => rootId);
  }

  /** How many clocks are overdue by the installation's clock. */
  async overdue(): Promise<number> {
    const [row] = await this.store.query<{ count: number }>(`select count(*) as count from clocks where ${OPEN} and due_at <= tranche_now()`);
    return row?.count ?? 0;
  }

  /** The earliest open date up to `until`, or null. */
  async nextDue(until: Instant): Promise<Instant | null> {
    const [row] = await this.store.query<{ at: Instant | null }>(`select min(due_at) as at from clocks where ${OPEN} and due_at <= $1`, [until]);
    return row?.at ?? null;
  }

  /** Open clocks within the horizon whose alarm has not been published. Publishing twice is harmless: the id is the clock's. */
  async unpublished({ limit, horizonDays }: { readonly limit: number; readonly horizonDays: number }): Promise<readonly Alarm[]> {
    return this.store.query<Alarm>(
      `select id as "clockId", generation, greatest(0, ceil(extract(epoch from due_at - tranche_now()) * 1000))::bigint as "delayMs"
       from clocks where ${OPEN} and alarm_epoch is null and due_at <= tranche_now() + $2::int * interval '1 day' order by due_at limit $1`,
      [limit, horizonDays]);
  }

  /** Notes that these alarms lie in the queue's data of that epoch. A clock that moved meanwhile stays unpublished. */
  async markPublished(alarms: readonly Pick<Alarm, 'clockId' | 'generation'>[], epoch: string): Promise<void> {
    await this.store.query(
      `update clocks c set alarm_epoch = $2 from jsonb_to_recordset($1::jsonb) as a("clockId" text, generation int)
       where c.id = a."clockId" and c.generation = a.generation and c.${OPEN}`, [JSON.stringify(alarms), epoch]);
  }

  /** The queue lost its data: every alarm published in another epoch counts as missing. @returns how many */
  async forgetAlarms(epoch: string): Promise<number> {
    const rows = await this.store.query(
      `update clocks set alarm_epoch = null where ${OPEN} and alarm_epoch is not null and alarm_epoch <> $1 returning id`, [epoch]);
    return rows.length;
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

  /** Clocks whose own event was refused by the lifecycle: exceptions for a person to look at. */
  async refused(runner: Runner = this.store): Promise<readonly { clockId: string; caseId: string; name: string; event: string; at: Instant }[]> {
    return runner.query(
      `select id as "clockId", case_id as "caseId", name, event, settled_at as at from clocks where outcome = 'refused' order by settled_at desc limit 100`);
  }
}
