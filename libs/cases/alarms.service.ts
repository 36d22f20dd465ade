import type { Store } from '#store';
import { DELAY, type DuePlace } from './clocks.service.ts';

/** What names an alarm: a clock, in one generation of its date. */
export interface AlarmName {
  readonly clockId: string;
  readonly generation: number;
}

/** An alarm to publish: the queue's job is nothing but its name and a delay. */
export interface Alarm extends AlarmName {
  /** Until the clock is due, by the installation's clock; 0 when overdue. */
  readonly delayMs: number;
  /** The epoch in which it was published before; null when it never was. */
  readonly epoch: string | null;
}

const OPEN = 'settled_at is null';
const WITHIN = `due_at <= tranche_now() + $1::int * interval '1 day'`;
const NAMES = `jsonb_to_recordset($1::jsonb) as a("clockId" text, generation int)`;

/** Which clocks have an alarm in the queue, as their rows know it: for the relay that publishes them and whoever compares. */
export class AlarmsService {
  constructor(private readonly store: Store) {}

  /**
   * Open clocks within the horizon without an alarm in that epoch: those that never had one, the next due first, then
   * those whose alarm was published in another. Each branch has an index of its own, so what is published costs nothing.
   */
  async unpublished({ limit, horizonDays, epoch }: { readonly limit: number; readonly horizonDays: number; readonly epoch: string }): Promise<readonly Alarm[]> {
    const branch = (where: string) => `(select id, generation, due_at, alarm_epoch from clocks where ${OPEN} and ${where} limit $2)`;
    return this.store.query<Alarm>(
      `select id as "clockId", generation, ${DELAY} as "delayMs", alarm_epoch as epoch from (
         ${branch(`alarm_epoch is null and ${WITHIN} order by due_at`)}
         union all ${branch('alarm_epoch < $3 order by alarm_epoch, due_at')}
         union all ${branch('alarm_epoch > $3 order by alarm_epoch, due_at')}) wanting limit $2`,
      [horizonDays, limit, epoch]);
  }

  /** Notes that these alarms lie in the queue, in that epoch. A clock that moved meanwhile stays unpublished. */
  async markPublished(alarms: readonly AlarmName[], epoch: string): Promise<void> {
    await this.store.query(
      `update clocks c set alarm_epoch = $2 from ${NAMES} where c.id = a."clockId" and c.generation = a.generation and c.${OPEN}`,
      [JSON.stringify(alarms), epoch]);
  }

  /** Whether any open clock ever had an alarm. */
  async anyPublished(): Promise<boolean> {
    return (await this.store.query(`select 1 from clocks where ${OPEN} and alarm_epoch is not null limit 1`)).length > 0;
  }

  /** How many open clocks are due within the horizon and should have an alarm; overdue ones need none, they are the sweep's. */
  async wanted(horizonDays: number): Promise<number> {
    const [row] = await this.store.query<{ count: number }>(`select count(*) as count from clocks where ${OPEN} and due_at > tranche_now() and ${WITHIN}`, [horizonDays]);
    return row?.count ?? 0;
  }

  /** How many of the clocks that are not due within so many seconds have an alarm in that epoch. */
  async countPublished(epoch: string, seconds: number): Promise<number> {
    const [row] = await this.store.query<{ count: number }>(
      `select count(*) as count from clocks where ${OPEN} and alarm_epoch = $1 and due_at > tranche_now() + $2::int * interval '1 second'`, [epoch, seconds]);
    return row?.count ?? 0;
  }

  /** A page of those that are not due yet and have an alarm in that epoch, the next due first; and where the next page begins. */
  async published(epoch: string, limit: number, after?: DuePlace | null): Promise<{ readonly alarms: readonly AlarmName[]; readonly next: DuePlace | null }> {
    const rows = await this.store.query<DuePlace & AlarmName>(
      `select id as "clockId", generation, due_at::text as "dueAt" from clocks
       where ${OPEN} and alarm_epoch = $1 and due_at > tranche_now() and (due_at, id) > ($2::timestamptz, $3) order by due_at, id limit $4`,
      [epoch, after?.dueAt ?? '-infinity', after?.clockId ?? '', limit]);
    return { alarms: rows, next: rows.length === limit ? rows.at(-1) ?? null : null };
  }

  /** These alarms of that epoch were missing in the queue: publish them again. @returns how many of them are still wanted */
  async unmark(alarms: readonly AlarmName[], epoch: string): Promise<number> {
    const rows = await this.store.query(
      `update clocks c set alarm_epoch = null from ${NAMES}
       where c.id = a."clockId" and c.generation = a.generation and c.${OPEN} and c.alarm_epoch = $2 returning c.id`, [JSON.stringify(alarms), epoch]);
    return rows.length;
  }

  /** Alarms whose clocks were settled before they could ring. */
  async withdrawn(limit: number): Promise<readonly AlarmName[]> {
    return this.store.query<AlarmName>('select id as "clockId", generation from clocks where settled_at is not null and alarm_epoch is not null order by id limit $1', [limit]);
  }

  /** Those were taken out of the queue. A clock that was armed again meanwhile keeps its new alarm. */
  async takenOut(alarms: readonly AlarmName[]): Promise<void> {
    await this.store.query(
      `update clocks c set alarm_epoch = null from ${NAMES} where c.id = a."clockId" and c.generation = a.generation and c.settled_at is not null`,
      [JSON.stringify(alarms)]);
  }

  /** Those of the alarms that no open clock stands for. */
  async strangers(alarms: readonly AlarmName[]): Promise<readonly AlarmName[]> {
    return this.store.query<AlarmName>(
      `select a."clockId", a.generation from ${NAMES} left join clocks c on c.id = a."clockId" and c.generation = a.generation and c.${OPEN} where c.id is null`,
      [JSON.stringify(alarms)]);
  }
}
