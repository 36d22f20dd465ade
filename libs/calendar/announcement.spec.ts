import { describe, expect, test } from '@jest/globals';
import { announcement, appealPeriodEnd, finality, startOfDay, type Delivery } from './index.ts';

describe('finality', () => {
  test.each([
    ['2026-11-27', '2026-12-01', '2027-01-04', '2027-01-05'],
    ['2027-01-27', '2027-01-31', '2027-03-01', '2027-03-02'],
    ['2028-01-27', '2028-01-31', '2028-02-29', '2028-03-01'],
    ['2024-12-30', '2025-01-02', '2025-02-03', '2025-02-04'],
    ['2024-12-31', '2025-01-03', '2025-02-03', '2025-02-04'],
  ])('posted %s: announced %s, to sue until %s, final from %s 00:00 Berlin', (posted, announced, lastDay, finalFrom) => {
    expect(announcement(posted, 'post').value).toBe(announced);
    expect(appealPeriodEnd(announced).value).toBe(lastDay);
    expect(finality(posted).value).toBe(startOfDay(finalFrom));
  });

  test.each([
    ['a Saturday', '2026-11-03', '2026-11-07', '2026-12-07', '2026-11-09', '2026-12-09', '2026-12-10'],
    ['a Sunday', '2025-01-01', '2025-01-05', '2025-02-05', '2025-01-06', '2025-02-06', '2025-02-07'],
    ['Christmas', '2026-12-21', '2026-12-25', '2027-01-25', '2026-12-28', '2027-01-28', '2027-01-29'],
    ['a Sunday, both readings ending alike', '2027-01-27', '2027-01-31', '2027-03-01', '2027-02-01', '2027-03-01', '2027-03-02'],
  ])('announced on %s: the later of the two readings counts', (_what, posted, announced, endAsItFalls, moved, endIfMoved, finalFrom) => {
    expect(announcement(posted, 'electronic').value).toBe(announced);
    expect(appealPeriodEnd(announced).value).toBe(endAsItFalls);
    expect(appealPeriodEnd(moved).value).toBe(endIfMoved);
    expect(finality(posted, 'electronic').value).toBe(startOfDay(finalFrom));
  });

  test.each([
    ['2027-01-27',
      'zur Post 27.01.2027, vierter Tag 31.01.2027, ein Monat 28.02.2027, Sonntag, daher Mo 01.03.2027; bestandskräftig ab 02.03.2027 00:00',
      'posted 27 Jan 2027, fourth day 31 Jan 2027, one month 28 Feb 2027, Sunday, therefore Mon 1 Mar 2027; final from 2 Mar 2027 00:00'],
    ['2026-11-27',
      'zur Post 27.11.2026, vierter Tag 01.12.2026, ein Monat 01.01.2027, Neujahr, dann Samstag, dann Sonntag, daher Mo 04.01.2027; bestandskräftig ab 05.01.2027 00:00',
      'posted 27 Nov 2026, fourth day 1 Dec 2026, one month 1 Jan 2027, New Year\'s Day, then Saturday, then Sunday, therefore Mon 4 Jan 2027; final from 5 Jan 2027 00:00'],
    ['2028-01-27',
      'zur Post 27.01.2028, vierter Tag 31.01.2028, ein Monat 29.02.2028; bestandskräftig ab 01.03.2028 00:00',
      'posted 27 Jan 2028, fourth day 31 Jan 2028, one month 29 Feb 2028; final from 1 Mar 2028 00:00'],
    ['2026-11-03',
      'zur Post 03.11.2026, vierter Tag 07.11.2026, Samstag, dann Sonntag, nach der späteren Lesart daher Mo 09.11.2026, ein Monat 09.12.2026; bestandskräftig ab 10.12.2026 00:00; nach der früheren Lesart ab 08.12.2026 00:00',
      'posted 3 Nov 2026, fourth day 7 Nov 2026, Saturday, then Sunday, in the later reading therefore Mon 9 Nov 2026, one month 9 Dec 2026; final from 10 Dec 2026 00:00; in the earlier reading from 8 Dec 2026 00:00'],
    ['2024-12-31',
      'zur Post 31.12.2024, dritter Tag 03.01.2025, ein Monat 03.02.2025; bestandskräftig ab 04.02.2025 00:00',
      'posted 31 Dec 2024, third day 3 Jan 2025, one month 3 Feb 2025; final from 4 Feb 2025 00:00'],
  ])('posted %s can be read', (posted, de, en) => {
    expect(finality(posted).because).toEqual({ de, en });
  });

  test('without a remedy instruction the appeal period is a year, 12 months', () => {
    const { value, because } = finality('2027-02-01', 'electronic', 12);
    expect(value).toBe(startOfDay('2028-02-08'));
    expect(because.de).toBe('elektronisch versandt 01.02.2027, vierter Tag 05.02.2027, 12 Monate 05.02.2028, Samstag, dann Sonntag, '
      + 'daher Mo 07.02.2028; bestandskräftig ab 08.02.2028 00:00');
  });
});

describe('the appeal period', () => {
  test('announced on 31 January it ends with the last day of February, moved off the weekend', () => {
    expect(appealPeriodEnd('2027-01-31')).toEqual({ value: '2027-03-01', because: {
      de: 'bekannt gegeben 31.01.2027, ein Monat 28.02.2027, Sonntag, daher Mo 01.03.2027',
      en: 'announced 31 Jan 2027, one month 28 Feb 2027, Sunday, therefore Mon 1 Mar 2027',
    } });
    expect(appealPeriodEnd('2028-01-31').value).toBe('2028-02-29');
  });
});

describe('a letter that really arrived on another day', () => {
  test.each([
    ['earlier', '2027-01-28', '2027-01-31', 'zur Post 27.01.2027, zugegangen 28.01.2027, vierter Tag 31.01.2027',
      'posted 27 Jan 2027, arrived 28 Jan 2027, fourth day 31 Jan 2027'],
    ['on the fourth day', '2027-01-31', '2027-01-31', 'zur Post 27.01.2027, zugegangen 31.01.2027, vierter Tag 31.01.2027',
      'posted 27 Jan 2027, arrived 31 Jan 2027, fourth day 31 Jan 2027'],
    ['later', '2027-02-03', '2027-02-03', 'zur Post 27.01.2027, vierter Tag 31.01.2027, zugegangen erst 03.02.2027',
      'posted 27 Jan 2027, fourth day 31 Jan 2027, arrived only 3 Feb 2027'],
  ])('%s', (_when, arrivedOn, value, de, en) => {
    expect(announcement({ channel: 'post', postedOn: '2027-01-27', arrivedOn })).toEqual({ value, because: { de, en } });
  });

  test('before 2025 it is the third day that a later arrival moves', () => {
    expect(announcement({ channel: 'electronic', postedOn: '2024-12-31', arrivedOn: '2025-01-04' })).toMatchObject({
      value: '2025-01-04', because: { de: 'elektronisch versandt 31.12.2024, dritter Tag 03.01.2025, zugegangen erst 04.01.2025' },
    });
  });

  test('a late arrival on a Saturday is a fact and stays where it is; only the last day to sue moves', () => {
    expect(finality({ channel: 'post', postedOn: '2027-01-27', arrivedOn: '2027-02-06' })).toMatchObject({
      value: startOfDay('2027-03-09'), readings: [{ announcedOn: '2027-02-06', lastDay: '2027-03-08' }], because: {
        de: 'zur Post 27.01.2027, vierter Tag 31.01.2027, zugegangen erst 06.02.2027, ein Monat 06.03.2027, Samstag, dann Sonntag, daher Mo 08.03.2027; '
          + 'bestandskräftig ab 09.03.2027 00:00',
      },
    });
  });

  test('an arrival between the assumed day and the working day after it leaves both readings open', () => {
    expect(finality({ channel: 'post', postedOn: '2026-11-03', arrivedOn: '2026-11-08' })).toMatchObject({
      value: startOfDay('2026-12-10'),
      readings: [
        { announcedOn: '2026-11-08', lastDay: '2026-12-08', because: {
          de: 'zur Post 03.11.2026, vierter Tag 07.11.2026, zugegangen erst 08.11.2026, ein Monat 08.12.2026; bestandskräftig ab 09.12.2026 00:00' } },
        { announcedOn: '2026-11-09', lastDay: '2026-12-09', because: {
          de: 'zur Post 03.11.2026, zugegangen 08.11.2026, vierter Tag 07.11.2026, Samstag, dann Sonntag, nach der späteren Lesart daher Mo 09.11.2026, '
            + 'ein Monat 09.12.2026; bestandskräftig ab 10.12.2026 00:00' } },
      ],
    });
  });

  test('it cannot have arrived before it went out', () => {
    const delivery = { channel: 'post', postedOn: '2027-01-27', arrivedOn: '2027-01-26' } as const;
    expect(() => announcement(delivery)).toThrow(new RangeError('sent on 2027-01-27, it cannot have arrived on 2027-01-26'));
    expect(() => finality(delivery)).toThrow(RangeError);
  });
});

describe('a notice in the portal, notified on Thursday 27 January 2028', () => {
  const inPortal = (retrievedOn?: string): Delivery => ({ channel: 'portal', notifiedOn: '2028-01-27', retrievedOn });

  test.each([
    ['2028-01-27', '2028-01-28', 'Benachrichtigung 27.01.2028, abgerufen 27.01.2028, Tag danach 28.01.2028',
      'notification 27 Jan 2028, retrieved 27 Jan 2028, day after 28 Jan 2028'],
    ['2028-02-06', '2028-02-07', 'Benachrichtigung 27.01.2028, abgerufen 06.02.2028, Tag danach 07.02.2028',
      'notification 27 Jan 2028, retrieved 6 Feb 2028, day after 7 Feb 2028'],
  ])('retrieved on %s it is announced on %s', (retrievedOn, value, de, en) => {
    expect(announcement(inPortal(retrievedOn))).toEqual({ value, because: { de, en } });
  });

  test.each([
    ['not retrieved', undefined, 'Benachrichtigung 27.01.2028, 10 Tage 06.02.2028; ohne Abruf bis dahin nicht bekannt gegeben',
      'notification 27 Jan 2028, 10 days 6 Feb 2028; without retrieval by then not announced'],
    ['retrieved after ten days, although they end on a Sunday', '2028-02-07',
      'Benachrichtigung 27.01.2028, 10 Tage 06.02.2028; abgerufen erst 07.02.2028, daher nicht bekannt gegeben',
      'notification 27 Jan 2028, 10 days 6 Feb 2028; retrieved only 7 Feb 2028, therefore not announced'],
  ])('%s it is not announced and never final', (_what, retrievedOn, de, en) => {
    const never = { value: null, retrievableUntil: '2028-02-06', because: { de, en } };
    expect(announcement(inPortal(retrievedOn))).toEqual(never);
    expect(finality(inPortal(retrievedOn))).toEqual(never);
  });

  test('retrieved on a Friday it is announced on a Saturday, which again can be read in two ways', () => {
    expect(finality(inPortal('2028-02-04'))).toEqual({
      value: startOfDay('2028-03-08'),
      because: {
        de: 'Benachrichtigung 27.01.2028, abgerufen 04.02.2028, Tag danach 05.02.2028, Samstag, dann Sonntag, nach der späteren Lesart daher Mo 07.02.2028, '
          + 'ein Monat 07.03.2028; bestandskräftig ab 08.03.2028 00:00; nach der früheren Lesart ab 07.03.2028 00:00',
        en: 'notification 27 Jan 2028, retrieved 4 Feb 2028, day after 5 Feb 2028, Saturday, then Sunday, in the later reading therefore Mon 7 Feb 2028, '
          + 'one month 7 Mar 2028; final from 8 Mar 2028 00:00; in the earlier reading from 7 Mar 2028 00:00',
      },
      readings: [
        { announcedOn: '2028-02-05', lastDay: '2028-03-06', value: startOfDay('2028-03-07'), because: {
          de: 'Benachrichtigung 27.01.2028, abgerufen 04.02.2028, Tag danach 05.02.2028, ein Monat 05.03.2028, Sonntag, daher Mo 06.03.2028; bestandskräftig ab 07.03.2028 00:00',
          en: 'notification 27 Jan 2028, retrieved 4 Feb 2028, day after 5 Feb 2028, one month 5 Mar 2028, Sunday, therefore Mon 6 Mar 2028; final from 7 Mar 2028 00:00' } },
        { announcedOn: '2028-02-07', lastDay: '2028-03-07', value: startOfDay('2028-03-08'), because: {
          de: 'Benachrichtigung 27.01.2028, abgerufen 04.02.2028, Tag danach 05.02.2028, Samstag, dann Sonntag, nach der späteren Lesart daher Mo 07.02.2028, '
            + 'ein Monat 07.03.2028; bestandskräftig ab 08.03.2028 00:00',
          en: 'notification 27 Jan 2028, retrieved 4 Feb 2028, day after 5 Feb 2028, Saturday, then Sunday, in the later reading therefore Mon 7 Feb 2028, '
            + 'one month 7 Mar 2028; final from 8 Mar 2028 00:00' } },
      ],
    });
  });

  test('it cannot have been retrieved before its notification', () => {
    expect(() => announcement(inPortal('2028-01-26'))).toThrow(new RangeError('notified on 2028-01-27, it cannot have been retrieved on 2028-01-26'));
  });
});

describe('readings', () => {
  test('one where both end alike or the announcement falls on a working day', () => {
    expect(finality('2027-01-27').readings).toHaveLength(1);
    expect(finality('2026-11-27').readings).toMatchObject([{ announcedOn: '2026-12-01', lastDay: '2027-01-04', value: startOfDay('2027-01-05') }]);
  });

  test('two where they end differently, the later last and used', () => {
    const { value, readings } = finality('2026-11-03');
    expect(readings.map(({ announcedOn, lastDay }) => [announcedOn, lastDay])).toEqual([['2026-11-07', '2026-12-07'], ['2026-11-09', '2026-12-09']]);
    expect(readings.at(-1)?.value).toBe(value);
  });
});

describe('the year without a correct remedy instruction', () => {
  test('takes the place of any shorter period, and says so', () => {
    const { value, because } = finality({ channel: 'electronic', postedOn: '2027-02-01' }, { months: 1, instructed: false });
    expect(value).toBe(startOfDay('2028-02-08'));
    expect(because).toEqual({
      de: 'elektronisch versandt 01.02.2027, vierter Tag 05.02.2027, ohne richtige Rechtsbehelfsbelehrung 12 Monate 05.02.2028, Samstag, dann Sonntag, '
        + 'daher Mo 07.02.2028; bestandskräftig ab 08.02.2028 00:00',
      en: 'sent electronically 1 Feb 2027, fourth day 5 Feb 2027, without a correct remedy instruction 12 months 5 Feb 2028, Saturday, then Sunday, '
        + 'therefore Mon 7 Feb 2028; final from 8 Feb 2028 00:00',
    });
  });

  test('announced on 29 February it ends on the 28th of the next year', () => {
    expect(finality({ channel: 'post', postedOn: '2028-02-25' }, { instructed: false }).readings).toMatchObject([{ announcedOn: '2028-02-29', lastDay: '2029-02-28' }]);
  });

  test('months may be named, or follow the channel', () => {
    expect(finality({ channel: 'post', postedOn: '2027-01-27' }, { months: 3 })).toEqual(finality('2027-01-27', 'post', 3));
    expect(finality('2027-01-27', undefined, 3)).toEqual(finality('2027-01-27', 'post', 3));
  });
});
