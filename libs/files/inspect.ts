import { fileTypeFromBuffer } from 'file-type';

/** The largest upload: 10 MiB. */
export const MOST_BYTES = 10 * 1024 * 1024;

/** Why an upload is not taken. */
export interface FileRefusal {
  readonly code: 'fileTooLarge' | 'fileTypeNotAllowed';
}

/** What an upload is, by its content and never by its name; only PDF is taken. Null when all is well. */
export async function inspect(content: Uint8Array): Promise<FileRefusal | null> {
  if (content.length > MOST_BYTES) return { code: 'fileTooLarge' };
  const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const isPdf = startsAndEndsAsPdf(buffer) && !isZipToo(buffer) && (await fileTypeFromBuffer(buffer))?.mime === 'application/pdf';
  return isPdf ? null : { code: 'fileTypeNotAllowed' };
}

/** A PDF header in the very first byte, and nothing but blanks after the last `%%EOF`: nothing before, nothing behind. */
function startsAndEndsAsPdf(buffer: Buffer): boolean {
  const end = buffer.lastIndexOf('%%EOF');
  return /^%PDF-[12]\.\d/.test(buffer.toString('latin1', 0, 8)) && end > 0 && /^[\s\0]*$/.test(buffer.toString('latin1', end + 5));
}

/** Whether an archive's directory ends where unpackers look for it: a PDF that opens as ZIP, Office or Java too. */
const isZipToo = (buffer: Buffer): boolean => buffer.subarray(-(22 + 0xffff)).includes('PK\x05\x06');
