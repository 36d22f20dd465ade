import { Injectable } from '@nestjs/common';
import { putEffects, Store, type Runner, type Tx } from '#store';

/** A time in which nothing is ordered and no file is written; open while `liftedAt` is null. */
export interface Freeze {
  readonly id: number;
  readonly reason: string;
  /** Who froze payments; `system` when a restore was noticed. */
  readonly account: string;
  readonly at: string;
  readonly liftedBy: string | null;
  readonly liftedAt: string | null;
  readonly liftReason: string | null;
}

/** That payments stand still, or go on again, is told to those who pay: the house's own work, beside what a programme may ask for. */
export interface FreezeEffect {
  readonly type: 'freezeTold';
  readonly freezeId: number;
  readonly lifted: boolean;
}

/** The queue that carries it: it is a mail. */
export const FREEZE_QUEUE = 'letters' as const;

/** What such a mail is about in place of a case; the list of exceptions calls a freeze the same. */
const placeOf = (freezeId: number): string => `freeze-${freezeId}`;

const COLUMNS = `id, reason, account, at, lifted_by as "liftedBy", lifted_at as "liftedAt", lift_reason as "liftReason"`;

/** The cluster, its timeline and the database within it: a dump that was loaded and a point in time that was recovered differ. */
const FINGERPRINT = `(select system_identifier::text from pg_control_system()) || '/' || (select timeline_id from pg_control_checkpoint())
  || '/' || (select oid from pg_database where datname = current_database())`;

/** What the house itself says when it notices that the database is not the one that paid. */
const RESTORED = 'Die Datenbank wurde wiederhergestellt / the database was restored';

/**
 * Stops all payments until a person has said what went out. A database that was restored from a backup does not know what
 * it paid after the backup was made: going on as if nothing had happened would pay twice.
 */
@Injectable()
export class FreezeService {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Whether payments stand still, asked when a process starts and in the transaction that would order or export. Notices a
   * restore by itself, and freezes then; where nothing is known yet, this database is the one that pays from now on. A
   * backup that was copied back as files under a stopped server is not noticed: whoever does that freezes.
   */
  async frozen(tx: Tx): Promise<boolean> {
    const [known] = await tx.query<{ same: boolean }>(`select fingerprint = ${FINGERPRINT} as same from payment_origin`);
    if (known === undefined) await tx.query(`insert into payment_origin (fingerprint) select ${FINGERPRINT} on conflict do nothing`);
    if (known?.same === false) {
      await this.freeze(tx, { reason: RESTORED, account: 'system' });
      await tx.query(`update payment_origin set fingerprint = ${FINGERPRINT}`);
    }
    return (await this.current(tx)) !== null;
  }

  /** The freeze that is in force, or null. */
  async current(runner: Runner = this.#store): Promise<Freeze | null> {
    const [freeze] = await runner.query<Freeze>(`select ${COLUMNS} from payment_freezes where lifted_at is null`);
    return freeze ?? null;
  }

  /** Freezes payments; where they are frozen, they stay so under the first reason. */
  async freeze(tx: Tx, { reason, account }: { readonly reason: string; readonly account: string }): Promise<Freeze> {
    const [placed] = await tx.query<{ id: number }>(
      `insert into payment_freezes (reason, account, at) values ($1, $2, tranche_now()) on conflict ((true)) where lifted_at is null do nothing returning id`, [reason, account]);
    if (placed !== undefined) await this.#tell(tx, { type: 'freezeTold', freezeId: placed.id, lifted: false });
    return await this.current(tx) as Freeze;
  }

  /**
   * Lets payments go on. `goneOut` names by EndToEndId what left the house although this database does not know it: it is
   * never sent again. @returns null when nothing is frozen, or `account` is who froze
   */
  async lift(tx: Tx, { reason, account, goneOut }: { readonly reason: string; readonly account: string; readonly goneOut: readonly string[] }): Promise<Freeze | null> {
    const [lifted] = await tx.query<Freeze>(
      `update payment_freezes set lifted_by = $2, lifted_at = tranche_now(), lift_reason = $1 where lifted_at is null and account <> $2 returning ${COLUMNS}`, [reason, account]);
    if (lifted === undefined) return null;
    await tx.query('insert into payments_gone_out (end_to_end_id, freeze_id) select distinct upper(reference), $2::bigint from unnest($1::text[]) as reference on conflict do nothing', [goneOut, lifted.id]);
    await this.#tell(tx, { type: 'freezeTold', freezeId: lifted.id, lifted: true });
    return lifted;
  }

  /** A freeze by its number, in force or not. */
  async one(id: number, runner: Runner = this.#store): Promise<Freeze | null> {
    const [freeze] = await runner.query<Freeze>(`select ${COLUMNS} from payment_freezes where id = $1`, [id]);
    return freeze ?? null;
  }

  /** What was named as gone out when a freeze was lifted. */
  async namedWith(id: number, runner: Runner = this.#store): Promise<readonly string[]> {
    const rows = await runner.query<{ reference: string }>('select end_to_end_id as reference from payments_gone_out where freeze_id = $1 order by 1', [id]);
    return rows.map(({ reference }) => reference);
  }

  /** In the transaction that decides it. It is about no case, and no journal asked for it. */
  async #tell(tx: Tx, payload: FreezeEffect): Promise<void> {
    const place = placeOf(payload.freezeId);
    await putEffects(tx, [{ queue: FREEZE_QUEUE, caseId: place, rootId: place, journalSeq: 0, payload }]);
  }

  /** Those of the payments that went out before a restore. */
  async goneOut(endToEndIds: readonly string[], runner: Runner = this.#store): Promise<ReadonlySet<string>> {
    const rows = await runner.query<{ id: string }>('select end_to_end_id as id from payments_gone_out where end_to_end_id = any($1)', [endToEndIds]);
    return new Set(rows.map(({ id }) => id));
  }

  /** How often payments were frozen. */
  async times(runner: Runner = this.#store): Promise<number> {
    const [row] = await runner.query<{ count: number }>('select count(*) as count from payment_freezes');
    return row?.count ?? 0;
  }

  /** What the bank knows a run's file by, as of now: after a restore the number alone may have gone to the bank before. */
  async fileName(fileNumber: string, runner: Runner = this.#store): Promise<string> {
    const times = await this.times(runner);
    return times === 0 ? fileNumber : `${fileNumber}-R${times}`;
  }
}
