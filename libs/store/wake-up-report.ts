import type { Runner } from './store.ts';
import type { Instant } from './wire.ts';

/** What a comparison of clocks and wake-ups found, before it put it right. */
export interface WakeUpFindings {
  readonly missing: number;
  readonly withoutClock: number;
  /** When the sweep runs next, in real time; null when none is scheduled. */
  readonly sweepNextAt: Instant | null;
}

/** The last findings. `checkedAt` is real time, null before the first; `fresh` while it lies no longer back than five minutes. */
export interface WakeUpReport extends WakeUpFindings {
  readonly checkedAt: Instant | null;
  readonly fresh: boolean;
}

/** Takes the next comparison on itself. @returns false when some worker did within the last `everyMs` of real time */
export async function claimComparison(runner: Runner, everyMs: number): Promise<boolean> {
  const rows = await runner.query(
    `update wake_up_report set claimed_at = clock_timestamp()
      where coalesce(claimed_at <= clock_timestamp() - $1::bigint * interval '1 millisecond', true) returning id`, [everyMs]);
  return rows.length > 0;
}

/** Writes what was found, and when that was. */
export async function reportWakeUps(runner: Runner, { missing, withoutClock, sweepNextAt }: WakeUpFindings): Promise<void> {
  await runner.query(
    'update wake_up_report set checked_at = clock_timestamp(), missing = $1, without_clock = $2, sweep_next_at = $3', [missing, withoutClock, sweepNextAt]);
}

/** Reads the last findings. */
export async function lastWakeUpReport(runner: Runner): Promise<WakeUpReport> {
  const [row] = await runner.query<WakeUpReport>(
    `select checked_at as "checkedAt", missing, without_clock as "withoutClock", sweep_next_at as "sweepNextAt",
       coalesce(checked_at > clock_timestamp() - interval '5 minutes', false) as fresh from wake_up_report`);
  return row ?? { checkedAt: null, missing: 0, withoutClock: 0, sweepNextAt: null, fresh: false };
}

/** Real time by the database's clock, in milliseconds since 1970: what workers whose machines disagree go by. */
export async function realTime(runner: Runner): Promise<number> {
  const [row] = await runner.query<{ now: number }>('select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now');
  return (row as { now: number }).now;
}
