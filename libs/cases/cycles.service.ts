import type { Runner, Store, Tx } from '#store';
import type { CycleRow } from './family.ts';

export const CYCLE_COLUMNS = 'id, programme, revision, data, created_at as "createdAt", account, reason';

/** A cycle's newest revision, or null. */
export async function currentCycle(runner: Runner, id: string): Promise<CycleRow | null> {
  const [row] = await runner.query<CycleRow>(`select ${CYCLE_COLUMNS} from cycles where id = $1 order by revision desc limit 1`, [id]);
  return row ?? null;
}

/** A revision to be written. Without an account the installation itself writes it: a first load, a demo. */
export interface CycleDraft extends Pick<CycleRow, 'id' | 'programme' | 'data'>, Partial<Pick<CycleRow, 'account' | 'reason'>> {}

/** Funding rounds: data of the programme, a new row with every revision; rows are never changed. */
export class CyclesService {
  constructor(private readonly store: Store) {}

  /** Every cycle at its newest revision, oldest funding round first. */
  async list(): Promise<readonly CycleRow[]> {
    return this.store.query<CycleRow>(`select distinct on (id) ${CYCLE_COLUMNS} from cycles order by id, revision desc`);
  }

  /** A cycle at its newest revision, or null. */
  async get(id: string): Promise<CycleRow | null> {
    return currentCycle(this.store, id);
  }

  /** Every revision of a cycle, the newest first. */
  async revisions(id: string): Promise<readonly CycleRow[]> {
    return this.store.query<CycleRow>(`select ${CYCLE_COLUMNS} from cycles where id = $1 order by revision desc`, [id]);
  }

  /** Writes the next revision, at the installation's time. `data` has passed the programme's cycle schema. */
  async put(tx: Tx, { id, programme, data, account = 'system', reason = null }: CycleDraft): Promise<number> {
    const [row] = await tx.query<{ revision: number }>(
      `insert into cycles (id, revision, programme, data, account, reason, created_at)
       select $1, coalesce(max(revision), 0) + 1, $2, $3::jsonb, $4, $5, tranche_now() from cycles where id = $1 returning revision`,
      [id, programme, JSON.stringify(data), account, reason]);
    return (row as { revision: number }).revision;
  }
}

/** One writer of rounds at a time, until the transaction ends: whoever compares with the newest revision must lock first. */
export async function lockCycles(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', ['cycles']);
}

const BEHIND = `(select id, max(revision) as revision from cycles group by id) y
  join cases c on c.cycle_id = y.id and c.cycle_revision < y.revision and c.parent_id is null and not c.ended`;

/** How many families follow an older revision than the newest of their round: a scalar for other statements. */
export const COUNT_BEHIND = `select count(*) from ${BEHIND}`;

/** A page of the families whose clocks follow an older revision than the newest of their round, by the ids of their heads. */
export async function familiesBehind(runner: Runner, limit: number, after = ''): Promise<readonly string[]> {
  const rows = await runner.query<{ rootId: string }>(`select c.id as "rootId" from ${BEHIND} where c.id > $2 order by c.id limit $1`, [limit, after]);
  return rows.map(({ rootId }) => rootId);
}
