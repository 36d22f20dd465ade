import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const docs = join(import.meta.dirname, '..', 'docs');
const page = readFileSync(join(docs, 'coverage.md'), 'utf8');

/** A cell such as `[money](../money.spec.ts) "title", "title"; [checks](…) "title"`: each file with the titles after it. */
const references = page.split('\n').filter((line) => line.startsWith('| ')).flatMap((line) =>
  [...line.matchAll(/\]\(([^)]+)\)((?:[^[|]*))/g)].map(([, path = '', after = '']) => ({ path, titles: [...after.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title) })));

test('every file and every test that the page names is there', () => {
  expect(references.length).toBeGreaterThan(50);
  const broken = references.flatMap(({ path, titles }) => {
    const file = join(docs, path);
    if (!existsSync(file)) return [`${path} is not there`];
    const text = readFileSync(file, 'utf8').replaceAll('\\\'', '\'');
    return titles.filter((title) => !text.includes(title)).map((title) => `${path} has no "${title}"`);
  });
  expect(broken).toEqual([]);
});

test('every fact has a rule and a test', () => {
  const rows = page.split('## Said, and not built')[0]?.split('\n').filter((line) => /^\| (?!fact|---)/.test(line)) ?? [];
  expect(rows.filter((row) => !/\|[^|]*\]\([^|]*\|[^|]*\]\([^|]*"[^|]*\|$/.test(row))).toEqual([]);
});
