/** A row of a CSV file with the line it starts on; cells by the name of their column. */
export interface CsvRow {
  readonly line: number;
  readonly cells: { readonly [column: string]: string };
}

/** What a CSV file holds, or the line at which it stops being one. */
export type Csv = { readonly columns: readonly string[]; readonly rows: readonly CsvRow[] } | { readonly line: number; readonly problem: string };

/**
 * Reads RFC 4180 text with a header line. Comma or semicolon (German spreadsheets), whichever the header has; a byte
 * order mark, CRLF and empty lines do no harm; cells are trimmed unless quoted.
 */
export function parseCsv(text: string): Csv {
  const records = split(text.replace(/^\uFEFF/, ''));
  if ('problem' in records) return records;
  const [header, ...body] = records;
  if (header === undefined) return { line: 1, problem: 'the file is empty' };
  const columns = header.cells;
  const double = columns.find((column, at) => columns.indexOf(column) !== at);
  if (double !== undefined) return { line: header.line, problem: `the column '${double}' stands there twice` };
  const ragged = body.find(({ cells }) => cells.length !== columns.length);
  if (ragged !== undefined) return { line: ragged.line, problem: `${ragged.cells.length} cells under ${columns.length} columns` };
  return { columns, rows: body.map(({ line, cells }) => ({ line, cells: Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])) })) };
}

interface Record {
  readonly line: number;
  readonly cells: string[];
}

function split(text: string): Record[] | { line: number; problem: string } {
  const separator = (text.split(/\r?\n/, 1)[0] ?? '').includes(';') ? ';' : ',';
  const cell = new RegExp(`(?:[ \\t]*"((?:[^"]|"")*)"[ \\t]*|([^"${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, 'y');
  const records: Record[] = [];
  let line = 1;
  for (let current: Record = { line, cells: [] }; cell.lastIndex < text.length;) {
    const found = cell.exec(text);
    if (found === null) return { line, problem: 'a quotation mark that is not closed, or text beside a quoted cell' };
    const [all, quoted, plain = '', end] = found;
    current.cells.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    line += all.split('\n').length - 1;
    if (end === separator && cell.lastIndex < text.length) continue;
    if (end === separator) current.cells.push('');
    if (current.cells.some((content) => content !== '')) records.push(current);
    current = { line, cells: [] };
  }
  return records;
}
