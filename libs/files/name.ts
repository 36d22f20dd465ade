const LONGEST = 120;

/** Characters that are invisible, reorder text, or mean something to a shell, a header or a file system. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}<>:"|?*;%]/gu;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * The name under which an upload is kept and offered again: no path, no control or direction characters, at most 120
 * characters, ending in the extension of what the content is. Never empty; meant for people, never for opening a file.
 */
export function safeName(name: string, extension: string): string {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  // Composed again at the end: what was taken out may have stood between a letter and its accent.
  const clean = base.replace(/[\p{Zs}\t\r\n]+/gu, ' ').replace(UNSAFE, '').normalize('NFC').trim();
  const suffix = `.${extension}`;
  const stem = (clean.toLowerCase().endsWith(suffix) ? clean.slice(0, -suffix.length) : clean).replace(/^[ .]+/, '');
  const short = [...stem].slice(0, LONGEST - suffix.length).join('').replace(/[ .]+$/, '');
  return `${short === '' || RESERVED.test(short) ? `document${short}` : short}${suffix}`;
}
