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

  test('property: whatever the words, they stay text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (words) => {
      const page = html('en', words, `<script>${words}</script>\n\n${words}`);
      expect(page.replace(/<\/?(?:!doctype html|html(?: lang="en")?|head|meta charset="utf-8"|title|body|h1|p|br)>/g, '')).not.toMatch(/[<>]/);
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
