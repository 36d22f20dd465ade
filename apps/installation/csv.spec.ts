import { describe, expect, test } from '@jest/globals';
import { parseCsv } from './csv.ts';

const rows = (text: string): unknown => {
  const csv = parseCsv(text);
  return 'problem' in csv ? csv : csv.rows.map(({ line, cells }) => [line, ...Object.values(cells)]);
};

describe('a CSV file', () => {
  test.each([
    ['commas', 'key,name\n05315,Köln\n', [[2, '05315', 'Köln']]],
    ['semicolons, CRLF, a byte order mark', '\uFEFFkey;name\r\n05315;Köln\r\n', [[2, '05315', 'Köln']]],
    ['no newline at the end', 'key,name\n05315,Köln', [[2, '05315', 'Köln']]],
    ['quotes, separators and newlines inside, and the line after them', 'key,name\n1,"a ""b"", c\nd"\n2,e\n', [[2, '1', 'a "b", c\nd'], [4, '2', 'e']]],
    ['empty cells', 'a,b,c\n,,x\ny,,\n', [[2, '', '', 'x'], [3, 'y', '', '']]],
    ['an empty cell at the very end', 'a,b\nx,', [[2, 'x', '']]],
    ['empty lines', 'a,b\n\nx,y\n\n', [[3, 'x', 'y']]],
    ['spaces around cells', 'a,b\n x , "y" \n', [[2, 'x', 'y']]],
    ['only a header', 'a,b\n', []],
  ])('%s', (_, text, expected) => {
    expect(rows(text)).toEqual(expected);
  });

  test.each([
    ['nothing', '', 1, 'empty'],
    ['a double column', 'a,a\n1,2\n', 1, 'twice'],
    ['a row too short', 'a,b\n1,2\n3\n', 3, '1 cells under 2 columns'],
    ['an open quotation mark', 'a,b\n1,"2\n3,4\n', 2, 'quotation mark'],
  ])('%s is named with its line', (_, text, line, problem) => {
    expect(parseCsv(text)).toEqual({ line, problem: expect.stringContaining(problem) });
  });
});
