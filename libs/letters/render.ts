import { createHash } from 'node:crypto';

/** The words of a letter: plain text in both languages, blank lines between paragraphs. */
export interface Words {
  readonly subject: { readonly de: string; readonly en: string };
  readonly text: { readonly de: string; readonly en: string };
}

/** A letter's words in every form they are kept in, and the hash that proves them. */
export interface Frozen {
  readonly subjectDe: string;
  readonly subjectEn: string;
  readonly textDe: string;
  readonly textEn: string;
  readonly htmlDe: string;
  readonly htmlEn: string;
  readonly sha256: string;
}

/**
 * Renders the words once and for all. A subject is a mail header, so it becomes one line.
 * `sha256` is the hex SHA-256 of the JSON array [subject, text, html] in German, then in English.
 */
export function freezeWords({ subject, text }: Words): Frozen {
  const [subjectDe, subjectEn] = [oneLine(subject.de), oneLine(subject.en)];
  const [htmlDe, htmlEn] = [html('de', subjectDe, text.de), html('en', subjectEn, text.en)];
  const words = [subjectDe, text.de, htmlDe, subjectEn, text.en, htmlEn];
  const sha256 = createHash('sha256').update(JSON.stringify(words)).digest('hex');
  return { subjectDe, subjectEn, textDe: text.de, textEn: text.en, htmlDe, htmlEn, sha256 };
}

/** Plain text as a page that screen readers can read: language, title, headings, paragraphs, lists; every character is text. */
export function html(language: 'de' | 'en', subject: string, text: string): string {
  const paragraphs = text.trim().split(/\r?\n(?:[ \t]*\r?\n)+/).flatMap((paragraph) => blocks(paragraph.split(/\r?\n/)));
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    `<head><meta charset="utf-8"><title>${escape(subject)}</title></head>`,
    '<body>',
    `<h1>${escape(subject)}</h1>`,
    ...paragraphs,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const isItem = (line: string): boolean => line.startsWith('- ');

/** The lines of a paragraph as what they are: those that begin with `- ` are a list, a numbered one above others is a heading. */
function blocks(lines: readonly string[]): string[] {
  const [first = '', ...others] = lines;
  if (others.length > 0 && /^\d+\. [^.]{1,80}$/.test(first)) return [`<h2>${escape(first)}</h2>`, ...blocks(others)];
  const runs: string[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run?.[0] !== undefined && isItem(run[0]) === isItem(line)) run.push(line);
    else runs.push([line]);
  }
  return runs.map((run) => (run.every(isItem)
    ? `<ul>\n${run.map((line) => `<li>${escape(line.slice(2))}</li>`).join('\n')}\n</ul>`
    : `<p>${run.map(escape).join('<br>\n')}</p>`));
}

const WAY_OUT = {
  de: ['Schreiben dieser Art können Sie abbestellen:', 'Schreiben dieser Art abbestellen'],
  en: ['You can unsubscribe from letters of this kind:', 'Unsubscribe from letters of this kind'],
} as const;

/** The last line of an optional letter: how its reader gets no more of them. It belongs to the mail, not to the frozen words. */
export function wayOut({ language, text, html: page }: { readonly language: 'de' | 'en'; readonly text: string; readonly html: string }, url: string): { text: string; html: string } {
  const [sentence, label] = WAY_OUT[language];
  return {
    text: `${text.trimEnd()}\n\n${sentence} ${url}\n`,
    html: page.replace(/<\/body>\s*<\/html>\s*$/, () => `<hr>\n<p><a href="${escape(url)}">${label}</a></p>\n</body>\n</html>\n`),
  };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
