import type { Json } from '#kernel';
import type { Runner, Store, Tx } from '#store';
import type { CycleRow } from './family.ts';

const COLUMNS = 'id, programme, revision, data';

/** A cycle's newest revision, or null. */
export async function currentCycle(runner: Runner, id: string): Promise<CycleRow | null> {
  const [row] = await runner.query<CycleRow>(`select ${COLUMNS} from cycles where id = $1 order by revision desc limit 1`, [id]);
  return row ?? null;
}

/** Funding rounds: data of the programme, a new row with every revision. */
export class CyclesService {
  constructor(private readonly store: Store) {}

  /** Every cycle at its newest revision, oldest funding round first. */
  async list(): Promise<readonly CycleRow[]> {
    return this.store.query<CycleRow>(`select distinct on (id) ${COLUMNS} from cycles order by id, revision desc`);
  }

  /** A cycle at its newest revision, or null. */
  async get(id: string): Promise<CycleRow | null> {
    return currentCycle(this.store, id);
  }

  /** Writes the next revision. `data` has passed the programme's cycle schema. */
  async put(tx: Tx, { id, programme, data }: { readonly id: string; readonly programme: string; readonly data: Json }): Promise<number> {
    const [row] = await tx.query<{ revision: number }>(
      `insert into cycles (id, revision, programme, data, created_at)
       select $1, coalesce(max(revision), 0) + 1, $2, $3::jsonb, tranche_now() from cycles where id = $1 returning revision`,
      [id, programme, JSON.stringify(data)]);
    return (row as { revision: number }).revision;
  }
}
