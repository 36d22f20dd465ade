import type { Runner } from './store.ts';
import type { Instant } from './wire.ts';

/**
 * Moves legal time forwards to `to`, for demos and tests. From then on it runs on from there.
 * @returns the legal time after the move; null when `to` lies in the past (nothing is changed)
 * @throws a check violation (23514) in production, where the clock is locked by a constraint
 */
export async function moveClock(tx: Runner, to: Instant): Promise<Instant | null> {
  const moved = await tx.query(
    `update installation
        set offset_ms = ceil(extract(epoch from $1::timestamptz - clock_timestamp()) * 1000), clock_moves = clock_moves + 1
      where clock_timestamp() + offset_ms * interval '1 millisecond' <= $1::timestamptz
      returning id`,
    [to],
  );
  return moved.length === 0 ? null : legalTime(tx);
}

/** The installation's legal time, in a transaction or outside of one. */
export async function legalTime(runner: Runner): Promise<Instant> {
  const [row] = await runner.query<{ now: Instant }>('select tranche_now() as now');
  return (row as { now: Instant }).now;
}

export type Mode = 'demo' | 'production';

/**
 * Declares the installation's mode at its first start, and reads it afterwards. A demo becomes production only while
 * its clock was never moved; production never becomes a demo.
 * @returns the mode now in force, which a caller that wanted another one must refuse to run under
 */
export async function settleMode(tx: Runner, wanted: Mode): Promise<Mode> {
  await tx.query(
    `insert into installation (mode) values ($1)
     on conflict (id) do update set mode = excluded.mode
       where installation.mode = 'demo' and installation.offset_ms = 0 and installation.clock_moves = 0`,
    [wanted],
  );
  const [row] = await tx.query<{ mode: Mode }>('select mode from installation');
  return row?.mode ?? wanted;
}

/** Asks the workers to restore every wake-up from the rows, whatever the queue holds. @returns how often that was asked by now */
export async function rebuildWakeUps(tx: Runner): Promise<number> {
  const [row] = await tx.query<{ count: number }>('update installation set wakeup_epoch = wakeup_epoch + 1 returning wakeup_epoch as count');
  return row?.count ?? 0;
}

/** How often wake-ups were to be rebuilt by now. */
export async function wakeUpEpoch(runner: Runner): Promise<number> {
  const [row] = await runner.query<{ count: number }>('select wakeup_epoch as count from installation');
  return row?.count ?? 0;
}
