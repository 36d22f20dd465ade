import { writeFile } from 'node:fs/promises';
import { EXIT, Exit } from './exit.ts';

/** Writes a file that was not there: never over one that is, for what went to the bank must not be lost by a slip. */
export async function save(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(path, content, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw new Exit(EXIT.usage, { de: `${path} lässt sich nicht schreiben: ${error.code ?? error.message}`, en: `cannot write ${path}: ${error.code ?? error.message}` });
  });
}

/** The kind of table that a file's name asks for, or the exit that says which there are. */
export function sheetFormat(path: string): 'csv' | 'xlsx' {
  const found = /\.(csv|xlsx)$/i.exec(path)?.[1]?.toLowerCase();
  if (found !== 'csv' && found !== 'xlsx') throw new Exit(EXIT.usage, { de: `${path}: Eine Tabelle wird als .csv oder .xlsx geschrieben`, en: `${path}: a table is written as .csv or as .xlsx` });
  return found;
}
