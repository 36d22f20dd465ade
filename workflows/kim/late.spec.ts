import { describe, expect, test } from '@jest/globals';
import type { Json } from '#kernel';
import { applicationEvents } from './events.ts';
import { LATE_BASES } from './late.ts';
import { applicationTakes } from './takes.ts';

const { proposeLate } = applicationEvents;
const body = (grounds?: Json): { readonly [field: string]: Json } => ({ admit: true, reason: 'Störung des Zugangs', ...(grounds === undefined ? {} : { grounds }) });
const sentence = (grounds?: Json) => proposeLate?.sentence(body(grounds));
const kept = (grounds?: Json) => applicationTakes['lateProposal']?.({ event: { data: body(grounds) } } as never);

describe('the legal facts of a proposal on a late application', () => {
  test('may be left out, and then nothing of them is said or kept', () => {
    expect(proposeLate?.fields.safeParse(body()).success).toBe(true);
    expect(sentence()).toEqual({
      de: 'Vorgeschlagen wurde, den verspäteten Antrag zuzulassen: „Störung des Zugangs“.', en: 'It was proposed to admit the late application: “Störung des Zugangs”.',
    });
    expect(kept()).toEqual({ late: body() });
  });

  test.each(Object.keys(LATE_BASES))('%s is shown and kept', (basis) => {
    const grounds = { basis, obstacleEndedOn: '2027-11-05' };
    expect(proposeLate?.fields.safeParse(body(grounds)).success).toBe(true);
    expect(sentence(grounds)?.en).toContain(`Grounds: ${LATE_BASES[basis as keyof typeof LATE_BASES].en}; the obstacle ended on 5 Nov 2027`);
    expect(kept(grounds)).toEqual({ late: body(grounds) });
  });

  test('the two weeks begin the day after the obstacle ended, and end on a working day', () => {
    expect(sentence({ basis: 'reinstatement', obstacleEndedOn: '2027-11-05' })?.de).toMatch(/weggefallen am 05\.11\.2027, zwei Wochen bis 19\.11\.2027\.$/);
    // 18 December and two weeks is New Year's Day, a Saturday in 2028.
    expect(sentence({ basis: 'forceMajeure', obstacleEndedOn: '2027-12-18' })?.de).toMatch(/zwei Wochen bis 03\.01\.2028\.$/);
  });

  test('a fault of the authority needs no obstacle, the others need the day on which it ended', () => {
    const issues = (grounds: Json) => proposeLate?.fields.safeParse(body(grounds)).error?.issues.map(({ path }) => path.join('/'));
    expect(issues({ basis: 'faultOfAuthority' })).toBeUndefined();
    expect(sentence({ basis: 'faultOfAuthority' })?.de).toMatch(/ Rechtsgrund: Fehler der Behörde \(Nachsicht\)\.$/);
    expect(issues({ basis: 'reinstatement' })).toEqual(['grounds/obstacleEndedOn']);
    expect(issues({ basis: 'forceMajeure' })).toEqual(['grounds/obstacleEndedOn']);
    expect(issues({ basis: 'mercy' })).toEqual(['grounds/basis']);
    expect(issues({ basis: 'reinstatement', obstacleEndedOn: '2027-02-30' })).toEqual(['grounds/obstacleEndedOn']);
    expect(issues({ basis: 'faultOfAuthority', because: 'x' })).toEqual(['grounds']);
  });
});

test('what departs from the rule, and therefore stands in the register', () => {
  expect(Object.entries(applicationEvents).filter(([, { exceptional }]) => exceptional).map(([event]) => event).toSorted())
    .toEqual(['confirmBypass', 'confirmExtension', 'confirmLate', 'declineBypass', 'declineExtension', 'proposeBypass', 'proposeExtension', 'proposeLate']);
});
