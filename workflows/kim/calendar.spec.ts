import { describe, expect, test } from '@jest/globals';
import { atTime, startOfDay } from '#calendar';
import { cutOffAt, EVERYBODY, finalFrom, inTimeUntil, lateClaimsUntil, payDates, payDay } from './calendar.ts';
import type { Application, Notice } from './context.ts';
import { defaultCycle, type Cycle } from './cycle.ts';
import { clocksOf, openedBy, openingRefusal, passTo } from './stories/family.ts';
import { CITY, DISTRICT, draft, play, until } from './stories/script.ts';

describe('the cut-off as the round\'s rule has it', () => {
  test.each<[number, string, string]>([
    [2018, '2017-10-31T23:00:00.000Z', '2017-11-02T23:00:00.000Z'],
    [2027, '2026-10-31T23:00:00.000Z', '2026-11-02T23:00:00.000Z'],
    [2028, '2027-10-31T23:00:00.000Z', '2027-11-02T23:00:00.000Z'],
    [2029, '2028-10-31T23:00:00.000Z', '2028-10-31T23:00:00.000Z'],
    [2033, '2032-10-31T23:00:00.000Z', '2032-11-02T23:00:00.000Z'],
  ])('funding year %i', (year, fixed, rolled) => {
    expect(cutOffAt({ ...defaultCycle(year), cutOffRule: 'fixed' }).value).toBe(fixed);
    expect(cutOffAt(defaultCycle(year)).value).toBe(rolled);
  });

  test('grace and late claims count from it in days of Berlin, change of the clocks or not', () => {
    const cycle: Cycle = { ...defaultCycle(2028), cutOffRule: 'fixed', cutOffOn: '2027-10-30', graceDays: 1 };
    expect([cutOffAt(cycle).value, inTimeUntil(EVERYBODY, cycle), lateClaimsUntil(EVERYBODY, cycle)]).toEqual(['2027-10-30T22:00:00.000Z', '2027-10-31T23:00:00.000Z', '2027-11-13T23:00:00.000Z']);
  });
});

describe('an application is opened', () => {
  const cycle = defaultCycle(2028);
  const at = (day: string, time = '12:00'): string => atTime(day, time);

  test.each<[string, string, string | null, string | undefined]>([
    ['a millisecond before the window', at('2027-07-31', '23:59:59.999'), 'windowOpen', '2027-07-31T22:00:00.000Z'],
    ['with the window', startOfDay('2027-08-01'), null, undefined],
    ['in the last millisecond', at('2027-11-02', '23:59:59.999'), null, undefined],
    ['at the cut-off', startOfDay('2027-11-03'), 'windowOpen', undefined],
  ])('%s', (_, instant, code, from) => {
    expect(openingRefusal(CITY, cycle, instant)?.code ?? null).toBe(code);
    expect(openingRefusal(CITY, cycle, instant)?.from).toBe(from);
  });

  test('by a district too, but not by one of its municipalities, and only once', () => {
    expect(openingRefusal(DISTRICT, cycle, at('2027-09-01'))).toBeNull();
    expect(openingRefusal({ key: '05554004', name: 'Ahaus', kind: 'Gemeinde' }, cycle, at('2027-09-01'))?.code).toBe('applicantEntitled');
    expect(openingRefusal(CITY, cycle, at('2027-09-01'), 1)?.code).toBe('noOpenApplication');
  });
});

describe('the clocks of a draft', () => {
  const names = (openedAt: string, cycle = defaultCycle(2028)): readonly string[] => clocksOf(openedBy(CITY, cycle, openedAt)).map(({ name, at }) => `${name} ${at}`);

  test('remind at 08:00 Berlin, summer or winter time, announce the cut-off and let the draft lapse', () => {
    expect(names(atTime('2027-08-02', '09:00'))).toEqual([
      'draftReminder-30-2027-11-02 2027-09-20T06:00:00.000Z', 'draftReminder-14-2027-11-02 2027-10-12T06:00:00.000Z', 'draftReminder-7-2027-11-02 2027-10-21T06:00:00.000Z',
      'draftReminder-3-2027-11-02 2027-10-27T06:00:00.000Z', 'draftReminder-1-2027-11-02 2027-10-29T06:00:00.000Z',
      'cutOff 2027-11-02T23:00:00.000Z', 'lapse 2027-11-16T23:00:00.000Z',
    ]);
  });

  test('none of the time before the draft was opened', () => {
    expect(names(atTime('2027-10-28', '08:00'))).toEqual(['draftReminder-1-2027-11-02 2027-10-29T06:00:00.000Z', 'cutOff 2027-11-02T23:00:00.000Z', 'lapse 2027-11-16T23:00:00.000Z']);
  });

  test('an extended cut-off moves every date, and a draft signed within it is in time', () => {
    const { family } = play(until('requestSignature'));
    const extended = { ...family, cycle: { ...family.cycle, cutOffOn: '2027-11-30' } };
    expect(clocksOf(extended).at(-1)).toMatchObject({ name: 'lapse', at: '2027-12-14T23:00:00.000Z' });
    expect(play('2027-11-29 12:00  signatory  sign  →  submitted.receiptCheck letter:receipt', { family: extended }).told[0]).toMatchObject({ refused: null, actual: 'submitted.receiptCheck letter:receipt' });
  });

  test('a shortened cut-off makes nobody lapse retroactively: late claims run from it, and the clock says how', () => {
    const { family } = play(until('requestSignature'));
    const [last] = clocksOf({ ...family, cycle: { ...family.cycle, cutOffOn: '2027-08-31' } }).toReversed();
    expect(last).toMatchObject({ name: 'lapse', at: '2027-09-14T22:00:00.000Z' });
    expect(last?.because.de).toContain('verspätete Anträge noch 14 Tage');
  });

  test('a signed case has none of them left: the office has to move now, from the cut-off on', () => {
    expect(clocksOf(play(until('sign')).family).map(({ name, at }) => `${name} ${at}`)).toEqual(['remindOffice 2027-12-01T07:00:00.000Z', 'escalate 2027-12-29T07:00:00.000Z']);
  });
});

test('the completion period starts the day after the letter and ends with a working day', () => {
  const { family } = play(`${until('sign')}
    2027-12-11 10:00  officer  askCompletion  →  submitted.returned`);
  const clock = clocksOf(family).at(-1);
  expect(clock).toMatchObject({ name: 'completionPassed', at: '2027-12-27T23:00:00.000Z' });
  expect(clock?.because.de).toMatch(/11\.12\.2027.*Weihnachtstag.*27\.12\.2027/);
});

describe('a notice is final', () => {
  const notice = (postedOn: string, sent: Pick<Notice, 'arrivedOn'> & { readonly channel?: 'portal' } = {}): Pick<Application, 'notice'> =>
    ({ notice: { subject: { de: '', en: '' }, text: { de: '', en: '' }, hash: '', draftedOn: postedOn, channel: 'post', postedOn, ...sent } });

  test.each([['2026-11-27', '2027-01-05'], ['2027-01-27', '2027-03-02'], ['2028-01-27', '2028-03-01']])('posted on %s from %s', (postedOn, finalOn) => {
    expect(finalFrom(notice(postedOn), defaultCycle(2028))?.value).toBe(startOfDay(finalOn));
  });

  test.each([
    ['arrived within the four days: as if it had not been said', { arrivedOn: '2027-01-28' }, '2027-03-02'],
    ['arrived later: a month from that day', { arrivedOn: '2027-02-03' }, '2027-03-04'],
    ['retrieved on a Friday, hence announced on a Saturday: the later reading counts', { channel: 'portal', arrivedOn: '2027-01-29' }, '2027-03-02'],
    ['retrieved on a Monday: announced the day after', { channel: 'portal', arrivedOn: '2027-02-01' }, '2027-03-03'],
  ] as const)('posted on 27 January, %s', (_what, sent, finalOn) => {
    expect(finalFrom(notice('2027-01-27', sent), defaultCycle(2028))?.value).toBe(startOfDay(finalOn));
  });

  test('both readings are shown where they differ', () => {
    expect(finalFrom(notice('2026-11-25'), defaultCycle(2027))?.because.de).toMatch(/späteren Lesart.*früheren Lesart/);
  });

  test('never while it only waits in the portal, nor before it is out', () => {
    expect(finalFrom(notice('2027-01-27', { channel: 'portal' }), defaultCycle(2028))).toBeNull();
    expect(finalFrom({ notice: null }, defaultCycle(2028))).toBeNull();
  });
});

describe('an instalment is paid', () => {
  const cycle = defaultCycle(2028);
  const [first, second] = payDates(cycle);
  const paid = (finalAt: string): readonly string[] => [first, second].map((due) => (due === undefined ? '' : payDay(due, finalAt, cycle).value));

  test.each<[string, string, readonly string[]]>([
    ['final in time: on 2 May, for 1 May is a holiday, and on 2 October', atTime('2028-03-01', '00:00'), ['2028-05-02', '2028-10-02']],
    ['final on the pay date: on that day', atTime('2028-05-02', '12:00'), ['2028-05-02', '2028-10-02']],
    ['final the day after: with the next Wednesday', atTime('2028-05-03', '00:00'), ['2028-05-10', '2028-10-02']],
    ['final on a Tuesday: on the Wednesday', atTime('2028-05-09', '00:00'), ['2028-05-10', '2028-10-02']],
    ['final after both dates: both with the next run', atTime('2028-12-01', '00:00'), ['2028-12-06', '2028-12-06']],
  ])('%s', (_, finalAt, days) => {
    expect(paid(finalAt)).toEqual(days);
  });

  test('with the run after a Wednesday that is a holiday', () => {
    const [due = { value: '', because: { de: '', en: '' } }] = payDates(defaultCycle(2029));
    expect(payDay(due, atTime('2029-09-28', '00:00'), defaultCycle(2029)).value).toBe('2029-10-04');
  });

  test('the second waits for the first although both are due', () => {
    const { family } = play(`${until('issueNotice')}
      2028-02-10 09:00  officer  suitFiled  →  appealPeriod.suspended
      2028-12-01 09:00  officer  suitEnded  →  active.instalment1`);
    const { family: due } = passTo(family, startOfDay('2028-12-06'));
    expect(due.children.map(({ state }) => state)).toEqual(['due', 'due']);
    expect(play('2028-12-06 09:00  certifier  2.certify  →  refused previousSettled', { family: due }).told[0]?.refused).toBe('previousSettled');
  });
});

test('every clock says how its date was derived, in both languages', () => {
  const families = [draft(), play(until('issueNotice')).family, play(until('finality')).family];
  for (const { because } of families.flatMap((family) => clocksOf(family))) {
    expect(because.de).toMatch(/\d\d\.\d\d\.\d{4}/);
    expect(because.en).toMatch(/\d{4}/);
  }
});
