import { randomUUID } from 'node:crypto';
import type { CasesService, CaseView } from '#cases';
import type { Store, Tx } from '#store';
import { commandOf, idsOf, opening, stridesOf, taken } from './kim.walk.ts';

/** A statement as it went to the server. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What one walk sent: the rows its opening left, then the statements of each event without begin and commit; and what it was answered. */
export interface Recording {
  readonly rootId: string;
  readonly opening: readonly Statement[];
  readonly strides: readonly (readonly Statement[])[];
  readonly answers: readonly CaseView[];
}

/** Walks one case and writes down every statement, so that others can send the same without knowing why. */
export async function record(store: Store, cases: CasesService, year: number): Promise<Recording> {
  const key = randomUUID();
  let ids = idsOf(taken(await cases.open(opening(year, key))));
  const rootId = ids[0] as string;
  const opened = await Promise.all(['cases', 'journal', 'clocks'].map((name) => rowsOf(store, name, rootId)));
  const strides: Statement[][] = [];
  const answers: CaseView[] = [];
  for (const [place, stride] of stridesOf(year, key).entries()) {
    const sent: Statement[] = [];
    const view = await store.transaction(async (tx) => {
      const listening: Tx = { query: (text, values = []) => (sent.push({ text, values }), tx.query(text, values)) };
      return taken(await cases.advanceWithin(listening, commandOf(stride, place, ids)));
    });
    if (stride.of === 0) ids = idsOf(view);
    strides.push(sent);
    answers.push(view);
  }
  return { rootId, opening: opened, strides, answers };
}

async function rowsOf(store: Store, name: string, rootId: string): Promise<Statement> {
  const [found] = await store.query<{ rows: unknown }>(`select coalesce(json_agg(t), '[]') as rows from ${name} t where root_id = $1`, [rootId]);
  return { text: `insert into ${name} select * from json_populate_recordset(null::${name}, $1::json)`, values: [JSON.stringify(found?.rows)] };
}

/** The same value with another family's id in it. */
export function inFamily(value: unknown, from: string, to: string): unknown {
  if (typeof value === 'string') return value.replaceAll(from, to);
  return Array.isArray(value) ? value.map((item) => inFamily(item, from, to)) : value;
}
