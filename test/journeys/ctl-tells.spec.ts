import { beforeAll, describe, expect, test } from '@jest/globals';
import { CommandLine, ENGLISH } from './command-line.ts';
import { Story, TO_THE_GRANT } from './story.ts';
import { usingOffice } from './using.ts';

const office = usingOffice();
const line = new CommandLine(office);
const done = line.done.bind(line);
const refused = line.refused.bind(line);

beforeAll(async () => {
  await Story.of(office(), '05315', TO_THE_GRANT);
});

describe('the end of the budget year', () => {
  test('is a date of the round, stands below the deadlines, and is told to move', async () => {
    expect(await done('cycle', office().cycle, '--as', 'officer1')).toMatch(/\nHaushaltsschluss +31\.12\.2056 24:00 +2056-12-31T23:00:00\.000Z +Ende des Förderjahres/);
    expect(await done('deadlines', '--as', 'officer1')).toMatch(/\nHaushaltsschluss kim-2056: 31\.12\.2056 24:00 {2}\(Ende des Förderjahres, 31\.12\.2056, 24:00 Uhr\)$/);
    expect(await done('deadlines', '--as', 'editor-05315', ...ENGLISH)).toMatch(/\nEnd of the budget year kim-2056: 31 Dec 2056 24:00 {2}\(end of the funding year/);
    const preview = ['cycle-revise', office().cycle, 'budgetOpenUntil=2057-01-31', '--preview', '--as', 'admin1'];
    expect(await done(...preview)).toMatch(/^Termin +von +nach\nHaushaltsschluss +31\.12\.2056 24:00 +31\.01\.2057 24:00\nAnträge/);
    expect(await done(...preview, ...ENGLISH)).toMatch(/\nEnd of the budget year +31 Dec 2056 24:00 +31 Jan 2057 24:00\n/);
    expect(await refused('cycle-revise', office().cycle, 'budgetOpenUntil=2057-01-31', '--reason', 'Nachlauf', '--as', 'officer1')).toContain('wrongRole');
    expect(await done('cycle-revise', office().cycle, 'budgetOpenUntil=2057-01-31', '--reason', 'Nachlauf', '--as', 'admin1')).toMatch(/\nHaushaltsschluss +31\.01\.2057 24:00 .*in der Förderrunde festgelegt/);
  });
});
