import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseRow, CycleRow, JournalRow } from '#cases';

/** A family as it was once lived through: its journal, the revisions of its round, and what was stored at the end. */
export interface Recording {
  readonly title: string;
  readonly head: { readonly seq: number; readonly hash: string };
  readonly revisions: readonly CycleRow[];
  readonly stored: readonly CaseRow[];
  readonly rows: readonly JournalRow[];
}

/** Fingerprints of lifecycles by version and machine. */
export interface Pins {
  readonly [version: string]: { readonly [machine: string]: string };
}

/** Where a programme keeps its recordings: a folder for each version, beside the pins of all. */
export const folderOf = (programme: string, version?: number): string =>
  join(import.meta.dirname, '../../workflows', programme, 'recorded', ...(version === undefined ? [] : [String(version)]));

/** The names of the families that are recorded for the present version. */
export const FAMILIES = ['changed', 'happy', 'late', 'payee', 'quashed', 'returned', 'time'] as const;

/** What was recorded under a version, by the name of the family. */
export function readRecordings(programme: string, version: number): readonly { readonly name: string; readonly recording: Recording }[] {
  const folder = folderOf(programme, version);
  return (existsSync(folder) ? readdirSync(folder) : []).toSorted()
    .map((file) => ({ name: file.replace('.json', ''), recording: JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording }));
}

export const readPins = (programme: string): Pins => JSON.parse(readFileSync(join(folderOf(programme), 'definition.json'), 'utf8')) as Pins;

/** One journal row to a line, so that a difference shows what it is about. */
export function written({ rows, ...rest }: Recording): string {
  const lines = Object.entries(rest).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`);
  return `{\n${lines.join('')}  "rows": [\n${rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]\n}\n`;
}
