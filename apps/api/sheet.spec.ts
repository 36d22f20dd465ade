import { buffer } from 'node:stream/consumers';
import { Controller, Get, Module, type StreamableFile } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { describe, expect, test } from '@jest/globals';
import { recordsOf, workbookOf } from '#test/sheets';
import { MOST_WORKBOOK_ROWS, sheetFile, type Sheet, type SheetCell, type SheetColumn } from './sheet.ts';

const column = (kind: SheetColumn['kind']): SheetColumn => ({ title: { de: 'Größe', en: 'Size' }, kind, width: 10 });

async function* each(rows: readonly (readonly SheetCell[])[]): AsyncGenerator<readonly SheetCell[]> {
  yield* rows;
}

const sheet = (kind: SheetColumn['kind'], ...cells: readonly SheetCell[]): Sheet => ({ name: 'liste', columns: [column(kind)], rows: each(cells.map((cell) => [cell])) });
const bytes = async (table: Sheet, format: 'csv' | 'xlsx', language: 'de' | 'en' = 'de'): Promise<Buffer> => buffer((await sheetFile(table, format, language)).getStream());
const csv = async (table: Sheet, language?: 'de' | 'en'): Promise<readonly string[]> => recordsOf((await bytes(table, 'csv', language)).toString('utf8').slice(1)).map(([cell]) => cell as string);
const xlsx = async (table: Sheet) => workbookOf(await bytes(table, 'xlsx'));

describe('a table as a file', () => {
  const formulas = ['=1+1', '+49', '-Stadt', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1', "=cmd|' /C calc'!A0"];

  test.each(formulas)('CSV: what a spreadsheet would run is text: %j', async (formula) => {
    expect(await csv(sheet('text', formula))).toEqual(['Größe', `'${formula}`]);
  });

  test.each(formulas)('workbook: the same is a text as it is: %j', async (formula) => {
    const { rows, xml } = await xlsx(sheet('text', formula));
    expect([rows[1]?.[0]?.type, rows[1]?.[0]?.value.trim(), xml.includes('<f')]).toEqual(['text', formula.trim(), false]);
  });

  test('amounts are numbers, below zero too, up to thirteen digits and to the cent', async () => {
    const amounts = [0, 5, -5, 123_456, -123_456, 9_999_999_999_999];
    expect(await csv(sheet('cents', ...amounts))).toEqual(['Größe', '0,00', '0,05', '-0,05', '1234,56', '-1234,56', '99999999999,99']);
    expect((await xlsx(sheet('cents', ...amounts))).rows.slice(1).map(([cell]) => [cell?.type, cell?.value]))
      .toEqual(['0', '0.05', '-0.05', '1234.56', '-1234.56', '99999999999.99'].map((value) => ['number', value]));
  });

  test('instants are what the clocks in Berlin show, days are days, and nothing is nothing', async () => {
    expect(await csv(sheet('instant', '2028-06-30T22:00:00.000Z', null))).toEqual(['Größe', '01.07.2028 00:00', '']);
    expect(await csv(sheet('day', '2028-07-01'))).toEqual(['Größe', '01.07.2028']);
    const serial = Date.UTC(2028, 6, 1) / 86_400_000 + 25_569;
    expect((await xlsx(sheet('instant', '2028-06-30T22:00:00.000Z'))).rows[1]?.[0]).toEqual({ type: 'number', value: String(serial), format: 'dd.mm.yyyy hh:mm:ss' });
    expect((await xlsx(sheet('day', '2028-07-01'))).rows[1]?.[0]).toEqual({ type: 'number', value: String(serial), format: 'dd.mm.yyyy' });
  });

  test('quotes, semicolons and line ends stay in their cell; what is no character is replaced or left out', async () => {
    expect(await csv(sheet('text', 'a;b', 'say "ja"', 'x\r\ny', 'Łódź – Çelik 🏛', 'x\u0001y'))).toEqual(['Größe', 'a;b', 'say "ja"', 'x\r\ny', 'Łódź – Çelik 🏛', 'x\ufffdy']);
    expect((await xlsx(sheet('text', '<b>&"', 'Łódź 🏛', 'x\u0001\uffffy'))).rows.slice(1).map(([cell]) => cell?.value)).toEqual(['<b>&"', 'Łódź 🏛', 'xy']);
  });

  test.each([
    ['Stadt \u202eXYZ\u202c', 'Stadt [U+202E]XYZ[U+202C]'], ['Stadt\u200bkasse', 'Stadt[U+200B]kasse'], ['\u2067Köln\u2069', '[U+2067]Köln[U+2069]'], ['a\u00adb\u3164c\u034f', 'a[U+00AD]b[U+3164]c[U+034F]'],
    ['\u{e0041}', '[U+E0041]'], ['\u2028\u0085', '[U+2028][U+0085]'], ['ZÜ 🏛\ufe0f Łódź', 'ZÜ 🏛\ufe0f Łódź'],
  ])('what is hidden in a name is shown: %j', async (hidden, shown) => {
    expect([(await csv(sheet('text', hidden)))[1], (await xlsx(sheet('text', hidden))).rows[1]?.[0]?.value]).toEqual([shown, shown]);
  });

  test('what is hidden before a formula does not let it run', async () => {
    expect((await csv(sheet('text', '\u202e=1+1', '\ufeff=1+1')))).toEqual(['Größe', '[U+202E]=1+1', '[U+FEFF]=1+1']);
  });

  test('titles follow the reader\'s language', async () => {
    expect(await csv(sheet('count', 1), 'en')).toEqual(['Size', '1']);
  });

  test('a workbook has a bound, and says what to do instead', async () => {
    const many = (count: number): Sheet => ({ name: 'liste', columns: [column('count')], rows: each(Array.from({ length: count }, () => [1])) });
    expect((await bytes(many(MOST_WORKBOOK_ROWS), 'xlsx')).length).toBeGreaterThan(0);
    await expect(sheetFile(many(MOST_WORKBOOK_ROWS + 1), 'xlsx', 'de')).rejects.toMatchObject({ code: 'invalidBody' });
  });

  test('a download that breaks off is cut, and does not look complete', async () => {
    async function* failing(): AsyncGenerator<readonly SheetCell[]> {
      for (let row = 0; row < 20_000; row += 1) yield [`row ${row}`];
      throw new Error('the database is away');
    }
    @Controller()
    class Broken {
      @Get() read(): Promise<StreamableFile> { return sheetFile({ name: 'liste', columns: [column('text')], rows: failing() }, 'csv', 'de'); }
    }
    @Module({ controllers: [Broken] })
    class Root {}
    const app = await NestFactory.create(Root, { logger: false });
    await app.listen(0, '127.0.0.1');
    const answer = await fetch(await app.getUrl());
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    await app.close();
  });
});
