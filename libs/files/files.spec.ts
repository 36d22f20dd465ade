import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FilesService, filesTables, MOST_BYTES, type Upload } from '#files';
import { schemaDrift } from '#store';
import { type FreshDatabase, freshDatabase } from '#test/harness';
import { safeName } from './name.ts';

const HEAD = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type /Catalog>> endobj\n';
const TAIL = 'trailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF\n';
const bytes = (...parts: (string | Uint8Array)[]) => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
const pdf = (middle: string | Uint8Array = '') => bytes(HEAD, middle, TAIL);

/** A ZIP with one empty entry, ending in a comment. */
function zip(entry: string, comment = ''): Buffer {
  const local = bytes('PK\x03\x04', Buffer.alloc(22), entry);
  local.writeUInt16LE(entry.length, 26);
  const central = bytes('PK\x01\x02', Buffer.alloc(42), entry);
  central.writeUInt16LE(entry.length, 28);
  const end = bytes('PK\x05\x06', Buffer.alloc(18), comment);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  end.writeUInt16LE(comment.length, 20);
  return bytes(local, central, end);
}

describe('files', () => {
  let db: FreshDatabase;
  let files: FilesService;
  beforeAll(async () => {
    db = await freshDatabase();
    files = new FilesService(db.store);
  });
  afterAll(() => db.drop());

  const upload = (content: Uint8Array, more: Partial<Upload> = {}): Upload =>
    ({ caseId: 'case-1', kind: 'concept', name: 'Konzept.pdf', content, uploadedBy: 'editor-05315', ...more });
  const stored = async (wanted: Upload) => {
    const document = await files.accept(wanted);
    if ('code' in document) throw new Error(document.code);
    return document;
  };
  const documents = async () => (await db.store.query('select 1 from documents')).length;

  test('the entities describe the tables', async () => {
    expect(await schemaDrift(db.url, [filesTables])).toEqual([]);
  });

  test('a PDF comes back byte for byte under its hash', async () => {
    const content = pdf();
    const document = await stored(upload(content));
    expect(document).toEqual({ id: expect.any(String), kind: 'concept', name: 'Konzept.pdf', bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
    expect(await files.read('case-1', document.id)).toEqual({ ...document, caseId: 'case-1', type: 'application/pdf', content });
  });

  test('the same content twice is two documents and one blob, also when both arrive at once', async () => {
    const content = pdf('% twice\n');
    const [one, two] = await Promise.all([stored(upload(content)), stored(upload(content, { name: 'Kopie.pdf' }))]);
    expect(one.id).not.toBe(two.id);
    expect(await db.store.query('select 1 from blobs where sha256 = $1', [one.sha256])).toHaveLength(1);
    expect((await files.read('case-1', two.id))?.name).toBe('Kopie.pdf');
  });

  test.each(['nonsense', '', "' or true--", '\u0000', '00000000-0000-0000-0000-000000000000'])('there is no document %j', async (id) => {
    expect(await files.read('case-1', id)).toBeNull();
  });

  test('a document belongs to its case', async () => {
    const { id } = await stored(upload(pdf()));
    expect(await files.read('case-2', id)).toBeNull();
  });

  test('10 MiB are taken, a byte more is not', async () => {
    const room = MOST_BYTES - pdf().length;
    expect(await files.accept(upload(pdf(Buffer.alloc(room))))).toMatchObject({ bytes: MOST_BYTES });
    expect(await files.accept(upload(pdf(Buffer.alloc(room + 1))))).toEqual({ code: 'fileTooLarge' });
  });

  test.each<[string, Uint8Array]>([
    ['0 bytes', bytes('')],
    ['one byte', bytes('%')],
    ['only a head', bytes(HEAD)],
    ['only a tail', bytes(TAIL)],
    ['a head inside', bytes('\n', pdf())],
    ['a script before', bytes('<script>alert(1)</script>', pdf())],
    ['a page behind', bytes(pdf(), '<html><script>alert(1)</script>')],
    ['a PDF cut off', pdf().subarray(0, -8)],
    ['another version', bytes(pdf().toString('latin1').replace('1.7', '9.9'))],
    ['PostScript', bytes('%!PS-Adobe-3.0\n%%EOF\n')],
    ['HTML', bytes('<!doctype html><title>Konzept.pdf</title>')],
    ['plain text', bytes('Konzept')],
    ['a program', bytes('MZ\x90\x00', Buffer.alloc(200))],
    ['an ELF program', bytes('\x7fELF\x02\x01\x01', Buffer.alloc(200))],
    ['a shell script', bytes('#!/bin/sh\nrm -rf /\n')],
    ['an image', bytes('\x89PNG\r\n\x1a\n', Buffer.alloc(100))],
    ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a ZIP', zip('a.txt')],
    ['a Word document with macros', zip('word/vbaProject.bin')],
    ['an Excel sheet with macros', zip('xl/vbaProject.bin')],
    ['an old Office document', bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', Buffer.alloc(512))],
    ['a PDF with a ZIP behind', bytes(pdf(), zip('word/vbaProject.bin'))],
    ['a PDF with a ZIP before its end', pdf(zip('word/vbaProject.bin'))],
    ['a PDF whose end is a ZIP\'s comment', bytes(HEAD, zip('META-INF/MANIFEST.MF', TAIL))],
    ['a ZIP in the largest possible distance', bytes(HEAD, zip('a.jar', 'x'.repeat(0xffff - 6) + '%%EOF\n'))],
  ])('refused by content, whatever the name says: %s', async (_, content) => {
    const before = await documents();
    expect(await files.accept(upload(content))).toEqual({ code: 'fileTypeNotAllowed' });
    expect(await documents()).toBe(before);
  });

  test.each<[string, Uint8Array]>([
    ['other line ends', bytes(pdf().toString('latin1').replaceAll('\n', '\r\n'))],
    ['blanks and NULs at the end', bytes(pdf(), '\r\n \0\0')],
    ['no line end at the end', pdf().subarray(0, -1)],
    ['an incremental update', bytes(pdf(), '2 0 obj <<>> endobj\n', TAIL)],
    ['version 2.0', bytes(pdf().toString('latin1').replace('1.7', '2.0'))],
    ['a compressed attachment far inside', pdf(bytes(zip('a.txt'), Buffer.alloc(70_000)))],
  ])('a PDF is taken with %s', async (_, content) => {
    expect(await files.accept(upload(content))).toMatchObject({ bytes: content.length });
  });

  test('property: no bytes whatever are a fault', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (noise, dressed) => {
      const content = dressed ? bytes(HEAD, noise, TAIL) : noise;
      expect(['fileTypeNotAllowed', undefined]).toContain((await files.accept(upload(content)) as { code?: string }).code);
    }), { numRuns: 100 });
  });

  test('a content that no longer has its hash is not handed out', async () => {
    const { id } = await stored(upload(pdf('% altered\n')));
    await db.store.query('alter table blobs drop constraint blobs_addressed_by_content');
    await db.store.query(`update blobs set content = content || '\\x00' where sha256 = (select sha256 from documents where id = $1)`, [id]);
    await expect(files.read('case-1', id)).rejects.toThrow('not what was uploaded');
  });
});

describe('names of uploads', () => {
  test.each([
    ['Konzept.pdf', 'Konzept.pdf'],
    ['KONZEPT.PDF', 'KONZEPT.pdf'],
    ['Konzept Köln (neu) – 2. Fassung.pdf', 'Konzept Köln (neu) – 2. Fassung.pdf'],
    ['Ko\u0308ln.pdf', 'Köln.pdf'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Users\\x\\Konzept.pdf', 'Konzept.pdf'],
    ['Rechnung.exe', 'Rechnung.exe.pdf'],
    ['Rechnung\u202efdp.exe', 'Rechnungfdp.exe.pdf'],
    ['a\u0000b\r\nc.pdf', 'ab c.pdf'],
    ['"; filename=x.html; a="b.pdf', 'filename=x.html a=b.pdf'],
    ['<img src=x onerror=alert(1)>.pdf', 'img src=x onerror=alert(1).pdf'],
    ['x\ud800y.pdf', 'xy.pdf'],
    ['Ko\u200b\u0308ln.pdf', 'Köln.pdf'],
    ['was\u037e.pdf', 'was.pdf'],
    ['', 'document.pdf'], ['.pdf', 'document.pdf'], ['...', 'document.pdf'], ['/', 'document.pdf'], ['\u200b', 'document.pdf'],
    ['CON.pdf', 'documentCON.pdf'], ['nul', 'documentnul.pdf'],
    ['%2e%2e%2fx.pdf', '2e2e2fx.pdf'],
  ])('%j is kept as %j', (name, kept) => expect(safeName(name, 'pdf')).toBe(kept));

  test('property: short, safe, stable and never empty', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ unit: 'grapheme', maxLength: 400 })), (name) => {
      const kept = safeName(name, 'pdf');
      expect(kept).toMatch(/^[^/\\<>:"|?*;%\p{C}\p{Zl}\p{Zp}. ][^/\\<>:"|?*;%\p{C}\p{Zl}\p{Zp}]*\.pdf$/u);
      expect([...kept].length).toBeLessThanOrEqual(120);
      expect(safeName(kept, 'pdf')).toBe(kept);
    }), { numRuns: 2_000 });
  });
});
