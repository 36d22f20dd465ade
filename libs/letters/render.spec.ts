import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { freezeWords, html } from './render.ts';

describe('rendering', () => {
  test('paragraphs, line breaks, language and title', () => {
    expect(html('de', 'Bescheid', 'Guten Tag,\n\nZeile 1\nZeile 2\n \nGruß\n')).toBe([
      '<!doctype html>', '<html lang="de">', '<head><meta charset="utf-8"><title>Bescheid</title></head>', '<body>', '<h1>Bescheid</h1>',
      '<p>Guten Tag,</p>', '<p>Zeile 1<br>', 'Zeile 2</p>', '<p>Gruß</p>', '</body>', '</html>', '',
    ].join('\n'));
  });

  test('lines that begin with a dash are a list, and what stands around them stays around them', () => {
    const page = html('de', 'Plan', 'Ausgezahlt wird:\n- Rate 1: 5 €\n- Rate 2: 6 €\nso Gott will\n\n- allein');
    expect(page).toContain('<p>Ausgezahlt wird:</p>\n<ul>\n<li>Rate 1: 5 €</li>\n<li>Rate 2: 6 €</li>\n</ul>\n<p>so Gott will</p>\n<ul>\n<li>allein</li>\n</ul>\n</body>');
  });

  test('a numbered line above others is a heading, one alone or with a sentence in it is not', () => {
    const page = html('de', 'Bescheid', '1. Bewilligung\nIch bewillige.\n\n2. Positionen\n- a\n\n3. allein\n\n4. Mai. Danach\nmehr');
    expect(page).toContain('<h2>1. Bewilligung</h2>\n<p>Ich bewillige.</p>\n<h2>2. Positionen</h2>\n<ul>\n<li>a</li>\n</ul>\n<p>3. allein</p>\n<p>4. Mai. Danach<br>\nmehr</p>');
  });

  test('property: whatever the words, they stay text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (words) => {
      const page = html('en', words, `<script>${words}</script>\n\n${words}`);
      expect(page.replace(/<\/?(?:!doctype html|html(?: lang="en")?|head|meta charset="utf-8"|title|body|h1|h2|p|br|ul|li)>/g, '')).not.toMatch(/[<>]/);
    }));
  });

  test('the hash is that of both languages in all forms; any other word has another', () => {
    const words = { subject: { de: 'A', en: 'B' }, text: { de: 'C', en: 'D' } };
    const frozen = freezeWords(words);
    expect(frozen.sha256).toBe(createHash('sha256')
      .update(JSON.stringify(['A', 'C', frozen.htmlDe, 'B', 'D', frozen.htmlEn])).digest('hex'));
    expect(freezeWords({ ...words, text: { de: 'C', en: 'D.' } }).sha256).not.toBe(frozen.sha256);
    expect(freezeWords({ subject: { de: 'A', en: 'D' }, text: { de: 'C', en: 'B' } }).sha256).not.toBe(frozen.sha256);
  });

  test('a subject is one line', () => {
    expect(freezeWords({ subject: { de: ' a\r\nb\u2028c\u0000 ', en: 'x' }, text: { de: '', en: '' } }).subjectDe).toBe('a b c');
  });
});
