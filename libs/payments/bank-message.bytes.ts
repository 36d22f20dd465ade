import { Buffer, isUtf8 } from 'node:buffer';
import type { FileFault } from './bank-words.ts';

/** Bytes of the largest bank file that is read. */
export const LARGEST_BANK_FILE = 32 * 1024 * 1024;
/** Tags of a file: some ten times a statement of 10,000 entries would be fewer; more only cost memory. */
const MOST_TAGS = 2_500_000;
const TAG = 0x3c;

/**
 * What is wrong with a file before anyone parses it: one pass over the bytes, nothing is copied. A bank file is UTF-8
 * and has no document type, so nothing in it can be expanded or loaded from elsewhere.
 */
export function faultOfBytes(bytes: Uint8Array): FileFault | null {
  if (bytes.length === 0) return 'fileGiven';
  if (bytes.length > LARGEST_BANK_FILE) return 'fileWithinLimit';
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isUtf8(view) || view.subarray(0, 4).includes(0) || declaresOther(view)) return 'encodingUtf8';
  if (view.includes('<!DOCTYPE') || view.includes('<!ENTITY')) return 'noDoctype';
  return hasTooManyTags(view) ? 'fewEnoughElements' : null;
}

/** Whether a file that does not parse ends before its root element does. */
export function looksCutOff(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = view.subarray(-1_000).toString('latin1').trimEnd();
  return /^(?:ï»¿)?\s*</.test(view.subarray(0, 100).toString('latin1')) && !/<\/(?:[\w.-]+:)?Document\s*>(?:\s|<!--[^>]*-->)*$/.test(end);
}

/** The XML declaration may name another encoding than the bytes are in; a parser would believe it. */
function declaresOther(view: Buffer): boolean {
  const declaration = /^(?:ï»¿)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(view.subarray(0, 200).toString('latin1'));
  return declaration !== null && !/^(?:utf-?8|us-ascii)$/i.test(declaration[1] ?? '');
}

function hasTooManyTags(view: Buffer): boolean {
  let tags = 0;
  for (let at = view.indexOf(TAG); at >= 0; at = view.indexOf(TAG, at + 1)) if ((tags += 1) > MOST_TAGS) return true;
  return false;
}
