import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as calendar from './index.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** Answers around both change days. Its source also runs in another process, so it uses nothing but its arguments. */
const answers = ({ addDays, cutOff, dayOf, endOfDay, finality, formatEnd, formatInstant, isHoliday, payDate, startOfDay }: typeof calendar) =>
  ['2027-03-20', '2027-10-20'].flatMap((first) => Array.from({ length: 20 }, (_, index) => addDays(first, index))).map((day) => [
    startOfDay(day), endOfDay(day), dayOf(`${day}T23:30:00.000Z`), isHoliday(day), finality(day), cutOff(day, 'nextWorkingDay'),
    payDate(day, 'backward'), formatInstant(`${day}T01:30:00.000Z`, 'de'), formatEnd(endOfDay(day), 'en'),
  ]);

describe('the zone and the language of the process change nothing, in the built package as plain Node loads it', () => {
  test.each(['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Europe/Berlin'])('TZ=%s', (zone) => {
    const script = `
      import * as calendar from '#calendar';
      const answers = ${answers.toString()};
      console.log(JSON.stringify({ zone: new Intl.DateTimeFormat().resolvedOptions().timeZone, answers: answers(calendar) }));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script],
      { cwd: project, env: { TZ: zone, LANG: 'ar_EG.UTF-8' }, encoding: 'utf8', maxBuffer: 10_000_000 });
    expect(JSON.parse(output)).toEqual({ zone, answers: answers(calendar) });
  });
});
