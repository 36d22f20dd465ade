import { describe, expect, test } from '@jest/globals';
import type { Facts, Json } from '#kernel';
import { assess, mayApply, payeeIsGiven } from './checks.ts';
import { amountsOf, defaultCycle } from './cycle.ts';
import type { Form, Post } from './form.ts';
import { kim, kim1, kim2 } from './index.ts';
import { CITY, cityForm, DISTRICT } from './stories/script.ts';

const amounts = amountsOf(defaultCycle(2028));
const found = (form: Form, applicant: Facts['applicant'] = CITY, hasConcept = true): readonly string[] =>
  assess(form, amounts, applicant, hasConcept).findings.map(({ code, path }) => `${code} ${path}`);

const [coordination = {}, caseManagement = {}] = cityForm().posts ?? [];
const withPost = (change: Post): Form => ({ ...cityForm(), posts: [{ ...coordination, ...change }, caseManagement] });
const withHolder = (holder: string): Form => ({ ...cityForm(), payee: { iban: 'DE89370400440532013000', holder } });
const beneficiary = { key: '05554004', name: 'Ahaus', foreignersAuthority: true, youthWelfareOffice: true, integrationCouncil: true };

test('a complete form has no findings, its amount is the sum of its lines', () => {
  const { findings, lines, amountCents } = assess(cityForm(), amounts, CITY, true);
  expect(findings).toEqual([]);
  expect(lines).toEqual([
    { line: 'coord', maximumCents: 5_700_000 }, { line: 'case-1', maximumCents: 2_850_000 },
    { line: 'workplaces', maximumCents: 1_140_000 }, { line: 'events', maximumCents: 500_000 }, { line: 'interfaces', maximumCents: 1_000_000 },
  ]);
  expect(amountCents).toBe(11_190_000);
});

test('an empty draft is told everything that is missing, once', () => {
  expect(found({}, CITY, false)).toEqual([
    'formComplete /integrationCentre', 'formComplete /foreignersAuthority', 'formComplete /naturalizationAuthority', 'formComplete /posts',
    'formComplete /payee/iban', 'formComplete /payee/holder', 'formComplete /declarations/statePlan',
    'noDoubleFunding /declarations/noDoubleFunding', 'conceptAttached /concept',
  ]);
});

describe('findings name the requirement and the place', () => {
  test.each<[string, Form, readonly string[]]>([
    ['499 thousandths', withPost({ fteThousandths: 499 }), ['fteAtLeastHalf /posts/0/fteThousandths']],
    ['500 thousandths', withPost({ fteThousandths: 500 }), []],
    ['1,001 thousandths', withPost({ fteThousandths: 1_001 }), ['withinCap /posts/0/fteThousandths']],
    ['two quarters are not a half', { ...cityForm(), posts: [{ ...coordination, fteThousandths: 250 }, { ...caseManagement, fteThousandths: 250 }] },
      ['fteAtLeastHalf /posts/0/fteThousandths', 'fteAtLeastHalf /posts/1/fteThousandths']],
    ['a post that is not additional', withPost({ additional: false }), ['additionalPost /posts/0/additional']],
    ['a post without its place', withPost({ place: ' ' }), ['formComplete /posts/0/place']],
    ['a post of the year before', withPost({ from: '2027-12-01' }), ['formComplete /posts/0/from']],
    ['a post beyond the year', withPost({ to: '2029-01-31' }), ['formComplete /posts/0/to']],
    ['a post that ends before it begins', withPost({ from: '2028-07-01', to: '2028-06-30' }), ['formComplete /posts/0/to']],
    ['exactly the cap of a post', withPost({ requestedCents: 5_700_000 }), []],
    ['a cent above the cap of a post', withPost({ requestedCents: 5_700_001 }), ['withinCap /posts/0/requestedCents']],
    ['a cent above the pro-rata cap', withPost({ from: '2028-06-16', fteThousandths: 650, requestedCents: 2_161_251 }), ['withinCap /posts/0/requestedCents']],
    ['a post for nothing', withPost({ requestedCents: 0 }), ['formComplete /posts/0/requestedCents']],
    ['a cent above the cap of events', { ...cityForm(), eventsCents: 500_001 }, ['withinCap /eventsCents']],
    ['a cent above the cap of interfaces', { ...cityForm(), interfacesCents: 1_000_001 }, ['withinCap /interfacesCents']],
    ['more workplaces than posts', { ...cityForm(), workplaces: 3 }, ['withinCap /workplaces']],
    ['no integration centre', { ...cityForm(), integrationCentre: false }, ['applicantEntitled /posts/0/kind', 'applicantEntitled /posts/1/kind']],
    ['neither authority', { ...cityForm(), foreignersAuthority: false, naturalizationAuthority: false },
      ['applicantEntitled /posts/0/kind', 'applicantEntitled /posts/1/kind']],
    ['one authority is enough', { ...cityForm(), foreignersAuthority: false }, []],
    ['authority posts need no integration centre', { ...cityForm(), integrationCentre: false, workplaces: 1, posts: [{ ...coordination, kind: 'authority' }] }, []],
    ['an IBAN with wrong check digits', { ...cityForm(), payee: { iban: 'DE88370400440532013000', holder: 'Köln' } }, ['formComplete /payee/iban']],
    ['a holder that is cut off in a bank file', withHolder('ü'.repeat(36)), ['holderFits /payee/holder']],
    ['a holder that just fits', withHolder('ü'.repeat(35)), []],
    ['a holder in a script that banks do not write', withHolder('北京'), ['holderFits /payee/holder']],
    ['a holder with what nobody sees', withHolder('Stadt K\u202eöln'), ['holderFits /payee/holder']],
    ['a holder of blanks is only missing', withHolder(' '), ['formComplete /payee/holder']],
    ['double funding not excluded', { ...cityForm(), declarations: { noDoubleFunding: false, statePlan: true } }, ['noDoubleFunding /declarations/noDoubleFunding']],
    ['no state plan', { ...cityForm(), declarations: { noDoubleFunding: true } }, ['formComplete /declarations/statePlan']],
  ])('%s', (_, form, expected) => {
    expect(found(form)).toEqual(expected);
  });

  test('each says what is, what must be, and why in both languages', () => {
    expect(assess(withPost({ fteThousandths: 499 }), amounts, CITY, true).findings).toEqual([{
      code: 'fteAtLeastHalf', path: '/posts/0/fteThousandths', actual: 499, required: 500,
      text: { de: 'Eine besetzte Stelle unter einer halben Stelle ist nicht förderfähig.', en: 'A filled post of less than half a full post cannot be funded.' },
    }]);
  });
});

test('each fault of a holder\'s name is told by itself, too long with the length that fits', () => {
  const told = ['x'.repeat(71), '北京', 'a\nb'].map((holder) => assess(withHolder(holder), amounts, CITY, true).findings[0]);
  expect(told.map((finding) => [finding?.required, finding?.text.de])).toEqual([
    [70, expect.stringContaining('zu lang')], [true, expect.stringContaining('in lateinischer Schrift')], [true, expect.stringContaining('die man nicht sieht')],
  ]);
});

test('earlier versions find what they ask for, and never heard of such names', () => {
  const foundBy = (programme: typeof kim) => programme.form.assess(withHolder('北京') as Json, defaultCycle(2028) as unknown as Json, CITY, false).findings.map(({ code }) => code);
  expect([kim, kim2, kim1].map(foundBy)).toEqual([['holderFits', 'conceptAttached'], ['conceptAttached'], ['conceptAttached']]);
});

describe('a post for a member municipality comes through its district', () => {
  test.each<[string, Post, Facts['applicant'], readonly string[]]>([
    ['as it should be', { beneficiary }, DISTRICT, []],
    ['a city has no member municipalities', { beneficiary: { ...beneficiary, key: '05315000' } }, CITY, ['applicantEntitled /posts/0/beneficiary']],
    ['another district\'s municipality', { beneficiary: { ...beneficiary, key: '05558004' } }, DISTRICT, ['applicantEntitled /posts/0/beneficiary/key']],
    ['only a coordination post', { kind: 'caseManagement', beneficiary }, DISTRICT, ['applicantEntitled /posts/0/kind']],
    ['no foreigner authority', { beneficiary: { ...beneficiary, foreignersAuthority: false } }, DISTRICT, ['applicantEntitled /posts/0/beneficiary/foreignersAuthority']],
    ['no youth welfare office', { beneficiary: { ...beneficiary, youthWelfareOffice: false } }, DISTRICT, ['applicantEntitled /posts/0/beneficiary/youthWelfareOffice']],
    ['no integration council', { beneficiary: { ...beneficiary, integrationCouncil: false } }, DISTRICT, ['applicantEntitled /posts/0/beneficiary/integrationCouncil']],
    ['an answer missing', { beneficiary: { key: beneficiary.key, name: 'Ahaus', foreignersAuthority: true, youthWelfareOffice: true } }, DISTRICT,
      ['formComplete /posts/0/beneficiary/integrationCouncil']],
  ])('%s', (_, change, applicant, expected) => {
    expect(found(withPost(change), applicant)).toEqual(expected);
  });

  test('one post for each municipality', () => {
    const posts = [{ ...coordination, beneficiary }, { ...coordination, id: 'second', beneficiary }];
    expect(found({ ...cityForm(), posts }, DISTRICT)).toEqual(['applicantEntitled /posts/1/beneficiary/key']);
  });
});

test('districts and cities of their own may apply, nobody else', () => {
  expect([CITY, DISTRICT, { key: '05554004', name: 'Ahaus', kind: 'Gemeinde' }].map(mayApply)).toEqual([true, true, false]);
});

test('a payee has a holder and an IBAN with right check digits, blanks or not', () => {
  const holder = 'Stadt Köln';
  expect(['DE89370400440532013000', 'DE89 3704 0044 0532 0130 00', 'DE89370400440532013001', ''].map((iban) => payeeIsGiven({ payee: { iban, holder } })))
    .toEqual([true, true, false, false]);
  expect(payeeIsGiven({ payee: { iban: 'DE89370400440532013000', holder: ' ' } })).toBe(false);
  expect(payeeIsGiven({})).toBe(false);
});
