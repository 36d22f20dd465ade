import { readFile } from 'node:fs/promises';
import { EXIT, Exit } from './exit.ts';

/** Cases, of which none is a field by mistake: where they are expected `factual=true` is no case, and would only be told as not found. */
export async function casesOf(cases: readonly string[]): Promise<readonly string[]> {
  const fields = cases.filter((each) => /^\w+=/.test(each));
  if (fields.length === 0) return cases;
  const data = `--data '${JSON.stringify(await fieldsOf(fields, undefined))}'`;
  const told = fields.join(' ');
  throw new Exit(EXIT.usage, { de: `${told} ist kein Vorgang: Die Felder des Schritts gehören in ${data}`, en: `${told} is no case: the fields of the event belong into ${data}` });
}

/** Fields by name, as an API takes them. */
export type Fields = { readonly [field: string]: unknown };

/** The fields of a command, from `--data` (JSON, or @FILE that holds it) and then from arguments such as name=value. */
export async function fieldsOf(assignments: readonly string[], data: string | undefined): Promise<Fields> {
  const text = data?.startsWith('@') === true ? (await read(data.slice(1))).toString('utf8') : data ?? '{}';
  const given = jsonOr(text, undefined);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new Exit(EXIT.usage, { de: '--data muss ein JSON-Objekt sein, oder @DATEI, die eines enthält', en: '--data must be a JSON object, or @FILE that holds one' });
  return { ...given, ...Object.fromEntries(assigned(assignments).map(([name, value]) => [name, jsonOr(value, value)])) };
}

/** The same fields, with texts where a text is wanted: `scope=1` is a number to JSON, and the name of an instalment to the event. */
export function withTexts(fields: Fields, assignments: readonly string[], wantsText: (field: string) => boolean): Fields {
  return { ...fields, ...Object.fromEntries(doubtful(assignments).filter(([name]) => wantsText(name))) };
}

/** The arguments that could be a text as well as what JSON takes them for. */
const doubtful = (assignments: readonly string[]): readonly (readonly [name: string, text: string])[] =>
  assigned(assignments).filter(([, value]) => typeof jsonOr(value, value) !== 'string');

const assigned = (assignments: readonly string[]): readonly (readonly [name: string, text: string])[] => assignments.map((assignment) => {
  const [, name, value] = /^(\w+)=(.*)$/s.exec(assignment) ?? [];
  if (name === undefined || value === undefined) throw new Exit(EXIT.usage, { de: `„${assignment}“ ist nicht name=wert`, en: `'${assignment}' is not name=value` });
  return [name, value];
});

/** Keys and days look like numbers to nobody but JSON: a leading zero keeps `05315` a text. */
function jsonOr(text: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return otherwise;
  }
}

/** A file's content; one that cannot be read is a mistake of whoever named it. */
export async function read(path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Exit(EXIT.usage, { de: `${path} lässt sich nicht lesen: ${error.code ?? error.message}`, en: `cannot read ${path}: ${error.code ?? error.message}` });
  });
}
