import { afterAll, beforeAll } from '@jest/globals';
import type { Json } from '#kernel';
import { freshDatabase, type FreshDatabase } from '#test/harness';
import { Office, YEAR } from './office.ts';

/** An office for the tests of the file or `describe` that calls this, open from the second day of the window on. */
export function usingOffice(round: { readonly [field: string]: Json } = {}): () => Office {
  const held: { database?: FreshDatabase; office?: Office } = {};
  beforeAll(async () => {
    held.database = await freshDatabase();
    held.office = await Office.open(held.database.url, round);
    await held.office.clock(`${YEAR - 1}-08-02`);
  });
  afterAll(async () => {
    await held.office?.close();
    await held.database?.drop();
  });
  return () => {
    if (held.office === undefined) throw new Error('the office is open only while tests run');
    return held.office;
  };
}
