import { inflateRawSync } from 'node:zlib';

/** The files of a zip archive by name, read from its central directory as any unpacker does. */
export function unzipped(archive: Buffer): ReadonlyMap<string, string> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map<string, string>();
  for (let at = archive.readUInt32LE(end + 16), left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size, nameBytes] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28)];
    const name = archive.toString('utf8', at + 46, at + 46 + nameBytes);
    const local = archive.readUInt32LE(at + 42);
    const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = archive.subarray(begin, begin + size);
    files.set(name, (method === 0 ? content : inflateRawSync(content)).toString('utf8'));
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

/** A cell as a workbook stores it: the kind of its value, the value, and how it is shown. */
export interface StoredCell {
  readonly type: 'text' | 'number' | 'empty';
  readonly value: string;
  readonly format: string | null;
}

const EMPTY: StoredCell = { type: 'empty', value: '', format: null };

const columnOf = (attributes: string): number => (/r="([A-Z])\d+"/.exec(attributes)?.[1] ?? 'A').charCodeAt(0) - 65;

const unescaped = (xml: string): string => xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&#39;', "'").replaceAll('&amp;', '&');

/** The rows of a workbook's only sheet, and its XML for whoever looks for what must not be there. */
export function workbookOf(archive: Buffer): { readonly rows: readonly (readonly StoredCell[])[]; readonly xml: string } {
  const files = unzipped(archive);
  const xml = files.get('xl/worksheets/sheet1.xml') ?? '';
  const texts = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, text]) => unescaped((text ?? '').replaceAll(/<[^>]*>/g, '')));
  const styles = files.get('xl/styles.xml') ?? '';
  const formats = new Map([...styles.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id, unescaped(code ?? '')]));
  const shown = [...(/<cellXfs.*<\/cellXfs>/s.exec(styles)?.[0] ?? '').matchAll(/<xf ([^>]*)>/g)].map(([, attributes]) => formats.get(/numFmtId="(\d+)"/.exec(attributes ?? '')?.[1] ?? '') ?? null);
  const cellOf = (attributes: string, content: string): StoredCell => {
    const value = /<v>(.*?)<\/v>/s.exec(content)?.[1];
    const text = /t="s"/.test(attributes);
    return value === undefined ? EMPTY : { type: text ? 'text' : 'number', value: text ? texts[Number(value)] ?? '' : value, format: shown[Number(/s="(\d+)"/.exec(attributes)?.[1])] ?? null };
  };
  const rows = [...xml.matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, cells = '']) => {
    // Empty cells are left out, so each says its column: A to Z are enough here.
    const found = new Map([...cells.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, attributes = '', content = '']) => [columnOf(attributes), cellOf(attributes, content)]));
    return Array.from({ length: Math.max(0, ...found.keys()) + 1 }, (_, at) => found.get(at) ?? EMPTY);
  });
  return { rows, xml };
}

/** The records of a CSV file with semicolons, read sign by sign. */
export function recordsOf(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let [cells, cell, quoted] = [[] as string[], '', false];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (quoted && sign === '"' && text[at + 1] === '"') { cell += '"'; at += 1; }
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === ';') { cells.push(cell); cell = ''; }
    else if (!quoted && sign === '\r' && text[at + 1] === '\n') { records.push([...cells, cell]); [cells, cell] = [[], '']; at += 1; }
    else cell += sign;
  }
  return records;
}
