import { describe, expect, test } from '@jest/globals';
import type { Json } from '#kernel';
import { defaultCycle } from './cycle.ts';
import { match, matchSchema } from './match.ts';

const cycle = defaultCycle(2028) as unknown as Json;
const unknown = { integrationCentre: null, foreignersAuthority: null, naturalizationAuthority: null, youthWelfareOffice: null, integrationCouncil: null };
const city = { kind: 'city', ...unknown };
const member = { kind: 'member', ...unknown };
const ask = (query: object) => match(matchSchema.parse(query) as Json, cycle);

describe('does KIM fit?', () => {
  test.each<[string, object, string]>([
    ['a city that knows nothing about itself', city, 'unknown'],
    ['with integration centre and foreigner authority', { ...city, integrationCentre: true, foreignersAuthority: true }, 'fits'],
    ['with integration centre and naturalization authority', { ...city, integrationCentre: true, foreignersAuthority: false, naturalizationAuthority: true }, 'fits'],
    ['one authority known not to be there, the other unknown', { ...city, integrationCentre: true, foreignersAuthority: false }, 'unknown'],
    ['neither authority', { ...city, integrationCentre: true, foreignersAuthority: false, naturalizationAuthority: false }, 'doesNotFit'],
    ['no integration centre, whatever else is unknown', { ...city, integrationCentre: false }, 'doesNotFit'],
    ['a district like a city', { ...city, kind: 'district', integrationCentre: true, foreignersAuthority: true }, 'fits'],
    ['what a city needs not does not matter', { ...city, integrationCentre: true, foreignersAuthority: true, youthWelfareOffice: false }, 'fits'],
    ['authority posts need no integration centre', { ...city, integrationCentre: false, foreignersAuthority: true, posts: [{ kind: 'authority' }] }, 'fits'],
    ['a post of less than half', { ...city, integrationCentre: true, foreignersAuthority: true, posts: [{ kind: 'coordination', fteThousandths: 499 }] }, 'doesNotFit'],
    ['a member with all three', { ...member, foreignersAuthority: true, youthWelfareOffice: true, integrationCouncil: true }, 'fits'],
    ['a member that does not know one', { ...member, foreignersAuthority: true, youthWelfareOffice: true }, 'unknown'],
    ['a member without a youth welfare office', { ...member, youthWelfareOffice: false }, 'doesNotFit'],
    ['a member with case management', { ...member, foreignersAuthority: true, youthWelfareOffice: true, integrationCouncil: true, posts: [{ kind: 'caseManagement' }] }, 'doesNotFit'],
  ])('%s', (_, query, verdict) => {
    expect(ask(query).verdict).toBe(verdict);
  });

  test('each reason says what is needed, and nothing is said of what is there', () => {
    expect(ask({ ...city, integrationCentre: true, foreignersAuthority: true }).reasons).toEqual([]);
    expect(ask(city).reasons.map(({ code, text }) => `${code}: ${text.en}`)).toEqual([
      'applicantEntitled: Not known yet: this needs a municipal integration centre.',
      'applicantEntitled: Not known yet: this needs an own foreigner or naturalization authority.',
    ]);
  });

  test('a member applies through its district, the others for themselves', () => {
    expect([city, { ...city, kind: 'district' }, member].map((query) => ask(query).applyThrough)).toEqual(['self', 'self', 'district']);
  });

  test('the amount only where posts are described and a round is known', () => {
    const fits = { ...city, integrationCentre: true, foreignersAuthority: true };
    expect(ask(fits).maximumCents).toBeNull();
    expect(ask({ ...fits, posts: [{ kind: 'coordination' }, { kind: 'adminAssistant', from: '2028-07-01' }] }).maximumCents).toBe(5_700_000 + 1_125_000);
    expect(match(matchSchema.parse({ ...fits, posts: [] }) as Json, null).maximumCents).toBeNull();
  });

  test.each([[{ ...city, kind: 'village' }], [{ kind: 'city' }], [{ ...city, integrationCentre: 'yes' }], [{ ...city, mayor: true }]])('%j is no question', (query) => {
    expect(matchSchema.safeParse(query).success).toBe(false);
  });
});
