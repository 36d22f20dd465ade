import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Organisation, organisationSchema, type Person, personSchema } from '#identity';
import type { Json, Programme } from '#kernel';
import { type CsvRow, parseCsv } from './csv.ts';

/** Something wrong in a file of the load, where, and what to do about it. */
export interface LoadProblem {
  readonly file: string;
  readonly line: number | null;
  readonly problem: string;
  readonly remedy: string;
}

/** An entry and the line it starts on. */
export interface Located<T> {
  readonly line: number;
  readonly entry: T;
}

/** What a folder holds, checked as far as files alone can be. */
export interface LoadFiles {
  readonly organisations: readonly Located<Organisation>[];
  readonly people: readonly Located<Person>[];
  readonly cycle: { readonly programme: Programme; readonly data: Json } | null;
}

/** The files of a load. Each may be missing: next year's round comes alone. */
export const FILES = { municipalities: 'municipalities.csv', people: 'people.csv', cycle: 'cycle.json' } as const;

/** How the rows of one CSV file become entries. */
interface Sheet<T> {
  readonly file: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly schema: z.ZodType<T>;
  readonly entryOf: (cells: CsvRow['cells']) => unknown;
}

const YES_NO: { readonly [cell: string]: boolean } = { true: true, false: false, yes: true, no: false, ja: true, nein: false };
const flag = (cell: string): boolean | string => YES_NO[cell.toLowerCase()] ?? cell;
const given = (cell: string | undefined): cell is string => cell !== undefined && cell !== '';

const municipalities: Sheet<Organisation> = {
  file: FILES.municipalities,
  required: ['key', 'name', 'kind'],
  optional: ['integrationCentre', 'foreignersAuthority', 'naturalizationAuthority', 'youthWelfareOffice', 'integrationCouncil'],
  schema: organisationSchema.extend({ facts: z.record(z.string(), z.boolean('must be yes or no')) }),
  entryOf: ({ key, name, kind, ...facts }) =>
    ({ key, name, kind, facts: Object.fromEntries(Object.entries(facts).filter(([, cell]) => given(cell)).map(([fact, cell]) => [fact, flag(cell)])) }),
};

const people: Sheet<Person> = {
  file: FILES.people,
  required: ['account', 'name', 'organisation', 'roles', 'email'],
  optional: ['language', 'active'],
  schema: personSchema,
  entryOf: ({ account, name, organisation, roles = '', email, language, active }) => ({
    account, name, organisation, email,
    roles: roles.split(/[\s,;]+/).filter(given),
    language: given(language) ? language : 'de',
    active: given(active) ? flag(active) : true,
  }),
};

/** Reads and checks a folder. Reports every problem of every file at once. */
export async function readLoadFiles(folder: string, programmes: readonly Programme[]): Promise<LoadFiles | { readonly problems: readonly LoadProblem[] }> {
  const problems: LoadProblem[] = [];
  const texts = { municipalities: await text(folder, FILES.municipalities), people: await text(folder, FILES.people), cycle: await text(folder, FILES.cycle) };
  if (Object.values(texts).every((content) => content === null)) {
    return { problems: [{ file: folder, line: null, problem: `there is none of ${Object.values(FILES).join(', ')}`, remedy: 'name the folder that holds them' }] };
  }
  const files: LoadFiles = {
    organisations: entries(municipalities, texts.municipalities, problems),
    people: entries(people, texts.people, problems),
    cycle: texts.cycle === null ? null : cycleOf(texts.cycle, programmes, problems),
  };
  return problems.length > 0 ? { problems } : files;
}

async function text(folder: string, file: string): Promise<string | null> {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/** The rows of a sheet as entries; what is wrong goes to `problems`. */
function entries<T>(sheet: Sheet<T>, content: string | null, problems: LoadProblem[]): Located<T>[] {
  if (content === null) return [];
  const { file, required, optional } = sheet;
  const csv = parseCsv(content);
  if ('problem' in csv) {
    problems.push({ file, line: csv.line, problem: csv.problem, remedy: 'a cell with a separator or a quotation mark stands in quotation marks, which are doubled inside' });
    return [];
  }
  const strange = [
    ...required.filter((column) => !csv.columns.includes(column)).map((column) => `the column '${column}' is missing`),
    ...csv.columns.filter((column) => !required.includes(column) && !optional.includes(column)).map((column) => `the column '${column}' is unknown`),
  ];
  if (strange.length > 0) {
    problems.push({ file, line: 1, problem: strange.join(', '), remedy: `use the columns ${required.join(', ')}; optional are ${optional.join(', ')}` });
    return [];
  }
  return csv.rows.flatMap(({ line, cells }) => {
    const parsed = sheet.schema.safeParse(sheet.entryOf(cells));
    if (parsed.success) return [{ line, entry: parsed.data }];
    problems.push(...parsed.error.issues.map(({ path, message }) => {
      const column = path.map(String).find((name) => name in cells) ?? String(path[0]);
      return { file, line, problem: `${column}: ${message}`, remedy: `correct the cell '${cells[column] ?? ''}'` };
    }));
    return [];
  });
}

/** The round in cycle.json, as its programme reads it. */
function cycleOf(content: string, programmes: readonly Programme[], problems: LoadProblem[]): LoadFiles['cycle'] {
  const refuse = (problem: string, remedy: string): void => void problems.push({ file: FILES.cycle, line: null, problem, remedy });
  const data = json(content);
  if (data instanceof SyntaxError) refuse(`not JSON: ${data.message}`, 'correct the file');
  else {
    const id = (data as { programme?: unknown } | null)?.programme;
    const programme = programmes.filter((each) => each.id === id).toSorted((a, b) => b.version - a.version)[0];
    const parsed = programme?.cycle.schema.safeParse(data);
    if (programme === undefined || parsed === undefined) refuse(`there is no programme '${String(id)}'`, `set "programme" to one of ${[...new Set(programmes.map((each) => each.id))].join(', ')}`);
    else if (parsed.success) return { programme, data: parsed.data as Json };
    else for (const { path, message } of parsed.error.issues) refuse(`${path.join('.') || 'the round'}: ${message}`, `workflows/${programme.id}/cycle.ts describes every field`);
  }
  return null;
}

function json(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}
