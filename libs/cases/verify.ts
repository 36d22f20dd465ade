import type { Store } from '#store';
import { firstBreak } from './chain.ts';
import { memberOf } from './family.ts';
import { loadFamilies, loadJournal, loadRevisions } from './family.load.ts';
import type { Programmes } from './programmes.ts';
import { compare, replay, ReplayMismatch } from './replay.ts';

/** Something that does not hold in a family: a broken chain, or a journal that does not lead to what is stored. */
export interface Violation {
  readonly rootId: string;
  readonly fileNumber: string;
  readonly what: string;
}

/** Checks one family: its chain holds, and replaying its journal gives its stored state. */
export async function verifyFamily(store: Store, programmes: Programmes, rootId: string): Promise<readonly Violation[]> {
  const [family] = await loadFamilies(store, [rootId]);
  if (!family) return [{ rootId, fileNumber: '', what: 'there is no such family' }];
  const { fileNumber } = memberOf(family.members, rootId);
  const rows = await loadJournal(store, rootId);
  const broken = firstBreak(rows, family);
  if (broken) return [{ rootId, fileNumber, what: `journal row ${broken.seq}: ${broken.why}` }];
  try {
    const told = replay(programmes, rows, await loadRevisions(store, family.cycle.id));
    return compare(family.members, told).map((what) => ({ rootId, fileNumber, what }));
  } catch (error) {
    if (!(error instanceof ReplayMismatch)) throw error;
    return [{ rootId, fileNumber, what: error.message }];
  }
}

/** The heads of all families, in file order, a page at a time. */
async function familiesAfter(store: Store, after: string, limit: number): Promise<readonly string[]> {
  const rows = await store.query<{ id: string }>('select id from cases where parent_id is null and id > $1 order by id limit $2', [after, limit]);
  return rows.map(({ id }) => id);
}

/** Checks every family, in bounded pages. @returns how many there are and everything that does not hold */
export async function verifyAll(store: Store, programmes: Programmes): Promise<{ families: number; violations: readonly Violation[] }> {
  const violations: Violation[] = [];
  let families = 0;
  for (let page = await familiesAfter(store, '', 100); page.length > 0; page = await familiesAfter(store, page.at(-1) as string, 100)) {
    for (const rootId of page) violations.push(...(await verifyFamily(store, programmes, rootId)));
    families += page.length;
  }
  return { families, violations };
}
