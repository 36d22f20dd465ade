import { createHash } from 'node:crypto';

const LONGEST = 35;

/**
 * The reference that travels with a payment through every bank and back: at most 35 characters, of the SEPA set only
 * capitals, digits and dashes, the same for the same input. It is `FILENUMBER-INSTALMENT-SEQUENCE` where that fits; a
 * file number that is too long or has other characters is shortened and marked by a hash of the whole. No two differ only
 * in the case of their letters, which not every bank keeps.
 */
export function endToEndId(fileNumber: string, instalment: number, sequence: number): string {
  const tail = `-${instalment}-${sequence}`;
  const plain = /^[A-Z0-9]+(?:-[A-Z0-9]+)*$/.test(fileNumber) && fileNumber.length + tail.length <= LONGEST;
  if (plain) return fileNumber + tail;
  const hash = createHash('sha256').update(fileNumber).digest('hex').slice(0, 12);
  const head = fileNumber.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-/, '');
  return `${head.slice(0, LONGEST - tail.length - hash.length - 1)}-${hash}${tail}`.replace(/^-|-(?=-)/g, '').toUpperCase();
}
