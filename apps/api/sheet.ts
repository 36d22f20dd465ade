import { pipeline, Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import writeExcelFile, { type Row } from 'write-excel-file/node';
import { formatDay, formatInstant, wallClock, type Language } from '#calendar';
import type { Text } from '#kernel';
import { attachment } from './headers.ts';
import { Problem } from './problem.ts';

/** The kinds of file that a table can be had as. */
export type SheetFormat = 'csv' | 'xlsx';

/** What a column holds: text, a count, whole cents shown as euros, an instant in Berlin's time, or a day. */
export interface SheetColumn {
  readonly title: Text;
  readonly kind: 'text' | 'count' | 'cents' | 'instant' | 'day';
  /** In characters. */
  readonly width: number;
}

/** One cell by its column's kind; null is empty. */
export type SheetCell = string | number | null;

/** A table that is read while it is written. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: AsyncIterable<readonly SheetCell[]>;
}

/** A workbook is put together in memory; a CSV file has no such bound. */
export const MOST_WORKBOOK_ROWS = 50_000;

/** A table as a download: numbers and dates as a German Excel reads them, titles in the reader's language. */
export async function sheetFile(sheet: Sheet, format: SheetFormat, language: Language): Promise<StreamableFile> {
  const content = format === 'csv' ? csv(sheet, language) : await workbook(sheet, language);
  const file = new StreamableFile(content, { type: SHEET_TYPES[format], disposition: attachment(`${sheet.name}.${format}`) });
  // What breaks off must not look complete: the connection is cut, and the reader's download fails.
  return file.setErrorHandler((error, response) => void (response as unknown as { destroy(error: Error): void }).destroy(error));
}

/** What the files are to whoever opens them. */
export const SHEET_TYPES = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const;

function csv({ columns, rows }: Sheet, language: Language): Readable {
  const lines = stringify({ bom: true, delimiter: ';', record_delimiter: '\r\n' });
  async function* records(): AsyncGenerator<readonly string[]> {
    yield columns.map(({ title }) => harmless(title[language]));
    for await (const row of rows) yield row.map((cell, index) => written(cell, columns[index]?.kind ?? 'text'));
  }
  // The stream's reader hears of an error by the stream itself.
  return pipeline(Readable.from(records()), lines, () => undefined);
}

function written(cell: SheetCell, kind: SheetColumn['kind']): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return kind === 'cents' ? euros(cell) : String(cell);
  if (kind === 'instant') return formatInstant(cell, 'de');
  return kind === 'day' ? formatDay(cell, 'de') : harmless(cell);
}

/** `-1234,56`: a minus of ours is a number's and stays one. */
function euros(amount: number): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`;
}

/** A text that a spreadsheet would run as a formula gets an apostrophe before it; characters that are no text are replaced. */
function harmless(text: string): string {
  const plain = printable(text);
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(plain) ? `'${plain}` : plain;
}

/** What XML may not contain would make the whole workbook unreadable. */
const NO_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** What nobody sees but what turns the direction of reading, or makes two names look like one; how an emoji looks is nobody's name. */
const UNSEEN = /(?![\ufe0e\ufe0f])[\p{Cf}\p{DI}\u007f-\u009f\u2028\u2029]/gu;

/** A text in which everything can be seen: what is hidden is named by its number. */
const printable = (text: string): string =>
  text.replaceAll(NO_TEXT, '\ufffd').replaceAll(UNSEEN, (hidden) => `[U+${(hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`);

async function workbook({ columns, rows }: Sheet, language: Language): Promise<Readable> {
  const data: Row[] = [columns.map(({ title }) => ({ value: title[language], fontWeight: 'bold' }))];
  for await (const row of rows) {
    if (data.length > MOST_WORKBOOK_ROWS) throw tooManyRows();
    data.push(row.map((cell, index) => stored(cell, columns[index]?.kind ?? 'text')));
  }
  const { toStream } = writeExcelFile(data, { columns: columns.map(({ width }) => ({ width })), stickyRowsCount: 1 });
  return (toStream as () => Promise<Readable>)();
}

/** Numbers and dates as themselves, so that a sheet can count with them; a text is a text even when it begins like a formula. */
function stored(cell: SheetCell, kind: SheetColumn['kind']): Row[number] {
  if (cell === null) return null;
  if (typeof cell === 'number') return kind === 'cents' ? { value: cell / 100, type: Number, format: '#,##0.00\\ [$€-407]' } : { value: cell, type: Number };
  if (kind === 'day') return { value: new Date(`${cell}T00:00:00Z`), type: Date, format: 'dd.mm.yyyy' };
  if (kind === 'text') return { value: printable(cell), type: String, format: '@' };
  // A sheet knows no time zones: it is given what the clocks in Berlin show.
  const { day, time } = wallClock(cell);
  return { value: new Date(`${day}T${time}Z`), type: Date, format: 'dd.mm.yyyy hh:mm:ss' };
}

const tooManyRows = (): Problem => new Problem('invalidBody', { errors: [{
  path: '/format', code: 'tooBig',
  text: { de: `Eine Arbeitsmappe fasst hier höchstens ${MOST_WORKBOOK_ROWS} Zeilen. Wählen Sie „csv“ oder grenzen Sie die Auswahl ein.`, en: `A workbook has at most ${MOST_WORKBOOK_ROWS} rows here. Choose “csv”, or ask for less.` },
}] });
