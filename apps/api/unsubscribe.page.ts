import { createHash } from 'node:crypto';
import type { Text } from '#kernel';
import { PROBLEMS } from './problem.words.ts';
import type { Language } from './request.ts';

const STYLE = 'body{font:1.125rem/1.5 sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}';

/** What a policy must allow so that the page may look like one. */
export const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

const STAY = {
  de: 'Bescheide, Fristsetzungen und alle anderen Schreiben des Verfahrens erhalten Sie weiterhin.',
  en: 'Decisions, requests and all other letters of the procedure will still reach you.',
};
const BACK = { de: 'Wieder bestellen können Sie sie jederzeit, wenn Sie angemeldet sind.', en: 'You can subscribe again at any time when you are signed in.' };

/** Asks before it does anything: programs that look into mails open every link in them. */
export const askingPage = (title: Text, language: Language): string => page(language, { de: 'Schreiben abbestellen', en: 'Unsubscribe' }, [
  language === 'de' ? `Möchten Sie „${title.de}“ nicht mehr erhalten?` : `Do you no longer want to get “${title.en}”?`,
  STAY[language],
], `<form method="post"><button name="List-Unsubscribe" value="One-Click">${language === 'de' ? 'Abbestellen' : 'Unsubscribe'}</button></form>`);

/** Says that it is done, to whoever asks for the first or the tenth time. */
export const donePage = (title: Text, language: Language): string => page(language, { de: 'Abbestellt', en: 'Unsubscribed' }, [
  language === 'de' ? `„${title.de}“ erhalten Sie nicht mehr.` : `You will no longer get “${title.en}”.`,
  STAY[language],
  BACK[language],
]);

/** The house's 404, for people. */
export const missingPage = (language: Language): string => page(language, PROBLEMS.notFound.title, [PROBLEMS.notFound.detail[language]]);

function page(language: Language, heading: Text, paragraphs: readonly string[], form = ''): string {
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escape(heading[language])}</title><style>${STYLE}</style></head>`,
    '<body><main>',
    `<h1>${escape(heading[language])}</h1>`,
    ...paragraphs.map((paragraph) => `<p>${escape(paragraph)}</p>`),
    form,
    '</main></body>',
    '</html>',
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
