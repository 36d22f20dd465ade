import type { Store } from '#store';

/** The tables of a family, each with its columns that name a case; and what else is different in a copy. */
const FAMILY = { cases: ['id', 'root_id', 'parent_id'], journal: ['case_id', 'root_id'], clocks: ['id', 'case_id', 'root_id'] } as const;
const UNPUBLISHED = `'alarm_epoch', null`;

/**
 * Copies a family row by row, so that there are many in seconds. The copies move like any other; only their journals do
 * not verify, because the hashes were made for the first one's id. @returns what `root_id` of all copies begins with
 */
export async function crowd(store: Store, rootId: string, count: number): Promise<string> {
  const prefix = `crowd-${rootId}-`;
  await store.transaction(async (tx) => {
    for (const [table, columns] of Object.entries(FAMILY)) {
      const names = [...columns.map((column) => `'${column}', replace(t.${column}, $1, $2 || n)`), UNPUBLISHED].join(', ');
      await tx.query(
        `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object(${names}))).*
         from generate_series(1, $3::int) n, ${table} t where t.root_id = $1`, [rootId, prefix, count]);
    }
  });
  // What autovacuum would do in a while: without statistics the planner knows the tables as empty.
  await store.query(`analyze ${Object.keys(FAMILY).join(', ')}`);
  return prefix;
}
