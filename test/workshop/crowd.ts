import type { Store } from '#store';

const FAMILY = ['cases', 'journal', 'clocks'] as const;

/**
 * Copies a family row by row, so that there are many in seconds. The copies move like any other; only their journals do
 * not verify, because the hashes were made for the first one's id. @returns what `root_id` of all copies begins with
 */
export async function crowd(store: Store, rootId: string, count: number): Promise<string> {
  const prefix = `crowd-${rootId}-`;
  await store.transaction(async (tx) => {
    for (const table of FAMILY) {
      await tx.query(
        `insert into ${table} select (jsonb_populate_record(t, replace(to_jsonb(t)::text, $1, $2 || n)::jsonb)).*
         from generate_series(1, $3::int) n, ${table} t where t.root_id = $1`, [rootId, prefix, count]);
    }
  });
  // What autovacuum would do in a while: without statistics the planner knows the tables as empty.
  await store.query(`analyze ${FAMILY.join(', ')}`);
  return prefix;
}
