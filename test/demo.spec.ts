import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const PROGRAM = join(import.meta.dirname, '..', 'dist/apps/standalone/demo.main.js');

/** The built demo as a process of its own. */
const demo = (...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => new Promise((done) => {
  const child = execFile(process.execPath, [PROGRAM, ...args], { maxBuffer: 16 * 1_024 * 1_024 }, (_, out, err) => done({ code: child.exitCode ?? -1, out, err }));
});

test('a year is paid by payment runs, settled by the bank\'s files, and both ledgers are the same to the cent', async () => {
  const { code, out, err } = await demo('--seed', '7');
  expect({ code, breaches: err.split('\n').filter((line) => /^I\d/.test(line)) }).toEqual({ code: 0, breaches: [] });
  const [, runs] = /^Zahlläufe: (\d+)$/m.exec(out) ?? [];
  // One for each pay date, and one for what came back.
  expect(runs).toBe('3');
  expect(out).toMatch(/^Bank: 3 Zahlungsdateien erhalten, 7 Dateien gesandt, 89 Zahlungen ausgeführt, 2 kamen zurück \([\d.,]+ €\)$/m);
  expect(out.match(/nicht zahlbar: .*Zahlungssperre/g)).toHaveLength(1);
  const [, banked] = /^Abgleich: 44 Konten, ([\d.,]+) € im Kontobuch der Bank, 0 Abweichungen von unserem$/m.exec(out) ?? [];
  const [, paid] = /^demo: 53 cases, 49 submitted, 44 approved, 87 instalments paid, EUR \d+\.\d{2} granted, EUR (\d+\.\d{2}) paid, 0 invariants violated$/.exec(out.trimEnd().split('\n').at(-1) ?? '') ?? [];
  expect(banked?.replaceAll('.', '').replace(',', '.')).toBe(paid);
});

test('a year that is none is refused in a sentence', async () => {
  expect(await demo('--year', '2019')).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^--year takes a year from 2020 to 2100/) });
});
