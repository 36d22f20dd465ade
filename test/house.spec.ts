import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { banned, circles, idle, type Offence, oversized, parse, readPlan, readSources, type Source, strangers, undeclared, unpinned, vague, walls } from './house/index.ts';

const root = join(import.meta.dirname, '..');
const plan = readPlan(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
const sources = readSources(root);

const check = (source: Source): Offence[] => [
  ...walls(plan, source),
  ...undeclared(source, Object.keys(manifest['dependencies'] ?? {})),
  ...banned(plan, source),
  ...oversized(source),
  ...vague(source),
];
const ruleOf = (offence: string): string => / (\w+):/.exec(offence)?.[1] ?? '';
const excepted = (source: Source, offence: Offence): boolean =>
  plan.exceptions.some(({ file, rule }) => file === source.path && rule === ruleOf(offence));

describe('the house as it stands', () => {
  test('no file breaks a rule', () => {
    expect(sources.length).toBeGreaterThan(10);
    expect(sources.flatMap((source) => check(source).filter((offence) => !excepted(source, offence)))).toEqual([]);
  });

  test('every exception names a file, a reason, and is still needed', () => {
    const idle = plan.exceptions.filter(({ file, rule, reason }) => {
      const source = sources.find(({ path }) => path === file);
      return reason === '' || source === undefined || !check(source).some((offence) => ruleOf(offence) === rule);
    });
    expect(idle).toEqual([]);
  });

  test('every row has its folder, and nothing is allowed that nobody uses', () => {
    expect(idle(plan, sources)).toEqual([]);
  });

  test('the table has no circle, and a lib never uses another of its shelf', () => {
    expect(circles(plan)).toEqual([]);
    const capabilities = ['cases', 'payments', 'letters', 'identity', 'files'];
    expect(plan.walls.filter(({ folder, ours }) => capabilities.includes(folder.slice(5)) && ours.some((name) => capabilities.includes(name)))).toEqual([]);
  });

  test('the top level holds the folders it was given', () => {
    const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n').map((line) => line.replace(/\/$/, ''));
    const folders = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== '.git' && !ignored.includes(entry.name)).map(({ name }) => name);
    expect(strangers(plan, folders)).toEqual([]);
  });

  test('package.json pins exact versions', () => {
    expect(unpinned(manifest)).toEqual([]);
  });
});

/** What the checker must refuse: path, text, the rule it breaks. A checker that cannot fail proves nothing. */
const samples: readonly [rule: string, path: string, text: string][] = [
  ['import', 'libs/money/x.ts', "import { Store } from '#store';"],
  ['import', 'libs/money/x.ts', "import type { Store } from '#store';"],
  ['import', 'libs/money/x.ts', "export { readFile } from 'node:fs/promises';"],
  ['import', 'libs/kernel/x.ts', "import { readFileSync } from 'node:fs';"],
  ['import', 'libs/cases/x.ts', "import { LettersService } from '#letters';"],
  ['import', 'libs/cases/x.ts', "import { createMachine } from 'xstate';"],
  ['import', 'libs/cases/x.ts', "import { store } from '../store/index.ts';"],
  ['import', 'libs/cases/x.ts', "import { row } from '#store/rows.ts';"],
  ['import', 'libs/cases/x.ts', "import { row } from './rows';"],
  ['import', 'workflows/kim/x.ts', "import { loan } from '../loan/index.ts';"],
  ['import', 'workflows/index.ts', "import { machine } from './kim/machine.ts';"],
  ['import', 'apps/api/x.ts', "import { Queue } from 'bullmq';"],
  ['import', 'apps/api/x.ts', "import request from 'supertest';"],
  ['import', 'libs/money/x.spec.ts', "import { Store } from '#store';"],
  ['unlisted', 'libs/fees/x.ts', 'export const fee = 1;'],
  ['unlisted', 'seed.ts', 'export const seed = 1;'],
  ['forwardRef', 'apps/api/x.ts', 'const module = forwardRef(() => Other);'],
  ['dynamicImport', 'libs/store/x.ts', "const pg = await import('pg');"],
  ['timerInLifecycle', 'workflows/kim/x.ts', 'const state = { after: { 1000: "late" } };'],
  ['timerInLifecycle', 'workflows/kim/x.ts', 'const state = { invoke: { src: "mail" } };'],
  ['timerInLifecycle', 'workflows/kim/x.ts', 'const child = spawn(machine);'],
  ['wallClock', 'libs/kernel/x.ts', 'const at = new Date();'],
  ['wallClock', 'workflows/kim/x.ts', 'const at = Date.now();'],
  ['wallClock', 'libs/calendar/x.ts', 'const at = Temporal.Now.instant();'],
  ['wallClock', 'libs/cases/x.ts', 'const sql = `select * from clocks where due_at <= now() and name = ${name}`;'],
  ['random', 'libs/cases/x.ts', 'const number = Math.random();'],
  ['any', 'libs/money/x.ts', 'const read = (row: any) => row;'],
  ['nonNull', 'workflows/kim/x.ts', 'const first = lines[0]!;'],
  ['moduleLet', 'apps/ctl/x.ts', 'let count = 0;'],
  ['moduleLet', 'apps/ctl/x.ts', 'export var count = 0;'],
  ['baseClass', 'libs/files/x.ts', 'abstract class Repository {}'],
  ['baseClass', 'libs/files/x.ts', "import { Base } from './base.ts';\nexport class Files extends Base {}"],
  ['defaultExport', 'libs/files/x.ts', 'export default class Files {}'],
  ['defaultExport', 'libs/files/x.ts', 'const files = 1;\nexport default files;'],
  ['defaultExport', 'libs/files/x.ts', 'const files = 1;\nexport { files as default };'],
  ['exportAll', 'libs/files/index.ts', "export * from './files.ts';"],
  ['mock', 'libs/files/x.spec.ts', "jest.mock('./files.ts');"],
  ['sleep', 'libs/files/x.spec.ts', 'await new Promise((resolve) => setTimeout(resolve, 50));'],
  ['sleep', 'libs/files/x.spec.ts', "import { setImmediate } from 'node:timers/promises';"],
  ['softTest', 'libs/files/x.spec.ts', "test.skip('later', () => undefined);"],
  ['environment', 'apps/api/x.ts', "const port = process.env['PORT'];"],
  ['softComment', 'libs/files/x.ts', '/** TODO: virus scan */\nexport const scan = 1;'],
  ['softComment', 'libs/files/x.ts', '// @ts-ignore\nexport const scan = 1;'],
  ['deadCode', 'libs/files/x.ts', '// const scan = await clamd(bytes);\nexport const scan = 1;'],
  ['deadCode', 'libs/files/x.ts', 'export const scan = 1;\n/*\n  scanner.scan(bytes);\n*/'],
  ['fileSize', 'libs/files/x.ts', 'export const scan = 1;\n'.repeat(301)],
  ['functionSize', 'libs/files/x.ts', `export function scan(): void {\n${'  step();\n'.repeat(60)}}`],
  ['functionSize', 'libs/files/x.spec.ts', `test('long', () => {\n${'  step();\n'.repeat(60)}});`],
  ['constructorSize', 'libs/files/x.ts', 'export class Files { constructor(a: A, b: B, c: C, d: D, e: E, f: F) {} }'],
  ['vagueFolder', 'libs/files/utils/x.ts', 'export const scan = 1;'],
];

describe('the checker refuses', () => {
  test.each(samples)('%s in %s (%#)', (rule, path, text) => {
    expect(check(parse(path, text)).map(ruleOf)).toContain(rule);
  });

  test('a folder nobody agreed on, a version range, a circle, an idle allowance', () => {
    expect(strangers(plan, ['libs', 'scripts'])).toEqual(['scripts']);
    expect(unpinned({ dependencies: { zod: '^4.6.7', pg: '8.23.1', tsc: 'npm:typescript@7.0.2' }, devDependencies: { jest: 'latest' } })).toHaveLength(2);
    const round = '**Top level**: `libs`\n**Pure**: `x`\n**Legal time**: `y`\n| file | rule | reason |\n|---|---|---|\n\n'
      + '| folder | may use ours | may use theirs | what |\n|---|---|---|---|\n| libs/a | b | | |\n| libs/b | c | | |\n| libs/c | a | | |\n';
    expect(circles(readPlan(round))).toEqual(['a', 'b', 'c']);
    expect(idle(readPlan(round), [parse('libs/a/x.ts', "import { b } from '#b';"), parse('libs/b/x.ts', '')])).toEqual([
      'libs/b: nobody there uses c', 'libs/c: there is no such folder yet', '**/*.spec.ts: there is no such folder yet',
    ]);
  });
});

describe('the checker allows', () => {
  test.each([
    ['libs/cases/x.ts', "import { Store } from '#store';\nimport { row } from './rows.ts';\nimport { join } from 'node:path';"],
    ['workflows/index.ts', "import { kim } from './kim/index.ts';"],
    ['workflows/kim/x.spec.ts', "import { readFileSync } from 'node:fs';\nimport fc from 'fast-check';"],
    ['libs/store/x.ts', 'export class Unavailable extends Error {}\nconst age = Date.now();'],
    ['apps/worker/letters.processor.ts', "import { WorkerHost } from '@nestjs/bullmq';\nexport class Letters extends WorkerHost {}"],
    ['libs/cases/x.ts', 'const sql = `select tranche_now()`;\nswitch (kind) { default: break; }'],
    ['libs/cases/x.ts', '// The row is locked first; otherwise two officers could both win.\nexport const lock = 1;'],
  ])('%s (%#)', (path, text) => {
    expect(check(parse(path, text))).toEqual([]);
  });
});
