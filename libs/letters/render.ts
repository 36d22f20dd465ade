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

/** Plain text as a page that screen readers can read: language, title, heading, paragraphs; every character is text. */
export function html(language: 'de' | 'en', subject: string, text: string): string {
  const paragraphs = text.trim().split(/\r?\n(?:[ \t]*\r?\n)+/)
    .map((paragraph) => `<p>${paragraph.split(/\r?\n/).map(escape).join('<br>\n')}</p>`);
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

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
