import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Appointment } from '#cases';
import { READERS } from '#test/calendars';
import { writeCalendar } from './feed.calendar.ts';

const NOW = '2027-08-02T07:00:00.000Z';
const appointment = (more: Partial<Appointment> = {}): Appointment => ({
  id: 'case-lapse', case: 'case', fileNumber: 'KIM-2028-0001', cycle: 'kim-2028', applicant: { key: '05315', name: 'Köln' }, machine: 'application', state: 'drafting.editing',
  name: 'lapse', at: '2027-10-31T23:00:00.000Z', event: 'lapse', reminder: false, because: { de: 'fester Tag 31.10.2027, 24:00 Uhr', en: 'fixed day 31 Oct 2027, 24:00' },
  officer: null, generation: 1, programme: 'kim', words: { label: { de: 'Antragsschluss', en: 'Cut-off' } }, stateLabel: { de: 'Entwurf', en: 'Draft' }, ...more,
});
const written = (appointments: readonly Appointment[], language: 'de' | 'en' = 'de'): string => writeCalendar({ title: 'mine', language, now: NOW, appointments });
/** The lines of a calendar, unfolded. */
const lines = (calendar: string): readonly string[] => calendar.replaceAll('\r\n ', '').split('\r\n');

/** Clock changes from 2000 to 2099: the last Sundays of March and October, 01:00 UTC. */
const CHANGES = Array.from({ length: 100 }, (_, index) => 2000 + index).flatMap((year) => [2, 9].map((month) => {
  const last = new Date(Date.UTC(year, month, 31, 1));
  return last.getTime() - last.getUTCDay() * 86_400_000;
}));

const seconds = (ms: number): string => new Date(Math.floor(ms / 1_000) * 1_000).toISOString();
const nearChanges = fc.constantFrom(...CHANGES).chain((change) => fc.oneof(
  fc.integer({ min: -3 * 3_600_000, max: 3 * 3_600_000 }),
  fc.constantFrom(-7_200, -5_400, -3_600, -1_800, -1, 0, 1, 1_800, 3_600, 5_400, 7_200).map((near) => near * 1_000),
).map((near) => seconds(change + near)));
const instants = fc.oneof(fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) }).map(seconds), { weight: 2, arbitrary: nearChanges });

/** Text as people write it and calendars quote it: every letter, commas, semicolons, line breaks, and long. */
const text = (...signs: string[]) => fc.array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom(',', ';', '\n', ':', '"', 'ǅ', 'Ŵ', '中', '👩‍👩‍👧', ...signs)), { maxLength: 12 })
  .map((parts) => `x${parts.join('').replaceAll(/[\p{Cc}\p{Surrogate}\p{Zl}\p{Zp}\\]/gu, (sign) => (sign === '\n' || signs.includes(sign) ? sign : ''))}x`);

/** One of the two readers takes a backslash before an n for a line break. */
const WORDS: { readonly [reader: string]: fc.Arbitrary<string> } = { 'ical.js': text('\\'), 'node-ical': text() };

describe.each(Object.entries(READERS))('%s reads', (name, read) => {
  test('the instants that were written, in every year and around every change of the clocks', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ at: instants, reminder: fc.boolean() }), { minLength: 1, maxLength: 40 }), async (dates) => {
      const entries = await read(written(dates.map((date, index) => appointment({ ...date, id: `case-${index}` }))));
      expect(entries.map(({ start, end }, index) => [dates[index]?.reminder === true ? start : end, Date.parse(end) - Date.parse(start)]))
        .toEqual(dates.map(({ at }) => [at, 1_800_000]));
    }), { numRuns: 60 });
  });

  test('every name and every word as it was', async () => {
    const words = WORDS[name] ?? text();
    await fc.assert(fc.asyncProperty(words, words, async (applicant, why) => {
      const [entry] = await read(written([appointment({ applicant: { key: '1', name: applicant }, because: { de: why, en: why } })]));
      expect([entry?.summary, entry?.description]).toEqual([
        `Antragsschluss: ${applicant}, KIM-2028-0001`, `${why}\nBis: 31.10.2027 24:00\nVorgang: KIM-2028-0001, ${applicant}\nStand: Entwurf`,
      ]);
    }), { numRuns: 60 });
  });

  test('who is who, and which version of it', async () => {
    expect(await read(written([appointment({ generation: 3 })], 'en'))).toMatchObject([{
      uid: 'case-lapse@tranche', sequence: 2, stamp: NOW, categories: ['Deadline', 'KIM'], summary: 'Cut-off: Köln, KIM-2028-0001',
    }]);
  });
});

describe('the calendar', () => {
  test('names itself, its zone and its next refresh; no line is longer than 75 bytes', () => {
    const calendar = written([appointment({ applicant: { key: '1', name: 'Ö'.repeat(200) } })]);
    expect(lines(calendar)).toEqual(expect.arrayContaining([
      'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Tranche//Deadlines//DE', 'X-WR-CALNAME:Tranche: Fristen meiner Vorgänge', 'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'TZID:Europe/Berlin', 'DTSTAMP:20270802T070000Z', 'TRANSP:TRANSPARENT', 'END:VCALENDAR',
    ]));
    expect(calendar).not.toContain('METHOD');
    expect(calendar.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(Math.max(...calendar.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
  });

  test.each<[string, Partial<Appointment>, string, string, string]>([
    ['24:00 of a day is seen on that day', {}, 'DTSTART;TZID=Europe/Berlin:20271031T233000', 'DTEND;TZID=Europe/Berlin:20271101T000000', 'Bis: 31.10.2027 24:00'],
    ['a day of payment is seen on its day', { words: { label: { de: 'Rate', en: 'Instalment' }, begins: true } },
      'DTSTART;TZID=Europe/Berlin:20271101T000000', 'DTEND;TZID=Europe/Berlin:20271101T003000', 'Ab: 01.11.2027 00:00'],
    ['a reminder begins when it goes out', { at: '2027-10-25T07:00:00.000Z', reminder: true },
      'DTSTART;TZID=Europe/Berlin:20271025T090000', 'DTEND;TZID=Europe/Berlin:20271025T093000', 'Ab: 25.10.2027 09:00'],
    ['the hour that happens twice is written in UTC, its first time', { at: '2027-10-31T00:45:00.000Z' }, 'DTSTART:20271031T001500Z', 'DTEND:20271031T004500Z', 'Bis: 31.10.2027 02:45 MESZ'],
    ['and its second', { at: '2027-10-31T01:45:00.000Z' }, 'DTSTART:20271031T011500Z', 'DTEND:20271031T014500Z', 'Bis: 31.10.2027 02:45 MEZ'],
    ['also where only its beginning lies in it', { at: '2027-10-31T02:15:00.000Z' }, 'DTSTART:20271031T014500Z', 'DTEND:20271031T021500Z', 'Bis: 31.10.2027 03:15'],
    ['so are summers that not every reader knows', { at: '2036-07-31T22:00:00.000Z' }, 'DTSTART:20360731T213000Z', 'DTEND:20360731T220000Z', 'Bis: 31.07.2036 24:00'],
    ['the night that has an hour less', { at: '2027-03-28T01:00:00.000Z' }, 'DTSTART;TZID=Europe/Berlin:20270328T013000', 'DTEND;TZID=Europe/Berlin:20270328T030000', 'Bis: 28.03.2027 03:00'],
  ])('%s', (_, more, start, end, said) => {
    const found = lines(written([appointment(more)]));
    expect(found).toEqual(expect.arrayContaining([start, end]));
    expect(found.find((line) => line.startsWith('DESCRIPTION:'))).toContain(said);
  });

  test('an empty one is a calendar too', async () => {
    for (const read of Object.values(READERS)) expect(await read(written([]))).toEqual([]);
  });
});
