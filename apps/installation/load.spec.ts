import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CyclesService } from '#cases';
import { balances } from '#ledger';
import type { Store } from '#store';
import { freshDatabase, type FreshDatabase } from '#test/harness';
import { kim, programmes } from '#workflows';
import { load, type LoadReport } from './load.ts';
import type { LoadProblem } from './load.files.ts';

const MUNICIPALITIES = 'key;name;kind;integrationCentre\n05315;Köln;kreisfreie Stadt;ja\n05366;Euskirchen;Kreis;nein\nagency;Bezirksregierung;agency;\n';
const PEOPLE = 'account,name,organisation,roles,email,language,active\n'
  + 'koeln,"Amt 50, Köln",05315,applicantEditor applicantSignatory,amt50@koeln.example,de,ja\n'
  + 'officer,Sachbearbeitung,agency,caseOfficer,officer@agency.example,,\n';
const round = kim.cycle.default(2028) as { readonly [field: string]: unknown };

describe('loading a folder', () => {
  const folders: string[] = [];
  let database: FreshDatabase;
  let store: Store;
  let cycles: CyclesService;

  beforeAll(async () => {
    database = await freshDatabase();
    store = database.store;
    cycles = new CyclesService(store);
  });
  afterAll(async () => {
    await database.drop();
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
  });

  const files = async (contents: { readonly [file: string]: string }): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'tranche-load-'));
    folders.push(folder);
    await Promise.all(Object.entries(contents).map(([file, text]) => writeFile(join(folder, file), text)));
    return folder;
  };
  const loaded = async (contents: { readonly [file: string]: string }, dryRun = false): Promise<LoadReport | readonly LoadProblem[]> => {
    const result = await load(await files(contents), { store, cycles, programmes, dryRun });
    return 'problems' in result ? result.problems : result;
  };
  const rows = async (table: string): Promise<number> => (await store.query<{ count: number }>(`select count(*)::int as count from ${table}`))[0]?.count ?? 0;

  test('a dry run says what it would write, and writes nothing', async () => {
    const report = await loaded({ 'municipalities.csv': MUNICIPALITIES, 'people.csv': PEOPLE, 'cycle.json': JSON.stringify(round) }, true);
    expect(report).toEqual({ organisations: 3, people: 2, cycle: { id: 'kim-2028', revision: 1 } });
    expect([await rows('organisations'), await rows('people'), await rows('cycles'), await rows('ledger_entries')]).toEqual([0, 0, 0, 0]);
  });

  test('one mistake anywhere, and nothing is written', async () => {
    const problems = await loaded({ 'municipalities.csv': MUNICIPALITIES, 'people.csv': PEOPLE.replace('agency,caseOfficer', 'agency,applicantEditor') });
    expect(problems).toEqual([{ file: 'people.csv', line: 3, problem: expect.stringContaining('officer has a role'), remedy: expect.stringContaining('two accounts') }]);
    expect(await rows('organisations')).toBe(0);
  });

  test('municipalities, people, round and budget come together', async () => {
    await loaded({ 'municipalities.csv': MUNICIPALITIES, 'people.csv': PEOPLE, 'cycle.json': JSON.stringify(round) });
    const [koeln] = await store.query<{ facts: object }>("select facts from organisations where key = '05315'");
    expect(koeln?.facts).toEqual({ integrationCentre: true });
    expect(await balances(store, 'kim-2028')).toMatchObject({ budget: kim.cycle.sheet(round as never).budgetCents });
  });

  test('a round alone is its next revision; its budget grows and never shrinks', async () => {
    const { budgetCents } = kim.cycle.sheet(round as never);
    expect(await loaded({ 'cycle.json': JSON.stringify({ ...round, budgetCents: budgetCents + 100 }) })).toMatchObject({ cycle: { revision: 2 } });
    expect(await balances(store, 'kim-2028')).toMatchObject({ budget: budgetCents + 100 });
    expect(await loaded({ 'cycle.json': JSON.stringify(round) })).toMatchObject([{ file: 'cycle.json', problem: expect.stringContaining('budgetCents') }]);
    expect(await cycles.get('kim-2028')).toMatchObject({ revision: 2 });
  });

  test.each<[string, { readonly [file: string]: string }, Partial<LoadProblem>]>([
    ['an empty folder', {}, { problem: expect.stringContaining('none of municipalities.csv') as never }],
    ['a missing column', { 'municipalities.csv': 'key,name\n05315,Köln\n' }, { file: 'municipalities.csv', line: 1, problem: "the column 'kind' is missing" }],
    ['an unknown column', { 'people.csv': PEOPLE.replace('language', 'tongue') }, { line: 1, problem: "the column 'tongue' is unknown" }],
    ['an unknown kind', { 'municipalities.csv': 'key,name,kind\n05315,Köln,Dorf\n' }, { line: 2, remedy: "correct the cell 'Dorf'" }],
    ['a fact that is neither yes nor no', { 'municipalities.csv': `${MUNICIPALITIES}05111;Düsseldorf;kreisfreie Stadt;vielleicht\n` }, { line: 5, problem: 'integrationCentre: must be yes or no' }],
    ['a municipality twice', { 'municipalities.csv': `${MUNICIPALITIES}05315;Köln;kreisfreie Stadt;ja\n` }, { line: 2, problem: '05315 stands in the file more than once' }],
    ['people of nowhere', { 'people.csv': PEOPLE.replace('05315', '09999') }, { line: 2, problem: expect.stringContaining('nobody knows') as never }],
    ['a role nobody gives', { 'people.csv': PEOPLE.replace('caseOfficer', 'system') }, { file: 'people.csv', line: 3 }],
    ['an address that is none', { 'people.csv': PEOPLE.replace('officer@agency.example', 'officer') }, { line: 3, remedy: "correct the cell 'officer'" }],
    ...['"a@b.example\r\nBcc: c@d.example"', '"a@b.example\n"', '"a@b.example, c@d.example"', 'a@b.example;c@d.example', 'Amt 50 <a@b.example>', 'a@b.example\0']
      .map((cell): [string, { 'people.csv': string }, Partial<LoadProblem>] =>
        [`the address ${JSON.stringify(cell)}, which is not exactly one,`, { 'people.csv': PEOPLE.replace('officer@agency.example', cell) }, { file: 'people.csv', line: 3, problem: expect.stringMatching(/^email: /) as never }]),
    ['an open quotation mark', { 'people.csv': PEOPLE.replace('Köln"', 'Köln') }, { line: 2, problem: expect.stringContaining('quotation mark') as never }],
    ['JSON that is none', { 'cycle.json': '{' }, { file: 'cycle.json', problem: expect.stringContaining('not JSON') as never }],
    ['an unknown programme', { 'cycle.json': '{"programme":"loan"}' }, { problem: "there is no programme 'loan'", remedy: 'set "programme" to one of kim' }],
    ['an unknown field of the round', { 'cycle.json': JSON.stringify({ ...round, colour: 'red' }) }, { problem: expect.stringContaining('colour') as never }],
    ['a contradiction in the round', { 'cycle.json': JSON.stringify({ ...round, cutOffOn: '2020-01-01' }) }, { problem: expect.stringContaining('cutOffOn') as never }],
  ])('%s is named with its place and its remedy', async (_, contents, problem) => {
    expect(await loaded(contents)).toContainEqual(expect.objectContaining(problem));
  });
});
